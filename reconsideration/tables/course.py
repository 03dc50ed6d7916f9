"""A reconsideration case as the official tables read it: its marks, off the entries that stand.

An application is open from the day it came in to the day it was refused, given up or closed; one that was refused and
is accepted on the superior's order is open once more. Where the day of receipt is not known, the first known day is it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from casemgr.cases.entries import entries_of
from casemgr.cases.events import Fact, fold
from casemgr.cases.models import Case, Participation
from casemgr.indicators.tables.facts import FOREVER, Mark
from reconsideration.models import PROCEDURE
from reconsideration.terms import Outcome, TerminationGround

APPLICATION, TRIAL, SUSPENDED, CORRECTING = "application", "trial", "suspended", "correcting"
BEFORE_ACCEPTANCE = {"refused": "not_accepted", "not_handled": "not_handled", "abandoned": "abandoned"}
AFTER_ACCEPTANCE = ("decided", "dismissed", "terminated", "mediated", "handed_up")
ENDS = (*BEFORE_ACCEPTANCE, *AFTER_ACCEPTANCE)
ON_A_DAY: Mapping[str, str] = {
    "extended": "extended",
    "hearing_held": "hearing",
    "committee_advised": "committee",
    "opinion_letter_issued": "opinion",
    "suggestion_letter_issued": "suggestion",
    "annex_opened": "annexed",
    "sued": "sued",
}
"""What happens on a day and has no length, by the kind of its entry."""
FACTS = ("matter", "area_id", "track", "refusal_ground")
READ = (
    *("received", "correction_notice_issued", "corrected", "accepted", "suspended", "resumed", "withdrawn"),
    *("annex_struck", *ENDS, *ON_A_DAY),
)
NEW, REOPENED = "new", "reopened"
DEEMED, BY_ORDER, ACCEPTED = "deemed", "by_order", "accepted"
DECIDED_AS = frozenset(
    one.value for one in Outcome if one not in (Outcome.NOT_ACCEPTED, Outcome.NOT_HANDLED, Outcome.ABANDONED)
)
"""What a decision may be; any other word, or none, is told as “others”."""
WITHDRAWALS = {True: "settled", False: "withdrawn"}
GROUP_SINCE_2026 = (date(2026, 7, 1), 10)
GROUP_BEFORE = 5
"""More applicants than this make a group case: Regulation 2026, art. 17; 2007, art. 8."""


@dataclass
class Span:
    """One time during which the application was open."""

    on: date
    entry: str
    until: date = FOREVER
    ended: str = ""
    ground: str = ""
    after: str = ""


@dataclass
class Course:
    """What the tables ask of one case."""

    case: int
    unit: int
    dims: dict[str, str]
    applicants: int
    track: str = ""
    spans: list[Span] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        since, most = GROUP_SINCE_2026
        return self.applicants > (most if self.spans[0].on >= since else GROUP_BEFORE)


def read(case_ids: Collection[int]) -> Iterator[Mark]:
    """The marks of these cases: at most three queries."""
    for course in courses(case_ids):
        yield from _marks(course)


def courses(case_ids: Collection[int]) -> Iterator[Course]:
    """Cases with at least one known day, without those entered by mistake."""
    found = Case.objects.filter(pk__in=case_ids, procedure=PROCEDURE).exclude(state="VOID").order_by("pk")
    columns = (f"reconsideration_facts__{name}" for name in FACTS)
    rows = {row[0]: row for row in found.values_list("pk", "unit_id", "state", "is_past_record", *columns)}
    if not rows:
        return
    entries = entries_of(rows, READ)
    respondents, applicants = _parties(rows)
    for pk, unit, state, is_past, *facts in rows.values():
        known = [fact for fact in fold(entries[pk]) if fact.occurred_on]
        own = dict(zip(FACTS, facts, strict=True))
        spans = _spans(known, state, own)
        if not spans or (is_past and spans[-1].until == FOREVER):
            continue  # of the past, and nobody knows when it ended
        dims = {
            "matter": own.get("matter") or "",
            "area": str(own.get("area_id") or ""),
            "level": respondents.get(pk, ""),
        }
        yield Course(pk, unit, dims, applicants[pk], own.get("track") or "", spans, known)


def _parties(ids: Collection[int]) -> tuple[Mapping[int, str], Mapping[int, int]]:
    """The kind of the first respondent still in the case, and how many applied."""
    kinds: dict[int, str] = {}
    applicants: dict[int, int] = defaultdict(int)
    roles = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT)
    rows = Participation.objects.filter(case_id__in=list(ids), role__in=roles).order_by("order", "pk")
    for case, role, left_on, kind in rows.values_list("case_id", "role", "left_on", "party__agency_kind"):
        if role == Participation.Role.APPLICANT:
            applicants[case] += 1
        elif left_on is None:
            kinds.setdefault(case, kind)
    return kinds, applicants


def _spans(facts: Iterable[Fact], state: str, own: Mapping[str, Any]) -> list[Span]:
    facts = list(facts)
    spans: list[Span] = []
    for fact in facts:
        day, is_open = _day(fact), bool(spans) and spans[-1].until == FOREVER
        if fact.kind in ENDS:
            if not spans:
                spans.append(Span(day, NEW))
            elif not is_open:
                continue
            _end(spans[-1], fact, own)
        elif not spans:
            spans.append(Span(day, NEW))
        elif fact.kind == "accepted" and not is_open:
            spans.append(Span(day, REOPENED))
    withdrawn = [fact for fact in facts if fact.kind == "withdrawn"]
    if withdrawn and spans[-1].until == FOREVER and state in ("ABANDONED", "TERMINATED", "ARCHIVED"):
        _end(spans[-1], withdrawn[-1], own)
        accepted = any(fact.kind == "accepted" for fact in facts)
        spans[-1].ended = Outcome.TERMINATED.value if accepted else "abandoned"
    return spans


def _end(span: Span, fact: Fact, own: Mapping[str, Any]) -> None:
    span.until = max(span.on, _day(fact))
    span.ended = {
        **BEFORE_ACCEPTANCE,
        "decided": outcome if (outcome := fact.data.get("outcome")) in DECIDED_AS else "other",
        "dismissed": Outcome.APPLICATION_DISMISSED,
        "terminated": Outcome.TERMINATED,
        "mediated": Outcome.MEDIATED,
        "handed_up": Outcome.TAKEN_UP,
        "withdrawn": Outcome.TERMINATED,
    }[fact.kind]
    span.ground = str(own.get("refusal_ground") or "") if fact.kind == "refused" else str(fact.data.get("ground") or "")
    if fact.kind == "withdrawn" or span.ground == TerminationGround.WITHDRAWN:
        span.after = WITHDRAWALS[bool(fact.data.get("after_settlement"))]


def _marks(course: Course) -> Iterator[Mark]:
    group = "yes" if course.is_group else ""
    for span in course.spans:
        words = {
            "entry": span.entry,
            "ended": str(span.ended),
            "ground": span.ground,
            "after": span.after,
            "group": group,
            "track": course.track,
        }
        value = Decimal(course.applicants if span.entry == NEW else 0)
        yield _mark(course, APPLICATION, span.on, span.until, value=value, **words)
    trials = list(_trials(course))
    yield from trials
    yield from _suspensions(course, trials)
    yield from _corrections(course, trials)
    struck = {fact.subject for fact in course.facts if fact.kind == "annex_struck"}
    for fact in course.facts:
        if (kind := ON_A_DAY.get(fact.kind)) and not (kind == "annexed" and fact.subject in struck):
            yield _mark(course, kind, _day(fact), _day(fact))


def _trials(course: Course) -> Iterator[Mark]:
    """From each acceptance to the end of the span it lies in."""
    for span in course.spans:
        accepted = [
            fact
            for fact in course.facts
            if fact.kind == "accepted" and span.on <= _day(fact) and (_day(fact) <= span.until)
        ]
        if span.entry == NEW and len(course.spans) > 1:
            accepted = [fact for fact in accepted if not fact.data.get("by_order")]
        for fact in accepted[:1]:
            how = DEEMED if fact.data.get("deemed") else BY_ORDER if fact.data.get("by_order") else ACCEPTED
            yield _mark(course, TRIAL, _day(fact), span.until, how=how)


def _suspensions(course: Course, trials: Collection[Mark]) -> Iterator[Mark]:
    """As far as the case was under trial: only a trial is suspended (Reconsideration Law 2023, art. 39)."""
    for since, until in _pauses(course, "suspended", ("resumed", *AFTER_ACCEPTANCE)):
        for trial in trials:
            on, end = max(since, trial.on), min(until, trial.until)
            if on < end:
                yield _mark(course, SUSPENDED, on, end)


def _corrections(course: Course, trials: Collection[Mark]) -> Iterator[Mark]:
    """Not those asked for when the application had been accepted, by silence too: it waits no longer (art. 30(3))."""
    for since, until in _pauses(
        course, "correction_notice_issued", ("corrected", "accepted", "withdrawn", *BEFORE_ACCEPTANCE)
    ):
        if not any(trial.on <= since < trial.until for trial in trials):
            yield _mark(course, CORRECTING, since, until)


def _pauses(course: Course, begin: str, ends: tuple[str, ...]) -> Iterator[tuple[date, date]]:
    """From each beginning to the next end, or to the end of the application."""
    since: date | None = None
    for fact in course.facts:
        if fact.kind == begin and since is None:
            since = _day(fact)
        elif fact.kind in ends and since is not None:
            yield since, _day(fact)
            since = None
    if since is not None:
        yield since, course.spans[-1].until


def _mark(course: Course, kind: str, on: date, until: date, value: Decimal = Decimal(1), **words: str) -> Mark:
    return Mark(kind, course.case, course.unit, on, until, {**course.dims, **words}, value)


def _day(fact: Fact) -> date:
    assert fact.occurred_on is not None
    return fact.occurred_on
