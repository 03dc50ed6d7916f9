from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"

    def ready(self) -> None:
        from casemgr.timelimits.registry import register
        from mediation.timelimits import RULES

        register("mediation", RULES)
