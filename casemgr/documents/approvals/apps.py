from django.apps import AppConfig

KEPT = ("document_id", "round", "level", "outcome", "person_id", "name", "on", "opinion", "digest", "text", "is_own")


class ApprovalsConfig(AppConfig):
    name = "casemgr.documents.approvals"
    label = "approvals"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.audit import evidence
        from casemgr.documents.approvals.actions import ACTIONS
        from casemgr.documents.approvals.models import Approval

        registry.register(*ACTIONS)
        evidence.mirror(Approval, *KEPT)
