"""When a rule of litigation applies: by what the starting entry keeps, and by the instance it belongs to.

An entry keeps what cannot change any more (`appealable`, `side`); what the court may change later, such as its
procedure, is read from the instance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from casemgr.timelimits.arithmetic import Period, Unit, fixed_day
from litigation.terms import FileKind, Level, TermUnit, Track

if TYPE_CHECKING:
    from casemgr.cases.events import Fact
    from litigation.models import Instance

UNITS = {
    TermUnit.DAYS: Unit.CALENDAR_DAYS,
    TermUnit.WORKING_DAYS: Unit.WORKING_DAYS,
    TermUnit.MONTHS: Unit.MONTHS,
}
_ORDER = re.compile(r"instance:(\d+)")
AGENCY = "agency"
"""`side` of an entry: of an agency, not of the citizen against it."""


def order_of(subject: str) -> int | None:
    """The instance's order in a subject such as `instance:2/ruling:1`; None where the whole file is meant."""
    found = _ORDER.match(subject)
    return int(found[1]) if found else None


def instance_of(case: Any, root: Fact) -> Instance | None:
    """The instance an entry belongs to."""
    order = order_of(root.subject)
    return next((one for one in case.instances.all() if one.order == order), None)


def _is_first(case: Any, root: Fact, track: str) -> bool:
    """What the court does not say is the ordinary procedure."""
    found = instance_of(case, root)
    return found is not None and found.level == Level.FIRST and (found.track or Track.ORDINARY) == track


def is_ordinary_first(case: Any, facts: Any, root: Fact) -> bool:
    return _is_first(case, root, Track.ORDINARY)


def is_simplified_first(case: Any, facts: Any, root: Fact) -> bool:
    return _is_first(case, root, Track.SIMPLIFIED)


def is_served_anew(case: Any, facts: Any, root: Fact) -> bool:
    """After a remand the complaint is with the defendants since the first trial (Litigation Law, art. 67(1))."""
    found = instance_of(case, root)
    return found is None or not found.is_remanded


def is_sued_directly(case: Any, facts: Any, root: Fact) -> bool:
    """After a reconsideration the fifteen days of art. 45 take the place of the six months of art. 46(1)."""
    return not facts.after_reconsideration


def is_suit(case: Any, facts: Any, root: Fact) -> bool:
    """Not a file about the enforcement of an act, which nobody sues over any more."""
    return facts.file_kind == FileKind.SUIT


def court_calls_head(case: Any, facts: Any, root: Fact) -> bool:
    return bool(root.data.get("calls_head"))


def can_be_appealed(case: Any, facts: Any, root: Fact) -> bool:
    """Judgments of first instance, and rulings that do not file, dismiss, or decide on jurisdiction
    (Litigation Law, art. 85; Interpretation 2018, art. 101(2))."""
    return bool(root.data.get("appealable"))


def is_of_agency(case: Any, facts: Any, root: Fact) -> bool:
    return root.data.get("side") == AGENCY


def can_be_retried(case: Any, facts: Any, root: Fact) -> bool:
    """Retrial is asked of what ended a first or second instance (Interpretation 2018, art. 110)."""
    return bool(root.data.get("retrial"))


def finds_a_norm_illegal(case: Any, facts: Any, root: Fact) -> bool:
    """Only a paper that finds a normative document illegal lets the court send a suggestion (Interpretation, 149)."""
    return bool(root.data.get("norm"))


def ends_after_ninety_days(case: Any, facts: Any, root: Fact) -> bool:
    """Interpretation 2018, art. 87(1)(1)-(3), 88(2): the other grounds of suspension have no end of their own."""
    return root.data.get("ground") in ("death", "incapacity", "ended")


def letter_is(*kinds: str) -> Callable[[Any, Any, Fact], bool]:
    """The kind of letter decides which time runs; the receipt keeps it."""
    return lambda case, facts, root: root.data.get("letter") in kinds


def by_letter(otherwise: Period | None) -> Callable[[Any, Any, Fact], Period | None]:
    """The date the letter itself names wins; without one the usual length, or none."""

    def period(case: Any, facts: Any, root: Fact) -> Period | None:
        due = root.data.get("due")
        return fixed_day(date.fromisoformat(due)) if due else otherwise

    return period


def is_public_interest(case: Any, facts: Any, root: Fact) -> bool:
    """A suit by the procuratorate (Interpretation on public interest suits, art. 8(1))."""
    return facts.is_public_interest


def is_owed_to_agency(case: Any, facts: Any, root: Fact) -> bool:
    """The two years for enforcement are the creditor's: ours where an agency is it."""
    return root.data.get("creditor_side") == AGENCY


def term_of(named_on: date | None, length: int | None, unit: str) -> Period | None:
    """The term of an obligation: the day the paper names, or a length from the day it is effective."""
    if named_on is not None:
        return fixed_day(named_on)
    return Period(length, UNITS[TermUnit(unit)]) if length else None


def term_of_paper(case: Any, facts: Any, root: Fact) -> Period | None:
    """The length stands in the paper itself (Litigation Law, art. 94, 96), and the entry keeps it."""
    named = root.data.get("planned_on")
    return term_of(date.fromisoformat(named) if named else None, root.data.get("term"), root.data.get("unit") or "")
