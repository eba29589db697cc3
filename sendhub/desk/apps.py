from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sendhub.desk"
    label = "desk"
