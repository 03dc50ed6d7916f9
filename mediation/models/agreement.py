"""What the parties agreed, what each owes, what was performed, and the visits afterwards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from mediation.terms import AgreementForm, ObligationKind


class Agreement(models.Model):
    """One agreement of one round; its effect is computed from the days of signatures and seal."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("agreement", "Not in effect yet")
        EFFECTIVE = "effective", pgettext_lazy("agreement", "In effect")
        SUPERSEDED = "superseded", pgettext_lazy("agreement", "Replaced by a later round")

    class Rule(models.TextChoices):
        """Which text decides when it takes effect (dossier §0-5)."""

        ORDINARY = "ordinary", _("Signatures, mediator and committee seal (People's Mediation Law, art. 29)")
        PLATFORM = "platform", _("Last electronic signature (Rules on online mediation, art. 19(2))")
        COURT = "court", _("Signatures (Provisions on invited mediation, art. 24(3))")
        ORAL = "oral", _("The moment of agreement (People's Mediation Law, art. 30)")
        RECORDED = "recorded", _("As the office's earlier records have it")

    case = models.ForeignKey(Case, models.CASCADE, related_name="agreements")
    round = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(_("number"), max_length=90)
    """The case's number with -1, -2 per round."""
    form = models.CharField(_("form"), max_length=8, choices=AgreementForm.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    rule = models.CharField(_("takes effect by"), max_length=10, choices=Rule.choices, default=Rule.ORDINARY)
    made_on = models.DateField(_("agreed on"))
    facts = models.TextField(_("main facts and points of dispute"), blank=True)
    responsibility = models.TextField(_("responsibility of each side"), blank=True)
    content = models.TextField(_("what was agreed"))
    breach = models.TextField(_("consequences of a breach"), blank=True)
    payment_way = models.CharField(_("way of payment"), max_length=200, blank=True)
    """To which account, in cash, against which receipt; never a whole card number."""
    total_yuan = models.DecimalField(_("total in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    """What the text names as the sum of all payments; equal to the sum of the rows."""
    no_document_wanted = models.BooleanField(_("the parties say that no document is needed"), default=False)
    copies = models.PositiveSmallIntegerField(_("copies"), default=3)
    mediator_signed_on = models.DateField(_("mediator signed on"), null=True, blank=True)
    sealed_on = models.DateField(_("committee's seal on"), null=True, blank=True)
    sealed_by = models.CharField(_("sealed by"), max_length=80, blank=True)
    effective_on = models.DateField(_("in effect since"), null=True, blank=True, db_index=True)
    history = history()

    class Meta:
        verbose_name = _("mediation agreement")
        ordering = ["case_id", "round", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_agreement_per_round")]
        indexes = [
            # What the first page of a committee's secretary asks for: few of very many.
            models.Index(
                fields=["mediator_signed_on"],
                condition=models.Q(status="draft", sealed_on__isnull=True, mediator_signed_on__isnull=False),
                name="agreement_waits_for_seal",
            )
        ]

    def __str__(self) -> str:
        return self.number


class AgreementSignature(models.Model):
    """One party's signature, seal or fingerprint under the agreement."""

    class Kind(models.TextChoices):
        SIGNATURE = "signature", _("Signature")
        SEAL = "seal", pgettext_lazy("signature", "Seal")
        FINGERPRINT = "fingerprint", _("Fingerprint")
        ELECTRONIC = "electronic", _("Electronic signature")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("party"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    signed_on = models.DateField(_("signed on"))
    signed_by = models.CharField(_("signed on behalf by"), max_length=100, blank=True)
    special_authority = models.BooleanField(_("with special authority"), default=False)
    witness = models.CharField(_("witness of a fingerprint"), max_length=100, blank=True)
    history = history()

    class Meta:
        verbose_name = _("signature under an agreement")
        ordering = ["agreement_id", "signed_on", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "participation"], name="one_signature_per_party")]


class Obligation(models.Model):
    """One thing one party owes another; an instalment is a row of its own."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    debtor = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("who owes"))
    creditor = models.ForeignKey(
        Participation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to whom")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ObligationKind.choices)
    subject = models.CharField(_("what"), max_length=300)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    instalment = models.PositiveSmallIntegerField(_("instalment"), default=1)
    due_on = models.DateField(_("due on"), null=True, blank=True, db_index=True)
    done_on = models.DateField(_("performed on"), null=True, blank=True)
    waived_on = models.DateField(_("waived on"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("obligation of an agreement")
        ordering = ["agreement_id", "due_on", "instalment", "id"]


class Payment(models.Model):
    """What was performed of an obligation, with its proof."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="payments")
    on = models.DateField(_("performed on"))
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=200)
    history = history()

    class Meta:
        verbose_name = _("performance")
        ordering = ["obligation_id", "on", "id"]


class Visit(models.Model):
    """A return visit (回访)."""

    class Satisfaction(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        FAIR = "fair", _("Fair")
        DISSATISFIED = "dissatisfied", _("Dissatisfied")

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="visits")
    visited_on = models.DateField(_("visited on"))
    visited_time = models.TimeField(_("time"), null=True, blank=True)
    interviewee = models.CharField(_("person visited"), max_length=100)
    reason = models.CharField(_("reason of the visit"), max_length=200, blank=True)
    performance = models.CharField(_("performance"), max_length=300, blank=True)
    satisfaction = models.CharField(_("satisfaction"), max_length=12, choices=Satisfaction.choices)
    sued = models.CharField(_("whether sued, and the result"), max_length=200, blank=True)
    escalation = models.CharField(_("sign of escalation"), max_length=200, blank=True)
    action = models.CharField(_("what was done"), max_length=300, blank=True)
    visitor = models.CharField(_("visited by"), max_length=50)
    history = history()

    class Meta:
        verbose_name = _("return visit")
        ordering = ["case_id", "visited_on", "id"]


__all__ = ["Agreement", "AgreementSignature", "Obligation", "Payment", "Visit"]
