from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"

    def ready(self) -> None:
        from mediation.timelimits import RULES
        from casemgr.timelimits.registry import register

        register("mediation", RULES)
