"""The spine as a Django app: it carries the first migration, the template tags and the start-up checks."""

from django.apps import AppConfig


class SendHubConfig(AppConfig):
    name = "sendhub"
    label = "sendhub"

    def ready(self):
        from sendhub import checks  # noqa: F401  registers the checks
