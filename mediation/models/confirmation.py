"""An agreement's way through the court's confirmation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from mediation.confirmation_states import ConfirmationState, ConfirmationStates
from mediation.models.agreement import Agreement


class Confirmation(ConfirmationStates, FSMModelMixin, models.Model):
    """One application to a court (Civil Procedure Law, art. 205, 206)."""

    class AppliedBy(models.TextChoices):
        JOINTLY = "jointly", _("Both sides jointly")
        WITH_CONSENT = "with_consent", _("One side, the other agrees")

    class CourtGround(models.TextChoices):
        DOMICILE = "domicile", _("Domicile of a party")
        OBJECT = "object", _("Place of the object")
        ORGANISATION = "organisation", _("Place of the mediation organisation")
        INVITING = "inviting", _("The inviting court")

    class Objector(models.TextChoices):
        """Interpretation of the Civil Procedure Law, art. 372(2)."""

        PARTY = "party", _("A party")
        INTERESTED = "interested", _("An interested person")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="confirmations")
    state = FSMField(
        _("state"), max_length=16, choices=ConfirmationState.choices, default=ConfirmationState.READY, protected=True
    )
    court = models.CharField(_("court"), max_length=80)
    court_ground = models.CharField(_("why this court"), max_length=12, choices=CourtGround.choices)
    applied_by = models.CharField(_("applied by"), max_length=12, choices=AppliedBy.choices)
    consent_proof = models.CharField(_("proof of the other side's consent"), max_length=200, blank=True)
    is_intermediate = models.BooleanField(_("the dispute belongs to the intermediate court"), default=False)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    posted_on = models.DateField(_("postmark"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted by the court on"), null=True, blank=True)
    court_number = models.CharField(_("court's case number"), max_length=80, blank=True)
    ruled_on = models.DateField(_("ruling of"), null=True, blank=True)
    ruling_number = models.CharField(_("ruling number"), max_length=80, blank=True)
    reason = models.CharField(_("reason of the refusal or rejection"), max_length=300, blank=True)
    ruling_received_on = models.DateField(_("ruling received on"), null=True, blank=True)
    objected_on = models.DateField(_("objection on"), null=True, blank=True)
    objector_kind = models.CharField(_("who objects"), max_length=10, choices=Objector.choices, blank=True)
    harm_known_on = models.DateField(_("harm known since"), null=True, blank=True)
    objector = models.CharField(_("who objected"), max_length=100, blank=True)
    objection_decided_on = models.DateField(_("objection decided on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("judicial confirmation")
        ordering = ["agreement_id", "id"]

    def __str__(self) -> str:
        return f"{self.agreement} {self.court}"


__all__ = ["Confirmation"]
