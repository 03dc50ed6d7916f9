from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "casemgr.web"

    def ready(self) -> None:
        from casemgr.web.entries import GROUND
        from casemgr.web.navigation import register

        register(*GROUND)
