"""The ladder of a year: which unit has reached which step. It only proposes; nobody is written to by a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casemgr.organisation.models import Unit
from litigation.backlog.figures import items_of
from litigation.court.figures import recused, within
from litigation.models import BacklogItem, BacklogYear, EscalationStep, JointUnit, Standing, UnitLetter
from litigation.models.pressing import PressingKind, PressingMatter, Trigger
from litigation.terms import Seen

Kind, Matter = PressingKind, PressingMatter
RANK = {kind: rank for rank, kind in enumerate(PressingKind)}
DEFAULT: tuple[tuple[str, str, int], ...] = (
    (Kind.REMINDER, Trigger.BEFORE_TARGET, 60),
    (Kind.LETTER, Trigger.BEFORE_TARGET, 30),
    (Kind.LETTER, Trigger.OVERDUE, 10),
    (Kind.INTERVIEW, Trigger.BEFORE_TARGET, 15),
    (Kind.INTERVIEW, Trigger.OVERDUE, 30),
    (Kind.CIRCULAR, Trigger.BEFORE_TARGET, 5),
    (Kind.REMINDER, Trigger.ABSENCES, 1),
    (Kind.LETTER, Trigger.ABSENCES, 2),
    (Kind.INTERVIEW, Trigger.ABSENCES, 3),
    (Kind.CIRCULAR, Trigger.ABSENCES, 4),
)
"""With which a year begins; the bureau's own rule takes its place (`backlog.set_ladder`)."""


@dataclass(frozen=True)
class Due:
    """A unit that has reached a step it was not yet taken to."""

    unit: Unit
    matter: str
    kind: str
    trigger: str
    threshold: int
    count: int
    """Items or absences behind it."""

    @property
    def kind_label(self) -> str:
        return str(PressingKind(self.kind).label)

    @property
    def matter_label(self) -> str:
        return str(PressingMatter(self.matter).label)

    @property
    def trigger_label(self) -> str:
        return str(Trigger(self.trigger).label)


def pressed_items(year: BacklogYear, today: date) -> dict[Unit, list[BacklogItem]]:
    """Open items of the base by each liable unit, less those for which the unit has nothing to do."""
    if year.snapshot_on is None:
        return {}
    rows = items_of(year, "pressed", today).select_related("unit", "number")
    items = list(rows.order_by("perform_due_on", "pk"))
    found: dict[Unit, list[BacklogItem]] = {}
    joint: dict[int, list[Unit]] = {}
    for one in JointUnit.objects.filter(item__in=items).select_related("unit"):
        joint.setdefault(one.item_id, []).append(one.unit)
    for item in items:
        for unit in (item.unit, *joint.get(item.pk, ())):
            found.setdefault(unit, []).append(item)
    return found


def absences(year: int, user: Any, today: date) -> dict[Unit, list[Standing]]:
    """Agencies whose head stayed away without good reason in a session of the year that is over (dossier §4.5)."""
    rows = Standing.objects.filter(
        within(user, today, "in_instance__case", "participation__party__unit_id"),
        seen=Seen.ABSENT, heard_on__year=year, heard_on__lt=today, participation__party__unit__isnull=False,
    )  # fmt: skip
    found: dict[Unit, list[Standing]] = {}
    rows = rows.exclude(recused(user, "in_instance__case"))
    for one in rows.select_related("participation__party__unit", "in_instance").order_by("heard_on", "pk"):
        found.setdefault(one.participation.party.unit, []).append(one)
    return found


def due(year: BacklogYear, user: Any, today: date) -> list[Due]:
    """For each unit and matter the hardest step it has reached, unless that or a harder one was begun already."""
    ladder = list(year.ladder.all())
    if not ladder:
        return []
    taken: dict[tuple[int, str], int] = {}
    for letter in UnitLetter.objects.living().filter(year=year):
        key = (letter.unit_id, letter.matter)
        taken[key] = max(taken.get(key, -1), RANK[Kind(letter.kind)])
    found = []
    for unit, items in pressed_items(year, today).items():
        found += _hardest(unit, Matter.BACKLOG, _of_items(ladder, items, year, today), taken)
    for unit, rows in absences(year.year, user, today).items():
        reached = [
            (step, len(rows)) for step in ladder if step.trigger == Trigger.ABSENCES and len(rows) >= step.threshold
        ]
        found += _hardest(unit, Matter.ABSENCE, reached, taken)
    return sorted(found, key=lambda one: (-RANK[Kind(one.kind)], one.matter, -one.count, one.unit.path))


Reached = tuple[EscalationStep, int]


def _of_items(
    ladder: Iterable[EscalationStep], items: list[BacklogItem], year: BacklogYear, today: date
) -> list[Reached]:
    reached = []
    for step in ladder:
        days = timedelta(days=step.threshold)
        if step.trigger == Trigger.BEFORE_TARGET and today >= year.target_on - days:
            reached.append((step, len(items)))
        if step.trigger == Trigger.OVERDUE:
            late = [item for item in items if item.finish_on is not None and today >= item.finish_on + days]
            if late:
                reached.append((step, len(late)))
    return reached


def _hardest(unit: Unit, matter: str, reached: list[Reached], taken: dict[tuple[int, str], int]) -> list[Due]:
    if not reached:
        return []
    step, count = max(reached, key=lambda pair: (RANK[Kind(pair[0].kind)], pair[1]))
    if taken.get((unit.pk, matter), -1) >= RANK[Kind(step.kind)]:
        return []
    return [Due(unit, matter, step.kind, step.trigger, step.threshold, count)]


def set_default(year: BacklogYear) -> None:
    """The ladder a year begins with: last year's, else the usual one."""
    before = BacklogYear.objects.filter(year__lt=year.year, ladder__isnull=False).order_by("-year").first()
    rows = DEFAULT if before is None else before.ladder.values_list("kind", "trigger", "threshold")
    for kind, trigger, threshold in rows:
        EscalationStep.objects.create(year=year, kind=kind, trigger=trigger, threshold=threshold)


__all__ = ["DEFAULT", "RANK", "Due", "absences", "due", "pressed_items", "set_default"]
