"""What hearings register with the ground."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.actions import registry
from casemgr.actions.signals import performed
from casemgr.audit import evidence
from casemgr.cases.panels import register_steps, register_worklist_section
from casemgr.web import navigation
from reconsideration.hearings.conducting import CONDUCTING
from reconsideration.hearings.following import after_step
from reconsideration.hearings.waiting import slot_steps, waiting_context
from reconsideration.models import Hearing, PanelMember

READERS = ("officer", "head", "authority", "panel", "leader", "archive", "auditor")


def connect() -> None:
    registry.register(*CONDUCTING)
    performed.connect(after_step, dispatch_uid="reconsideration.hearings")
    register_worklist_section("reconsideration/hearings/_waiting.html", waiting_context)
    register_steps(slot_steps)
    below = ("/reconsideration/hearings/", "/rooms/", "/bookings/")
    navigation.register(navigation.Entry(_("Hearings"), "hearing_week", READERS, 25, navigation.HANDLING, below=below))
    evidence.mirror(Hearing, "case_id", "number", "plan", "state", "booking_id", "closed_on")
    evidence.mirror(PanelMember, "hearing_id", "user_id", "seat", "declared_on", "may_stay")
