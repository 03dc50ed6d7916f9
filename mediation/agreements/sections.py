"""The agreement on the case page: its effect explained, who owes what, and the visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases.instalments import total_of
from mediation.agreements.confirmation import GONE, checks_of, confirmation_of, court_help, not_offered
from mediation.agreements.content import warnings_of
from mediation.agreements.effect import Act, Effect, effect_of
from mediation.agreements.obligations import lines_of
from mediation.agreements.standing import acts_of, in_effect, obligations_of, required_signers, round_facts
from mediation.agreements.visits import visits_of
from mediation.confirmation_states import ConfirmationState
from mediation.models import Agreement, MediationCase

NOT_CONFIRMED = (ConfirmationState.REFUSED, ConfirmationState.REJECTED, ConfirmationState.REVOKED)
STATE_CSS = {
    **dict.fromkeys((ConfirmationState.VALID, ConfirmationState.UPHELD), "ok"),
    **dict.fromkeys(NOT_CONFIRMED, "late"),
}
BESIDE_THE_RULE = (Act.MEDIATOR, Act.SEAL)


def agreement_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """The present round's agreement with its acts and obligations, and the earlier ones by number."""
    agreements = list(case.agreements.order_by("round"))
    present = next((one for one in agreements if one.round == case.facts.round), None) or (
        agreements[-1] if agreements else None
    )
    if present is None:
        return {"agreement": None}
    return {
        "agreement": present,
        "earlier": [one for one in agreements if one.pk != present.pk],
        **_shown(case, present, today),
    }


def _shown(case: MediationCase, agreement: Agreement, today: date) -> dict[str, Any]:
    from casemgr.cases import events

    obligations = obligations_of(agreement)
    facts = round_facts(events.facts_of(case), agreement)
    signers = required_signers(case, obligations)
    acts = acts_of(agreement, signers, facts)
    effect = effect_of(acts)
    lines = lines_of(obligations, today)
    return {
        "effect": effect,
        "acts": _act_rows(acts, effect),
        "signatures": _signature_rows(agreement, signers),
        "lines": lines,
        "total": total_of(one.amount_yuan for one in obligations),
        "paid": total_of(line.paid for line in lines),
        "open": total_of(line.open for line in lines),
        "warnings": warnings_of(case, agreement, obligations) if agreement.status == Agreement.Status.DRAFT else [],
    }


def _act_rows(acts: Any, effect: Effect) -> list[dict[str, Any]]:
    """Each act with its day; which one brought the agreement into effect, and which its effect does not wait for."""
    if acts.rule == Agreement.Rule.ORAL:
        return []
    asked = (*effect.last, *effect.missing)
    return [
        {
            "label": act.label,
            "on": acts.day(act),
            "is_last": act in effect.last,
            "is_beside": act in effect.to_be_added and act not in asked,
        }
        for act in (Act.SIGNATURES, *BESIDE_THE_RULE)
    ]


def _signature_rows(agreement: Agreement, signers: list[Any]) -> list[dict[str, Any]]:
    signed = {row.participation_id: row for row in agreement.signatures.all()}
    return [{"part": part, "signature": signed.get(part.pk)} for part in signers]


def visits_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """What was found on return visits, and which are still wanted."""
    due = visits_of(case, in_effect(case))
    return {"visits": list(case.visits.select_related("agreement")), "due": [one for one in due if not one.made_on]}


def confirmation_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """The way to the court: the last day, the papers, and where the application stands."""
    agreement = in_effect(case)
    if agreement is None:
        return {"shown": False}
    if (reason := not_offered(case, agreement)) is not None:
        return {"shown": True, "reason": reason[1], "reason_article": reason[2]}
    row = confirmation_of(agreement)
    clock = next((one for one in case.deadlines.all() if one.rule == "M-CONF" and one.status == "open"), None)
    is_open = clock is not None and (row is None or row.state in GONE)
    checks = checks_of(case, agreement) if is_open else []
    return {
        "shown": row is not None or is_open,
        "case": case,
        "row": row,
        "clock": clock if is_open or (row is not None and row.state == ConfirmationState.READY) else None,
        "checks": checks,
        "met": sum(check.is_met for check in checks),
        "is_open": False,
        "court_help": court_help(case),
        "state_css": STATE_CSS.get(row.state, "soon") if row else "",
        "may_go_on": row is not None and row.state in NOT_CONFIRMED,
        "today": today,
    }


SECTIONS = (
    ("mediation/_agreement.html", agreement_section),
    ("mediation/_confirmation.html", confirmation_section),
    ("mediation/_visits.html", visits_section),
)
