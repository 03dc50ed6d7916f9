"""What the law says of a piece of evidence before anybody judges it (art. 44, 46; Regulation 2026, art. 47)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.matters import Matter
from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import Text
from reconsideration.models import Evidence
from reconsideration.timelimits.laws import REGULATION_2026

Role = Participation.Role
OTHER_SIDE = (Role.APPLICANT, Role.THIRD_PARTY)
Burden = Evidence.Burden


@dataclass(frozen=True)
class Bar:
    """Why a piece may not be taken as a basis."""

    code: str
    article: str
    message: Text


SELF_COLLECTED = Bar(
    "self-collected",
    "46(1)",
    _("The respondent collected it by itself after the application: it is no basis for finding the act lawful."),
)
WITHOUT_LEAVE = Bar(
    "supplement-without-leave",
    "46(2)",
    _(
        "The respondent handed it in after its reply. It may supplement evidence only with leave, "
        "and only against a reason or evidence that was not raised when the act was made: decide on the leave first."
    ),
)
WITHHELD = Bar(
    "withheld-before",
    "实施条例47",
    _(
        "The agency had asked for it lawfully before the act, and it was withheld without good reason: "
        "what is handed in now is not taken."
    ),
)


def self_collected(piece: Evidence, opened_on: date | None) -> bool:
    """Art. 46(1): by the respondent, after the application came in."""
    return (
        piece.given_by is not None
        and piece.given_by.role == Role.RESPONDENT
        and piece.collected_on is not None
        and opened_on is not None
        and piece.collected_on > opened_on
    )


def is_supplement(case: Case, part: Participation | None, received_on: date) -> bool:
    """Whether a respondent hands it in after its reply, or after the time for the reply passed (art. 46(2))."""
    if part is None or part.role != Role.RESPONDENT:
        return False
    fact = events.last_of(events.facts_of(case), "reply_received", "reply_missing", party_id=part.party_id)
    return fact is not None and fact.occurred_on is not None and received_on > fact.occurred_on


def bars(piece: Evidence, on: date) -> list[Bar]:
    """Every reason why the piece may not be taken, by the law of the day it is judged."""
    found = []
    case = piece.case
    if self_collected(piece, case.opened_on) and piece.leave != Evidence.Leave.GIVEN:
        found.append(SELF_COLLECTED)
    if piece.leave in (Evidence.Leave.ASKED, Evidence.Leave.REFUSED):
        found.append(WITHOUT_LEAVE)
    if piece.was_withheld and _of_other_side(piece) and REGULATION_2026.covers(on):
        found.append(WITHHELD)
    return found


def _of_other_side(piece: Evidence) -> bool:
    return piece.given_by is not None and piece.given_by.role in OTHER_SIDE


@dataclass(frozen=True)
class Owed:
    """What the applicant has to prove in this case, and whether it handed something in for it."""

    burden: Burden
    exception: Text
    is_met: bool


EXCEPTIONS: dict[str, Text] = {
    Burden.REQUESTED: _("Not where the agency had to act of its own accord, or a good reason prevents the proof."),
    Burden.DAMAGE: _("Where the respondent is the cause that it cannot be proved, the respondent has the burden."),
}


def owed_by_applicant(case: Case, pieces: Iterable[Evidence]) -> list[Owed]:
    """Art. 44(2): everything else is for the respondent to prove (art. 44(1))."""
    facts = case.facts
    wanted = []
    if facts.matter == Matter.OMISSION:
        wanted.append(Burden.REQUESTED)
    if "赔偿" in facts.requests:
        wanted.append(Burden.DAMAGE)
    handed_in = {piece.burden for piece in pieces}
    return [Owed(burden, EXCEPTIONS[burden], burden in handed_in) for burden in wanted]


__all__ = ["Bar", "Owed", "bars", "is_supplement", "owed_by_applicant", "self_collected"]
