"""On which grounds of art. 39(1) a case stands suspended, and whom each concerns.

A suspended case may get further grounds, and lose one while another lasts (decision 0026).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import Text
from casemgr.parties.models import Party
from reconsideration.terms import SuspensionGround, TerminationGround

BEGINNINGS = ("suspended", "suspension_ground_added")

OF_A_PERSON = (SuspensionGround.DEATH, SuspensionGround.INCAPACITY, SuspensionGround.MISSING,
               TerminationGround.NO_RELATIVES)  # fmt: skip
OF_AN_ORGANISATION = (SuspensionGround.ORGANISATION_ENDED, TerminationGround.NO_SUCCESSOR)
CONCERNS_ONE = (*OF_A_PERSON, *OF_AN_ORGANISATION)
"""Grounds that lie in one applicant: items 1 to 4 of art. 39(1), items 2 and 3 of art. 41."""

NOBODY_THERE = (
    SuspensionGround.DEATH,
    SuspensionGround.ORGANISATION_ENDED,
    TerminationGround.NO_RELATIVES,
    TerminationGround.NO_SUCCESSOR,
)
"""Grounds that say that the applicant no longer exists: there is nobody to be served in its place yet."""


def subject_of(ground: str, concerns: int | None = None) -> str:
    """What ties the events of one ground together."""
    return f"ground-{ground}-{concerns}" if concerns else f"ground-{ground}"


def grounds_in_force(case: Case) -> list[Fact]:
    """The facts that began each ground on which the case stands suspended, the oldest first; none when it does not."""
    found: list[Fact] = []
    for fact in events.facts_of(case):
        if fact.kind == "suspended":
            found = [fact]
        elif fact.kind == "suspension_ground_added":
            found.append(fact)
        elif fact.kind == "suspension_ground_ended":
            found = [began for began in found if began.subject != fact.subject]
        elif fact.kind == "resumed":
            found = []
    return found


def applicants(case: Case) -> list[Participation]:
    return [
        part for part in case.participations.all() if part.role == Participation.Role.APPLICANT and part.left_on is None
    ]


def concerned(case: Case, ground: str, given: str | int | None) -> int | None:
    """The participation in which the ground lies: the one given, or the only applicant."""
    if ground not in CONCERNS_ONE:
        return None
    if given:
        return int(given)
    parts = applicants(case)
    return parts[0].pk if len(parts) == 1 else None


def is_fitting(part: Participation, ground: str) -> bool:
    """A natural person dies, an organisation ends."""
    return (part.party.kind == Party.Kind.PERSON) is (ground in OF_A_PERSON)


def not_concerned(case: Case, ground: str, given: str | int | None) -> str:
    """Why it is not clear in whom the ground lies; empty when it is."""
    if ground not in CONCERNS_ONE:
        return ""
    parts = {part.pk: part for part in applicants(case)}
    pk = concerned(case, ground, given)
    if pk is None:
        return _("There are several applicants: choose the one whom the ground concerns.")
    if pk not in parts:
        return _("The ground lies in an applicant who still takes part in the case.")
    if given and not is_fitting(parts[pk], ground):
        return _("A natural person dies or loses capacity, an organisation ends: choose the ground that fits.")
    return ""


def in_whom(case: Case, ground: str, given: str | int | None, words: str) -> str:
    """The words of the article, with the name where there are several applicants."""
    parts = applicants(case)
    name = next((part.name for part in parts if part.pk == concerned(case, ground, given)), "")
    if len(parts) < 2 or not name:
        return words
    for kind in ("作为申请人的公民", "作为申请人的法人或者其他组织"):
        words = words.replace(kind, f"{kind}（{name}）")
    return words


def absent(case: Case, ground: str = "", given: str | int | None = None) -> set[int]:
    """Participations of applicants who no longer exist: by the given ground, by those of the suspension in force, and
    by that of the termination."""
    found = {concerned(case, ground, given)} if ground in NOBODY_THERE else set()
    facts = grounds_in_force(case)
    if ended := events.last_of(events.facts_of(case), "terminated"):
        facts.append(ended)
    for fact in facts:
        if fact.data.get("ground") in NOBODY_THERE:
            found.add(concerned(case, fact.data["ground"], fact.data.get("concerns")))
    return {pk for pk in found if pk}


def ground_label(fact: Fact, names: dict[int, str]) -> Text:
    """The ground as pages show it, with the name of the applicant in whom it lies."""
    label = dict(SuspensionGround.choices).get(fact.data.get("ground", ""), "")
    name = names.get(fact.data.get("concerns") or 0)
    return f"{label}（{name}）" if name else label
