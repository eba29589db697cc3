from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "sendhub.kit"
    label = "kit"

    def ready(self):
        autodiscover_modules("jobs", "drafts", "links", "operations")
