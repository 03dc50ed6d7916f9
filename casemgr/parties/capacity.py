"""Capacity for civil acts on the day of the act, never on another day (Civil Code, art. 17–24).

Who has none or a limited one acts through the statutory agent, who is the guardian (art. 19, 20, 23).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.parties.identity import age_on
from casemgr.parties.models import CapacityFact, Party

NO_CAPACITY_BELOW = 8  # Civil Code, art. 20
OWN_LABOUR_FROM = 16  # Civil Code, art. 18(2)
ADULT_FROM = 18  # Civil Code, art. 17, 18(1)
IN_FORCE = date(2017, 10, 1)
"""General Provisions of the Civil Law, art. 17–24, word for word those of the Code; before, no rule is kept here."""


class Degree(StrEnum):
    """`UNKNOWN`: no date of birth is known, or the day lies before the rules kept here."""

    FULL = "full"
    LIMITED = "limited"
    NONE = "none"
    UNKNOWN = "unknown"


LABELS: dict[str, str | Promise] = {
    Degree.FULL: _("Full capacity"),
    Degree.LIMITED: _("Limited capacity"),
    Degree.NONE: _("No capacity"),
    Degree.UNKNOWN: _("Not known"),
}


@dataclass(frozen=True)
class Capacity:
    """The degree with its article in the Civil Code; `age` in full years on that day."""

    degree: Degree
    article: str = ""
    age: int | None = None

    @property
    def needs_agent(self) -> bool:
        return self.degree in (Degree.NONE, Degree.LIMITED)

    @property
    def label(self) -> str | Promise:
        return LABELS[self.degree]

    @property
    def citation(self) -> str:
        """As papers cite it: 《民法典》第18条第2款."""
        article, _sep, paragraph = self.article.removesuffix(")").partition("(")
        more = f"第{paragraph}款" if paragraph else ""
        return f"《民法典》第{article}条{more}" if article else ""


def capacity_on(birth: date | None, day: date, facts: Collection[str] = ()) -> Capacity:
    """`facts`: the kinds of `CapacityFact` that stood on the day. A birthday itself counts: 以上 includes the number,
    不满 does not (art. 1259; General Provisions, art. 205)."""
    if day < IN_FORCE:
        return Capacity(Degree.UNKNOWN)
    age = age_on(birth, day) if birth else None
    if age is not None and age < NO_CAPACITY_BELOW:
        return Capacity(Degree.NONE, "20", age)
    if CapacityFact.Kind.DECLARED_NONE in facts:
        return Capacity(Degree.NONE, "21(2)" if age is not None and age < ADULT_FROM else "21(1)", age)
    if age is not None and age < ADULT_FROM:
        if age >= OWN_LABOUR_FROM and CapacityFact.Kind.OWN_LABOUR in facts:
            return Capacity(Degree.FULL, "18(2)", age)
        return Capacity(Degree.LIMITED, "19", age)
    if CapacityFact.Kind.DECLARED_LIMITED in facts:
        return Capacity(Degree.LIMITED, "22", age)
    return Capacity(Degree.UNKNOWN) if age is None else Capacity(Degree.FULL, "18(1)", age)


def capacities(parties: Iterable[Party], day: date) -> dict[int, Capacity]:
    """Of each natural person among the parties, by id; one query."""
    persons = {party.pk: party for party in parties if party.kind == Party.Kind.PERSON}
    known: dict[int, set[str]] = {}
    for fact in CapacityFact.objects.filter(party_id__in=persons, from_on__lte=day):
        if fact.until_on is None or day <= fact.until_on:
            known.setdefault(fact.party_id, set()).add(fact.kind)
    return {pk: capacity_on(party.birth_on, day, known.get(pk, ())) for pk, party in persons.items()}


def capacity_of(party: Party, day: date) -> Capacity:
    """An organisation or agency acts through its organs: full."""
    return capacities([party], day).get(party.pk, Capacity(Degree.FULL))
