from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    name = "reconsideration"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.cases.procedure import register_procedure
        from casemgr.timelimits.registry import register
        from reconsideration.procedure import RECONSIDERATION

        register(RECONSIDERATION.code, RECONSIDERATION.rules)
        register_procedure(RECONSIDERATION)
        registry.register(*RECONSIDERATION.actions)
