"""Where the marks hear that a case changed: actions, the bulk lane, deadlines derived without an action, agencies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from casemgr.actions.action import ActionContext
from casemgr.actions.signals import bulk_performed, performed, recomputed
from casemgr.cases.models import Case, Participation
from casemgr.indicators.rollup import cases_of
from casemgr.indicators.tables.keeping import refresh
from casemgr.parties.models import Party


def _on_action(sender: Any, *, subject: Any, context: ActionContext, **kwargs: Any) -> None:
    refresh(cases_of([subject]).keys(), context.today)
    if isinstance(subject, Party) and subject.kind == Party.Kind.AGENCY:
        refresh(_against(subject), context.today)


def _against(agency: Party) -> list[int]:
    """Cases against the agency, locked in their order: tables are divided by its kind, which may have changed."""
    parts = Participation.objects.filter(party=agency, role=Participation.Role.RESPONDENT)
    cases = Case.objects.select_for_update(of=("self",)).filter(pk__in=parts.values("case_id")).order_by("pk")
    return list(cases.values_list("pk", flat=True))


def _on_batch(sender: Any, *, cases: Iterable[Case], today: date, **kwargs: Any) -> None:
    refresh({case.pk for case in cases}, today)


def _on_recomputation(sender: Any, *, case: Case, today: date, **kwargs: Any) -> None:
    refresh([case.pk], today)


def connect() -> None:
    performed.connect(_on_action, dispatch_uid="official_tables.performed")
    bulk_performed.connect(_on_batch, dispatch_uid="official_tables.bulk_performed")
    recomputed.connect(_on_recomputation, dispatch_uid="official_tables.recomputed")
