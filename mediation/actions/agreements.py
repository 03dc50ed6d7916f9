"""Coming to an agreement: its text, signatures, mediator, seal; or orally (dossier §1.4, T9, T10, T15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Case, Matter, Participation
from casemgr.cases.representation.acting import few, members_of, refusal_of, statutory_agents
from casemgr.organisation.models import Unit
from casemgr.pages.dates import long_date
from casemgr.parties.capacity import capacities
from mediation import conditions
from mediation.actions.base import MEDIATOR, SEAL, MediationAction
from mediation.agreements.effect import Rule
from mediation.agreements.following import take_effect
from mediation.agreements.forms import (
    ChangeWrittenForm,
    MediatorSignsForm,
    ObligationForm,
    OralForm,
    SealForm,
    SignForm,
    WrittenForm,
)
from mediation.agreements.standing import (
    agreement_of,
    numbered,
    required_signers,
    round_facts,
    round_subject,
)
from mediation.documents.seal_register import enter_stamp
from mediation.guards.consents import no_act_after_refusal, no_agreement_after_refusal
from mediation.models import Agreement, AgreementSignature, Payment
from mediation.organisations.sealing import may_seal
from mediation.terms import AgreementForm, DisputeType

Role = Participation.Role
ON_THE_SPOT = gettext_lazy("performed on the spot")
ART_29 = "《人民调解法》第29条"
OPEN = ("MEDIATING",)
UNDER_SIGNATURE = ("MEDIATING", "AGREED_W", "TRACKING")
"""By the court's rules the effect may come before the mediator's signature and the seal."""


def _draft(case: Case) -> Agreement | None:
    """The agreement of the round while it is in no effect."""
    agreement = agreement_of(case)
    return agreement if agreement is not None and agreement.status == Agreement.Status.DRAFT else None


def _written(case: Case) -> Agreement | None:
    agreement = agreement_of(case)
    return agreement if agreement is not None and agreement.form == AgreementForm.WRITTEN else None


def _is_signed(case: Case) -> bool:
    agreement = agreement_of(case)
    return agreement is not None and agreement.signatures.exists()


def _waiting(case: Case) -> list[Participation]:
    """Who has still to sign."""
    agreement = agreement_of(case)
    if agreement is None:
        return []
    signed = set(agreement.signatures.values_list("participation_id", flat=True))
    return [part for part in required_signers(case, agreement.obligations.all()) if part.pk not in signed]


none_yet = Guard(
    "agreement-exists",
    "",
    gettext_lazy("An agreement of this round is written down already. Change its text, or annul that step."),
    lambda case, data, today: agreement_of(case) is None,
)
is_drafted = Guard(
    "no-agreement",
    ART_29,
    gettext_lazy("Write the agreement down first."),
    lambda case, data, today: _written(case) is not None,
)
is_unsigned = Guard(
    "already-signed",
    "",
    gettext_lazy("Somebody has signed this text: it cannot be changed any more. Annul the signatures first."),
    lambda case, data, today: not _is_signed(case),
)
somebody_is_waiting = Guard(
    "all-signed",
    ART_29,
    gettext_lazy("Every party has signed."),
    lambda case, data, today: _written(case) is None or bool(_waiting(case)),
)
both_sides_are_known = Guard(
    "one-sided",
    "",
    gettext_lazy("An agreement needs a party on each side: enter the other side first."),
    lambda case, data, today: {Role.APPLICANT, Role.RESPONDENT} <= {part.role for part in required_signers(case)},
)
oral_is_allowed = Guard(
    "must-be-written",
    "",
    gettext_lazy("The law asks for a written agreement in this dispute."),
    lambda case, data, today: not conditions.must_be_written(case.facts),
)
not_after_seal = Guard(
    "not-yet-agreed",
    ART_29,
    gettext_lazy("It cannot be signed or sealed before the day on which it was agreed:"),
    lambda case, data, today: (agreement := agreement_of(case)) is None or data["on"] >= agreement.made_on,
    field="on",
    needs_data=True,
    detail=lambda case, data, today: long_date(agreement_of(case).made_on),
)


class AgreementAction(MediationAction):
    """An act under the agreement; the last one that was missing brings it into effect, and the case with it."""

    roles = MEDIATOR

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        self.record_facts(subject, data, context)
        agreement = agreement_of(subject)
        if agreement is not None:
            take_effect(subject, agreement, context.today)
        settle(subject, context.today)
        return subject

    @staticmethod
    def happened(case: Case, kind: str, on: date, **data: Any) -> None:
        """An entry of the present round."""
        events.record(case, kind, on, subject=round_subject(case.facts.round), **data)


class WriteAgreement(AgreementAction):
    """The parties agree in writing: text and obligations, still without signatures."""

    name = "mediation.write_agreement"
    label = gettext_lazy("Write down the agreement")
    submit_label = gettext_lazy("Save the agreement")
    form = WrittenForm
    primary = 60
    states = OPEN
    offered_if = (none_yet,)
    guards = (both_sides_are_known, no_agreement_after_refusal)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        number = case.facts.round
        agreement = Agreement.objects.create(
            case=case,
            round=number,
            number=numbered(case, number),
            form=AgreementForm.WRITTEN,
            **context.form.columns(case),
        )
        write_obligations(case, agreement, context.form.obligations.filled)
        self.happened(case, "agreement_written", data["on"], number=agreement.number)


class ChangeAgreement(AgreementAction):
    """The text is put right before anybody has signed it; history keeps the earlier one."""

    name = "mediation.change_agreement"
    label = gettext_lazy("Change the text of the agreement")
    submit_label = gettext_lazy("Save the agreement")
    form = ChangeWrittenForm
    states = OPEN
    annullable = False
    instead = gettext_lazy("Change the text again.")
    offered_if = (is_drafted,)
    guards = (is_unsigned, no_agreement_after_refusal)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        agreement = agreement_of(case)
        for name, value in context.form.columns(case).items():
            setattr(agreement, name, value)
        agreement.save()
        strike_performance(case, agreement)
        agreement.obligations.all().delete()
        write_obligations(case, agreement, context.form.obligations.filled)
        self.happened(case, "agreement_changed", context.today)


def strike_performance(case: Case, agreement: Agreement) -> None:
    """What was performed on the spot is entered anew with the changed text."""
    for fact in round_facts(events.facts_of(case), agreement):
        if fact.kind == "obligation_paid":
            events.record(case, events.STRIKE, fact.occurred_on, subject=fact.subject, corrects=fact.root,
                          reason=str(ChangeAgreement.label), struck_kind=fact.kind)  # fmt: skip


def write_obligations(case: Case, agreement: Agreement, rows: Sequence[ObligationForm]) -> None:
    """The rows of the form as rows of the agreement; what was performed on the spot has its entry at once."""
    for row in rows:
        for obligation in row.rows(agreement):
            obligation.save()
            if row.cleaned_data.get("done"):
                record_payment(case, obligation, agreement.made_on, obligation.amount_yuan, proof=str(ON_THE_SPOT))


def record_payment(case: Case, obligation, on: date, amount, *, proof: str, **more: Any) -> Payment:
    """One performance with its proof: the row and its entry."""
    payment = Payment.objects.create(obligation=obligation, on=on, amount_yuan=amount, proof=proof[:200])
    events.record(
        case,
        "obligation_paid",
        on,
        subject=round_subject(obligation.agreement.round),
        payment=payment.pk,
        obligation=obligation.pk,
        debtor=obligation.debtor.name,
        what=obligation.subject,
        amount="" if amount is None else f"{amount:.2f}",
        proof=proof,
        **more,
    )
    return payment


class SignAgreement(AgreementAction):
    """One party signs, seals, or puts its fingerprint; whoever acts for it must be allowed to on that day."""

    name = "mediation.sign_agreement"
    label = gettext_lazy("Record a party's signature")
    form = SignForm
    primary = 60
    states = UNDER_SIGNATURE
    offered_if = (is_drafted, somebody_is_waiting)
    guards = (not_after_seal, no_act_after_refusal)

    def priority(self, subject: Case) -> int:
        return self.primary if _written(subject) is not None and _waiting(subject) else 0

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        found = super().guard_refusals(subject, data, today)
        if found or data is None:
            return found
        part, through, on = data["part"], data.get("through"), data["on"]
        if refusal := kind_refusal(subject, agreement_of(subject), data["kind"]):
            found.append(refusal)
        if refusal := refusal_of(subject, part, through, Matter.SETTLE, on):
            found.append(refusal)
        return found

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        agreement, through = agreement_of(case), data.get("through")
        by = through.name if through else data.get("signed_by", "")
        waiting = {part.pk: part for part in _waiting(case)}
        parts = [data["part"]]
        if through is not None and through.role == Role.REPRESENTATIVE and through.group is not None:
            parts = [waiting[member.pk] for member in members_of(through.group) if member.pk in waiting]
        for part in parts:
            AgreementSignature.objects.create(
                agreement=agreement,
                participation=part,
                kind=data["kind"],
                signed_on=data["on"],
                signed_by=by,
                special_authority=through is not None and through.role == Role.AGENT,
                witness=data.get("witness", ""),
            )
            self.happened(case, "agreement_signed", data["on"], party=part.party, how=data["kind"], by=by)


def kind_refusal(case: Case, agreement: Agreement, kind: str) -> Refusal | None:
    """Why the agreement cannot be signed in this way."""
    if agreement.rule == Rule.PLATFORM and kind != AgreementSignature.Kind.ELECTRONIC:
        text = _("On the court's platform every party signs electronically. For a paper, mark the text as on paper.")
        return Refusal("electronic", text, "《人民法院在线调解规则》第19条", "kind")
    if kind == AgreementSignature.Kind.FINGERPRINT and case.facts.dispute_type in (
        DisputeType.LABOUR,
        DisputeType.MEDICAL,
    ):
        text = _("In this dispute the law names only signature or seal: a fingerprint alone is not enough.")
        return Refusal("fingerprint", text, conditions.written_article(case.facts), "kind")
    return None


class MediatorSigns(AgreementAction):
    """The mediator signs (art. 29)."""

    name = "mediation.mediator_signs"
    label = gettext_lazy("Record the mediator's signature")
    form = MediatorSignsForm
    primary = 55
    states = UNDER_SIGNATURE
    offered_if = (
        is_drafted,
        Guard(
            "mediator-signed",
            ART_29,
            gettext_lazy("The mediator has signed."),
            lambda case, data, today: (a := _written(case)) is None or a.mediator_signed_on is None,
        ),
    )
    guards = (not_after_seal, no_act_after_refusal)

    def priority(self, subject: Case) -> int:
        agreement = _written(subject)
        return self.primary if agreement is not None and agreement.mediator_signed_on is None else 0

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        self.happened(case, "agreement_signed_by_mediator", data["on"], name=data["name"], note=data.get("note", ""))


def _seal_is_a_committees(case: Case) -> bool:
    return case.facts.committee.kind == Unit.Kind.COMMITTEE


class SealAgreement(AgreementAction):
    """The keeper of the committee's seal puts it under the agreement (art. 29)."""

    name = "mediation.seal_agreement"
    label = gettext_lazy("Put the committee's seal")
    binding, primary = True, 50
    consequence = gettext_lazy("When everybody has signed, the agreement is in effect and binds the parties (art. 31).")
    roles = SEAL
    form = SealForm
    states = UNDER_SIGNATURE
    offered_if = (
        is_drafted,
        Guard(
            "sealed",
            ART_29,
            gettext_lazy("The agreement bears the seal already."),
            lambda case, data, today: (a := _written(case)) is None or a.sealed_on is None,
        ),
    )
    guards = (
        Guard(
            "not-the-committees-seal",
            ART_29,
            gettext_lazy(
                "The agreement bears the seal of a people's mediation committee, not that of a studio or a judicial "
                "office. Let the committee in charge be entered first."
            ),
            lambda case, data, today: _seal_is_a_committees(case),
        ),
        not_after_seal,
        no_act_after_refusal,
    )

    def is_permitted(self, subject: Case | None, actor, today: date) -> bool:
        """Only who keeps the seal of the committee itself; a role at its studio, or standing in, is not enough."""
        if subject is None or not super().is_permitted(subject, actor, today):
            return False
        # where no committee is entered yet, the guard says what to do
        return not _seal_is_a_committees(subject) or may_seal(actor, subject.facts.committee, today)

    def priority(self, subject: Case) -> int:
        agreement = _written(subject)
        return self.primary if agreement is not None and agreement.sealed_on is None else 0

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        agreement = agreement_of(case)
        agreement.sealed_by = f"{case.facts.committee.name} {context.actor.full_name}"[:80]
        agreement.save()
        enter_stamp(agreement, data["on"], context.actor)
        self.happened(case, "agreement_sealed", data["on"], seal=case.facts.committee.name)


