"""When a rule applies to a case, and lengths that the facts decide."""

from __future__ import annotations

from datetime import date

from casemgr.cases.models import Participation
from casemgr.timelimits.arithmetic import Period, calendar_days, fixed_day, working_days, years
from reconsideration.terms import TERMINABLE_AFTER_SIXTY_DAYS, SuspensionGround, Track

APPELLANTS = (Participation.Role.APPLICANT, Participation.Role.THIRD_PARTY)


def _roles(case, party_id: int | None) -> set[str]:
    return {part.role for part in case.participations.all() if part.party_id == party_id}


def is_ordinary(case, facts, root) -> bool:
    return facts.procedure == Track.ORDINARY


def is_simplified(case, facts, root) -> bool:
    return facts.procedure == Track.SIMPLIFIED


def may_sue(case, facts, root) -> bool:
    """Applicant and third party may sue; the respondent may not (Reconsideration Law 2023, art. 10)."""
    return bool(_roles(case, root.party_id) & set(APPELLANTS))


def must_redo(case, facts, root) -> bool:
    return facts.redo_is_ordered and Participation.Role.RESPONDENT in _roles(case, root.party_id)


def may_terminate_after_sixty_days(case, facts, root) -> bool:
    """Death, incapacity, end of an organisation; a missing applicant is not on the list (art. 41(5))."""
    return root.data.get("ground") in TERMINABLE_AFTER_SIXTY_DAYS


def everybody(case) -> set[int]:
    """Applicants, respondents and third parties still in the case: 当事人."""
    roles = (*APPELLANTS, Participation.Role.RESPONDENT)
    return {part.party_id for part in case.participations.all() if part.role in roles and part.left_on is None}


def _is_annexed(root) -> bool:
    return root.kind == "annex_opened" or root.data.get("ground") == SuspensionGround.ANNEXED_REVIEW


def annex_is_ours(case, facts, root) -> bool:
    """The authority may itself review the normative document or basis (art. 56, 57: 有权处理)."""
    return _is_annexed(root) and bool(root.data.get("is_competent"))


def annex_is_anothers(case, facts, root) -> bool:
    return _is_annexed(root) and not root.data.get("is_competent")


def application_period(case, facts, root) -> Period:
    """60 days, or the longer period a law sets; shorter ones give way (art. 20(1))."""
    return calendar_days(max(60, facts.special_period_days or 0))


def outer_limit(case, facts, root) -> Period:
    """20 years for real estate, 5 for everything else (art. 21)."""
    return years(20 if facts.concerns_real_estate else 5)


def correction_term(case, facts, root) -> Period:
    """Ten working days, or the longer reasonable term the notice sets."""
    return working_days(max(10, facts.correction_term_days or 0))


def decision_term(days: int):
    """`days`, or the shorter period a law sets (art. 62(1))."""

    def length(case, facts, root) -> Period:
        return calendar_days(min(days, facts.decision_term_days or days))

    return length


def redo_term(case, facts, root) -> Period:
    """The term in the decision, else 60 days (Implementing Regulation 2026, art. 58; 2007, art. 49)."""
    return calendar_days(facts.redo_term_days or 60)


def ordered_day(case, facts, root) -> Period | None:
    """The day the order itself names; unknown while none is recorded."""
    day = root.data.get("due_on")
    return fixed_day(date.fromisoformat(day)) if day else None
