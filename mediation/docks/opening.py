"""What a referral says of the dispute and of its clocks, dock by dock (dossier §1.1, A3; §1.3; §5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from casemgr.cases.models import Participation, Referral
from casemgr.cases.models.referrals import Dock, ReferralKind, ReferralParty
from casemgr.cases.referrals.clocks import set_due_days
from mediation.models import Consent
from mediation.terms import CourtTrack, DisputeSubType, DisputeType, SubSource

Role = Participation.Role
DOCKS = tuple(dock.value for dock in Dock)
"""From whom people's mediation takes disputes over: from everybody."""
NO_CIVIL_PART = ("无", "没有", "none", "-", "—")
"""What is written where a reconsideration case holds nothing between citizens."""
SUB_SOURCES = {
    Dock.POLICE: SubSource.POLICE,
    Dock.PETITION: SubSource.PETITION,
    Dock.ARBITRATION: SubSource.ARBITRATION,
    Dock.PROCURATORATE: SubSource.PROCURATORATE,
    Dock.RECONSIDERATION: SubSource.RECONSIDERATION,
}
ANSWERS = {
    ReferralParty.Answer.AGREES: Consent.Answer.AGREED,
    ReferralParty.Answer.REFUSES: Consent.Answer.REFUSED,
    ReferralParty.Answer.UNREACHED: Consent.Answer.PENDING,
}


def opens(referral: Referral) -> bool:
    """Whether taking it over makes a case: not for mere notice, nor where nothing civil is to be mediated (trap 12)."""
    if referral.kind == ReferralKind.NOTICE:
        return False
    return referral.dock != Dock.RECONSIDERATION or has_civil_part(referral)


def has_civil_part(referral: Referral) -> bool:
    told = str(referral.extra.get("civil_part") or "").strip().rstrip("。.").lower()
    return bool(told) and told not in NO_CIVIL_PART


def facts_of(referral: Referral) -> dict[str, Any]:
    """Source, track, court and type; the registrar corrects the type when the letter does not say it."""
    told = (referral.organ or referral.unit.name, referral.organ_number, str(referral))
    values = {
        "sub_source": _sub_source(referral),
        "source_note": "；".join(filter(None, told)),
        "summary": _summary(referral),
        **dict(zip(("dispute_type", "sub_type"), type_of(referral), strict=True)),
    }
    if referral.dock == Dock.COURT:
        values |= {
            "court_track": _track(referral),
            "on_platform": bool(referral.extra.get("on_platform")),
            "court": referral.organ,
        }
    return values


def _sub_source(referral: Referral) -> str:
    if referral.dock == Dock.COURT:
        is_entrusted = referral.kind == ReferralKind.ENTRUSTED
        return SubSource.COURT_ENTRUSTED if is_entrusted else SubSource.COURT_DELEGATED
    if referral.dock == Dock.OTHER and referral.procedure == "reconsideration":
        return SubSource.RECONSIDERATION
    return SUB_SOURCES.get(Dock(referral.dock), SubSource.OTHER_ORGAN)


def _track(referral: Referral) -> str:
    """委派 before filing and 委托 after it have their own periods (特邀调解规定 27; trap 10)."""
    if referral.kind != ReferralKind.ENTRUSTED:
        return CourtTrack.DELEGATED
    is_summary = referral.extra.get("track") == "summary"
    return CourtTrack.ENTRUSTED_SUMMARY if is_summary else CourtTrack.ENTRUSTED_ORDINARY


def _summary(referral: Referral) -> str:
    """Of a reconsideration case only the civil part becomes a dispute between citizens."""
    if referral.dock == Dock.RECONSIDERATION:
        return str(referral.extra["civil_part"])
    return referral.summary


def type_of(referral: Referral) -> tuple[str, str]:
    """Type and sub-type, as far as the letter tells."""
    if chosen := str(referral.extra.get("dispute_type") or ""):
        return (chosen[:2], chosen if len(chosen) == 4 else "")
    if referral.dock == Dock.ARBITRATION and referral.extra.get("matter") == "labour":
        return DisputeType.LABOUR, ""
    if referral.dock == Dock.ARBITRATION and referral.extra.get("matter") == "land":
        return DisputeType.LAND, DisputeSubType.LAND_CONTRACT
    return DisputeType.OTHER, ""


def sides_of(referral: Referral) -> list[tuple[ReferralParty, str]]:
    """The parties with their side. Of a reconsideration case the authority sued is no party of the civil dispute:
    the applicant stays one side, the third parties are the other (People's Mediation Law, art. 2)."""
    rows = list(referral.parties.select_related("party").order_by("pk"))
    roles = dict(referral.case.participations.values_list("party_id", "role")) if referral.case else {}
    if referral.dock == Dock.RECONSIDERATION and referral.case_id:
        civil = [row for row in rows if roles.get(row.party_id) != Role.RESPONDENT]
        return [
            (row, Role.RESPONDENT if roles.get(row.party_id) == Role.THIRD_PARTY else Role.APPLICANT) for row in civil
        ]
    return [
        (row, roles.get(row.party_id) or _told_side(row) or (Role.RESPONDENT if number else Role.APPLICANT))
        for number, row in enumerate(rows)
    ]


def _told_side(row: ReferralParty) -> str:
    return row.side if row.side in (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY) else ""


def clock_starts(referral: Referral, today: date) -> Iterator[tuple[str, date, dict[str, Any]]]:
    """Events that start the clocks the referral brings: kind, day, data."""
    received = referral.received_on or referral.sent_on or today
    answered = referral.answered_on or today
    if referral.dock == Dock.COURT:
        if referral.extra.get("on_platform"):
            # 在线调解规则 12, 24: the period runs from the confirmation on the platform
            yield "delegation_received", received, {}
            yield "delegation_answered", answered, {}
            yield "court_papers_received", answered, {}
        else:
            yield "court_papers_received", received, {}
    elif referral.dock == Dock.ARBITRATION and referral.extra.get("matter") == "labour":
        yield "application_received", received, {}
    elif referral.dock == Dock.RECONSIDERATION:
        set_due_days(referral)
        wanted = referral.result_due_on
        yield "invitation_accepted", answered, {"result_wanted_by": wanted.isoformat()} if wanted else {}
