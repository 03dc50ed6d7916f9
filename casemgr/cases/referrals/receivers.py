"""Who takes disputes over: each procedure may name a receiver in `Procedure.extra["receiver"]`.

A procedure whose cases are not kept here yet registers its receiver by itself: its people get the referral, but no
case opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from casemgr.actions.action import Guard
from casemgr.cases.models import Case, Referral
from casemgr.cases.models.referrals import Direction, ReferralKind
from casemgr.cases.procedure import procedures
from casemgr.organisation.models import Unit

Open = Callable[[Referral, Any, date], Case]
"""`(referral, actor, today)` → the case registered for it, by the procedure's own action."""
Proposed = Callable[[Referral, str, date], Mapping[str, Any]]
"""`(referral, name of the step, today)` → what its form is filled with."""


@dataclass(frozen=True)
class RosterEntry:
    """An organisation to whose unit a dispute can be referred, as its procedure's register knows it.

    `area`: town or street; `conflict`: why it should not take this case's dispute, empty when nothing is known.
    """

    unit_id: int
    name: str
    area: str = ""
    specialities: str = ""
    conflict: str | Promise = ""

    @property
    def label(self) -> str:
        told = "，".join(filter(None, (self.area, self.specialities)))
        return f"{self.name}（{told}）" if told else self.name


Roster = Callable[[Case, date], Iterable[RosterEntry]]
"""`(case, day)` → the organisations that could take a dispute of the case over."""


@dataclass(frozen=True)
class Receiver:
    """`docks`: from whom the procedure takes disputes; `open_case`, if any, runs inside the acceptance.

    `unit_kinds`: the kinds of this banner's units that receive disputes for the procedure.
    `decision_rules`: codes of the rules by which a case of the procedure is to be decided.
    `opens`: whether taking this referral over opens a case; a mere notice never does.
    `guards`: further conditions of the receiving side's steps, by the step's name.
    `proposed`: what the forms of those steps are filled with.
    `roster`: its organisations, for whoever chooses one.
    """

    docks: tuple[str, ...] = ()
    open_case: Open | None = None
    unit_kinds: tuple[str, ...] = ()
    decision_rules: tuple[str, ...] = ()
    opens: Callable[[Referral], bool] = lambda referral: referral.kind != ReferralKind.NOTICE
    guards: Mapping[str, tuple[Guard, ...]] = field(default_factory=dict)
    proposed: Proposed = lambda referral, step, today: {}
    roster: Roster = lambda case, day: ()


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


def receiver_for(referral: Referral) -> Receiver | None:
    """Who takes this referral over here. What an organ outside takes over opens a case there, not with us."""
    if referral.direction == Direction.OUT:
        return None
    return receiver_of(referral.to_procedure or referral.procedure, referral.dock)


def procedure_of(unit: Unit) -> str:
    """Which procedure a unit of this banner receives disputes for; empty when nobody there signs for any."""
    return next((code for code, receiver in _receivers() if unit.kind in receiver.unit_kinds), "")


def receiving_kinds() -> tuple[str, ...]:
    """Kinds of units to which a dispute can be referred within the banner."""
    return tuple(dict.fromkeys(kind for _code, receiver in _receivers() for kind in receiver.unit_kinds))


def roster_of(case: Case, dock: str, day: date) -> list[RosterEntry]:
    """Organisations of every procedure that takes disputes from this dock over, in the order of its register."""
    return [entry for _code, receiver in _receivers() if dock in receiver.docks for entry in receiver.roster(case, day)]


def decision_rules(procedure: str) -> tuple[str, ...]:
    """Codes of the rules by which a case of the procedure is to be decided."""
    found = dict(_receivers()).get(procedure)
    return found.decision_rules if found else ()
