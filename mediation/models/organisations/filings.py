"""What must be filed, told to the court and published when an organisation is set up, changed or ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from mediation.models.organisations.committees import Committee
from mediation.models.organisations.reach import reached_units
from mediation.models.organisations.studios import Studio


class FilingQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> FilingQuerySet:
        units = reached_units(user, today)
        return self if units is None else self.filter(committee__unit_id__in=units)

    def open(self) -> FilingQuerySet:
        """The court has not been told, or what is to be filed is not filed."""
        return self.filter(Q(court_informed_on__isnull=True) | Q(due_on__isnull=False, filed_on__isnull=True))


class Filing(models.Model):
    """One setting up, change or end.

    The court of the place is told of committees and of changes of their members (People's Mediation Law, art. 10).
    A studio is filed within the days that the policy names (`StudioPolicy.filing_working_days`).
    """

    class Matter(models.TextChoices):
        FOUNDED = "founded", pgettext_lazy("organisation", "Set up")
        MEMBERS = "members", _("Members changed")
        CHANGED = "changed", pgettext_lazy("organisation", "Changed")
        ENDED = "ended", pgettext_lazy("organisation", "Ended")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="filings", verbose_name=_("committee"))
    studio = models.ForeignKey(
        Studio, models.PROTECT, null=True, blank=True, related_name="filings", verbose_name=_("studio")
    )
    matter = models.CharField(_("matter"), max_length=10, choices=Matter.choices)
    happened_on = models.DateField(_("happened on"))
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    due_on = models.DateField(_("to be filed by"), null=True, blank=True)
    calendar_status = models.CharField(max_length=10, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    court_informed_on = models.DateField(_("court informed on"), null=True, blank=True)
    court = models.CharField(_("court"), max_length=80, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_at = models.URLField(_("address of the publication"), blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing and notice to the court")
        ordering = ["happened_on", "pk"]
        indexes = [
            models.Index(fields=["happened_on"], condition=Q(court_informed_on__isnull=True), name="filing_court_open")
        ]

    def __str__(self) -> str:
        return f"{self.studio or self.committee} {self.get_matter_display()} {self.happened_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("filing_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("filings are never deleted")
