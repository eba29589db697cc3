from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self):
        from staff.signin import demo  # noqa: F401  registers its check
