"""Subsidy by case (以案定补): rates by version, batches, and results that are never changed."""

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
from casemgr.organisation.models import Unit
from mediation.models.organisations.people import Mediator
from mediation.models.organisations.reach import reached_units
from mediation.terms import AgreementForm


class SubsidyRate(models.Model):
    """A rate table, for disputes whose agreement took effect in its span."""

    code = models.CharField(_("version"), max_length=20, unique=True)
    from_on = models.DateField(_("from"), unique=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)
    basis = models.CharField(_("document it rests on"), max_length=200)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("rate table of the subsidy")
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="rate_forward"
            )
        ]

    def __str__(self) -> str:
        return self.code


class SubsidyGrade(models.Model):
    """One grade. The highest wins whose form fits and of whose conditions one is met; without any it always fits."""

    rate = models.ForeignKey(SubsidyRate, models.CASCADE, related_name="grades")
    rank = models.PositiveSmallIntegerField(_("order, the highest first"))
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("grade"), max_length=20)
    amount_yuan = models.DecimalField(_("yuan a case"), max_digits=10, decimal_places=2)
    form = models.CharField(_("only agreements"), max_length=8, choices=AgreementForm.choices, blank=True)
    sessions_at_least = models.PositiveSmallIntegerField(_("sessions at least"), null=True, blank=True)
    yuan_at_least = models.DecimalField(_("yuan at least"), max_digits=14, decimal_places=2, null=True, blank=True)
    people_at_least = models.PositiveIntegerField(_("people at least"), null=True, blank=True)
    with_death = models.BooleanField(_("where somebody died"), default=False)
    history = history()

    class Meta:
        verbose_name = _("grade of the subsidy")
        ordering = ["rate_id", "-rank"]
        constraints = [models.UniqueConstraint(fields=["rate", "code"], name="grade_once")]

    def __str__(self) -> str:
        return self.name


class SubsidyFacts(models.Model):
    """What the subsidy asks of a case beyond its course."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="subsidy_facts")
    has_death = models.BooleanField(_("somebody died"), default=False)
    court_allowance_on = models.DateField(_("allowance of the court paid on"), null=True, blank=True)
    """Provisions on invited mediation, art. 29: what the court pays is not paid twice."""
    note = models.CharField(_("remark"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("facts for the subsidy")


class BatchState(models.TextChoices):
    COMPUTED = "COMPUTED", pgettext_lazy("subsidy", "Computed")
    SUBMITTED = "SUBMITTED", pgettext_lazy("subsidy", "Submitted by the town")
    APPROVED = "APPROVED", pgettext_lazy("subsidy", "Approved by the bureau")
    NOTICE = "NOTICE", pgettext_lazy("subsidy", "Public notice")
    PAID = "PAID", pgettext_lazy("subsidy", "Paid")
    DROPPED = "DROPPED", pgettext_lazy("subsidy", "Returned, without effect")


class SubsidyBatchQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> SubsidyBatchQuerySet:
        """Finance sees what the bureau passed on to it, returned or not; the others what lies in their reach."""
        from casemgr.organisation.scope import scope

        units = reached_units(user, today)
        if units is None:
            return self
        found = Q(unit_id__in=units)
        if scope(user, today).has_role("finance"):
            found |= Q(state__in=(BatchState.APPROVED, BatchState.NOTICE, BatchState.PAID))
            found |= Q(state=BatchState.DROPPED, approved_on__isnull=False)
        return self.filter(found)


class SubsidyBatch(FSMModelMixin, models.Model):
    """What a town asks for the mediators of its committees for a span of days."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("town or street"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    computed_on = models.DateField(_("computed on"))
    total_yuan = models.DecimalField(_("total in yuan"), max_digits=14, decimal_places=2)
    state = FSMField(_("state"), max_length=10, choices=BatchState.choices, default=BatchState.COMPUTED, protected=True)
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    opinion = models.CharField(_("opinion of the bureau"), max_length=300, blank=True)
    notice_from = models.DateField(_("public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("public notice until"), null=True, blank=True)
    notice_place = models.CharField(_("where it is published"), max_length=120, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    voucher = models.CharField(_("number of the voucher"), max_length=60, blank=True)
    dropped_on = models.DateField(_("returned on"), null=True, blank=True)
    drop_reason = models.CharField(_("why returned"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = SubsidyBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of subsidies")
        ordering = ["-computed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.first_on}–{self.last_on}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("subsidy_batch", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("batches are returned, never deleted")

    @transition(field="state", source=[BatchState.COMPUTED], target=BatchState.SUBMITTED)
    def submit(self) -> None: ...

    @transition(field="state", source=[BatchState.SUBMITTED], target=BatchState.APPROVED)
    def approve(self) -> None: ...

    @transition(field="state", source=[BatchState.APPROVED], target=BatchState.NOTICE)
    def publish(self) -> None: ...

    @transition(field="state", source=[BatchState.NOTICE], target=BatchState.PAID)
    def pay(self) -> None: ...

    @transition(
        field="state",
        source=[BatchState.COMPUTED, BatchState.SUBMITTED, BatchState.APPROVED, BatchState.NOTICE],
        target=BatchState.DROPPED,
    )
    def drop(self) -> None: ...


class Written(models.Model):
    """Base of rows that are written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValueError("results of a batch are never changed: return the batch and compute another")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("results of a batch are never deleted")


class SubsidyResult(Written):
    """One case of a batch: its grade, what is paid, or why nothing is."""

    batch = models.ForeignKey(SubsidyBatch, models.CASCADE, related_name="results")
    case = models.ForeignKey(Case, models.PROTECT, related_name="subsidy_results")
    dispute = models.BigIntegerField()
    """Id of the first case of the same dispute: paid once, whatever rounds and cases follow."""
    rate = models.ForeignKey(SubsidyRate, models.PROTECT, null=True, related_name="+")
    grade = models.CharField(_("grade"), max_length=12, blank=True)
    grade_name = models.CharField(_("grade"), max_length=20, blank=True)
    amount_yuan = models.DecimalField(_("yuan"), max_digits=10, decimal_places=2)
    reasons = models.JSONField(default=list)
    """Codes of `Reason`."""
    facts = models.JSONField(default=dict)
    """What it was computed from."""

    class Meta:
        verbose_name = _("result of the subsidy")
        ordering = ["batch_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="subsidy_result_once")]


class SubsidyClaim(models.Model):
    """A dispute that a living batch pays for; the database itself refuses a second one. Goes with a returned batch."""

    dispute = models.BigIntegerField(unique=True)
    result = models.OneToOneField(SubsidyResult, models.CASCADE, related_name="claim")
    history = history()

    class Meta:
        verbose_name = _("dispute paid for")


class SubsidyShare(Written):
    """What one mediator of the case gets."""

    result = models.ForeignKey(SubsidyResult, models.CASCADE, related_name="shares")
    mediator = models.ForeignKey(Mediator, models.PROTECT, null=True, blank=True, related_name="subsidies")
    name = models.CharField(_("name"), max_length=50)
    is_lead = models.BooleanField(default=False)
    excluded = models.CharField(max_length=12, blank=True)
    """Why the person gets nothing: `salaried` or `unknown` (not in the register); empty: eligible."""
    amount_yuan = models.DecimalField(_("yuan"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("share of a mediator")
        ordering = ["result_id", "pk"]


__all__ = [
    "BatchState",
    "SubsidyBatch",
    "SubsidyClaim",
    "SubsidyFacts",
    "SubsidyGrade",
    "SubsidyRate",
    "SubsidyResult",
    "SubsidyShare",
]
