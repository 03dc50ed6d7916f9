"""Mediation on the case page: sessions, the parties' settlement, helpers asked, and what the office does next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import Text
from reconsideration.models import MediationHelp, ReconsiderationCase

SEEN = ("mediation_held", "mediation_ended", "settled", "help_asked")
RUNNING = ("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW", "SUSPENDED")


@dataclass(frozen=True)
class HelpLine:
    help: MediationHelp
    next: Text

    @property
    def code(self) -> str:
        return self.help.referral.extra.get("result_code", "")


def next_after(help: MediationHelp, case: ReconsiderationCase) -> Text:
    """What follows for the office from the result (dossier on mediation, §5.5, step 9)."""
    referral = help.referral
    if case.state not in RUNNING or not (referral.result or referral.decline_reason):
        return ""
    code = referral.extra.get("result_code", "R5")
    resume = _("Resume the case by its notice.") + " " if case.state == "SUSPENDED" else ""
    advice = {
        "R1": _("The civil part is settled: the applicant decides whether to withdraw."),
        "R2": _("All is settled: make the authority's mediation paper; the committee's agreement does not replace it."),
        "R3": _("Settled in part: decide the rest."),
        "R4": _("Not settled: decide promptly (art. 73(2))."),
        "R5": _("No help came: go on with the trial."),
    }
    return resume + advice.get(code, "")


def mediation_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """No query where nothing of it happened."""
    happened = [fact for fact in events.facts_of(case) if fact.kind in SEEN]
    kinds = {fact.kind for fact in happened}
    sessions = case.office_mediations.select_related("helped_by__number") if "mediation_held" in kinds else ()
    helps = case.mediation_helps.select_related("referral__number") if "help_asked" in kinds else ()
    return {
        "sessions": sessions,
        "helps": [HelpLine(help, next_after(help, case)) for help in helps],
        "settlement": events.last_of(happened, "settled"),
        "ended": events.last_of(happened, "mediation_ended"),
        "shows_concessions": bool(sessions) and has_case_role(user, ("officer", "head"), case, today),
        "is_running": case.state in RUNNING,
    }


__all__ = ["mediation_section"]
