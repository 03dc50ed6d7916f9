"""Escalation: the risk that a dispute turns worse, the reports upward, and what was prevented."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.cases.models import Case
from mediation.terms import THREATS, Prevented


class Risk(FSMModelMixin, models.Model):
    """The risk machine of one case (People's Mediation Law, art. 25; dossier §1.5)."""

    class State(models.TextChoices):
        LIKELY = "LIKELY", _("May escalate")
        REPORTED = "REPORTED", pgettext_lazy("risk", "Reported")
        RESOLVED = "RESOLVED", pgettext_lazy("risk", "Resolved")
        CONVERTED = "CONVERTED", pgettext_lazy("risk", "Has escalated")

    case = models.ForeignKey(Case, models.CASCADE, related_name="risks")
    state = FSMField(_("state"), max_length=10, choices=State.choices, default=State.LIKELY, protected=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Prevented.choices)
    people = models.PositiveIntegerField(_("people"), default=1)
    noticed_at = models.DateTimeField(_("noticed at"))
    description = models.TextField(_("what was noticed"), blank=True)
    measures = models.TextField(_("measures taken"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_note = models.TextField(_("how it ended"), blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    OPEN = ("LIKELY", "REPORTED")

    class Meta:
        verbose_name = _("risk of escalation")
        ordering = ["case_id", "id"]
        indexes = [models.Index(fields=["case"], condition=models.Q(ended_on__isnull=True), name="risk_open")]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def label(self) -> str:
        """What threatens, or once it is resolved what was prevented."""
        return str(self.get_kind_display() if self.state == self.State.RESOLVED else THREATS[self.kind])

    @transition(field="state", source=["LIKELY", "REPORTED"], target="REPORTED")
    def report(self) -> None: ...

    @transition(field="state", source=["LIKELY", "REPORTED"], target="RESOLVED")
    def resolve(self) -> None:
        """Counts as prevented: one case, and its people."""

    @transition(field="state", source=["LIKELY", "REPORTED"], target="CONVERTED")
    def convert(self) -> None: ...


class RiskReport(models.Model):
    """An immediate report upward or to an organ (D23)."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="reports")
    to_whom = models.CharField(_("reported to"), max_length=100)
    channel = models.CharField(_("by"), max_length=60)
    reported_at = models.DateTimeField(_("reported at"))
    content = models.TextField(_("content"))
    received_by = models.CharField(_("received by"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("risk report")
        ordering = ["risk_id", "reported_at", "id"]


__all__ = ["Risk", "RiskReport"]
