"""The columns of T6 to T10 (dossier §6, §4.4, §4.5): what each counts, and what must add up."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.indicators.tables.definition import Check, Column, Measure, Values
from casemgr.indicators.tables.facts import Count, Moment, Several
from casemgr.parties.models import Party
from litigation.backlog.clearance import Clearance
from litigation.court.figures import COLUMNS as HEADS
from litigation.court.figures import FURTHER
from litigation.indicators.losses import NO_END
from litigation.suggestions.terms import JUDICIAL, Adoption
from litigation.tables import backlog, letters
from litigation.tables.appearances import HEARD
from litigation.tables.concluded import CONCLUDED
from litigation.tables.suits import INSTANCE, YES
from litigation.terms import Level, Outcome, Seen

Kind = Party.AgencyKind
ENDED, STANDING = Moment.ENDED, Moment.STANDING
ORGANS = {
    "town": (gettext_lazy("Sumu, town and street"), (Kind.TOWN_GOVERNMENT.value,)),
    "department": (gettext_lazy("Departments of the banner"), (Kind.DEPARTMENT.value, Kind.JUSTICE_BUREAU.value)),
    "banner": (gettext_lazy("Government of the banner"), (Kind.BANNER_GOVERNMENT.value,)),
    "dispatched": (gettext_lazy("Dispatched organs and bodies"),
                   (Kind.DISPATCHED_ORGAN.value, Kind.DISPATCHED_BODY.value)),
    "authorised": (gettext_lazy("Authorised organisations"), (Kind.AUTHORISED_ORGANISATION.value,)),
    "upper": (gettext_lazy("Branches of the city and vertically led agencies"),
              (Kind.CITY_BRANCH.value, Kind.VERTICAL.value)),
    "other": (gettext_lazy("Other agencies"), (Kind.OTHER.value, "")),
}  # fmt: skip
"""Levels of the organs, as in T4."""
OUTCOMES = tuple(one for one in Outcome if one not in (Outcome.ENFORCEMENT_ALLOWED, Outcome.ENFORCEMENT_REFUSED))
"""How an instance before the court may end; whether an act is enforced is decided in no suit."""
KNOWN_ENDS = tuple(one.value for one in OUTCOMES)


def _sum(values: Values, codes: tuple[str, ...]) -> int:
    return sum(int(values[code]) for code in codes)


# T6


def suits() -> Iterator[Column]:
    came = gettext_lazy("Suits")
    yield Column("carried", gettext_lazy("Carried over from the last period"), Count(INSTANCE, Moment.BEFORE),
                 group=came)  # fmt: skip
    yield Column("received", gettext_lazy("Received"), Count(INSTANCE), group=came)
    for code, (label, kinds) in ORGANS.items():
        yield Column(f"received_{code}", label, Count(INSTANCE, where={"organ": kinds}), group=came, part=True)
    group = pgettext_lazy("table", "Closed")
    yield Column("closed", gettext_lazy("Closed in all"), Count(INSTANCE, ENDED), group=group)
    for code, (label, kinds) in ORGANS.items():
        yield Column(f"closed_{code}", label, Count(INSTANCE, ENDED, {"organ": kinds}), group=group, part=True)
    group = pgettext_lazy("table", "Rulings")
    for one in OUTCOMES:
        yield Column(f"end_{one.value}", one.label, Count(INSTANCE, ENDED, {"outcome": (one.value,)}), group=group)
    yield Column("paying", gettext_lazy("an agency has to pay"), Count(INSTANCE, ENDED, {"paying": (YES,)}),
                 group=group, part=True)  # fmt: skip
    yield Column("suggested", gettext_lazy("with a judicial suggestion"),
                 Count(INSTANCE, ENDED, {"suggested": (YES,)}), group=group, part=True)  # fmt: skip
    yield Column("open", gettext_lazy("Open at the end of the period"), Count(INSTANCE, STANDING))


SUIT_CHECKS = (
    Check("balance", gettext_lazy("Carried over and received must give what was closed and is open."),
          lambda v: v["carried"] + v["received"] == v["closed"] + v["open"]),
    Check("closed", gettext_lazy("The rulings together must give the suits closed."),
          lambda v: _sum(v, tuple(f"end_{code}" for code in KNOWN_ENDS)) == v["closed"]),
    Check("organs", gettext_lazy("The levels of the agencies together must give the suits received and closed."),
          lambda v: _sum(v, tuple(f"received_{code}" for code in ORGANS)) == v["received"]
          and _sum(v, tuple(f"closed_{code}" for code in ORGANS)) == v["closed"]),
    Check("parts", gettext_lazy("More suits have a payment or a suggestion than were closed."),
          lambda v: max(v["paying"], v["suggested"]) <= v["closed"]),
)  # fmt: skip

# T7

MISSES = tuple(one.value for one in Seen if one != Seen.ATTENDED)


def _heard(**where: tuple[str, ...]) -> Several:
    """Units in which the head came count at once; all others when the day of the session is over, as the indicator."""
    return Several(
        (
            Count(HEARD, Moment.BEGUN, {**where, "seen": (Seen.ATTENDED.value,)}),
            Count(HEARD, Moment.PASSED, {**where, "seen": MISSES}),
        )
    )


def heads() -> Iterator[Column]:
    """The columns of the page of heads in court, and of each instance what was heard and attended."""
    for code, one in HEADS.items():
        yield Column(code, one.label, _heard(**{code: (YES,)}))
    absent = Count(HEARD, Moment.PASSED, {"counted": (YES,), "seen": (Seen.ABSENT.value,)})
    yield Column("unexcused", FURTHER["unexcused"].label, absent, part=True)
    levels = {Level.FIRST: gettext_lazy("First instance"), Level.SECOND: gettext_lazy("Second instance"),
              Level.RETRIAL: pgettext_lazy("court", "Retrial")}  # fmt: skip
    for level, label in levels.items():
        for code in ("counted", "attended"):
            yield Column(f"{level.value}_{code}", HEADS[code].label, _heard(level=(level.value,), **{code: (YES,)}),
                         group=label)  # fmt: skip


HEAD_CHECKS = (
    Check("attended", gettext_lazy("Heads that came and heads that were absent must give the units with a session."),
          lambda v: v["attended"] + v["missed"] == v["counted"]),
    Check("absent", gettext_lazy("Absences with and without good reason must give the heads absent."),
          lambda v: v["justified"] + v["unexcused"] == v["missed"]),
    Check("levels", gettext_lazy("The instances together must give the units with a session."),
          lambda v: _sum(v, tuple(f"{one.value}_counted" for one in (Level.FIRST, Level.SECOND, Level.RETRIAL)))
          == v["counted"]),
)  # fmt: skip

# T8

CONCLUDING = tuple(one for one in OUTCOMES if one not in NO_END)
"""Outcomes that conclude a suit: see the indicator."""


def losses() -> Iterator[Column]:
    yield Column("concluded", gettext_lazy("Suits concluded"), Count(CONCLUDED))
    for one in CONCLUDING:
        yield Column(f"end_{one.value}", one.label, Count(CONCLUDED, where={"outcome": (one.value,)}),
                     group=pgettext_lazy("table", "Rulings"))  # fmt: skip
    yield Column("lost", pgettext_lazy("table", "Suits lost"), Count(CONCLUDED, where={"lost": (YES,)}))
    yield Column("changed", gettext_lazy("Not lost, but withdrawn after the act was changed"),
                 Count(CONCLUDED, where={"outcome": (Outcome.WITHDRAWN_CHANGED.value,)}))  # fmt: skip


LOSS_CHECKS = (
    Check("concluded", gettext_lazy("The rulings together must give the suits concluded."),
          lambda v: _sum(v, tuple(f"end_{one.value}" for one in CONCLUDING)) == v["concluded"]),
    Check("lost", gettext_lazy("More suits were lost, or withdrawn after a change, than were concluded."),
          lambda v: v["lost"] + v["changed"] <= v["concluded"]),
)  # fmt: skip

# T9

IN_BASE = (backlog.OPEN, backlog.PAUSED, backlog.CLEARED)
TO_CLEAR = (backlog.OPEN, backlog.PAUSED)


def _items(
    *phases: str, since: tuple[str, ...] = (backlog.TAKEN,), kind: str = backlog.ITEM, sums: bool = False
) -> Count:
    return Count(kind, STANDING, {"phase": phases, "since": since}, sums)


def clearance_words(cleared: int, base: int) -> str:
    """97.95 %, cut off and never rounded into reach; without a base there is nothing to clear, which is not 100 %."""
    percent = Clearance(base, cleared).percent
    return _("No backlog") if percent is None else f"{percent} %"


def items() -> Iterator[Column]:
    group = pgettext_lazy("table", "Base of the year")
    yield Column("taken", gettext_lazy("Items taken"), _items(*IN_BASE, backlog.WRITTEN_OFF), group=group)
    yield Column("written_off", pgettext_lazy("table", "Written off"), _items(backlog.WRITTEN_OFF), group=group)
    yield Column("base", pgettext_lazy("table", "Base"), _items(*IN_BASE), group=group)
    yield Column("cleared", pgettext_lazy("table", "Cleared"), _items(backlog.CLEARED), group=group)
    yield Column("open", pgettext_lazy("table", "Not cleared"), _items(*TO_CLEAR), group=group)
    yield Column("paused", pgettext_lazy("table", "paused by a court"), _items(backlog.PAUSED), group=group, part=True)
    yield Column("rate", gettext_lazy("Rate of clearance"), Several(()), group=group,
                 words=lambda v: clearance_words(v["cleared"], v["base"]))  # fmt: skip
    yield Column("owed", gettext_lazy("Amount due"), _items(*IN_BASE, sums=True), Measure.MONEY, group)
    yield Column("paid", gettext_lazy("Amount paid"), _items(*IN_BASE, kind=backlog.PAID, sums=True), Measure.MONEY,
                 group)  # fmt: skip
    group, since = pgettext_lazy("table", "Fallen due since"), (backlog.SINCE,)
    yield Column("since", pgettext_lazy("table", "Items"), _items(*IN_BASE, since=since), group=group)
    yield Column("since_cleared", pgettext_lazy("table", "Cleared"), _items(backlog.CLEARED, since=since), group=group)
    yield Column(
        "dynamic",
        gettext_lazy("Rate of clearance with these"),
        Several(()),
        group=group,
        words=lambda v: clearance_words(v["cleared"] + v["since_cleared"], v["base"] + v["since"]),
    )


ITEM_CHECKS = (
    Check("base", gettext_lazy("The base and what was written off must give the items taken."),
          lambda v: v["base"] + v["written_off"] == v["taken"]),
    Check("cleared", gettext_lazy("Cleared and not cleared must give the base."),
          lambda v: v["cleared"] + v["open"] == v["base"]),
    Check("paused", gettext_lazy("More items are paused than are not cleared."), lambda v: v["paused"] <= v["open"]),
)  # fmt: skip

# T10


def suggestions() -> Iterator[Column]:
    group = pgettext_lazy("table", "Suggestions")
    yield Column("received", pgettext_lazy("suggestion", "Received"), Count(letters.LETTER), group=group)
    judicial = tuple(one.value for one in JUDICIAL)
    yield Column("judicial", gettext_lazy("judicial suggestions"), Count(letters.LETTER, where={"letter": judicial}),
                 group=group, part=True)  # fmt: skip
    group = pgettext_lazy("table", "Answers owed")
    yield Column("carried", gettext_lazy("Carried over from the last period"), Count(letters.AWAITED, Moment.BEFORE),
                 group=group)  # fmt: skip
    yield Column("owed", gettext_lazy("To be answered"), Count(letters.AWAITED), group=group)
    for code, label in (
        (letters.IN_TIME, gettext_lazy("Answered in time")),
        (letters.LATE, gettext_lazy("Answered late")),
        (letters.WITHOUT_TERM, gettext_lazy("Answered, no term is stated")),
        (letters.RELEASED, gettext_lazy("Closed without an answer")),
    ):
        yield Column(code, label, Count(letters.AWAITED, ENDED, {"ended": (code,)}), group=group)
    yield Column("waiting", gettext_lazy("Not answered at the end of the period"), Count(letters.AWAITED, STANDING),
                 group=group)  # fmt: skip
    yield Column("overdue", pgettext_lazy("answer", "overdue"), Count(letters.OVERDUE, STANDING), group=group,
                 part=True)  # fmt: skip
    group = pgettext_lazy("table", "Result")
    for one in Adoption:
        yield Column(f"says_{one.value}", one.label, Count(letters.ANSWER, where={"adoption": (one.value,)}),
                     group=group)  # fmt: skip
    yield Column("corrected", gettext_lazy("Performed, with proof"), Count(letters.CORRECTED), group=group)


ANSWERED = (letters.IN_TIME, letters.LATE, letters.WITHOUT_TERM, letters.RELEASED)
LETTER_CHECKS = (
    Check("balance", gettext_lazy("Carried over and to be answered must give what was answered, closed and waits."),
          lambda v: v["carried"] + v["owed"] == _sum(v, (*ANSWERED, "waiting"))),
    Check("owed", gettext_lazy("More is to be answered than was received."), lambda v: v["owed"] <= v["received"]),
    Check("overdue", gettext_lazy("More answers are overdue than wait."), lambda v: v["overdue"] <= v["waiting"]),
)  # fmt: skip
