"""Agreements with courts, police, petition offices and others on sending disputes to mediation (对接协议)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models.referrals import Dock
from casemgr.organisation.models import Unit
from mediation.models.organisations.committees import Committee
from mediation.models.organisations.people import Mediator
from mediation.models.organisations.reach import reached_units


class DockAgreementQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> DockAgreementQuerySet:
        units = reached_units(user, today)
        if units is None:
            return self
        rows = RosterEntry.objects.filter(committee__unit_id__in=units)
        return self.filter(pk__in=rows.values("agreement_id"))

    def in_force(self, day: date) -> DockAgreementQuerySet:
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day), Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            from_on__lte=day,
        )  # fmt: skip


class DockAgreement(models.Model):
    """An agreement with a partner organ: its text, how long it holds, contacts, and the roster it names."""

    dock = models.CharField(_("dock"), max_length=16, choices=Dock.choices)
    partner = models.CharField(_("partner organ"), max_length=80)
    partner_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("its unit in the banner")
    )
    title = models.CharField(_("title"), max_length=120)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"))
    from_on = models.DateField(_("in force from"))
    until_on = models.DateField(_("in force until"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    file = models.CharField(max_length=200, blank=True, editable=False)
    """Where the signed agreement is stored (`casemgr.documents.files`)."""
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    partner_contact = models.CharField(_("contact of the partner"), max_length=80, blank=True)
    own_contact = models.CharField(_("contact of the bureau"), max_length=80, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why ended"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = DockAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("docking agreement")
        ordering = ["-from_on", "-pk"]
        indexes = [models.Index(fields=["dock", "from_on"], name="dock_agreement_dock")]

    def __str__(self) -> str:
        return f"{self.partner} {self.title}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("dock_agreement_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("docking agreements are ended, never deleted")


class RosterEntry(models.Model):
    """A committee, or one of its mediators, that the agreement names to take disputes (特邀调解规定, art. 6(3))."""

    agreement = models.ForeignKey(DockAgreement, models.CASCADE, related_name="roster")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="roster_entries", verbose_name=_("committee"))
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, blank=True, related_name="roster_entries", verbose_name=_("mediator")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("entry of a roster")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.mediator or self.committee)
