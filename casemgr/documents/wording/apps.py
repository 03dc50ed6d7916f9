from django.apps import AppConfig

WORDING = ("passage", "text", "effective_on", "state", "author_id", "approver_id", "approved_on")
PHRASE = ("procedure", "kind", "part", "text", "is_offered")


class WordingConfig(AppConfig):
    name = "casemgr.documents.wording"
    label = "wording"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.audit import evidence
        from casemgr.documents.wording.actions import ACTIONS
        from casemgr.documents.wording.models import Phrase, Wording

        registry.register(*ACTIONS)
        evidence.mirror(Wording, *WORDING)
        evidence.mirror(Phrase, *PHRASE)
