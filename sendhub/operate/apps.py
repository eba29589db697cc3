from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "sendhub.operate"
    label = "operate"
