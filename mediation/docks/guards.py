"""What people's mediation may take over from which organ, and what it may tell it (dossier §5.2, §5.5; traps 10-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import Dock, ReferralParty, ReferralResult
from mediation.docks.opening import opens, sides_of
from mediation.docks.results import (
    FITTING,
    agreement_in_force,
    case_of,
    ending_of,
    has_ended,
    needs_leave,
    tells_content,
)
from mediation.terms import Ending, Performance

Data = Mapping[str, Any] | None
SETTLED = (ReferralResult.SETTLED, ReferralResult.PARTLY)


def _held(referral: Referral, data: Data, code: str) -> Any:
    """What the form says, or what the referral holds."""
    return (data or {}).get(code) or referral.extra.get(code)


def _is_security(referral: Referral) -> bool:
    return referral.dock == Dock.POLICE and referral.extra.get("nature") == "security"


def _names_somebody(referral: Referral, data: Data, today: date) -> bool:
    return not opens(referral) or bool(referral.case_id) or bool(sides_of(referral))


def _nobody_refuses(referral: Referral, data: Data, today: date) -> bool:
    return not referral.parties.filter(answer=ReferralParty.Answer.REFUSES).exists()


def _may_be_mediated(referral: Referral, data: Data, today: date) -> bool:
    return not _is_security(referral) or _held(referral, data, "security_kind") == "minor"


def _not_by_police(referral: Referral, data: Data, today: date) -> bool:
    return not _is_security(referral) or _held(referral, data, "security_kind") != "police"


def _not_by_petition_organ(referral: Referral, data: Data, today: date) -> bool:
    return referral.dock != Dock.PETITION or referral.extra.get("mediated_by") != "organ"


ACCEPTANCE = (
    Guard(
        "no-party",
        gettext_lazy("People's Mediation Law, art. 17"),
        gettext_lazy("Enter the parties of the dispute first: “Add a party”."),
        _names_somebody,
    ),
    Guard(
        "party-refuses",
        gettext_lazy("People's Mediation Law, art. 17"),
        gettext_lazy("A party clearly refuses mediation: it cannot be taken over. Decline, and say so."),
        _nobody_refuses,
    ),
    Guard(
        "mediated-by-police",
        "治安管理处罚法9(1)",
        gettext_lazy(
            "The police themselves mediate this public security case: it is no case of the committee. Decline; the "
            "mediator may help as somebody invited."
        ),
        _not_by_police,
        field="security_kind",
        needs_data=True,
    ),
    Guard(
        "security-case",
        "治安管理处罚法9(1)、(4)",
        gettext_lazy(
            "Of public security cases only minor fights or damage out of a civil dispute can be brought to a "
            "committee, and only their civil part. The others are for the police: decline."
        ),
        lambda referral, data, today: (
            _held(referral, data, "security_kind") == "police" or _may_be_mediated(referral, data, today)
        ),
        field="security_kind",
        needs_data=True,
    ),
    Guard(
        "petition-organ",
        "信访工作条例33",
        gettext_lazy(
            "The organ that handles the petition mediates by itself: that is administrative mediation, no case of the "
            "committee. Decline, and let the organ enter it there."
        ),
        _not_by_petition_organ,
    ),
)


def _is_over(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    return case is None or has_ended(case)


def _fits(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    if case is None or not has_ended(case) or not case.outcome:
        return True
    return data["result"] in FITTING[Ending(ending_of(case))]


def _agreement_holds(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    if case is None or data["result"] not in SETTLED or case.outcome != Ending.AGREED:
        return True
    return agreement_in_force(case) is not None


def _number_is_its_own(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    number = data["agreement_number"].strip()
    return case is None or not number or case.agreements.filter(number=number).exists()


def _asks_no_penalty(referral: Referral, data: Data) -> bool:
    return (
        referral.dock == Dock.POLICE
        and data["result"] in SETTLED
        and bool(referral.extra.get("no_penalty") or data.get("approval"))
    )


def _is_performed(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    if case is None or not _asks_no_penalty(referral, data):
        return True
    return case.facts.performance == Performance.PERFORMED


def _asked_after_performance(referral: Referral, data: Data, today: date) -> bool:
    """The application follows the performance, which it reports (治安管理处罚法 9(4): 达成协议并履行，书面申请)."""
    case, asked_on = case_of(referral), _held(referral, data, "joint_application_on")
    if case is None or not asked_on or not _asks_no_penalty(referral, data):
        return True
    performed = events.last_of(events.facts_of(case), "performed")
    return performed is None or date.fromisoformat(str(asked_on)) >= performed.occurred_on


def _content_is_allowed(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    agreement = agreement_in_force(case) if case is not None else None
    if not needs_leave(referral) or agreement is None or _held(referral, data, "agreement_allowed"):
        return True
    told = "\n".join(str(data.get(name) or "") for name in ("agreed_facts", "performance", "next_step"))
    return not tells_content(agreement, told)


def _code_fits(referral: Referral, data: Data, today: date) -> bool:
    code = data.get("result_code")
    if referral.dock != Dock.RECONSIDERATION or not code:
        return True
    fitting = {
        ReferralResult.SETTLED: ("R1", "R2"),
        ReferralResult.PARTLY: ("R1", "R3"),
        ReferralResult.FAILED: ("R4",),
        ReferralResult.TERMINATED: ("R5",),
    }
    return code in fitting[data["result"]]


RESULT = (
    Guard(
        "not-over",
        "",
        gettext_lazy("The mediation has not come to an end. Enter its outcome in the case first."),
        _is_over,
    ),
    Guard(
        "other-outcome",
        "",
        gettext_lazy("The case ended otherwise: tell the organ what the file says."),
        _fits,
        field="result",
        needs_data=True,
    ),
    Guard(
        "no-agreement",
        gettext_lazy("People's Mediation Law, art. 29, 30"),
        gettext_lazy("The agreement is not in effect yet: a signature or the committee's seal is missing."),
        _agreement_holds,
        field="result",
        needs_data=True,
    ),
    Guard(
        "foreign-number",
        "",
        gettext_lazy("This is not the number of an agreement of the case."),
        _number_is_its_own,
        field="agreement_number",
        needs_data=True,
    ),
    Guard(
        "not-performed",
        "治安管理处罚法9(4)",
        gettext_lazy(
            "No penalty is possible only after the agreement is performed. Record the performance first; until then "
            "the police go on."
        ),
        _is_performed,
        field="approval",
        needs_data=True,
    ),
    Guard(
        "asked-too-early",
        "治安管理处罚法9(4)",
        gettext_lazy("The parties ask in writing after they have performed, not before."),
        _asked_after_performance,
        field="joint_application_on",
        needs_data=True,
    ),
    Guard(
        "content-not-allowed",
        "行政复议法5",
        gettext_lazy(
            "What the parties agreed goes back to the office only if all of them allow it: leave it out, or enter "
            "their consent."
        ),
        _content_is_allowed,
        field="agreement_allowed",
        needs_data=True,
    ),
    Guard(
        "other-code",
        "行政复议法73",
        gettext_lazy(
            "The code does not fit the result. R1: the civil part is settled; R2 only where the office itself makes "
            "its mediation paper for the rest."
        ),
        _code_fits,
        field="result_code",
        needs_data=True,
    ),
)


def _nothing_to_tell(referral: Referral, data: Data, today: date) -> bool:
    case = case_of(referral)
    return case is None or not has_ended(case)


LATE = (
    Guard(
        "has-ended",
        "",
        gettext_lazy("The mediation has come to an end: the committee tells its result, late as it is."),
        _nothing_to_tell,
    ),
)
GUARDS = {"referral.accept": ACCEPTANCE, "referral.send_result": RESULT, "referral.return_late": LATE}
