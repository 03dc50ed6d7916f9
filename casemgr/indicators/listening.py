"""Where the roll-ups hear that a case changed: actions, the bulk lane, and deadlines derived without an action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casemgr.actions.signals import Performed, bulk_performed, concluded, recomputed
from casemgr.cases.models import Case
from casemgr.indicators.rollup import refresh, refresh_for


def _on_actions(sender: Any, *, steps: Iterable[Performed], **kwargs: Any) -> None:
    refresh_for(step.subject for step in steps)


def _on_batch(sender: Any, *, cases: Iterable[Case], **kwargs: Any) -> None:
    refresh_for(cases)


def _on_recomputation(sender: Any, *, case: Case, **kwargs: Any) -> None:
    refresh([case.pk], procedures=[case.procedure])


def connect() -> None:
    """Called from `IndicatorsConfig.ready()`."""
    concluded.connect(_on_actions, dispatch_uid="indicators.concluded")
    bulk_performed.connect(_on_batch, dispatch_uid="indicators.bulk_performed")
    recomputed.connect(_on_recomputation, dispatch_uid="indicators.recomputed")
