"""What a party confirmed: where papers reach it, who else may receive them, and whether electronically."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Participation
from casemgr.documents.models import Document, Service


class AddressConfirmation(models.Model):
    """One signed confirmation. A later one of the same party in the case ends it; none is ever changed."""

    class Paper(models.TextChoices):
        FORM = "form", _("Confirmation of address for service")
        APPLICATION = "application", _("Application or reply that states the address")
        RECORD = "record", _("Record of an interview or hearing")

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="address_confirmations", verbose_name=_("participant")
    )
    signed_on = models.DateField(_("signed on"))
    ended_on = models.DateField(_("replaced on"), null=True, blank=True)
    paper = models.CharField(_("in which paper"), max_length=12, choices=Paper.choices)
    form = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the form as printed")
    )
    address = models.CharField(_("address for service"), max_length=200)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    designated_name = models.CharField(_("person named to receive papers"), max_length=60, blank=True)
    designated_relation = models.CharField(_("relation to the recipient"), max_length=60, blank=True)
    agrees = models.BooleanField(_("agrees to electronic service"), default=False)
    medium = models.CharField(_("electronic medium"), max_length=10, choices=Service.Medium.choices, blank=True)
    electronic_address = models.CharField(_("electronic service system or address"), max_length=120, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("confirmation of address for service")
        ordering = ["-signed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.participation} {self.signed_on}"

    def delete(self, *args, **kwargs):
        raise ValueError("a confirmation is replaced by a later one, never deleted")
