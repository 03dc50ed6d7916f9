"""Screening for disputes (矛盾纠纷排查): campaigns, patrols, leads, key disputes, and the towns' returns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from mediation.models.organisations.reach import reached_units
from mediation.terms import DisputeSubType, DisputeType, LeadSource


class ByUnit(models.QuerySet):
    """Rows of one unit each."""

    def visible_to(self, user, today: date) -> ByUnit:
        units = reached_units(user, today)
        return self if units is None else self.filter(unit_id__in=units)

    def within(self, unit: Unit) -> ByUnit:
        """Rows of the unit and of everything below it."""
        return self.filter(unit__path__startswith=unit.path)


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> CampaignQuerySet:
        """Those that the person's towns take part in, or that a unit of theirs set up."""
        units = reached_units(user, today)
        if units is None:
            return self
        above = Unit.objects.filter(pk__in=units).values_list("path", flat=True)
        codes = {code for path in above for code in path.split("/") if code}
        taking_part = CampaignUnit.objects.filter(Q(unit_id__in=units) | Q(unit__code__in=codes))
        return self.filter(Q(pk__in=taking_part.values("campaign_id")) | Q(set_by_id__in=units))

    def running(self, day: date) -> CampaignQuerySet:
        return self.filter(from_on__lte=day, until_on__gte=day, ended_on__isnull=True)


