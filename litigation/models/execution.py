"""Execution cases of the court: one per number 执 or 执恢, with what happened in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Participation
from litigation.models.instance import Instance
from litigation.models.obligation import Obligation
from litigation.terms import Direction, Measure


class Execution(models.Model):
    """What the court does under one execution number to have obligations carried out.

    The number is an instance's, so that it is found and registered once; the instance is never the running one.
    """

    in_instance = models.OneToOneField(Instance, models.CASCADE, related_name="execution")
    direction = models.CharField(_("direction"), max_length=16, choices=Direction.choices)
    applicant = models.ForeignKey(
        Participation, models.PROTECT, related_name="+", verbose_name=_("who applied"), null=True, blank=True
    )
    obligations = models.ManyToManyField(Obligation, related_name="executions", blank=True)
    resumes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="resumed_by")
    """The execution that ended without result and is taken up again under this number."""
    claimed_yuan = models.DecimalField(_("claimed, in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    interest_yuan = models.DecimalField(
        _("interest for delay claimed, in yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    """As the applicant or the court counts it: the software does not compute it."""
    is_open = models.BooleanField(_("open"), default=True)
    """False after the round ended, it was terminated or closed."""
    is_listed = models.BooleanField(_("listed as dishonest debtor"), default=False)
    history = history()

    class Meta:
        verbose_name = _("execution")
        ordering = ["in_instance_id"]

    def __str__(self) -> str:
        return str(self.in_instance)

    @property
    def subject(self) -> str:
        """Under which its entries stand in the case's course."""
        return self.in_instance.subject


class ExecutionStep(models.Model):
    """One measure or turn of an execution. The day follows from its entry in the course of the case."""

    execution = models.ForeignKey(Execution, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=20, choices=Measure.choices)
    on = models.DateField(_("on"))
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    interest_yuan = models.DecimalField(_("of it interest"), max_digits=14, decimal_places=2, null=True, blank=True)
    daily_yuan = models.DecimalField(_("yuan a day"), max_digits=6, decimal_places=2, null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    person = models.CharField(_("whom it concerns"), max_length=60, blank=True)
    text = models.CharField(_("terms, number of the paper, reasons"), max_length=500, blank=True)
    history = history()

    class Meta:
        verbose_name = _("step of an execution")
        ordering = ["execution_id", "on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


__all__ = ["Execution", "ExecutionStep"]
