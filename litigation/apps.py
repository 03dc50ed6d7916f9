from django.apps import AppConfig


class LitigationConfig(AppConfig):
    name = "litigation"

    def ready(self) -> None:
        from litigation.timelimits import RULES
        from casemgr.timelimits.registry import register

        register("litigation", RULES)