class Campaign(models.Model):
    """A drive in which the towns look for disputes for a time, with tasks and returns (table M-5)."""

    class Cadence(models.TextChoices):
        WEEK = "week", _("Every week")
        HALF_MONTH = "half_month", _("Twice a month")
        MONTH = "month", _("Every month")
        ONCE = "once", _("Once, at the end")

    name = models.CharField(_("name"), max_length=120)
    set_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("set up by"))
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    tasks = models.TextField(_("tasks"))
    cadence = models.CharField(_("returns"), max_length=10, choices=Cadence.choices)
    due_days = models.PositiveSmallIntegerField(_("working days for a return"), default=2)
    """Working days after the end of each stretch of time by which its return is due."""
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why ended"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening campaign")
        ordering = ["-from_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("campaign_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("campaigns are ended, never deleted")

    @property
    def last_day(self) -> date:
        return self.ended_on or self.until_on


class CampaignUnit(models.Model):
    """A town or street that takes part."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="taking_part")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("town or street"))
    history = history()

    class Meta:
        verbose_name = _("town in a campaign")
        ordering = ["unit__path"]
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="campaign_unit_once")]

    def __str__(self) -> str:
        return self.unit.name


class Patrol(models.Model):
    """One round in which somebody looked for disputes: one of table M-1's column 47."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="patrols", verbose_name=_("campaign")
    )
    on = models.DateField(_("date"))
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120)
    people = models.CharField(_("by whom"), max_length=200)
    households = models.PositiveIntegerField(_("households asked"), null=True, blank=True)
    note = models.TextField(_("what was seen"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ByUnit.as_manager()

    class Meta:
        verbose_name = _("patrol")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "on"], name="patrol_unit_on"),
            models.Index(fields=["campaign", "on"], name="patrol_campaign_on"),
            models.Index(fields=["-on", "-id"], name="patrol_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.place}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("patrol_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("patrols are struck with a reason, never deleted")


class LeadState(models.TextChoices):
    FOUND = "FOUND", pgettext_lazy("lead", "To be dealt with")
    ON_SPOT = "ON_SPOT", pgettext_lazy("lead", "Settled on the spot")
    CONVERTED = "CONVERTED", pgettext_lazy("lead", "Registered as a case")
    HANDED_OVER = "HANDED_OVER", pgettext_lazy("lead", "Handed over")
    DROPPED = "DROPPED", pgettext_lazy("lead", "Dropped")


class Lead(FSMModelMixin, models.Model):
    """A sign of a dispute (线索). It counts in 排查, and in 案件 only when it becomes a case (dossier §1.4, T1)."""

    class Urgency(models.TextChoices):
        ORDINARY = "ordinary", pgettext_lazy("urgency", "Ordinary")
        URGENT = "urgent", pgettext_lazy("urgency", "Urgent")
        CRITICAL = "critical", pgettext_lazy("urgency", "May escalate at any moment")

    number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("campaign")
    )
    patrol = models.ForeignKey(
        Patrol, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("patrol")
    )
    state = FSMField(_("state"), max_length=12, choices=LeadState.choices, default=LeadState.FOUND, protected=True)
    source = models.CharField(_("how found"), max_length=10, choices=LeadSource.choices)
    found_on = models.DateField(_("found on"))
    found_by = models.CharField(_("found by"), max_length=60)
    place = models.CharField(_("place"), max_length=120)
    dispute_type = models.CharField(_("dispute type"), max_length=2, choices=DisputeType.choices)
    sub_type = models.CharField(_("sub-type"), max_length=4, choices=DisputeSubType.choices, blank=True)
    names = models.CharField(_("between whom"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("people concerned"), default=2)
    summary = models.TextField(_("what it is about"))
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency.choices, default=Urgency.ORDINARY)
    risk_flags = models.JSONField(_("risks"), default=list, blank=True)
    done_on = models.DateField(_("dealt with on"), null=True, blank=True)
    outcome = models.TextField(_("how it was dealt with"), blank=True)
    handed_to = models.CharField(_("handed over to"), max_length=120, blank=True)
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="mediation_lead", verbose_name=_("mediation case")
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ByUnit.as_manager()

    class Meta:
        verbose_name = _("lead")
        ordering = ["-found_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "found_on"], name="lead_unit_found"),
            models.Index(fields=["unit", "done_on"], name="lead_unit_done"),
            models.Index(fields=["campaign", "found_on"], name="lead_campaign_found"),
            models.Index(fields=["state", "found_on"], name="lead_state_found"),
            models.Index(fields=["-found_on", "-id"], name="lead_newest"),
        ]

    def __str__(self) -> str:
        return self.number.text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("lead_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("leads are dropped with a reason, never deleted")

    @transition(field="state", source=LeadState.FOUND, target=LeadState.ON_SPOT)
    def settle_on_spot(self) -> None: ...

    @transition(field="state", source=LeadState.FOUND, target=LeadState.CONVERTED)
    def convert(self) -> None: ...

    @transition(field="state", source=LeadState.FOUND, target=LeadState.HANDED_OVER)
    def hand_over(self) -> None: ...

    @transition(field="state", source=LeadState.FOUND, target=LeadState.DROPPED)
    def drop(self) -> None: ...

    @transition(field="state", source=[LeadState.ON_SPOT, LeadState.HANDED_OVER, LeadState.DROPPED], target="FOUND")
    def take_up_again(self) -> None: ...


class KeyDispute(models.Model):
    """An entry of the ledger of key disputes (重点纠纷台账): each with who answers for it, its day and its progress."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="key_disputes", verbose_name=_("campaign")
    )
    lead = models.OneToOneField(
        Lead, models.PROTECT, null=True, blank=True, related_name="key_dispute", verbose_name=_("lead")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="key_disputes", verbose_name=_("mediation case")
    )
    title = models.CharField(_("dispute"), max_length=120)
    why_key = models.CharField(_("why it is a key dispute"), max_length=300)
    entered_on = models.DateField(_("entered on"))
    responsible = models.CharField(_("who answers for it"), max_length=60)
    post = models.CharField(_("post"), max_length=60, blank=True)
    due_on = models.DateField(_("to be resolved by"))
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ByUnit.as_manager()

    class Meta:
        verbose_name = _("key dispute")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "resolved_on", "due_on"], name="key_dispute_open")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("key_dispute_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("key disputes are resolved, never deleted")


class KeyProgress(models.Model):
    """What was done about a key dispute on a day."""

    dispute = models.ForeignKey(KeyDispute, models.CASCADE, related_name="progress")
    on = models.DateField(_("date"))
    text = models.TextField(_("progress"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = history()

    class Meta:
        verbose_name = _("progress of a key dispute")
        ordering = ["-on", "-pk"]


class ReturnQuerySet(ByUnit):
    def open(self) -> ReturnQuerySet:
        """Owed and not handed in; of a campaign that ended early only those that began before its end."""
        still_owed = Q(campaign__ended_on__isnull=True) | Q(from_on__lte=F("campaign__ended_on"))
        return self.filter(still_owed, submitted_on__isnull=True)


class CampaignReturn(models.Model):
    """What one town reports for one stretch of a campaign; nothing found is reported too (零报告).

    `figures` are frozen when it is handed in. A return sent back is open again; history keeps what was handed in.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("town or street"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    due_on = models.DateField(_("due on"))
    submitted_on = models.DateField(_("handed in on"), null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    is_zero = models.BooleanField(_("nothing found"), default=False)
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    note = models.TextField(_("remark"), blank=True)
    sent_back_reason = models.CharField(_("why sent back"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return of a campaign")
        ordering = ["due_on", "unit__path"]
        constraints = [models.UniqueConstraint(fields=["campaign", "unit", "from_on"], name="campaign_return_once")]
        indexes = [models.Index(fields=["submitted_on", "due_on"], name="campaign_return_due")]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.from_on} — {self.until_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("campaign_return_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("returns are never deleted")


__all__ = [
    "Campaign",
    "CampaignReturn",
    "CampaignUnit",
    "KeyDispute",
    "KeyProgress",
    "Lead",
    "LeadState",
    "Patrol",
]
