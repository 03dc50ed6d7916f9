"""Complaints about how the office handles cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from reconsideration.openness.states import ComplaintState, ComplaintStates

READERS = ("officer", "head", "authority", "leader", "auditor")


class HandlingComplaintQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> HandlingComplaintQuerySet:
        """Those of the offices the person's roles reach, but none about a case of which the person is recused."""
        if getattr(user, "is_system", False):
            return self
        units = scope(user, today).units_of_role(READERS)
        found = self if units is ALL else self.filter(unit_id__in=units)
        return found.exclude(case_id__in=user.recusals.values("case_id"))


class HandlingComplaint(ComplaintStates, FSMModelMixin, models.Model):
    """One complaint, its answer, and the digest of the code with which the answer is read."""

    class Source(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("complaint", "Through the public page")
        OFFICE = "office", pgettext_lazy("complaint", "In person, by post or telephone")

    class Matter(models.TextChoices):
        SLOW = "slow", pgettext_lazy("complaint", "Too slow, no answer")
        NOT_TAKEN = "not_taken", pgettext_lazy("complaint", "An application was not taken")
        MANNER = "manner", pgettext_lazy("complaint", "Manner of the staff")
        PAPERS = "papers", pgettext_lazy("complaint", "Reading and copying of papers")
        FAIRNESS = "fairness", pgettext_lazy("complaint", "Doubts about impartiality")
        OTHER = "other", pgettext_lazy("complaint", "Other matter")

    number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+", verbose_name=_("number"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("office complained about"))
    source = models.CharField(_("how it came in"), max_length=8, choices=Source.choices)
    matter = models.CharField(pgettext_lazy("complaint", "matter"), max_length=10, choices=Matter.choices)
    text = models.TextField(pgettext_lazy("complaint", "what happened"))
    told_number = models.CharField(_("case number as told"), max_length=80, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case"))
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    state = FSMField(
        _("state"), max_length=10, choices=ComplaintState.choices, default=ComplaintState.RECEIVED, protected=True
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked into by"),
    )
    finding = models.TextField(pgettext_lazy("complaint", "what was found"), blank=True)
    answer_text = models.TextField(pgettext_lazy("complaint", "answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    organ = models.CharField(_("passed on to"), max_length=80, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=200, blank=True)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    history = history(excluded_fields=["code_digest"])

    secret: str = ""

    objects = HandlingComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint about the office's handling")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="complaint_due"),
            models.Index(fields=["unit", "-id"], name="complaint_unit"),
        ]

    def __str__(self) -> str:
        return self.number.text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("complaint_detail", args=[self.pk])


__all__ = ["READERS", "HandlingComplaint"]
