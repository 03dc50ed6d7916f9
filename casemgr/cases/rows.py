"""A case as one row of a list: worklist, register, a party's cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgr.cases.deadline_rows import about, rule_name
from casemgr.cases.models import Case, Deadline, Participation
from casemgr.cases.procedure import Text, procedures

NAMES_SHOWN = 2
PARTS_LOADED = 8
SIDES = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT)


@dataclass(frozen=True)
class Mark:
    """What a procedure wants seen beside a case in every list, in its `extra["marks"]`; `exists()` is the condition."""

    code: str
    label: Text
    exists: Callable[[], Exists]


def marks() -> list[Mark]:
    return [mark for procedure in procedures() for mark in procedure.extra.get("marks", ())]


@dataclass(frozen=True)
class CaseRow:
    """`due_on` is our own next day, or the others' when we have none; `is_ours` tells which."""

    case: Case
    sides: str
    due_on: date | None
    is_ours: bool
    rule: Text
    calendar_status: str
    marks: tuple[Text, ...] = ()
    about: str = ""


def with_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Load what `case_row` shows: two queries for any number of cases."""
    parts = Participation.objects.filter(role__in=SIDES, left_on__isnull=True).order_by("role", "order", "id")
    loaded = cases.select_related("unit", "lead_handler").prefetch_related(
        Prefetch("participations", parts[:PARTS_LOADED], to_attr="shown_parts")
    )
    for side, day, is_ours in (("own", "next_due_on", True), ("other", "next_other_due_on", False)):
        due = Deadline.objects.filter(
            case=OuterRef("pk"), status=Deadline.Status.OPEN, is_ours=is_ours, due_on=OuterRef(day)
        ).order_by("id")
        columns = ("rule", "law", "calendar_status", "root_event__kind", "root_event__data")
        loaded = loaded.annotate(**{f"{side}_{name}": Subquery(due.values(name)[:1]) for name in columns})
    return loaded.annotate(**{f"mark_{mark.code}": mark.exists() for mark in marks()})


def case_row(case: Case, *, waits_for_others: bool = False) -> CaseRow:
    """`waits_for_others`: show the others' day although we have one of our own, later."""
    is_ours = case.next_due_on is not None and not (waits_for_others and case.next_other_due_on is not None)
    side = "own" if is_ours else "other"
    code, kind = getattr(case, f"{side}_rule"), getattr(case, f"{side}_root_event__kind")
    return CaseRow(
        case=case,
        sides=sides(case.shown_parts),
        due_on=case.next_due_on if is_ours else case.next_other_due_on,
        is_ours=is_ours,
        rule=rule_name(code, getattr(case, f"{side}_law")) if code else "",
        calendar_status=getattr(case, f"{side}_calendar_status") or "published",
        about=about(case.definition, kind, getattr(case, f"{side}_root_event__data")) if kind else "",
        marks=tuple(mark.label for mark in marks() if getattr(case, f"mark_{mark.code}")),
    )


def sides(parts: list[Participation]) -> str:
    """王宝音等 与 旗公安局"""
    named = [_joined([part.name for part in parts if part.role == role]) for role in SIDES]
    if all(named):
        return _("%(applicants)s against %(respondents)s") % {"applicants": named[0], "respondents": named[1]}
    return next((names for names in named if names), "")


def _joined(names: list[str]) -> str:
    text = pgettext("between two names", ", ").join(names[:NAMES_SHOWN])
    return _("%(names)s and others") % {"names": text} if len(names) > NAMES_SHOWN else text
