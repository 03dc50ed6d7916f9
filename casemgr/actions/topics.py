"""What an action is about: the headings under which a page groups what else can be done."""

from __future__ import annotations

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Topic(Enum):
    """Declared in the order in which pages show them: what is most likely wanted first."""

    COURSE = "course"
    HEARING = "hearing"
    FACTS = "facts"
    TIME = "time"
    ENDING = "ending"
    AFTERMATH = "aftermath"
    PARTIES = "parties"
    PEOPLE = "people"
    LINKS = "links"
    CORRECTION = "correction"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {
    Topic.COURSE: gettext_lazy("Course of the case"),
    Topic.HEARING: gettext_lazy("Hearing and mediation"),
    Topic.FACTS: gettext_lazy("Evidence, advice and file reading"),
    Topic.TIME: gettext_lazy("Periods, suspension, stop of execution"),
    Topic.ENDING: gettext_lazy("Other ways to end the case"),
    Topic.AFTERMATH: gettext_lazy("Letters, performance, enforcement"),
    Topic.PARTIES: gettext_lazy("Parties and who speaks for them"),
    Topic.PEOPLE: gettext_lazy("Handlers, notes and instructions"),
    Topic.LINKS: gettext_lazy("Linked cases and referrals"),
    Topic.CORRECTION: gettext_lazy("Corrections"),
}
