"""What a finished mediation file must hold (dossier §6.7): judged from the case's facts, in the order of the file.

`gates` is asked before archiving; `needs` says the same to the volume as documents that must lie in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.cases.representation.acting import few
from casemgr.documents.volumes.order import Need
from mediation.agreements.effect import IN_THE_FILE
from mediation.agreements.obligations import is_settled
from mediation.agreements.standing import acts_of, obligations_of, required_signers, round_facts
from mediation.models import Agreement
from mediation.terms import AgreementForm

NEVER_MEDIATED = ("refused", "referred_out")
"""Ended before anybody mediated: rights notice and session records are not asked for."""


@dataclass(frozen=True)
class Gate:
    """One condition of a complete file. `detail` names what is missing."""

    code: str
    label: str | Promise
    is_met: bool
    detail: str = ""


def gates(case: Case) -> list[Gate]:
    """Every gate that applies to the case, met or not."""
    return list(_gates(case))


def missing(case: Case) -> list[Gate]:
    """What still keeps the file from being archived."""
    return [gate for gate in gates(case) if not gate.is_met]


def _gates(case: Case) -> Iterator[Gate]:
    facts = events.facts_of(case)
    happened = {fact.kind for fact in facts}
    agreements = list(case.agreements.exclude(status=Agreement.Status.DRAFT).order_by("round"))
    was_mediated = not happened.intersection(NEVER_MEDIATED) and "mediation_begun" in happened
    yield from _people(case, happened, was_mediated)
    if was_mediated:
        has_session = case.mediation_sessions.exists() or any(one.form == AgreementForm.ORAL for one in agreements)
        yield Gate("session", _("Record of a session (an oral agreement recorded on the spot needs none)"), has_session)
    drafts = case.agreements.filter(status=Agreement.Status.DRAFT)
    draft = drafts.filter(signatures__isnull=False).exists() and case.outcome == "agreed"
    yield Gate("draft", _("No agreement left half signed"), not draft)
    for agreement in agreements:
        yield from _agreement(case, agreement, facts)
    if happened.intersection(("failed", "terminated")) and not agreements:
        yield Gate("advice", _("The parties were told of the other ways"), "advice_given" in happened)


def _people(case: Case, happened: set[str], was_mediated: bool) -> Iterator[Gate]:
    parts = required_signers(case)
    nameless = [part for part in parts if not (part.party.masked_number or part.party.identity_note)]
    if was_mediated:
        yield Gate("identity", _("Identity of every party, or why there is no document"), not nameless, few(nameless))
        yield Gate("rights", _("The parties were told their rights and duties"), "rights_told" in happened)


def _agreement(case: Case, agreement: Agreement, facts: list[events.Fact]) -> Iterator[Gate]:
    obligations = obligations_of(agreement)
    if agreement.form == AgreementForm.WRITTEN:
        acts = acts_of(agreement, required_signers(case, obligations), round_facts(facts, agreement))
        lacking = [act for act in IN_THE_FILE if acts.day(act) is None]
        names = "、".join(str(act.label) for act in lacking)
        yield Gate("acts", _("Signatures, mediator and seal under agreement %s") % agreement.number, not lacking, names)
    if agreement.status != Agreement.Status.EFFECTIVE:
        return
    unproven = [one for one in obligations if not is_settled(one)]
    has_note = any(fact.kind in ("breached", "sued", "enforcement_applied") for fact in facts)
    names = "、".join(dict.fromkeys(one.subject for one in unproven))
    yield Gate("performance", _("Proof of performance, or a note on the breach"), not unproven or has_note, names)


def needs(case: Case) -> list[Need]:
    """The documents that the volume must hold: every M of the 2010 forms that applies, exactly one of D12 and D13."""
    happened = {fact.kind for fact in events.facts_of(case)}
    was_mediated = "mediation_begun" in happened and not happened.intersection(NEVER_MEDIATED)
    found = [
        Need("application", "application", "人民调解申请书或者受理登记表", _("Print it from the case, or scan it."))
    ]
    if was_mediated:
        found += [
            Need("rights", "rights", "权利义务告知书", _("Print it from the case and scan it signed.")),
            Need("identity", "identity", "当事人身份证明", _("Scan it, or print the note that it was seen.")),
        ]
    agreements = list(case.agreements.exclude(status=Agreement.Status.DRAFT).order_by("round"))
    if was_mediated and not any(one.form == AgreementForm.ORAL for one in agreements):
        found.append(Need("records", "records", "调解记录", _("Print the session's record and scan it signed.")))
    for agreement in agreements:
        is_written = agreement.form == AgreementForm.WRITTEN
        title = "人民调解协议书" if is_written else "人民调解口头协议登记表"
        code = "agreement" if is_written else "oral_register"
        where = _("Print it from the case and scan it signed.")
        found.append(Need(f"agreement-{agreement.round}", "agreement", title, where, documents=(code,)))
    if happened.intersection(("failed", "terminated")):
        found.append(Need("end", "end", "终止调解、调解不成告知书", _("Draft the notice on the case.")))
    if "refused" in happened:
        found.append(Need("refusal", "refusal", "不予受理告知书、复函", _("Draft the notice on the case.")))
    return found
