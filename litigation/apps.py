from django.apps import AppConfig


class LitigationConfig(AppConfig):
    name = "litigation"

    def ready(self) -> None:
        from casemgr.timelimits.registry import register
        from litigation.timelimits import RULES

        register("litigation", RULES)
