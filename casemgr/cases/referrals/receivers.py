"""Who takes disputes over: each procedure may name a receiver in `Procedure.extra["receiver"]`.

A procedure whose cases are not kept here yet registers its receiver by itself: its people get the referral, but no
case opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases.models import Case, Referral
from casemgr.cases.procedure import procedures
from casemgr.organisation.models import Unit

Open = Callable[[Referral, Any, date], Case]
"""`(referral, actor, today)` → the case registered for it, by the procedure's own action."""


@dataclass(frozen=True)
class Receiver:
    """`docks`: from whom the procedure takes disputes; `open_case`, if any, runs inside the acceptance.

    `unit_kinds`: the kinds of this banner's units that receive disputes for the procedure.
    `decision_rules`: codes of the rules by which a case of the procedure is to be decided.
    """

    docks: tuple[str, ...] = ()
    open_case: Open | None = None
    unit_kinds: tuple[str, ...] = ()
    decision_rules: tuple[str, ...] = ()


_registered: dict[str, Receiver] = {}


def register(procedure: str, receiver: Receiver) -> None:
    """Name the receiver of a procedure that has no `Procedure` yet; its `AppConfig.ready()` calls this."""
    _registered[procedure] = receiver


def _receivers() -> Iterator[tuple[str, Receiver]]:
    named = {known.code: known.extra.get("receiver") for known in procedures()}
    for code, receiver in (_registered | named).items():
        if isinstance(receiver, Receiver):
            yield code, receiver


def receiver_of(procedure: str, dock: str) -> Receiver | None:
    """The procedure's receiver, if it opens cases for disputes from this dock."""
    found = dict(_receivers()).get(procedure)
    return found if found is not None and found.open_case is not None and dock in found.docks else None


def procedure_of(unit: Unit) -> str:
    """Which procedure a unit of this banner receives disputes for; empty when nobody there signs for any."""
    return next((code for code, receiver in _receivers() if unit.kind in receiver.unit_kinds), "")


def receiving_kinds() -> tuple[str, ...]:
    """Kinds of units to which a dispute can be referred within the banner."""
    return tuple(dict.fromkeys(kind for _code, receiver in _receivers() for kind in receiver.unit_kinds))


def decision_rules(procedure: str) -> tuple[str, ...]:
    """Codes of the rules by which a case of the procedure is to be decided."""
    found = dict(_receivers()).get(procedure)
    return found.decision_rules if found else ()
