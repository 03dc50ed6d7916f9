"""Mediation by departments (行政调解): a light record beside the register, never counted as people's mediation."""

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
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.roles import MEDIATION
from casemgr.organisation.scope import ALL, scope
from mediation.models.organisations.reach import BUREAU, is_over_bureau
from mediation.terms import AdministrativeMatter, MediationKind

DEPARTMENT = ("department",)


class AdministrativeQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> AdministrativeQuerySet:
        """The department's own; for people's mediation what hangs on a case they see; the bureau sees all."""
        if getattr(user, "is_system", False) or is_over_bureau(user, BUREAU, today):
            return self
        reach = scope(user, today)
        own = reach.units_of_role(DEPARTMENT)
        if own is ALL:
            return self
        seen = Q(organ_id__in=own)
        if MEDIATION in reach.procedures:
            cases = Case.objects.visible_to(user, today)
            seen |= Q(pk__in=AdministrativeLink.objects.filter(case__in=cases).values("record_id"))
        return self.filter(seen)

    def standing(self) -> AdministrativeQuerySet:
        """Without those struck as entered by mistake."""
        return self.filter(struck_on__isnull=True)


class AdministrativeMediation(models.Model):
    """One dispute that a department mediated: who, about what, with which result."""

    class Result(models.TextChoices):
        PENDING = "pending", pgettext_lazy("administrative mediation", "Under way")
        AGREED = "agreed", pgettext_lazy("administrative mediation", "Agreement reached")
        PARTLY = "partly", pgettext_lazy("administrative mediation", "Agreed in part")
        FAILED = "failed", pgettext_lazy("administrative mediation", "No agreement")
        ENDED = "ended", pgettext_lazy("administrative mediation", "Ended otherwise")

    number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("organ"))
    matter = models.CharField(_("matter"), max_length=12, choices=AdministrativeMatter.choices)
    subject = models.CharField(_("what the dispute is about"), max_length=500)
    parties = models.CharField(_("parties"), max_length=300)
    """Names only: this record is not encrypted."""
    people = models.PositiveIntegerField(_("people concerned"), default=2)
    town = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town or street of the dispute")
    )
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    begun_on = models.DateField(_("begun on"))
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, default=Result.PENDING)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    agreement_number = models.CharField(_("number of the agreement"), max_length=80, blank=True)
    agreed_on = models.DateField(_("date of the agreement"), null=True, blank=True)
    next_step = models.CharField(_("advice on the next way"), max_length=300, blank=True)
    note = models.TextField(_("remark"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    mediation_kind = MediationKind.ADMINISTRATIVE
    objects = AdministrativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative mediation")
        ordering = ["-begun_on", "-pk"]
        indexes = [
            models.Index(fields=["organ", "begun_on"], name="administrative_organ"),
            models.Index(fields=["ended_on", "result"], name="administrative_result"),
            models.Index(fields=["-begun_on", "-id"], name="administrative_newest"),
        ]

    def __str__(self) -> str:
        return self.number.text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("administrative_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("records of administrative mediation are struck with a reason, never deleted")


class AdministrativeLink(models.Model):
    """The same dispute elsewhere: a case of the register and a department's mediation belong to one line."""

    record = models.ForeignKey(AdministrativeMediation, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="administrative_mediations", verbose_name=_("case"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("link of an administrative mediation")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["record", "case"], name="administrative_link_once")]


__all__ = ["AdministrativeLink", "AdministrativeMediation"]
