"""Reports to be edited, then issued: the yearly one, its public edition, the quarterly analysis of root causes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.assessment.models.plan import EARLIEST, LATEST
from casemgr.assessment.roles import SEEING_ALL
from casemgr.audit.history import history
from casemgr.documents.kept_papers import KeptPaper
from casemgr.organisation.scope import scope


class ReportKind(models.TextChoices):
    YEARLY = "yearly", pgettext_lazy("report", "Yearly report to party committee and government")
    PUBLIC = "public", pgettext_lazy("report", "Yearly report, public edition")
    QUARTERLY = "quarterly", pgettext_lazy("report", "Quarterly analysis of root causes")


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    ISSUED = "issued", pgettext_lazy("report", "Issued")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> ReportQuerySet:
        """The bureau's own: units are told by their sheets."""
        if getattr(user, "is_system", False) or scope(user, today).has_role(SEEING_ALL):
            return self
        return self.none()


class Report(FSMModelMixin, KeptPaper):
    """`sections` are what is edited and what was drafted from the figures; issued, the files never change."""

    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    quarter = models.PositiveSmallIntegerField(_("quarter"), default=0)
    """0: the whole year."""
    state = FSMField(_("state"), max_length=8, choices=ReportState.choices, default=ReportState.DRAFT, protected=True)
    title = models.CharField(_("title"), max_length=120)
    as_of = models.DateField(_("as of"))
    sections = models.JSONField(default=list, help_text="code, heading, text, made (as drafted), blocks")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-year", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "year", "quarter"], name="assessment_report_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("report_detail", args=[self.pk])

    @transition(field="state", source=[ReportState.DRAFT], target=ReportState.ISSUED)
    def issue(self) -> None: ...


__all__ = ["Report", "ReportKind", "ReportState"]
