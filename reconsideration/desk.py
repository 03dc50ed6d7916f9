"""What the reception desk, evidence, committee and quality register with the ground."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.actions import registry
from casemgr.actions.signals import performed
from casemgr.cases.panels import register_action_notes
from casemgr.web import navigation
from reconsideration.committee.actions import MEMBERS
from reconsideration.evidence.actions import ACTIONS as EVIDENCE
from reconsideration.models.reception import READERS
from reconsideration.quality.actions import ACTIONS as QUALITY
from reconsideration.quality.governing import notes
from reconsideration.reading.actions import ACTIONS as READING
from reconsideration.reception.actions import ACTIONS as RECEPTION
from reconsideration.reception.actions import after_registration

SEEING = ("officer", "head", "authority", "panel", "archive", "leader", "auditor")
BELOW = ("committee", "file-reviews", "times", "rules", "model-cases")


def connect() -> None:
    registry.register(*MEMBERS, *EVIDENCE, *RECEPTION, *READING, *QUALITY)
    performed.connect(after_registration, dispatch_uid="reconsideration.after_registration")
    register_action_notes(notes)
    navigation.register(
        navigation.Entry(_("Reception register"), "visit_list", READERS, order=23, group=navigation.BOOKS)
    )
    navigation.register(
        navigation.Entry(
            _("Committee and quality"),
            "review_rounds",
            SEEING,
            58,
            navigation.BOOKS,
            below=tuple(f"/reconsideration/{one}/" for one in BELOW),
        )
    )
