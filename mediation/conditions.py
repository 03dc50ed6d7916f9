"""Which of the clocks runs on a case (dossier §1.3): one of six, by who sent it and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casemgr.calendar.current import current_calendar
from casemgr.cases.events import facts_of
from casemgr.timelimits.arithmetic import Period, fixed_day, working_days
from mediation.terms import AgreementForm, CourtTrack, DisputeSubType, DisputeType, Source

RURAL_LAND = "《农村土地承包经营纠纷调解仲裁法》第10条"
WRITTEN_ONLY: Mapping[str, str] = {
    DisputeType.LABOUR: "《劳动争议调解仲裁法》第14条",
    DisputeType.MEDICAL: "《医疗纠纷预防和处理条例》第39条",
    DisputeSubType.LAND_CONTRACT: RURAL_LAND,
    # Grassland is rural land (农村土地承包法 2); disturbing its use is such a dispute (the law, art. 2(2) no. 5).
    DisputeSubType.GRASSLAND: RURAL_LAND,
}
"""Types and sub-types in which the law asks for a written agreement, with the article as papers cite it."""

LAND_ARBITRATION = (DisputeSubType.LAND_CONTRACT, DisputeSubType.GRASSLAND)
"""What rural land is, grassland included, land contract arbitration decides (the same law, art. 2, 4, 18)."""


def must_be_written(facts: Any) -> bool:
    """Whether the law asks for a written agreement."""
    return bool(written_article(facts))


def written_article(facts: Any) -> str:
    """The text that asks for a written agreement; empty where none does. A stray sub-type of another type is none."""
    sub_type = facts.sub_type if facts.sub_type.startswith(facts.dispute_type) else ""
    return WRITTEN_ONLY.get(facts.dispute_type) or WRITTEN_ONLY.get(sub_type, "")


def may_be_confirmed(case: Any, facts: Any, root: Any) -> bool:
    """Whether the agreement whose effect is `root` can be brought to the court (Civil Procedure Law, art. 205).

    An oral one cannot: the Interpretation, art. 354, asks for the agreement. After filing the court itself ends
    the suit, by its own mediation paper or by leave to withdraw (Provisions on invited mediation, art. 20).
    """
    return root.data.get("form") != AgreementForm.ORAL and not is_entrusted(facts)


def is_counted_for_itself(case: Any, facts: Any, root: Any) -> bool:
    """Civil Procedure Law, art. 250: a ruling starts a clock of its own only where none runs for each debt."""
    if root.kind == "enforcement_counted":
        return True
    of_debts = f"{root.subject}/debt:"
    return not any(fact.kind == "enforcement_counted" and fact.subject.startswith(of_debts) for fact in facts_of(case))


def is_entrusted(facts: Any) -> bool:
    """Entrusted by the court after filing."""
    return facts.court_track in (CourtTrack.ENTRUSTED_ORDINARY, CourtTrack.ENTRUSTED_SUMMARY)


def is_delegated(case: Any, facts: Any, root: Any) -> bool:
    """Provisions on invited mediation, art. 27: before filing."""
    return facts.court_track == CourtTrack.DELEGATED


def is_entrusted_ordinary(case: Any, facts: Any, root: Any) -> bool:
    return facts.court_track == CourtTrack.ENTRUSTED_ORDINARY


def is_entrusted_summary(case: Any, facts: Any, root: Any) -> bool:
    return facts.court_track == CourtTrack.ENTRUSTED_SUMMARY


def is_on_platform(case: Any, facts: Any, root: Any) -> bool:
    """Rules on online mediation, art. 26: only there the time of an appraisal is not counted."""
    return facts.on_platform


def is_labour(case: Any, facts: Any, root: Any) -> bool:
    return facts.dispute_type == DisputeType.LABOUR and not facts.court_track


def is_medical(case: Any, facts: Any, root: Any) -> bool:
    return facts.dispute_type == DisputeType.MEDICAL and not facts.court_track


def is_traffic(case: Any, facts: Any, root: Any) -> bool:
    """The joint request is for disputes that no court has referred: its case goes back to the court."""
    return facts.dispute_type == DisputeType.TRAFFIC and not facts.court_track


def is_ordinary(case: Any, facts: Any, root: Any) -> bool:
    """No text sets a period of its own. Where nobody applied, a labour dispute has no receipt to count from (LD 14)."""
    if facts.court_track or facts.dispute_type == DisputeType.MEDICAL:
        return False
    if facts.dispute_type == DisputeType.LABOUR:
        return not any(event.kind == "application_received" for event in case.events.all())
    return True


def is_answer_awaited(case: Any, facts: Any, root: Any) -> bool:
    """Whether an organ waits for an answer: not where one committee handed its own dispute on to the next."""
    if facts.source != Source.REFERRED:
        return False
    return not any(fact.kind == "registered" and fact.data.get("handed_on") for fact in facts_of(case))


def answer_to_sender(case: Any, facts: Any, root: Any) -> Period:
    """On the court's platform the papers go back at once (Rules on online mediation, art. 15(2)), else in 3 days."""
    return fixed_day(root.occurred_on) if facts.on_platform else working_days(3)


def same_day(case: Any, facts: Any, root: Any) -> Period:
    """What has to happen at once, read as: on the same day."""
    return fixed_day(root.occurred_on)


def help_period(case: Any, facts: Any, root: Any) -> Period:
    """Fifteen working days, or the day the asking office named, whichever comes first."""
    wanted = root.data.get("result_wanted_by")
    if not wanted:
        return working_days(15)
    usual = current_calendar().add_working_days(root.occurred_on, 15)
    return working_days(15) if usual <= date.fromisoformat(wanted) else fixed_day(date.fromisoformat(wanted))
