"""The court's papers: what was decided, and from when it is effective."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from litigation.models.instance import Instance
from litigation.terms import Outcome, PaperKind, RulingMatter


class Ruling(models.Model):
    """One paper of a court in one instance. When it reached whom is in the course of the case."""

    in_instance = models.ForeignKey(Instance, models.CASCADE, related_name="rulings")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind of paper"), max_length=10, choices=PaperKind.choices)
    matter = models.CharField(_("what it rules on"), max_length=20, choices=RulingMatter.choices, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    """Empty for a ruling that ends nothing, such as a suspension."""
    number = models.CharField(_("number of the paper"), max_length=80, blank=True)
    is_appealable = models.BooleanField(_("can be appealed"), default=False)
    finds_norm_illegal = models.BooleanField(_("finds a normative document illegal"), default=False)
    made_on = models.DateField(_("date of the paper"), null=True, blank=True)
    """None only of the past, whose ledgers tell when a paper was received and not which day it bears."""
    text = models.TextField(_("what it decides"), blank=True)
    court_fee_yuan = models.DecimalField(
        _("court fee borne by agencies, in yuan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    """Computed from the days of service and the appeals; it may lie in the future. None: not known yet, or never."""
    is_replaced = models.BooleanField(_("annulled by a later paper"), default=False)
    history = history()

    class Meta:
        verbose_name = _("court paper")
        ordering = ["in_instance_id", "order"]
        constraints = [models.UniqueConstraint(fields=["in_instance", "order"], name="ruling_once")]
        indexes = [models.Index(fields=["effective_on"], name="ruling_effective")]

    def __str__(self) -> str:
        return f"{self.number or self.in_instance} {self.get_kind_display()}"

    @property
    def subject(self) -> str:
        """Under which its entries stand in the case's course."""
        return f"{self.in_instance.subject}/ruling:{self.order}"


__all__ = ["Ruling"]
