"""How long volumes are kept: the office's own table, with the basis of each line."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history


class Term(models.TextChoices):
    """The three classes of the archives' regulation (国家档案局令第8号)."""

    PERMANENT = "permanent", _("Permanently")
    YEARS_30 = "y30", _("30 years")
    YEARS_10 = "y10", _("10 years")


YEARS = {Term.YEARS_30: 30, Term.YEARS_10: 10}
CHINESE = {Term.PERMANENT: "永久", Term.YEARS_30: "30年", Term.YEARS_10: "10年"}


def end_of(term: str, closed_on: date) -> date | None:
    """The last day of keeping: full years after the year of closing, to its end; None for what is kept for ever."""
    years = YEARS.get(Term(term))
    return date(closed_on.year + years, 12, 31) if years else None


class RetentionRule(models.Model):
    """The class for an outcome of a procedure; the line without outcome is for all others."""

    procedure = models.CharField(_("procedure"), max_length=20)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    term = models.CharField(_("retention class"), max_length=10, choices=Term.choices)
    source = models.CharField(_("basis of the class"), max_length=300)
    is_office_decision = models.BooleanField(_("decided by the office itself"), default=True)
    proposal = models.JSONField(_("proposed instead"), default=dict, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("retention rule")
        ordering = ["procedure", "outcome"]
        constraints = [models.UniqueConstraint(fields=["procedure", "outcome"], name="retention_rule_once")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.outcome} {self.term}"

    def get_absolute_url(self) -> str:
        return reverse("retention_table")

    @property
    def proposed_term(self) -> str:
        """The class that waits for its approval, in words; empty when none does."""
        return str(Term(self.proposal["term"]).label) if self.proposal else ""
