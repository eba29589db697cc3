from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "sendhub.outbox"
    label = "outbox"
