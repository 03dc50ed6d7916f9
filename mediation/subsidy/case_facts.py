"""A step of the case: what the subsidy asks beyond its course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.topics import Topic
from casemgr.cases.actions import settle
from casemgr.cases.models import Case
from mediation.actions.base import COMMITTEE, MediationAction
from mediation.models import SubsidyFacts
from mediation.states import STATES
from mediation.subsidy.forms import FactsForm


class NoteSubsidyFacts(MediationAction):
    """Somebody died; the court paid an allowance (Provisions on invited mediation, art. 29)."""

    name = "mediation.note_subsidy_facts"
    label = gettext_lazy("Note facts for the subsidy")
    form = FactsForm
    roles = COMMITTEE
    topic = Topic.COURSE
    states: ClassVar[tuple[str, ...]] = tuple(one.code for one in STATES if one.code not in ("ARCHIVED", "VOID"))
    annullable = False
    instead = gettext_lazy("Note the facts again as they are; the earlier entry stays in the history.")

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        row = SubsidyFacts.objects.filter(case_id=subject.pk).first() or SubsidyFacts(case_id=subject.pk)
        row.has_death, row.court_allowance_on = data["has_death"], data["court_allowance_on"]
        row.note = data["note"]
        row.save()
        settle(subject, context.today)
        return subject


ACTIONS = (NoteSubsidyFacts,)
