from django.apps import AppConfig


class CluesConfig(AppConfig):
    name = "casemgr.documents.clues"
    label = "clues"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import outbox, registry
        from casemgr.audit import evidence, kinds
        from casemgr.cases.panels import register_steps
        from casemgr.documents.clues.actions import ACTIONS, NOTICES
        from casemgr.documents.clues.models import EVIDENCE, Transfer
        from casemgr.documents.clues.sources import draft_steps

        registry.register(*ACTIONS)
        outbox.declare(*NOTICES)
        register_steps(draft_steps)
        evidence.mirror(Transfer, *EVIDENCE)
        kinds.register(clue_opened=_("Handover to a supervision organ opened"), clues_listed=_("Handovers listed"))
