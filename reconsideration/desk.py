"""What the reception desk, evidence, committee and quality register with the ground."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.actions import registry
from casemgr.web import navigation
from reconsideration.committee.actions import MEMBERS
from reconsideration.evidence.actions import ACTIONS as EVIDENCE

SEEING = ("officer", "head", "authority", "panel", "archive", "leader", "auditor")


def connect() -> None:
    registry.register(*MEMBERS, *EVIDENCE)
    navigation.register(navigation.Entry(_("Reconsideration committee"), "committee_members", SEEING, order=24))
