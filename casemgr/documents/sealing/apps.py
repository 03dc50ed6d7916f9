from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "casemgr.documents.sealing"
    label = "sealing"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.audit import evidence
        from casemgr.documents.sealing.actions import ACTIONS
        from casemgr.documents.sealing.models import EVIDENCE, SealUse

        registry.register(*ACTIONS)
        evidence.mirror(SealUse, *EVIDENCE)
