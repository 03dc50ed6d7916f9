"""The reception register: who came, about what, what they were told, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope

READERS = ("officer", "head", "leader", "auditor")


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> VisitQuerySet:
        """Whoever works at the desk of the office, leads or audits it; nothing about a case they are recused from."""
        if getattr(user, "is_system", False):
            return self
        units = scope(user, today).units_of_role(READERS)
        found = self if units is ALL else self.filter(unit_id__in=units)
        return found.exclude(case_id__in=user.recusals.values("case_id"))

    def standing(self) -> VisitQuerySet:
        return self.filter(struck_on__isnull=True)


class Visit(models.Model):
    """One visit, call or message. Of a number only its index is kept, to find the person again, and its masked form."""

    class Way(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("visit", "Came in person")
        PHONE = "phone", pgettext_lazy("visit", "By telephone")
        INTERNET = "internet", pgettext_lazy("visit", "Over the internet")

    class Purpose(models.TextChoices):
        ADVICE = "advice", pgettext_lazy("visit", "Asks for advice")
        APPLY = "apply", pgettext_lazy("visit", "Applies for reconsideration")
        MATERIAL = "material", pgettext_lazy("visit", "Hands in material")
        PROGRESS = "progress", pgettext_lazy("visit", "Asks how a case stands")
        READING = "reading", pgettext_lazy("visit", "Reads the file")
        COMPLAINT = "complaint", pgettext_lazy("visit", "Complains about the handling")
        OTHER = "other", pgettext_lazy("visit", "Something else")

    class Result(models.TextChoices):
        ADVISED = "advised", pgettext_lazy("visit", "Advice given")
        TAKEN = "taken", pgettext_lazy("visit", "Application taken")
        MATERIAL = "material", pgettext_lazy("visit", "Material taken")
        SENT_ON = "sent_on", pgettext_lazy("reception", "Sent to another organ")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("office"))
    visited_on = models.DateField(pgettext_lazy("visit", "day of the visit"))
    way = models.CharField(pgettext_lazy("visit", "how they came"), max_length=10, choices=Way.choices)
    name = models.CharField(_("visitor"), max_length=80)
    name_index = models.CharField(max_length=80, editable=False)
    number_index = models.CharField(max_length=64, blank=True, editable=False)
    number_masked = models.CharField(_("telephone or document number"), max_length=40, blank=True)
    companions = models.PositiveSmallIntegerField(_("further people"), default=0)
    purpose = models.CharField(pgettext_lazy("visit", "what for"), max_length=10, choices=Purpose.choices)
    matter = models.TextField(pgettext_lazy("visit", "matter"))
    advice = models.TextField(_("advice given"), blank=True)
    result = models.CharField(pgettext_lazy("visit", "result"), max_length=10, choices=Result.choices)
    sent_to = models.CharField(_("sent to"), max_length=80, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    draft_key = models.CharField(max_length=80, blank=True, editable=False)
    """Key of the registration that was begun from it: of the draft, and afterwards of the case."""
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="reception_visits", verbose_name=_("case")
    )
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        ordering = ["-visited_on", "-pk"]
        indexes = [
            models.Index(fields=["-visited_on", "-id"], name="visit_newest"),
            models.Index(fields=["name_index"], name="visit_name"),
            models.Index(fields=["number_index"], condition=~Q(number_index=""), name="visit_number"),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on.isoformat()} {self.name}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("visit_detail", args=[self.pk])


__all__ = ["READERS", "Visit"]
