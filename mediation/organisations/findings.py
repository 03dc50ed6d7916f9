"""What the law asks of a committee's composition and term, and what is not so on a day. Shown, and asked by guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.pages.articles import article_in_words
from mediation.models import Committee, Engagement, Mediator
from mediation.models.organisations.people import MEMBERS

FEWEST, MOST = 3, 9
"""Members of a committee (People's Mediation Law, art. 8(2))."""
MAJORITY = "汉族"
ELECTING = (Committee.Kind.VILLAGE, Committee.Kind.RESIDENT, Committee.Kind.ENTERPRISE)
"""Kinds whose members are elected by the villagers, residents or employees (art. 9(1))."""
LAW = gettext_lazy("People's Mediation Law, %s")


@dataclass(frozen=True)
class Finding:
    """What is not as the law asks, with its article as people cite it."""

    code: str
    message: str | Promise
    article: str

    def __str__(self) -> str:
        return f"{self.message} ({self.article})"


def law(article: str) -> str:
    """An article of the People's Mediation Law as people cite it."""
    return str(LAW) % article_in_words(article)


def _found(code: str, message: str, article: str) -> Finding:
    return Finding(code, message, law(article))


def composition(committee: Committee, members: Iterable[Engagement]) -> list[Finding]:
    """What the given members lack; each comes with its mediator."""
    rows = list(members)
    found = []
    if not FEWEST <= len(rows) <= MOST:
        text = _("It has %(count)d members; 3 to 9 are needed.")
        found.append(_found("members", text % {"count": len(rows)}, "8(2)"))
    if sum(row.position == Engagement.Position.CHAIR for row in rows) != 1:
        found.append(_found("chair", _("It needs one chair."), "8(2)"))
    if not any(row.mediator.sex == Mediator.Sex.FEMALE for row in rows):
        found.append(_found("woman", _("No woman is a member."), "8(3)"))
    if committee.is_multiethnic and all(row.mediator.ethnicity == MAJORITY for row in rows):
        text = _("No member belongs to the smaller nationalities, though several live here.")
        found.append(_found("minority", text, "8(3)"))
    if committee.kind in ELECTING and any(row.how != Engagement.How.ELECTED for row in rows):
        found.append(_found("elected", _("Not every member is elected."), "9(1)"))
    return found


def findings(committee: Committee, day: date) -> list[Finding]:
    """Composition and term on the day, in the order of the articles; none for an ended committee."""
    return findings_of([committee], day)[committee.pk]


def findings_of(committees: Iterable[Committee], day: date) -> dict[int, list[Finding]]:
    """The same for many committees in one query, by their ids."""
    rows = list(committees)
    members: dict[int, list[Engagement]] = {committee.pk: [] for committee in rows}
    for engagement in members_on(day).filter(committee__in=members):
        members[engagement.committee_id].append(engagement)
    return {committee.pk: findings_with(committee, members[committee.pk], day) for committee in rows}


def members_on(day: date) -> QuerySet:
    """The members of whatever committee on the day, each with its mediator."""
    return Engagement.objects.in_force(day).filter(position__in=MEMBERS).select_related("mediator")


def findings_with(committee: Committee, members: list[Engagement], day: date) -> list[Finding]:
    """The same of one committee whose members of the day are loaded already."""
    if committee.ended_on is not None and committee.ended_on <= day:
        return []
    found = composition(committee, members)
    if committee.term_until < day:
        text = _("The term of three years ended on %(day)s.")
        found.append(_found("term", text % {"day": committee.term_until.isoformat()}, "9(2)"))
    return found
