"""Where the roll-ups hear that a case changed: actions, the bulk lane, and deadlines derived without an action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casemgr.actions.signals import bulk_performed, performed, recomputed
from casemgr.cases.models import Case
from casemgr.indicators.rollup import refresh, refresh_for


def _on_action(sender: Any, *, subject: Any, **kwargs: Any) -> None:
    refresh_for([subject])


def _on_batch(sender: Any, *, cases: Iterable[Case], **kwargs: Any) -> None:
    refresh_for(cases)


def _on_recomputation(sender: Any, *, case: Case, **kwargs: Any) -> None:
    refresh([case.pk], procedures=[case.procedure])


def connect() -> None:
    """Called from `IndicatorsConfig.ready()`."""
    performed.connect(_on_action, dispatch_uid="indicators.performed")
    bulk_performed.connect(_on_batch, dispatch_uid="indicators.bulk_performed")
    recomputed.connect(_on_recomputation, dispatch_uid="indicators.recomputed")
