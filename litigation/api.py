"""Instances, court papers and the backlog through the API. Suits themselves are cases, as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from casemgr.actions.resources import Resource
from casemgr.organisation.scope import ALL
from litigation.models import (
    AssessedLine,
    BacklogItem,
    BacklogProof,
    BacklogYear,
    ClearingRound,
    Contact,
    CourtSession,
    Decision,
    Instance,
    JointMeeting,
    LitigationCase,
    Ruling,
    SelfCheckReturn,
    UnitLetter,
)
from litigation.models.backlog import units_seen
from litigation.roles import demand_liaison, demand_litigation

Visible = Callable[[Any, date], QuerySet]


def _of_seen_files(model: type[Model], lookup: str, *joined: str) -> Visible:
    def visible(user: Any, today: date) -> QuerySet:
        demand_litigation(user, today)
        seen = LitigationCase.objects.visible_to(user, today).values("pk")
        return model._default_manager.filter(**{f"{lookup}__in": seen}).select_related(*joined)

    return visible


def _scoped(model: Any, *joined: str) -> Visible:
    def visible(user: Any, today: date) -> QuerySet:
        demand_litigation(user, today)
        return model.objects.visible_to(user, today).select_related(*joined)

    return visible


def _years(user: Any, today: date) -> QuerySet:
    demand_litigation(user, today)
    return BacklogYear.objects.all()


INSTANCES = Resource(
    "court-instances",
    Instance,
    _of_seen_files(Instance, "case"),
    columns=("case", "order", "level", "court", "court_number", "track", "earlier", "is_remanded", "judge", "outcome",
             "ended_on"),
    filters=("case", "level"),
)  # fmt: skip
SESSIONS = Resource(
    "court-sessions",
    CourtSession,
    _of_seen_files(CourtSession, "in_instance__case"),
    columns=("in_instance", "number", "kind", "planned_at", "place", "is_online", "held_on", "called_off_on", "why_off",
             "is_postponed_for_head", "report"),
    filters=("in_instance", "kind"),
    through={"case": "in_instance__case"},
)  # fmt: skip
PAPERS = Resource(
    "court-papers",
    Ruling,
    _of_seen_files(Ruling, "in_instance__case"),
    columns=("in_instance", "order", "kind", "matter", "outcome", "number", "made_on", "text", "is_appealable",
             "effective_on", "is_replaced"),
    filters=("in_instance",),
    through={"case": "in_instance__case"},
)  # fmt: skip
BACKLOG = Resource(
    "backlog-items",
    BacklogItem,
    _scoped(BacklogItem, "number"),
    columns=("unit", "leader", "case", "obligation", "ruling_kind", "court", "court_number", "outcome", "creditor",
             "effective_on", "perform_due_on", "duty", "amount_yuan", "performed_yuan", "finish_on", "state",
             "verified_on", "finding", "claimed_on", "proof", "performed_on", "cleared_on", "written_off_on",
             "court_paper", "note"),
    computed={"number": (str, lambda row, user, today: str(row))},
    creating=("backlog.enter",),
    filters=("unit", "state", "ruling_kind"),
)  # fmt: skip
YEARS = Resource(
    "backlog-years",
    BacklogYear,
    _years,
    columns=("year", "self_check_until", "target", "target_on", "basis", "snapshot_on"),
    creating=("backlog.set_year",),
    filters=("year",),
)
RETURNS = Resource(
    "self-check-returns",
    SelfCheckReturn,
    _scoped(SelfCheckReturn),
    columns=("unit", "year", "quarter", "own_cases", "unperformed", "signed_by", "submitted_on", "note"),
    creating=("backlog.submit_return",),
    filters=("unit", "year", "quarter"),
)


PROOFS = Resource(
    "backlog-proofs",
    BacklogProof,
    _scoped(BacklogProof),
    columns=("item", "title", "received_on", "added_by", "sha256", "size", "media_type", "pages", "original_name",
             "features", "is_inert", "scan", "withdrawn_on", "withdrawn_reason"),
    filters=("item",),
)  # fmt: skip


def _rounds(user: Any, today: date) -> QuerySet:
    """Of whoever sees every unit's items: what a round says of its meeting and funds is about all of them."""
    demand_litigation(user, today)
    seen = units_seen(user, today) is ALL
    rows = ClearingRound.objects.prefetch_related("members")
    return rows if seen else rows.none()


def _items_of(row: ClearingRound, user: Any, today: date) -> list[int]:
    return [one.item_id for one in row.members.all()]


ROUNDS = Resource(
    "clearing-rounds",
    ClearingRound,
    _rounds,
    columns=("year", "name", "first_on", "last_on", "sub_target", "held_on", "decisions", "asked_yuan", "granted_yuan",
             "funds_paper", "ended_on", "result"),
    computed={"items": (list[int], _items_of)},
    creating=("round.open",),
    filters=("year",),
)  # fmt: skip


LETTERS = Resource(
    "unit-letters",
    UnitLetter,
    _scoped(UnitLetter, "number", "unit"),
    columns=("year", "unit", "matter", "kind", "state", "demands", "meeting", "answer_by", "drafted_on", "approved_on",
             "sent_on", "sent_how", "answered_on", "answer", "withdrawn_reason"),
    computed={"number": (str, lambda row, user, today: row.number.text if row.number else "")},
    creating=("unit_letter.draft",),
    filters=("year", "unit", "kind", "matter", "state"),
)  # fmt: skip


def _of_liaisons(model: Any) -> Visible:
    """Contacts and joint meetings are the liaisons' own."""

    def visible(user: Any, today: date) -> QuerySet:
        demand_liaison(user, today)
        return model.objects.visible_to(user, today)

    return visible


def _lines(user: Any, today: date) -> QuerySet:
    demand_litigation(user, today)
    return AssessedLine.objects.all()


CONTACTS = Resource(
    "court-contacts",
    Contact,
    _of_liaisons(Contact),
    columns=("organ_kind", "organ", "name", "post", "duties", "ended_on"),
    creating=("contact.enter",),
    filters=("organ_kind",),
)
MEETINGS = Resource(
    "joint-meetings",
    JointMeeting,
    _of_liaisons(JointMeeting),
    columns=("held_on", "topic", "organs", "minutes", "struck_on", "strike_reason"),
    creating=("meeting.enter",),
)
DECISIONS = Resource(
    "meeting-decisions",
    Decision,
    _of_liaisons(Decision),
    columns=("meeting", "text", "owner", "due_on", "done_on", "done"),
    filters=("meeting", "owner"),
)
ASSESSED = Resource(
    "assessed-lines",
    AssessedLine,
    _lines,
    columns=("year", "line", "reason"),
    creating=("litigation.set_assessed_line",),
    filters=("year",),
)
RESOURCES = (
    *(INSTANCES, SESSIONS, PAPERS, BACKLOG, YEARS, RETURNS, PROOFS, ROUNDS, LETTERS),
    *(CONTACTS, MEETINGS, DECISIONS, ASSESSED),
)
