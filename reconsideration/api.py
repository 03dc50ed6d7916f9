"""Records of reconsideration besides its cases, through the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casemgr.actions.resources import Resource
from reconsideration.case_records import demand_reconsideration, seen_cases
from reconsideration.models import (
    CommitteeMember,
    Consultation,
    Evidence,
    FileReview,
    Investigation,
    ModelCase,
    OfficeRule,
    ReadingRequest,
    ReviewChecklist,
    ReviewFinding,
    ReviewRound,
    Visit,
)
from reconsideration.reception.scope import demand_reception

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


def _visits(user: Any, today: date) -> QuerySet:
    demand_reception(user, today)
    return Visit.objects.visible_to(user, today)


VISITS = Resource(
    "reception-visits",
    Visit,
    _visits,
    columns=("unit", "visited_on", "way", "name", "number_masked", "companions", "purpose", "matter", "advice",
             "result", "sent_to", "received_by", "case", "struck_on", "strike_reason"),
    creating=("visit.enter",),
    filters=("case", "purpose", "result"),
)  # fmt: skip
READING = Resource(
    "reading-requests",
    ReadingRequest,
    _scoped(ReadingRequest, "case", "asked_by"),
    columns=("case", "asked_by", "asked_on", "wanted", "decision", "decided_on", "ground", "withheld", "room",
             "read_on", "read", "copied", "copied_pages", "reader", "watched_by", "struck_on", "strike_reason"),
    filters=("case", "decision"),
)  # fmt: skip
CHECKLISTS = Resource(
    "review-checklists",
    ReviewChecklist,
    _scoped(ReviewChecklist),
    columns=("number", "title", "from_on", "items", "excellent_from", "passed_from"),
    creating=("review.new_checklist",),
)
ROUNDS = Resource(
    "review-rounds",
    ReviewRound,
    _scoped(ReviewRound),
    columns=("year", "checklist", "seed", "size", "population", "drawn_on", "drawn_by", "result", "closed_on"),
    creating=("review.draw",),
    filters=("year",),
)
REVIEWS = Resource(
    "file-reviews",
    FileReview,
    _scoped(FileReview, "case", "round__checklist"),
    columns=("round", "case", "order", "reviewer", "reviewed_on", "score", "remark"),
    filters=("round", "case"),
)
FINDINGS = Resource(
    "review-findings",
    ReviewFinding,
    _scoped(ReviewFinding, "review__case"),
    columns=("review", "item", "points", "text", "repair_by", "repaired_on", "repair"),
    filters=("review",),
)
RULES = Resource(
    "office-rules",
    OfficeRule,
    _scoped(OfficeRule),
    columns=("kind", "title", "number", "edition", "replaces", "text", "steps", "from_on", "until_on"),
    creating=("office_rule.enter",),
    filters=("kind",),
)


def _model_cases(user: Any, today: date) -> QuerySet:
    demand_reconsideration(user, today)
    seen = Exists(seen_cases(user, today).filter(pk=OuterRef("case")))
    return ModelCase.objects.visible_to(user, today).annotate(is_case_seen=seen)


def _case_seen(row: Any, user: Any, today: date) -> int | None:
    """The case's id only for who may see it."""
    return row.case_id if row.is_case_seen else None


MODEL_CASES = Resource(
    "model-cases",
    ModelCase,
    _model_cases,
    columns=("title", "facts", "reasoning", "meaning", "marked_on", "ended_on", "end_reason"),
    computed={"case": (int | None, _case_seen)},
)
DESK_RESOURCES = (
    *(MEMBERS, CONSULTATIONS, EVIDENCE, INVESTIGATIONS, VISITS, READING),
    *(CHECKLISTS, ROUNDS, REVIEWS, FINDINGS, RULES, MODEL_CASES),
)
