"""The vocabulary of statutory rules: a rule is data that stands once, next to its article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.timelimits.arithmetic import DAY, Period

Text = str | Promise

AS_AGREED = 3650
"""An `extension_cap` for periods the parties may prolong as they agree: no text caps them."""


@dataclass(frozen=True)
class Law:
    """A law or regulation, or one version of it.

    `in_force` is half-open: the first day in force, and the first day no longer (None: still in force).
    `checked_on`: the last day somebody compared the coded rules with the text. `not_coded`: article → why not.
    """

    code: str
    name: Text
    in_force: tuple[date, date | None]
    published_on: date | None = None
    checked_on: date | None = None
    version: str = ""
    """The word a case keeps in `law_version` ("2017", "2023"); empty when the day of the event decides."""
    not_coded: Mapping[str, Text] = field(default_factory=dict)

    def covers(self, day: date) -> bool:
        return self.in_force[0] <= day and (self.in_force[1] is None or day < self.in_force[1])


@dataclass(frozen=True)
class Planned:
    """The period is counted backwards from a planned day, such as a hearing."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class ExpiryOf:
    """The period begins when another one expires unmet. Derived, never stored."""

    codes: tuple[str, ...]


def planned(*kinds: str) -> Planned:
    return Planned(kinds)


def expiry_of(*codes: str) -> ExpiryOf:
    return ExpiryOf(codes)


CaseTest = Callable[[Any, Any, Any], bool]
"""`(case, facts, root)` → whether the rule applies; `root` is the event that starts the clock."""
CaseParties = Callable[[Any], set[int]]
"""`(case)` → ids of the parties each of whom must be reached."""
CasePeriod = Callable[[Any, Any, Any], Period | None]
"""`(case, facts, root)` → the period a paper or another law sets, or None when it is not known yet."""

SUSPENSION = (("suspended", "resumed"),)
EXCLUDED_TIME = (("excluded_from", "excluded_until"),)


@dataclass(frozen=True)
class Rule:
    """One statutory period.

    `period`: its usual length, or None when no text fixes one (then `not_computed` says why).
    `period_of`: overrides the length by the facts of a case. `pauses_if`: whether the pauses stop it in this case.
    `extension_cap`: days; None when no extension exists.
    `met_beforehand_by`: those of `met_by` that meet it even when they came before its start.
    `met_for_each`: the parties for each of whom one of `met_by` must happen; the last one meets it, and one that names
    no party stands for all.
    `ended_in_time_by`: those of `ended_by` that end it only while it runs; after its expiry they change nothing.
    `reopened_by`: what makes an earlier one of `ended_by` count for nothing, such as the change to a longer period.
    `unmet_by`: what makes an earlier one of `met_by` count for nothing, such as a withdrawal, while the period still
    runs: it runs on to its own last day. After that day it changes nothing.
    `starts_once`: only the first of the events it starts on counts for each party; what is sent again begins nothing.
    `ours`: a duty or right of our own side; `ours_if`: where that hangs on whose clock it is, such as an appeal's.
    `lapses`: a party's right that is gone when its day has passed; nobody is late with it.
    `law` is the version whose text it is; `regulation` the implementing regulation, chosen by the day of the event.
    """

    code: str
    name: Text
    citation: str
    bound_party: str
    period: Period | None = None
    starts_on: str | tuple[str, ...] | Planned | ExpiryOf = ()
    met_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    ended_in_time_by: tuple[str, ...] = ()
    met_beforehand_by: tuple[str, ...] = ()
    met_for_each: CaseParties | None = None
    reopened_by: tuple[str, ...] = ()
    unmet_by: tuple[str, ...] = ()
    extended_by: tuple[str, ...] = ()
    pauses: tuple[tuple[str, str], ...] = ()
    pauses_if: CaseTest | None = None
    applies_if: CaseTest | None = None
    period_of: CasePeriod | None = None
    on_expiry: Text = ""
    expiry_action: str = ""
    extension_cap: int | None = None
    law: Law | None = None
    regulation: Law | None = None
    ours: bool = False
    ours_if: CaseTest | None = None
    lapses: bool = False
    starts_once: bool = False
    not_computed: Text = ""

    @property
    def version_code(self) -> str:
        """Which text governs, for the deadline's row."""
        source = self.law or self.regulation
        if source is None:
            return ""
        if self.law is not None and self.regulation is not None:
            return f"{self.law.code}/{self.regulation.in_force[0].year}"
        return source.code

    @property
    def sources(self) -> tuple[Law, ...]:
        return tuple(source for source in (self.law, self.regulation) if source is not None)

    def in_force_for(self, *, law: str, on: date) -> bool:
        """Whether this version governs a case of law version `law` whose clock starts on `on`."""
        if self.law is not None and self.law.version:
            if law and self.law.version != law:
                return False
            if not law and not self.law.covers(on):
                return False
        elif self.law is not None and not self.law.covers(on):
            return False
        return self.regulation is None or self.regulation.covers(self._regulation_day(law, on))

    def _regulation_day(self, law: str, on: date) -> date:
        """A case kept under a law no longer in force keeps the regulation that carried it out to its end."""
        if self.law is None or not law or self.law.in_force[1] is None:
            return on
        return min(on, self.law.in_force[1] - DAY)

    def period_for(self, case, facts, root) -> Period | None:
        if self.period_of is not None:
            return self.period_of(case, facts, root)
        return self.period


BOUND_PARTIES: dict[str, Text] = {
    "office": _("the reconsideration office"),
    "authority": _("the reconsideration authority"),
    "applicant": _("the applicant"),
    "respondent": _("the respondent"),
    "third_party": _("the third party"),
    "parties": _("the parties"),
    "party": _("the party"),
    "organs": _("the organs concerned"),
    "penalising_organ": _("the penalising organ"),
    "maker": _("the maker of the document"),
    "receiving_organ": _("the receiving organ"),
    "agency": _("the agency"),
    "plaintiff": _("the plaintiff"),
    "court": _("the court"),
    "winner": _("the party entitled"),
    "claimant": _("the claimant"),
    "finance": _("the finance department"),
    "recipient": _("the recipient of the suggestion"),
    "procuratorate": _("the procuratorate"),
    "committee": _("the mediation committee"),
    "mediator": _("the mediator"),
}
