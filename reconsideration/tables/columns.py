"""The columns of T1 to T5 and T11 (dossier §6): what each counts, and what must add up.

The dimensions are those of a published municipal system and of the statutes since; the current national form is not
public, so labels, order and lines are data here and in the office's lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.indicators.tables.definition import Check, Column, Measure, Rate, Values
from casemgr.indicators.tables.facts import Count, Moment
from reconsideration.tables.course import (
    APPLICATION,
    BEFORE_ACCEPTANCE,
    BY_ORDER,
    CORRECTING,
    DEEMED,
    NEW,
    REOPENED,
    SUSPENDED,
    TRIAL,
)
from reconsideration.terms import CORRECTED, MERITS, Outcome, TerminationGround, Track

ENDED = Moment.ENDED
KNOWN_ENDS = (
    *(str(one.value) for one in MERITS),
    *(one.value for one in (Outcome.APPLICATION_DISMISSED, Outcome.MEDIATED, Outcome.TERMINATED, Outcome.TAKEN_UP)),
)


def _ended(*codes: str, **where: tuple[str, ...]) -> Count:
    return Count(APPLICATION, ENDED, {"ended": codes, **where})


def intake() -> Iterator[Column]:
    """What came in, and what became of it before acceptance."""
    came, treated = _("Applications"), pgettext_lazy("table", "Examined")
    yield Column("carried", _("Carried over from the last period"), Count(APPLICATION, Moment.BEFORE), group=came)
    yield Column("new", _("New applications"), Count(APPLICATION, where={"entry": (NEW,)}), group=came)
    yield Column("reopened", _("Opened again on the superior's order"),
                 Count(APPLICATION, where={"entry": (REOPENED,)}), group=came)  # fmt: skip
    yield Column("accepted", pgettext_lazy("table", "Accepted"), Count(TRIAL), group=treated)
    yield Column("deemed", _("by silence"), Count(TRIAL, where={"how": (DEEMED,)}), group=treated, part=True)
    yield Column("ordered", _("on the superior's order"), Count(TRIAL, where={"how": (BY_ORDER,)}), group=treated,
                 part=True)  # fmt: skip
    yield Column("refused", _("Not accepted"), _ended("not_accepted"), group=treated)
    yield Column("no_jurisdiction", _("told which authority is competent"), _ended("not_accepted", ground=("6",)),
                 group=treated, part=True)  # fmt: skip
    yield Column("not_handled", _("Told it will not be handled again"), _ended("not_handled"), group=treated)
    yield Column("abandoned", _("Treated as given up"), _ended("abandoned"), group=treated)


def closed() -> Iterator[Column]:
    """How accepted cases were closed."""
    group = pgettext_lazy("table", "Closed")
    yield Column("closed", _("Closed in all"), _ended(*KNOWN_ENDS, "other"), group=group)
    for one in MERITS:
        yield Column(f"end_{one.value}", one.label, _ended(one.value), group=group)
    yield Column("end_dismissed", Outcome.APPLICATION_DISMISSED.label, _ended("dismissed"), group=group)
    yield Column("end_mediated", Outcome.MEDIATED.label, _ended("mediated"), group=group)
    yield Column("end_terminated", Outcome.TERMINATED.label, _ended("terminated"), group=group)
    yield Column("term_settled", _("withdrawn after a settlement"), _ended("terminated", after=("settled",)),
                 group=group, part=True)  # fmt: skip
    yield Column("term_withdrawn", _("otherwise withdrawn"), _ended("terminated", after=("withdrawn",)), group=group,
                 part=True)  # fmt: skip
    yield Column("end_taken_up", Outcome.TAKEN_UP.label, _ended("taken_up"), group=group)
    yield Column("end_other", pgettext_lazy("outcome", "Others"), _ended("other"), group=group)


def standing() -> Iterator[Column]:
    """What is open at the end of the period."""
    group = _("Not closed")
    yield Column("open", _("Open at the end of the period"), Count(APPLICATION, Moment.STANDING), group=group)
    yield Column("correcting", _("waiting for correction"), Count(CORRECTING, Moment.STANDING), group=group, part=True)
    yield Column("in_trial", _("under trial"), Count(TRIAL, Moment.STANDING), group=group, part=True)
    yield Column(
        "suspended", pgettext_lazy("table", "suspended"), Count(SUSPENDED, Moment.STANDING), group=group, part=True
    )


def beside() -> Iterator[Column]:
    """What T1 tells besides."""
    group = _("Besides")
    people = Count(APPLICATION, where={"entry": (NEW,)}, sums=True)
    yield Column("applicants", _("Applicants of new applications"), people, Measure.PEOPLE, group)
    yield Column("group", _("Group cases among new applications"),
                 Count(APPLICATION, where={"entry": (NEW,), "group": ("yes",)}), group=group)  # fmt: skip
    yield Column("simplified", _("Closed in the simplified procedure"),
                 _ended(*KNOWN_ENDS, "other", track=(Track.SIMPLIFIED.value,)), group=group)  # fmt: skip
    yield Column("extended", _("Periods extended"), Count("extended"), Measure.TIMES, group)
    yield Column("hearings", _("Hearings held"), Count("hearing"), Measure.TIMES, group)
    yield Column("committee", _("Opinions of the committee"), Count("committee"), Measure.TIMES, group)
    yield Column("annexed", _("Annexed reviews opened"), Count("annexed"), Measure.TIMES, group)
    yield Column("opinions", _("Opinion letters"), Count("opinion"), Measure.PAPERS, group)
    yield Column("suggestions", _("Suggestion letters"), Count("suggestion"), Measure.PAPERS, group)


ENDS = (*(f"end_{one.value}" for one in MERITS), "end_dismissed", "end_mediated", "end_terminated", "end_taken_up",
        "end_other")  # fmt: skip
UNACCEPTED = ("refused", "not_handled", "abandoned")


def _sum(values: Values, codes: tuple[str, ...]) -> int:
    return sum(int(values[code]) for code in codes)


BALANCE = Check(
    "balance",
    _("Carried over, new and opened again must give what was not accepted, closed and is open."),
    lambda v: _sum(v, ("carried", "new", "reopened")) == _sum(v, (*UNACCEPTED, "closed", "open")),
)
CLOSED = Check(
    "closed",
    _("The kinds of endings together must give the cases closed."),
    lambda v: _sum(v, ENDS) == v["closed"],
)
PARTS = (
    Check("accepted", _("More were accepted by silence and on order than were accepted."),
          lambda v: _sum(v, ("deemed", "ordered")) <= v["accepted"]),
    Check("refused", _("More were told another authority than were not accepted."),
          lambda v: v["no_jurisdiction"] <= v["refused"]),
    Check("terminated", _("More were terminated upon withdrawal than were terminated."),
          lambda v: _sum(v, ("term_settled", "term_withdrawn")) <= v["end_terminated"]),
    Check("open", _("Those waiting for correction and those under trial are more than those open."),
          lambda v: _sum(v, ("correcting", "in_trial")) <= v["open"]),
    Check("suspended", _("More are suspended than are under trial."), lambda v: v["suspended"] <= v["in_trial"]),
    Check("simplified", _("More were closed in the simplified procedure than were closed."),
          lambda v: v["simplified"] <= v["closed"]),
)  # fmt: skip


def quality() -> Iterator[Column]:
    """What the rates of T11 divide by each other."""
    yield Column("closed", _("Closed in all"), _ended(*KNOWN_ENDS, "other"))
    yield Column("merits", _("Decided on the matter"), _ended(*(one.value for one in MERITS)))
    yield Column("corrected", _("Directly corrected"), _ended(*(one.value for one in CORRECTED)), part=True)
    yield Column("mediated", Outcome.MEDIATED.label, _ended("mediated"))
    yield Column("withdrawn", _("Terminated upon withdrawal"),
                 _ended("terminated", ground=(TerminationGround.WITHDRAWN.value,)))  # fmt: skip
    yield Column("sued", _("Sued over in the period"), Count("sued"))


RATES = (
    Rate(_("Direct correction rate"), _("decisions on the matter"), lambda v: v["corrected"], lambda v: v["merits"]),
    Rate(_("Rate of mediation and withdrawal"), _("cases closed"), lambda v: v["mediated"] + v["withdrawn"],
         lambda v: v["closed"]),
    Rate(_("Rate of suits after reconsideration"), _("cases closed"), lambda v: v["sued"], lambda v: v["closed"]),
    Rate(_("Rate of disputes that ended here"), _("cases closed"), lambda v: max(v["closed"] - v["sued"], 0),
         lambda v: v["closed"]),
)  # fmt: skip

__all__ = ["BALANCE", "BEFORE_ACCEPTANCE", "CLOSED", "PARTS", "RATES"]
