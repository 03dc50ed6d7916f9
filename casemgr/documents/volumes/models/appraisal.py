"""What becomes of a volume whose term is over: kept longer, or destroyed after two further people agreed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.documents.volumes.models.retention import Term
from casemgr.documents.volumes.models.volume import Volume

USER = settings.AUTH_USER_MODEL


class Appraisal(models.Model):
    class Verdict(models.TextChoices):
        KEEP = "keep", _("Keep longer")
        DESTROY = "destroy", _("Destroy")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED_ONCE = "once", _("Approved once")
        APPROVED = "approved", _("Approved twice")
        REFUSED = "refused", _("Refused")
        DONE = "done", _("Carried out")

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="appraisals", verbose_name=_("volume"))
    verdict = models.CharField(_("proposal"), max_length=8, choices=Verdict.choices)
    term = models.CharField(_("new retention class"), max_length=10, choices=Term.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_on = models.DateField(_("proposed on"))
    first_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    first_on = models.DateField(_("approved on"), null=True)
    second_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=_("approved in addition by")
    )
    second_on = models.DateField(_("approved in addition on"), null=True)
    not_before = models.DateField(_("not to be destroyed before"), null=True)
    refused_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("refused by"))
    refusal = models.CharField(_("why it was refused"), max_length=300, blank=True)
    witnesses = models.CharField(_("witnesses of the destruction"), max_length=120, blank=True)
    done_on = models.DateField(_("carried out on"), null=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("appraisal")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volume"], condition=~Q(status__in=["refused", "done"]), name="appraisal_open_once"
            ),
            models.CheckConstraint(
                name="appraisal_two_people",
                condition=Q(second_by__isnull=True)
                | (~Q(second_by=models.F("first_by")) & ~Q(second_by=models.F("proposed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volume} {self.get_verdict_display()}"

    @property
    def is_open(self) -> bool:
        return self.status not in (self.Status.REFUSED, self.Status.DONE)

    def may_be_destroyed(self, today: date) -> bool:
        return (
            self.status == self.Status.APPROVED
            and self.verdict == self.Verdict.DESTROY
            and self.not_before is not None
            and self.not_before <= today
        )
