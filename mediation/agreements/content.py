"""What an agreement should contain. Art. 29 says it *may*: everything here warns, nothing blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casemgr.cases.models import Case
from mediation.agreements.standing import required_signers
from mediation.models import Agreement, Obligation
from mediation.terms import DisputeSubType, DisputeType, ObligationKind


@dataclass(frozen=True)
class Warning:
    """One thing to look at, with its article."""

    code: str
    text: str
    article: str = ""


ART_29 = "《人民调解法》第29条"
LAND_RIGHT = "《土地管理法》第14条、《民诉解释》第355条第1款第5项"


def warnings_of(case: Case, agreement: Agreement, obligations: Sequence[Obligation]) -> list[Warning]:
    """In the order of the text."""
    found = []
    if not agreement.facts.strip():
        found.append(Warning("facts", _("The main facts and points of dispute are not stated."), ART_29))
    if agreement.form == "written" and not agreement.responsibility.strip():
        found.append(Warning("responsibility", _("The responsibility of each side is not stated."), ART_29))
    undated = [one for one in obligations if _lacks_day(one)]
    if undated:
        names = "、".join(dict.fromkeys(one.subject for one in undated))
        text = _("No day of performance is agreed for: %(names)s. The day decides when it is late.")
        found.append(Warning("term", text % {"names": names}, ART_29))
    if agreement.form == "written" and agreement.copies < len(required_signers(case, obligations)) + 1:
        text = _("Each party and the committee keep one copy: at least %(number)d are needed.")
        number = len(required_signers(case, obligations)) + 1
        found.append(Warning("copies", text % {"number": number}, ART_29))
    if is_about_land_right(case):
        text = _(
            "The dispute is about ownership or the right to use land, forest or grassland. The agreement may settle "
            "how the land is used and what is paid; whose right it is, the government determines."
        )
        found.append(Warning("land-right", text, LAND_RIGHT))
    return found


def is_about_land_right(case: Case) -> bool:
    """Exclusion E5: mediated as help to negotiate, never to determine the right."""
    facts = case.facts
    found = (facts.findings.get("E5") or {}) if isinstance(facts.findings, dict) else {}
    return facts.sub_type == DisputeSubType.LAND_OWNERSHIP or bool(found.get("found"))


def _lacks_day(obligation: Obligation) -> bool:
    is_lasting = obligation.kind in (ObligationKind.REFRAIN, ObligationKind.APOLOGISE)
    return obligation.due_on is None and obligation.done_on is None and not is_lasting


def is_medical(case: Case) -> bool:
    """Both sides are told of judicial confirmation (Regulation on medical disputes, art. 39(2))."""
    return case.facts.dispute_type == DisputeType.MEDICAL
