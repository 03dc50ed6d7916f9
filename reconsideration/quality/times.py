"""How long each stage takes, and where open cases wait: from the events of the cases the reader may see.

Calendar days; a stage counts in the year in which it ended. The median and the ninth decile are values that occurred
(nearest rank), so that each can be pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Event
from casemgr.cases.procedure import ENDED_STAGES, Text
from reconsideration.models import ReconsiderationCase
from reconsideration.states import STATES

MOST_CASES = 5000
"""Read at once; of more the newest count, and the page says so."""


@dataclass(frozen=True)
class Stage:
    """From the first of the events that begin it to the last of those that end it."""

    code: str
    label: Text
    begins: tuple[str, ...]
    ends: tuple[str, ...]


ENDINGS = ("decided", "dismissed", "terminated", "mediated")
STAGES = (
    Stage("examination", _("Receipt to acceptance or refusal"), ("received",), ("accepted", "refused", "not_handled")),
    Stage("copy", _("Acceptance to service of the copy"), ("accepted",), ("copy_served",)),
    Stage("reply", _("Service of the copy to the reply"), ("copy_served",), ("reply_received", "reply_missing")),
    Stage("trial", _("Reply to the decision or other end"), ("reply_received", "reply_missing"), ENDINGS),
    Stage("whole", _("Acceptance to the decision or other end"), ("accepted",), ENDINGS),
    Stage("service", _("Decision to its last service"), ("decided",), ("decision_served",)),
    Stage("archiving", _("End to the archive"), ENDINGS, ("archived",)),
)
_KINDS = {kind for stage in STAGES for kind in (*stage.begins, *stage.ends)}
_READ = (*_KINDS, events.CORRECTION, events.STRIKE)


@dataclass(frozen=True)
class StageTime:
    stage: Stage
    count: int
    median: int | None
    ninth_decile: int | None
    longest: int | None


@dataclass(frozen=True)
class Waiting:
    """Open cases in one state, and for how many days nothing has happened in them."""

    state: str
    label: Text
    count: int
    median: int
    longest: int
    longest_case: int


def nearest_rank(values: Sequence[int], share: float) -> int | None:
    """The smallest value that at least this share of all does not exceed; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)) - 1, 0)]


def stage_times(user: Any, today: date, year: int) -> tuple[list[StageTime], bool]:
    """Two queries, and one more for each further 500 cases; also whether there were more cases than are read."""
    seen = ReconsiderationCase.objects.visible_to(user, today).filter(is_past_record=False)
    touched = Event.objects.filter(kind__in=_KINDS, occurred_on__year=year).values("case")
    found = list(seen.filter(pk__in=touched).order_by("-pk").values_list("pk", flat=True)[: MOST_CASES + 1])
    ids = found[:MOST_CASES]
    by_case: dict[int, list[Event]] = {}
    for event in _events(ids):
        by_case.setdefault(event.case_id, []).append(event)
    lengths: dict[str, list[int]] = {stage.code: [] for stage in STAGES}
    for rows in by_case.values():
        facts = events.fold(rows)
        for stage in STAGES:
            days = _length(facts, stage, year)
            if days is not None:
                lengths[stage.code].append(days)
    return [_summed(stage, lengths[stage.code]) for stage in STAGES], len(found) > MOST_CASES


def _events(ids: list[int]) -> Iterable[Event]:
    columns = ("case_id", "kind", "occurred_on", "sequence", "corrects_id", "party_id", "subject", "data")
    for start in range(0, len(ids), 500):  # SQLite takes so many ids at once
        yield from Event.objects.filter(case_id__in=ids[start : start + 500], kind__in=_READ).only(*columns)


def _length(facts: list[events.Fact], stage: Stage, year: int) -> int | None:
    begun = [fact.occurred_on for fact in facts if fact.kind in stage.begins and fact.occurred_on]
    ended = [fact.occurred_on for fact in facts if fact.kind in stage.ends and fact.occurred_on]
    if not begun or not ended or max(ended).year != year:
        return None
    return max((max(ended) - min(begun)).days, 0)


def _summed(stage: Stage, lengths: list[int]) -> StageTime:
    return StageTime(
        stage,
        len(lengths),
        nearest_rank(lengths, 0.5),
        nearest_rank(lengths, 0.9),
        max(lengths, default=None),
    )


def waiting(user: Any, today: date) -> list[Waiting]:
    """Where open cases lie, the state with most first; one query."""
    rows = (
        ReconsiderationCase.objects.visible_to(user, today)
        .exclude(stage__in=ENDED_STAGES)
        .filter(is_past_record=False)
        .annotate(last=Max("events__occurred_on"))
        .order_by("-pk")
        .values_list("pk", "state", "last")[:MOST_CASES]
    )
    by_state: dict[str, list[tuple[int, int]]] = {}
    for pk, state, last in rows:
        if last is not None:
            by_state.setdefault(state, []).append(((today - last).days, pk))
    labels = {state.code: state.label for state in STATES}
    found = []
    for state, lengths in by_state.items():
        longest, case = max(lengths)
        median = nearest_rank([days for days, _pk in lengths], 0.5) or 0
        found.append(Waiting(state, labels[state], len(lengths), median, longest, case))
    return sorted(found, key=lambda one: (-one.count, one.state))


__all__ = ["STAGES", "StageTime", "Waiting", "nearest_rank", "stage_times", "waiting"]
