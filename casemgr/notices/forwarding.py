"""What an absent person is told also reaches who stands in for them, marked, and only about cases the stand-in sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casemgr.actions.outbox import Telling
from casemgr.cases.models import Absence, Case
from casemgr.cases.people.standing import stand_ins_of

MARK = "standing_in_for"


@dataclass(frozen=True)
class Copy:
    """One telling for one person; `marks` is added to its data."""

    telling: Telling
    recipient_id: int
    marks: Mapping[str, str] = field(default_factory=dict)


def forwarded(tellings: Sequence[Telling], today: date) -> list[Copy]:
    """The copies for stand-ins: one query, and one more per stand-in for what they may see."""
    absences = stand_ins_of({pk for telling in tellings for pk in telling.recipient_ids}, today)
    if not absences:
        return []
    due = [
        (telling, absence)
        for telling in tellings
        for recipient in telling.recipient_ids
        for absence in absences.get(recipient, ())
        if absence.stand_in_id not in telling.recipient_ids
    ]
    visible = _visible(due, today)
    copies = {}
    for telling, absence in due:
        case_id = _case_id(telling)
        if telling.kind.concerns_work if case_id is None else case_id in visible[absence.stand_in_id]:
            copies[id(telling), absence.stand_in_id] = Copy(
                telling, absence.stand_in_id, {MARK: absence.person.full_name}
            )
    return list(copies.values())


def _visible(due: list[tuple[Telling, Absence]], today: date) -> dict[int, set[int]]:
    """By stand-in, the cases among those told about that they may see."""
    asked: dict[int, set[int]] = defaultdict(set)
    people = {}
    for telling, absence in due:
        people[absence.stand_in_id] = absence.stand_in
        if (case_id := _case_id(telling)) is not None:
            asked[absence.stand_in_id].add(case_id)
    return {
        pk: set(Case.objects.visible_to(person, today).filter(pk__in=asked[pk]).values_list("pk", flat=True))
        for pk, person in people.items()
    }


def _case_id(telling: Telling) -> int | None:
    """The case the telling is about, directly or by a paper of it."""
    if isinstance(telling.subject, Case):
        return telling.subject.pk
    return getattr(telling.subject, "case_id", None)
