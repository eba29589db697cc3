"""The spine as a Django app: it carries the first migration and the template tags."""

from django.apps import AppConfig


class SendHubConfig(AppConfig):
    name = "sendhub"
    label = "sendhub"
