"""From when a court's paper is effective, party by party and as a whole.

Pure: days of service and appeals in, days out; it asks neither the database nor the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from casemgr.calendar.workdays import CalendarStatus, WorkCalendar
from casemgr.timelimits.arithmetic import Period, calendar_days, compute
from litigation.terms import Level, PaperKind, RulingMatter

DAY = timedelta(days=1)
APPEALABLE_RULINGS = frozenset({RulingMatter.NOT_FILED, RulingMatter.DISMISSED, RulingMatter.JURISDICTION})
"""Interpretation 2018, art. 101(2); every other ruling is effective when it is served."""
TERMS: Mapping[str, Period] = {
    PaperKind.JUDGMENT: calendar_days(15),  # Litigation Law, art. 85
    PaperKind.RULING: calendar_days(10),  # Litigation Law, art. 85
}


def proposes_appeal(kind: str, matter: str, level: str, *, above: str = "") -> bool:
    """Whether the paper can be appealed.

    `above`: for a retrial the level of the paper it examines: what was effective as of first instance is tried again
    as a first instance and can be appealed, everything else is final (Interpretation 2018, art. 119).
    """
    is_first = level == Level.FIRST or (level == Level.RETRIAL and above == Level.FIRST)
    if not is_first or kind == PaperKind.MEDIATION:
        return False
    return kind == PaperKind.JUDGMENT or matter in APPEALABLE_RULINGS


@dataclass(frozen=True)
class Appeal:
    """One party's appeal; whose is not always known. `done_on`: the postmark, or the day it was handed in."""

    party_id: int | None
    done_on: date
    withdrawn_on: date | None = None
    """The day the ruling that allowed the withdrawal was received."""


@dataclass(frozen=True)
class Effect:
    """`on`: the first day on which the paper binds everybody; None while it is not known, or never.

    `per_party`: the day from which each party itself can do nothing more against it.
    `waits_for`: parties whom the paper has not reached. `is_appealed`: an appeal made in time stands.
    """

    on: date | None
    per_party: Mapping[int, date] = field(default_factory=dict)
    waits_for: tuple[int, ...] = ()
    is_appealed: bool = False
    is_estimated: bool = False
    """It leans on holidays that are not published yet."""


def effect_of(
    kind: str,
    *,
    is_appealable: bool,
    parties: Iterable[int],
    served: Mapping[int, date],
    appeals: Iterable[Appeal] = (),
    calendar: WorkCalendar,
) -> Effect:
    """When the paper takes effect (Litigation Law, art. 85; Interpretation 2018, art. 85(3)).

    Of first instance: the day after the last party's own period has ended without an appeal. Otherwise, also a court's
    mediation document: the day it reached the last party.
    """
    parties = tuple(parties)
    waits = tuple(party for party in parties if party not in served)
    if not is_appealable:
        per_party = {party: served[party] for party in parties if party in served}
        on = max(per_party.values()) if per_party and not waits else None
        return Effect(on, per_party, waits)
    ends = {party: compute(TERMS[kind], served[party], calendar) for party in parties if party in served}
    in_time = [appeal for appeal in appeals if _is_in_time(appeal, {party: end.due for party, end in ends.items()})]
    per_party = {party: end.due + DAY for party, end in ends.items()}
    is_estimated = any(end.calendar_status != CalendarStatus.PUBLISHED for end in ends.values())
    if any(appeal.withdrawn_on is None for appeal in in_time):
        return Effect(None, per_party, waits, is_appealed=True, is_estimated=is_estimated)
    if waits or not per_party:
        return Effect(None, per_party, waits, is_estimated=is_estimated)
    # after a withdrawal allowed by the court above, not before its ruling was received
    withdrawn = [appeal.withdrawn_on for appeal in in_time if appeal.withdrawn_on is not None]
    return Effect(max([*per_party.values(), *withdrawn]), per_party, is_estimated=is_estimated)


def _is_in_time(appeal: Appeal, dues: Mapping[int, date]) -> bool:
    """By the appellant's own period; of an unknown one by the last that is known. Without any it counts as in time."""
    if appeal.party_id is None:
        return not dues or appeal.done_on <= max(dues.values())
    return appeal.party_id not in dues or appeal.done_on <= dues[appeal.party_id]


__all__ = ["APPEALABLE_RULINGS", "Appeal", "Effect", "effect_of", "proposes_appeal"]
