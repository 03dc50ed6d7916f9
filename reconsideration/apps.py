from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    name = "reconsideration"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.cases.drafts import forms as drafts
        from casemgr.cases.procedure import register_procedure
        from casemgr.documents.volumes.order import register_order
        from casemgr.timelimits.registry import register
        from reconsideration.procedure import RECONSIDERATION
        from reconsideration.registration.drafts import DRAFT
        from reconsideration.volume import VOLUME

        register(RECONSIDERATION.code, RECONSIDERATION.rules)
        register_procedure(RECONSIDERATION)
        registry.register(*RECONSIDERATION.actions)
        register_order(RECONSIDERATION.code, VOLUME)
        drafts.register(DRAFT)
