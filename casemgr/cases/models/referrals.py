"""A dispute handed from one organ to another, with the answer that must come back."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.models.participation import Participation
from casemgr.cases.models.register import Case
from casemgr.cases.referrals.states import OPEN, ReferralState, ReferralStates
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from casemgr.parties.models import Party


class Direction(models.TextChoices):
    IN = "in", _("Received from another organ")
    OUT = "out", _("Sent to another organ")
    INTERNAL = "internal", _("Between units of this banner")


class Dock(models.TextChoices):
    """With whom the dispute is docked (诉调、警调、访调、仲调、复调 and the others)."""

    COURT = "court", _("Court")
    POLICE = "police", _("Police")
    PETITION = "petition", _("Petition office")
    ARBITRATION = "arbitration", _("Arbitration")
    RECONSIDERATION = "reconsideration", _("Reconsideration office")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    LEGAL_AID = "legal_aid", _("Legal aid")
    HOTLINE = "hotline", _("12345 hotline")
    CENTRE = "centre", _("Governance centre")
    MEDIATION = "mediation", _("People's mediation")
    OTHER = "other", _("Other organ")


NUMBER_NAMES_ORGAN = (Dock.COURT.value, Dock.HOTLINE.value)
"""Where the number alone tells whose it is: a court's names its court, and there is one hotline."""


class ReferralKind(models.TextChoices):
    DELEGATED = "delegated", _("Delegated (before filing)")
    ENTRUSTED = "entrusted", _("Entrusted (after filing)")
    NOTICE = "notice", _("Notice only")
    TRANSFER = "transfer", _("Transfer")
    JOINT = "joint", _("Joint mediation")


class ReferralResult(models.TextChoices):
    SETTLED = "settled", _("Settled")
    PARTLY = "partly", _("Settled in part")
    FAILED = "failed", _("Not settled")
    TERMINATED = "terminated", _("Terminated")


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> ReferralQuerySet:
        """What a unit the person reaches refers or was sent; the receiving side sees nothing before it is sent."""
        if getattr(user, "is_system", False):
            return self
        reach = scope(user, today)
        was_sent = Q(sent_on__isnull=False)
        ours = Q(pk__in=[])
        for procedure in reach.procedures:
            units = reach.unit_ids(procedure)
            if units is ALL:
                ours |= Q(procedure=procedure) | Q(to_procedure=procedure) & was_sent
            elif units:
                ours |= Q(procedure=procedure, unit_id__in=units)
                ours |= Q(to_procedure=procedure, to_unit_id__in=units) & was_sent
        recused = user.recusals.values("case_id")
        return self.filter(ours).exclude(case__in=recused).exclude(opened_case__in=recused)

    def open(self) -> ReferralQuerySet:
        return self.filter(state__in=OPEN)

    def of_case(self, case: Case) -> ReferralQuerySet:
        return self.filter(Q(case=case) | Q(opened_case=case))


class Referral(ReferralStates, FSMModelMixin, models.Model):
    """One referral, in either direction.

    `procedure` and `unit`: our side (the sender of an internal one); `to_procedure` and `to_unit`: the receiving side
    within the banner. `case`: the case it was sent from; `opened_case`: the one that was opened because of it.
    `agreed_facts` may leave the house, `confidential` never does (what was conceded in mediation).
    """

    number = models.OneToOneField(IssuedNumber, models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    dock = models.CharField(_("docked with"), max_length=16, choices=Dock.choices)
    kind = models.CharField(_("kind of referral"), max_length=10, choices=ReferralKind.choices)
    state = FSMField(_("state"), max_length=14, choices=ReferralState.choices, default="DRAFT", protected=True)
    procedure = models.CharField(_("procedure"), max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("our unit"))
    to_procedure = models.CharField(max_length=20, blank=True)
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("receiving unit")
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="referrals_sent")
    opened_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="referrals_received")
    organ = models.CharField(_("other organ"), max_length=80, blank=True)
    office = models.CharField(_("office"), max_length=80, blank=True)
    officer = models.CharField(_("officer"), max_length=60, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    organ_number = models.CharField(_("their case number"), max_length=80, blank=True)
    summary = models.TextField(_("what the dispute is about"), blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    papers = models.JSONField(_("papers handed over"), default=list, blank=True)
    allowed_content = models.TextField(_("what may be passed on"), blank=True)
    extra = models.JSONField(_("what this kind of referral needs besides"), default=dict, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    received_on = models.DateField(_("received (signed for) on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    decline_reason = models.TextField(_("why it was declined"), blank=True)
    given_due_on = models.DateField(_("day set by the sender"), null=True, blank=True)
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    extension_reason = models.CharField(max_length=200, blank=True)
    reply_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    result_due_on = models.DateField(_("result due on"), null=True, blank=True)
    calendar_status = models.CharField(max_length=10, default="published")
    result = models.CharField(_("result"), max_length=12, choices=ReferralResult.choices, blank=True)
    result_on = models.DateField(_("result sent on"), null=True, blank=True)
    agreement_number = models.CharField(_("number of the agreement"), max_length=80, blank=True)
    performance = models.CharField(_("performance"), max_length=200, blank=True)
    agreed_facts = models.TextField(_("facts the parties agree on"), blank=True)
    confidential = models.TextField(_("confidential, never leaves"), blank=True)
    next_step = models.CharField(_("advice on the next way"), max_length=300, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    papers_returned_on = models.DateField(_("papers returned and signed for on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "dock", "organ_number"],
                condition=Q(dock__in=NUMBER_NAMES_ORGAN) & ~Q(organ_number="") & ~Q(state="CANCELLED"),
                name="referral_once",
            ),
            models.UniqueConstraint(
                fields=["direction", "dock", "organ", "organ_number"],
                condition=~Q(dock__in=NUMBER_NAMES_ORGAN) & ~Q(organ_number="") & ~Q(state="CANCELLED"),
                name="referral_once_of_organ",
            ),
        ]
        indexes = [
            models.Index(fields=["procedure", "unit", "state"], name="referral_ours"),
            models.Index(fields=["to_procedure", "to_unit", "state"], name="referral_theirs"),
            models.Index(fields=["state", "result_due_on"], name="referral_due"),
        ]

    def __str__(self) -> str:
        return self.number.text if self.number else str(self.pk)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("referral_detail", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise ValueError("referrals are never deleted: one not yet received is withdrawn with a reason")

    @property
    def next_due_on(self) -> date | None:
        """What this side waits for: the answer, then the result."""
        if self.state in ("SENT", "RECEIVED"):
            return self.reply_due_on or self.result_due_on
        return self.result_due_on if self.state in ("ACCEPTED", "IN_PROGRESS") else None


class ReferralParty(models.Model):
    """A party of a referred dispute, with what it said when it was asked."""

    class Answer(models.TextChoices):
        NOT_ASKED = "", _("Not asked yet")
        AGREES = "agrees", _("Agrees")
        REFUSES = "refuses", _("Refuses")
        UNREACHED = "unreached", _("Could not be reached")

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    side = models.CharField(_("side"), max_length=40, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answer = models.CharField(_("consent"), max_length=10, choices=Answer.choices, blank=True)
    how = models.CharField(_("how it was asked"), max_length=100, blank=True)
    history = history()

    class Meta:
        verbose_name = _("party of a referral")
        constraints = [models.UniqueConstraint(fields=["referral", "party"], name="referral_party_once")]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def shown_side(self) -> str:
        """A letter's party keeps the code of its side, a case's the words it had there."""
        return str(dict(Participation.Role.choices).get(self.side, self.side))
