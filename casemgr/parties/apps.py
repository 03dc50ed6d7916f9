from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "casemgr.parties"

    def ready(self) -> None:
        from casemgr.parties import actions

        actions.register()
