"""The bases of litigation's tables: what their marks and words are called, and who sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.indicators.definition import Text
from casemgr.indicators.tables.facts import Base, Mark
from casemgr.organisation.scope import ALL, scope
from casemgr.parties.models import Party
from litigation.models import PROCEDURE, BacklogItem
from litigation.suggestions.terms import Adoption, LetterKind
from litigation.tables import appearances, backlog, concluded, letters, suits
from litigation.tables.lists import suit_words
from litigation.terms import Level, Outcome, Seen


def reach(user: Any, today: date) -> Q:
    """Marks of the agencies in reach, and of every agency in the files that the person's units follow."""
    units = scope(user, today).unit_ids(PROCEDURE)
    return Q() if units is ALL else Q(unit_id__in=units) | Q(case__unit_id__in=units)


def _of_files(
    code: str, name: Text, read: Callable[..., Iterable[Mark]], kinds: Mapping[str, Text], *dims: str, version: int = 1
) -> Base:
    """A base of its own for each model whose rows are counted, so that row ids never meet."""
    return Base(
        code=code,
        name=name,
        procedure=PROCEDURE,
        version=version,
        read=read,
        reach=reach,
        kinds=kinds,
        dims={dim: DIMS[dim] for dim in dims},
        words={dim: WORDS[dim] for dim in dims},
    )


DIMS: Mapping[str, Text] = {
    "suit": _("Instance and part"),
    "organ": _("Agency"),
    "outcome": _("Outcome"),
    "lost": pgettext_lazy("table", "Result"),
    "paying": pgettext_lazy("table", "Payment"),
    "suggested": pgettext_lazy("table", "Suggestion"),
    "level": _("Instance"),
    "seen": pgettext_lazy("table", "Appearance"),
    "letter": _("Kind of letter"),
    "ended": pgettext_lazy("table", "Answer"),
    "adoption": _("The answer says"),
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "suit": dict(suit_words()),
    "organ": dict(Party.AgencyKind.choices),
    "outcome": dict(Outcome.choices),
    "lost": {suits.YES: _("lost")},
    "paying": {suits.YES: _("an agency has to pay")},
    "suggested": {suits.YES: _("with a judicial suggestion")},
    "level": dict(Level.choices),
    "seen": dict(Seen.choices),
    "letter": dict(LetterKind.choices),
    "ended": {
        letters.IN_TIME: pgettext_lazy("answer", "in time"),
        letters.LATE: pgettext_lazy("answer", "late"),
        letters.WITHOUT_TERM: pgettext_lazy("answer", "no term is stated"),
        letters.RELEASED: pgettext_lazy("answer", "closed without one"),
    },
    "adoption": dict(Adoption.choices),
}
SUITS = _of_files(
    "suits", _("Suits, instance by instance"), suits.marks, {suits.INSTANCE: _("Suit in one instance")},
    "suit", "organ", "outcome", "paying", "suggested",
)  # fmt: skip
HEADS = _of_files(
    "heads", _("Agencies heard in court"), appearances.marks, {appearances.HEARD: _("Agency heard in court")},
    "level", "seen", version=2,
)  # fmt: skip
CONCLUDED = _of_files(
    "concluded", pgettext_lazy("table", "Suits concluded"), concluded.marks,
    {concluded.CONCLUDED: _("Suit concluded")}, "outcome", "lost",
)  # fmt: skip
LETTERS = _of_files(
    "letters",
    _("Judicial and procuratorial suggestions"),
    letters.marks,
    {
        letters.LETTER: _("Suggestion received"),
        letters.AWAITED: _("Answer owed"),
        letters.OVERDUE: _("Answer overdue"),
        letters.ANSWER: _("Suggestion answered"),
        letters.CORRECTED: _("Suggestion performed"),
    },
    "letter",
    "ended",
    "adoption",
)
BACKLOG = Base(
    code="backlog",
    name=pgettext_lazy("table", "Backlog of effective rulings"),
    procedure=PROCEDURE,
    version=1,
    read=backlog.read,
    rows=BacklogItem.objects.all,
    named=backlog.named,
    reach=backlog.reach,
    kinds={backlog.ITEM: _("Backlog item"), backlog.PAID: _("Paid of a backlog item")},
    dims={"phase": _("State"), "since": pgettext_lazy("table", "Base"), "whole": pgettext_lazy("table", "Counted")},
    words={
        "phase": {
            backlog.OPEN: pgettext_lazy("backlog", "not cleared"),
            backlog.PAUSED: pgettext_lazy("backlog", "paused by a court"),
            backlog.CLEARED: pgettext_lazy("backlog", "cleared"),
            backlog.WRITTEN_OFF: pgettext_lazy("backlog", "written off"),
        },
        "since": {
            backlog.TAKEN: pgettext_lazy("backlog", "of the base"),
            backlog.SINCE: pgettext_lazy("backlog", "fallen due since"),
        },
        "whole": {"yes": _("once for the banner")},
    },
)
BASES = (SUITS, HEADS, CONCLUDED, LETTERS, BACKLOG)
