"""Records of reconsideration besides its cases, through the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from reconsideration.case_records import demand_reconsideration
from reconsideration.models import CommitteeMember, Consultation, Evidence, Investigation

Visible = Callable[[Any, date], QuerySet]


def _scoped(model: Any, *joined: str) -> Visible:
    def visible(user: Any, today: date) -> QuerySet:
        demand_reconsideration(user, today)
        return model.objects.visible_to(user, today).select_related(*joined)

    return visible


MEMBERS = Resource(
    "committee-members",
    CommitteeMember,
    _scoped(CommitteeMember),
    columns=("name", "kind", "duty", "organ", "field", "from_on", "until_on", "note"),
    creating=("committee.appoint",),
    filters=("kind",),
)


def _members(row: Consultation, user: Any, today: date) -> list[dict[str, Any]]:
    return [
        {"member": one.member_id, "name": one.member.name, "stands_aside": one.stands_aside, "interest": one.interest}
        for one in row.members.all()
    ]


def _consultations(user: Any, today: date) -> QuerySet:
    demand_reconsideration(user, today)
    return Consultation.objects.visible_to(user, today).prefetch_related("members__member")


CONSULTATIONS = Resource(
    "consultations",
    Consultation,
    _consultations,
    columns=("case", "trigger", "question", "referred_on", "meeting", "held_on", "place", "presided_by", "recorded_by",
             "opinion", "dissent", "adoption", "explanation", "explained_on", "struck_on", "strike_reason"),
    computed={"members": (list[dict[str, Any]], _members)},
    filters=("case", "trigger"),
)  # fmt: skip
EVIDENCE = Resource(
    "evidence",
    Evidence,
    _scoped(Evidence, "case", "given_by"),
    columns=("case", "given_by", "kind", "title", "origin", "purpose", "pages", "is_original_seen", "received_on",
             "collected_on", "burden", "was_withheld", "leave", "leave_on", "leave_reason", "opinion", "finding",
             "finding_reason", "found_on", "struck_on", "strike_reason"),
    filters=("case", "kind", "finding"),
)  # fmt: skip
INVESTIGATIONS = Resource(
    "investigations",
    Investigation,
    _scoped(Investigation, "case"),
    columns=("case", "kind", "held_on", "hours", "place", "officer", "second_officer", "further_officers",
             "cards_shown", "recorder", "asked", "content", "obstruction", "unsigned", "excluded", "struck_on",
             "strike_reason"),
    filters=("case", "kind"),
)  # fmt: skip
DESK_RESOURCES = (MEMBERS, CONSULTATIONS, EVIDENCE, INVESTIGATIONS)
