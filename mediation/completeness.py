"""What a finished mediation file must hold (dossier §6.7): judged from the case's facts, in the order of the file.

`gates` is asked before archiving and before the volume is frozen. Which papers must lie in the volume, or why they do
not, are its needs (`mediation/volume.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.cases.representation.acting import few
from mediation.agreements.effect import IN_THE_FILE
from mediation.agreements.obligations import is_settled
from mediation.agreements.standing import acts_of, obligations_of, required_signers, round_facts
from mediation.models import Agreement, Attendee
from mediation.terms import AgreementForm

NEVER_MEDIATED = ("refused", "referred_out")
"""Ended before anybody mediated: rights notice and session records are not asked for."""

OTHER_FORM = {AgreementForm.WRITTEN: "oral_register", AgreementForm.ORAL: "agreement"}
"""By the form of the agreement, the paper that may not lie in the file beside it (art. 28)."""


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
        yield from _records(case)
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


def _records(case: Case) -> Iterator[Gate]:
    """Each row of signatures is filled: who took part signed, or the refusal is on record."""
    unsigned = Attendee.objects.filter(session__case=case.pk, session__is_current=True, signed_how="")
    names = list(unsigned.filter(refused_to_sign=False).order_by("session_id", "id").values_list("name", flat=True))
    asked = case.inquiries.filter(signed_how="", refused_to_sign=False).order_by("held_at")
    names += asked.values_list("interviewee", flat=True)
    detail = "、".join(dict.fromkeys(names))
    yield Gate("records-signed", _("Signatures under the records of sessions and inquiries"), not names, detail)


def _agreement(case: Case, agreement: Agreement, facts: list[events.Fact]) -> Iterator[Gate]:
    obligations = obligations_of(agreement)
    if agreement.form == AgreementForm.WRITTEN:
        acts = acts_of(agreement, required_signers(case, obligations), round_facts(facts, agreement))
        lacking = [act for act in IN_THE_FILE if acts.day(act) is None]
        names = "、".join(str(act.label) for act in lacking)
        yield Gate("acts", _("Signatures, mediator and seal under agreement %s") % agreement.number, not lacking, names)
    other = OTHER_FORM[AgreementForm(agreement.form)]
    is_twice = case.documents.living().filter(kind=other, data__agreement=agreement.pk).exists()
    yield Gate("one-form", _("Agreement %s either in writing or as an oral one") % agreement.number, not is_twice)
    if agreement.status != Agreement.Status.EFFECTIVE:
        return
    unproven = [one for one in obligations if not is_settled(one)]
    has_note = any(fact.kind in ("breached", "sued", "enforcement_applied") for fact in facts)
    names = "、".join(dict.fromkeys(one.subject for one in unproven))
    yield Gate("performance", _("Proof of performance, or a note on the breach"), not unproven or has_note, names)
