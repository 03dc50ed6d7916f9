"""Mediation by the office, and the help of a mediation organisation (Reconsideration Law 2023, art. 5, 73, 74)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case, Referral
from casemgr.documents.models import Document


class MediationSession(models.Model):
    """One session that the office held. What was conceded in it never proves anything against who conceded it."""

    class Result(models.TextChoices):
        CONTINUES = "continues", pgettext_lazy("mediation session", "To be continued")
        AGREED = "agreed", pgettext_lazy("mediation session", "Agreed")
        FAILED = "failed", pgettext_lazy("mediation session", "No agreement")

    case = models.ForeignKey(Case, models.CASCADE, related_name="office_mediations")
    order = models.PositiveSmallIntegerField(_("order"))
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place or channel"), max_length=120)
    mediators = models.CharField(_("who mediated"), max_length=200)
    present = models.CharField(_("who was present"), max_length=500)
    wishes = models.TextField(_("wishes of the parties"))
    proposals = models.TextField(_("proposals"), blank=True)
    concessions = models.TextField(_("what was conceded; no evidence"), blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    signatures = models.CharField(_("who signed the record"), max_length=300, blank=True)
    helped_by = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("with the help of")
    )
    history = history()

    class Meta:
        verbose_name = _("mediation session of the office")
        ordering = ["case_id", "order"]
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="office_mediation_once")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_result_display()}"


class MediationHelp(models.Model):
    """A mediation organisation asked for help: the referral carries it, here stands what the office shared."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="mediation_helps")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="+", verbose_name=_("referral"))
    organisation = models.CharField(_("mediation organisation"), max_length=120)
    asked_on = models.DateField(_("asked on"))
    consent_paper = models.CharField(_("consent of the parties"), max_length=300)
    history = history()

    class Meta:
        verbose_name = _("help of a mediation organisation")
        ordering = ["case_id", "pk"]

    def __str__(self) -> str:
        return self.organisation


class SharedPaper(models.Model):
    """A paper of the case that the organisation may read: one that was ticked, never the file."""

    help = models.ForeignKey(MediationHelp, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("paper"))

    class Meta:
        verbose_name = _("paper shared with a mediation organisation")
        constraints = [models.UniqueConstraint(fields=["help", "document"], name="shared_paper_once")]

    def __str__(self) -> str:
        return str(self.document)


__all__ = ["MediationHelp", "MediationSession", "SharedPaper"]
