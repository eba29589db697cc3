from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "sendhub.kit"
    label = "kit"
