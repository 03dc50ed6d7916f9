"""Where the marks hear that a case changed: actions, the bulk lane, deadlines derived without an action, agencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.actions.signals import Performed, bulk_performed, concluded, recomputed
from casemgr.cases.models import Case, Participation
from casemgr.indicators.rollup import cases_of
from casemgr.indicators.tables.keeping import refresh
from casemgr.parties.models import Party


def _on_actions(sender: Any, *, steps: Sequence[Performed], **kwargs: Any) -> None:
    for day, subjects in _by_day(steps).items():
        refresh(cases_of(subjects), day)
        if agencies := [one for one in subjects if isinstance(one, Party) and one.kind == Party.Kind.AGENCY]:
            refresh(_against(agencies), day)


def _by_day(steps: Iterable[Performed]) -> Mapping[date, list[Any]]:
    """The subjects of actions by the day on which they were performed: one, unless somebody performs for another."""
    found: dict[date, list[Any]] = defaultdict(list)
    for step in steps:
        found[step.context.today].append(step.subject)
    return found


def _against(agencies: Iterable[Party]) -> list[int]:
    """Cases against the agencies, locked in their order: tables are divided by their kind, which may have changed."""
    parts = Participation.objects.filter(party__in=agencies, role=Participation.Role.RESPONDENT)
    cases = Case.objects.select_for_update(of=("self",)).filter(pk__in=parts.values("case_id")).order_by("pk")
    return list(cases.values_list("pk", flat=True))


def _on_batch(sender: Any, *, cases: Iterable[Case], today: date, **kwargs: Any) -> None:
    refresh({case.pk: case.procedure for case in cases}, today)


def _on_recomputation(sender: Any, *, case: Case, today: date, **kwargs: Any) -> None:
    refresh({case.pk: case.procedure}, today)


def connect() -> None:
    concluded.connect(_on_actions, dispatch_uid="official_tables.concluded")
    bulk_performed.connect(_on_batch, dispatch_uid="official_tables.bulk_performed")
    recomputed.connect(_on_recomputation, dispatch_uid="official_tables.recomputed")
