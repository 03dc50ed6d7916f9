"""What goes back to whoever referred the dispute: proposed from the case, never from what was said in confidence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import Dock, ReferralResult
from mediation.models import PROCEDURE, Agreement, Committee, MediationCase, RosterEntry
from mediation.states import OPEN
from mediation.terms import Ending, FailureGround, Performance, Route, TerminationGround

Result = ReferralResult
FITTING = {
    Ending.AGREED: (Result.SETTLED, Result.PARTLY),
    Ending.FAILED: (Result.FAILED,),
    Ending.TERMINATED: (Result.TERMINATED,),
    Ending.WITHDRAWN: (Result.TERMINATED,),
    Ending.NOT_ACCEPTED: (Result.TERMINATED,),
    Ending.RETURNED: (Result.FAILED, Result.TERMINATED),
    Ending.REFERRED_OUT: (Result.TERMINATED,),
    Ending.VOID: (Result.TERMINATED,),
}
"""Which result a case's ending allows to be told."""
CODES = {Result.SETTLED: "R1", Result.PARTLY: "R3", Result.FAILED: "R4", Result.TERMINATED: "R5"}
"""Dossier §5.5(7). R2 (all settled) is for the office to bring about: it makes the paper of article 73."""
LONGEST_FACTS = 3000
SHORTEST = 6
"""Characters of a sentence that can be recognised."""


def case_of(referral: Referral) -> MediationCase | None:
    """The mediation case opened for the referral; of a dispute handed on the one where it goes on."""
    pk, seen = referral.opened_case_id, set()
    while pk is not None and pk not in seen:
        seen.add(pk)
        on = Referral.objects.filter(case_id=pk, opened_case__procedure=PROCEDURE).order_by("-pk").first()
        if on is None:
            return MediationCase.objects.filter(pk=pk).first()
        pk = on.opened_case_id
    return None


def has_ended(case: MediationCase) -> bool:
    """Whether the mediation came to an end that can be told."""
    return case.state not in OPEN


def ending_of(case: MediationCase) -> str:
    """How the mediation ended: of a case returned to the sender what it ended by before."""
    for kind, ending in (
        ("agreed", Ending.AGREED),
        ("failed", Ending.FAILED),
        ("terminated", Ending.TERMINATED),
        ("withdrawn", Ending.WITHDRAWN),
        ("refused", Ending.NOT_ACCEPTED),
    ):
        if case.outcome == Ending.RETURNED and any(fact.kind == kind for fact in events.facts_of(case)):
            return ending
    return case.outcome


def agreement_in_force(case: MediationCase) -> Agreement | None:
    rows = case.agreements.filter(status=Agreement.Status.EFFECTIVE).order_by("-round")
    return rows.first()


def proposed_result(referral: Referral, today: date) -> dict[str, Any]:
    """The form of the result, filled in: result, agreement, what it says, performance, advice."""
    case = case_of(referral)
    if case is None or not has_ended(case):
        return {}
    result = next(iter(FITTING.get(Ending(ending_of(case)), ())), "") if case.outcome else ""
    filled: dict[str, Any] = {"on": today, "result": result}
    agreement = agreement_in_force(case)
    if agreement is not None and result in (Result.SETTLED, Result.PARTLY):
        filled["agreement_number"] = agreement.number
        if needs_leave(referral):
            filled["agreed_facts"] = agreement.facts[:LONGEST_FACTS]
        else:
            facts = "\n".join(filter(None, (agreement.facts, agreement.content)))
            filled |= {"agreed_facts": facts[:LONGEST_FACTS], "performance": _performance(case, agreement)}
    else:
        returned = events.last_of(events.facts_of(case), "returned")
        filled |= {
            "agreed_facts": str(returned.data.get("agreed_facts", "")) if returned else "",
            "next_step": _advice(case),
            "failure_report": _why(case),
        }
    if referral.dock == Dock.RECONSIDERATION:
        filled["result_code"] = CODES.get(result, "")
    return filled


def needs_leave(referral: Referral) -> bool:
    """Whether what was agreed goes back only if all parties allow it (dossier §5.5(8)): result, day and facts do."""
    return referral.dock == Dock.RECONSIDERATION


def tells_content(agreement: Agreement, told: str) -> bool:
    """Whether the text tells what was agreed: a whole sentence of the agreement stands in it."""
    flat = "".join(told.split())
    sentences = ("".join(one.split()) for one in re.split(r"[。；;\n]", agreement.content))
    return any(len(one) >= SHORTEST and one in flat for one in sentences)


def _performance(case: MediationCase, agreement: Agreement) -> str:
    """已履行; or of instalments how many are done."""
    rows = list(agreement.obligations.all())
    done = sum(row.done_on is not None or row.waived_on is not None for row in rows)
    if case.facts.performance in Performance.values:
        word = str(Performance(case.facts.performance).label)
        return word if done == len(rows) else _("%(word)s (%(done)d of %(all)d)") % {
            "word": word, "done": done, "all": len(rows)}  # fmt: skip
    return _("%(done)d of %(all)d performed") % {"done": done, "all": len(rows)} if rows else ""


def _advice(case: MediationCase) -> str:
    return "、".join(str(Route(code).label) for code in case.facts.advice if code in Route.values)


def _why(case: MediationCase) -> str:
    """The ground as coded. Who conceded what is not told (特邀调解规定 22; 民诉解释 107)."""
    happened = events.facts_of(case)
    for kind, grounds in (("failed", FailureGround), ("terminated", TerminationGround)):
        last = events.last_of(happened, kind)
        if last is not None and last.data.get("ground") in grounds.values:
            return str(grounds(last.data["ground"]).label)
    return ""


def proposed_acceptance(referral: Referral, today: date) -> dict[str, Any]:
    """The roster entry of the committee in the docking agreement of the sender."""
    unit = referral.to_unit or referral.unit
    committee = Committee.objects.filter(unit=unit).first()
    if referral.dock != Dock.COURT or committee is None:
        return {}
    entries = RosterEntry.objects.filter(
        committee=committee, agreement__dock=Dock.COURT, until_on__isnull=True
    ).select_related("agreement", "mediator", "committee__unit")
    entry = entries.first()
    return {"roster": f"{entry.agreement.title}：{entry}"[:300]} if entry else {}


PROPOSALS = {"referral.accept": proposed_acceptance, "referral.send_result": proposed_result}


def proposed(referral: Referral, step: str, today: date) -> dict[str, Any]:
    """What the form of a receiver's step is filled with."""
    return PROPOSALS[step](referral, today) if step in PROPOSALS else {}
