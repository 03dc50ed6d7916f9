"""The bulk lane: cases of one procedure by the hundred, in a few statements, as `perform` would leave them one by one.

Validation is the caller's, by the forms of the action it stands for. Deadlines come from the same `derive`; the case is
inserted once, in its final state, with the two history rows (created, settled) that the single lane leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from casemgr.actions.models import PerformedKey
from casemgr.actions.signals import bulk_performed
from casemgr.audit.bulk import create_with_history, keep_both_of
from casemgr.audit.context import current
from casemgr.audit.fresh import fresh
from casemgr.audit.inserting import insert, insert_values
from casemgr.cases.bulk.acts import resolve_acts
from casemgr.cases.bulk.description import CaseDescription, Happening
from casemgr.cases.deadlines import Derived, derive, next_due_days
from casemgr.cases.entries import just_written
from casemgr.cases.events import fold
from casemgr.cases.models import Act, Case, CaseTitleGram, Deadline, Event, Participation
from casemgr.cases.participations import participations_of
from casemgr.cases.procedure import Stage, get_procedure
from casemgr.cases.search import title_grams
from casemgr.numbering.series import allocate_many
from casemgr.parties.models import Party
from casemgr.parties.snapshots import snapshot_of

OwnRows = Callable[[list[tuple[Case, list[Participation]]]], None]


@dataclass
class _Row:
    """A description on its way into the register."""

    description: CaseDescription
    case: Case
    participations: list[Participation]
    events: list[Event]
    derived: list[Derived] = field(default_factory=list)


def write(descriptions: Sequence[CaseDescription], today: date, own_rows: OwnRows | None = None) -> list[Case]:
    """Write the cases in the given order, in one transaction; their parties are written already.

    The running action is that of `audited`. `own_rows` writes what the procedure keeps beside its cases, but no
    entries, and is given each case with its participations, in the order of the descriptions. Sends
    `bulk_performed` at the end, inside the transaction: figures count the procedure's own rows, too.
    """
    if not descriptions:
        return []
    with transaction.atomic():
        acts = resolve_acts([description.act for description in descriptions])
        numbers = _numbers(descriptions)
        snapshot = _once_each(snapshot_of)
        rows = [build(d, act, number, snapshot) for d, act, number in zip(descriptions, acts, numbers, strict=True)]
        for row in rows:
            _derive(row, today)
        _insert(rows)
        _keep_keys(rows)
        cases = [row.case for row in rows]
        if own_rows is not None:
            own_rows([(row.case, row.participations) for row in rows])
        with just_written({row.case.pk: row.events for row in rows}):
            bulk_performed.send(sender=type(cases[0]), cases=cases, today=today)
    return cases


def _once_each(snapshot: Callable[[Party], bytes]) -> Callable[[Party], bytes]:
    """Cases of one batch against the same agency keep the same bytes: it is the same party at the same moment."""
    taken: dict[int, bytes] = {}

    def once(party: Party) -> bytes:
        if id(party) not in taken:
            taken[id(party)] = snapshot(party)
        return taken[id(party)]

    return once


def build(
    description: CaseDescription,
    act: Act | None,
    number: tuple[str, int, int],
    snapshot: Callable[[Party], bytes] = snapshot_of,
) -> _Row:
    """The rows of one case, not yet saved."""
    procedure = get_procedure(description.procedure)
    case = fresh(
        procedure.case_model,
        number=number[0],
        number_year=number[1],
        number_sequence=number[2],
        procedure=procedure.code,
        act=act,
        stage=procedure.state(description.columns["state"]).stage,
        version=1,
        **description.columns,
    )
    if description.facts is not None:
        description.facts.case = case
    participations = participations_of(description.parts, snapshot)
    for participation in participations:
        participation.case = case
    events = [_event(case, happening, position) for position, happening in enumerate(description.happenings, 1)]
    return _Row(description, case, participations, events)


def _event(case: Case, happening: Happening, sequence: int) -> Event:
    context = current()
    is_undated = happening.occurred_on is None and happening.precision == Event.Precision.DAY
    return fresh(
        Event,
        case=case,
        kind=happening.kind,
        occurred_on=happening.occurred_on,
        precision=Event.Precision.UNKNOWN if is_undated else happening.precision,
        as_written=happening.as_written,
        actor_id=context.actor_id,
        actor_name=context.actor_name,
        party=happening.party,
        subject=happening.subject,
        sequence=sequence,
        data=dict(happening.data),
    )


def _derive(row: _Row, today: date) -> None:
    """Stage, deadlines and next due days of a case that has no id yet; one of the past has none."""
    case = row.case
    if case.is_past_record:
        return
    with _as_if_saved(row):
        row.derived = derive(case, fold(row.events), case.definition.rules, today)
    case.next_due_on, case.next_other_due_on = next_due_days(row.derived)


@contextmanager
def _as_if_saved(row: _Row) -> Iterator[None]:
    """Within, case and events have ids of their own kind, below zero: what rules read is in memory."""
    case = row.case
    case.pk = -1
    in_memory = {"participations": row.participations, "events": row.events}
    for name, rows in in_memory.items():
        found = getattr(case, name).all()
        found._result_cache, found._prefetch_done = rows, True
        in_memory[name] = found
    case._prefetched_objects_cache = in_memory
    for event in row.events:
        event.pk = -event.sequence
    try:
        yield
    finally:
        for event in row.events:
            event.pk = None
        del case._prefetched_objects_cache
        case.pk = None


def _numbers(descriptions: Sequence[CaseDescription]) -> list[tuple[str, int, int]]:
    """The number of each case: as its paper register has it, or the next of its series, allocated densely."""
    wanted: dict[tuple[str, int, tuple[str, str]], list[int]] = defaultdict(list)
    found: list[Any] = []
    for position, description in enumerate(descriptions):
        found.append(description.number)
        if description.number is None:
            series = get_procedure(description.procedure).number_series
            wanted[series, description.numbered_on.year, description.numbered_by].append(position)
    for (series, year, owner), positions in sorted(wanted.items()):
        issued_numbers = allocate_many(series, date(year, 1, 1), len(positions), *owner)
        for position, issued in zip(positions, issued_numbers, strict=True):
            found[position] = (issued.text, issued.year, issued.number)
    return found


def _insert(rows: Sequence[_Row]) -> None:
    cases = [row.case for row in rows]
    insert(cases)
    keep_both_of(cases, timezone.now(), version=0, stage=Stage.INTAKE, next_due_on=None, next_other_due_on=None)
    create_with_history([row.description.facts for row in rows if row.description.facts is not None])
    _insert_participations([part for row in rows for part in row.participations])
    grams = ((gram, case.pk) for case in cases for gram in title_grams(case.title))
    insert_values(CaseTitleGram, ("gram", "case"), grams)
    insert([event for row in rows for event in row.events])
    create_with_history([_deadline(row.case, item) for row in rows for item in row.derived])


def _insert_participations(participations: Sequence[Participation]) -> None:
    """Those who are spoken for come before those who speak for them."""
    create_with_history([part for part in participations if part.represents is None])
    create_with_history([part for part in participations if part.represents is not None])


def _deadline(case: Case, item: Derived) -> Deadline:
    root = item.root
    return fresh(
        Deadline, case=case, rule=item.rule.code, root_event=root.root, party_id=root.party_id, **item.values()
    )


def _keep_keys(rows: Sequence[_Row]) -> None:
    context = current()
    insert(
        [
            PerformedKey(
                actor_id=context.actor_id or 0,
                key=row.description.key,
                action=context.action,
                fingerprint=row.description.fingerprint,
                subject_type=row.case._meta.label_lower,
                subject_id=row.case.pk,
            )
            for row in rows
            if row.description.key
        ]
    )