class AgreeOrally(AgreementAction):
    """The parties agree and want no document: the mediator records what they agreed (art. 28, 30)."""

    name = "mediation.agree_orally"
    label = gettext_lazy("Record an oral agreement")
    form = OralForm
    binding = True
    consequence = gettext_lazy(
        "The oral agreement is in effect from the day on which it was made (art. 30). It cannot be brought to the "
        "court for confirmation: that asks for the agreement in writing."
    )
    states = OPEN
    offered_if = (none_yet,)
    guards = (both_sides_are_known, no_agreement_after_refusal)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        found = super().guard_refusals(subject, data, today)
        if not oral_is_allowed.check(subject, data, today):
            facts = subject.facts
            article = conditions.written_article(facts)
            kind = facts.get_sub_type_display() if facts.sub_type else facts.get_dispute_type_display()
            text = f"{oral_is_allowed.message}（{kind}）"
            found.insert(0, Refusal("must-be-written", text, article))
        if found or data is None:
            return found
        return list(_unrepresented(subject, data["on"]))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        number = case.facts.round
        total = data.get("total_yuan") or data["payments_yuan"] or None
        agreement = Agreement.objects.create(
            case=case,
            round=number,
            number=numbered(case, number),
            form=AgreementForm.ORAL,
            rule=Rule.ORAL,
            made_on=data["on"],
            facts=case.facts.summary,
            content=data["content"],
            total_yuan=total,
            no_document_wanted=data["no_document_wanted"],
            copies=1,
        )
        write_obligations(case, agreement, context.form.obligations.filled)
        self.happened(case, "agreed", data["on"], form=AgreementForm.ORAL)


def _unrepresented(case: Case, on: date) -> list[Refusal]:
    """Parties without full capacity on the day, for whom no statutory agent is recorded."""
    parts = required_signers(case)
    degrees = capacities([part.party for part in parts], on)
    lacking = [part for part in parts if (known := degrees.get(part.party_id)) and known.needs_agent]
    spoken = statutory_agents(lacking, on)
    lacking = [part for part in lacking if part.pk not in spoken]
    if not lacking:
        return []
    text = _("Without full capacity on that day, and no statutory agent is recorded: %(names)s.")
    return [Refusal("needs-statutory-agent", text % {"names": few(lacking)}, degrees[lacking[0].party_id].citation)]


AGREEMENTS = (WriteAgreement, ChangeAgreement, SignAgreement, MediatorSigns, SealAgreement, AgreeOrally)
