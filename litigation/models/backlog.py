"""The backlog (积案): effective rulings that organs have not performed, the base of a year, and self-checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from litigation.backlog.states import BacklogState, BacklogStates
from litigation.roles import DEPARTMENT, LIAISON

OVER_ALL = (*LIAISON, "leader", "auditor", "archive")
"""Who sees every unit's items: the court liaison, and who answers for the figures."""
HUNDRED = Decimal(100)


def units_seen(user: Any, today: date) -> Any:
    """Units whose items the person may see; `ALL` when none is left out."""
    if getattr(user, "is_system", False):
        return ALL
    reach = scope(user, today)
    return ALL if reach.has_role(OVER_ALL) else reach.units_of_role(DEPARTMENT)


class BacklogYear(models.Model):
    """The plan of one year: the self-check, the day the base is taken, what is to be reached by when."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2015), MaxValueValidator(2099)]
    )
    self_check_until = models.DateField(_("self-check until"))
    target = models.DecimalField(
        _("target in per cent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal("98"),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(HUNDRED)],
    )
    target_on = models.DateField(_("to be reached by"))
    basis = models.CharField(_("document that sets it"), max_length=200)
    snapshot_on = models.DateField(_("base taken on"), null=True, blank=True)
    snapshot_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("year of the backlog")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return f"{reverse('backlog_board')}?year={self.year}"


class BacklogQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> BacklogQuerySet:
        """A department sees items for which one of its units is responsible, alone or jointly."""
        units = units_seen(user, today)
        if units is ALL:
            return self
        joint = JointUnit.objects.filter(unit_id__in=units).values("item_id")
        return self.filter(Q(unit_id__in=units) | Q(pk__in=joint))

    def of_unit(self, unit_id: int) -> BacklogQuerySet:
        """Items for which the unit is responsible, alone or jointly."""
        return self.filter(Q(unit_id=unit_id) | Q(pk__in=JointUnit.objects.filter(unit_id=unit_id).values("item_id")))


class BacklogItem(BacklogStates, FSMModelMixin, models.Model):
    """One effective ruling, administrative or other, that an organ has not performed in its term."""

    class RulingKind(models.TextChoices):
        ADMINISTRATIVE = "administrative", pgettext_lazy("ruling", "Administrative")
        COMPENSATION = "compensation", pgettext_lazy("ruling", "State compensation")
        CIVIL = "civil", pgettext_lazy("ruling", "Civil")
        LABOUR = "labour", pgettext_lazy("ruling", "Labour")
        EXECUTION = "execution", pgettext_lazy("ruling", "Execution")
        OTHER = "other", pgettext_lazy("ruling", "Other")

    number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("responsible unit"))
    leader = models.CharField(_("leader in charge"), max_length=50, blank=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="backlog_items", verbose_name=_("litigation file")
    )
    obligation = models.ForeignKey(
        "litigation.Obligation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="backlog_items",
        verbose_name=_("obligation of the file"),
    )
    ruling_kind = models.CharField(_("kind of ruling"), max_length=16, choices=RulingKind.choices)
    court = models.CharField(_("court"), max_length=80, blank=True)
    court_number = models.CharField(_("court's number"), max_length=80)
    court_key = models.CharField(max_length=80, editable=False, db_index=True)
    outcome = models.CharField(_("outcome of the ruling"), max_length=200, blank=True)
    creditor = models.CharField(_("entitled party"), max_length=200)
    effective_on = models.DateField(_("effective on"))
    perform_due_on = models.DateField(_("term of performance ended on"))
    duty = models.CharField(_("what is to be performed"), max_length=500)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    performed_yuan = models.DecimalField(
        _("performed in yuan"), max_digits=14, decimal_places=2, default=Decimal("0.00")
    )
    finish_on = models.DateField(_("to be cleared by"), null=True, blank=True)
    state = FSMField(
        _("state"),
        max_length=12,
        choices=BacklogState.choices,
        default=BacklogState.CANDIDATE,
        protected=True,
        db_index=True,
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    finding = models.CharField(_("finding of the verification"), max_length=300, blank=True)
    claimed_on = models.DateField(_("clearance claimed on"), null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=300, blank=True)
    performed_on = models.DateField(_("fully performed on"), null=True, blank=True)
    cleared_on = models.DateField(_("cleared on"), null=True, blank=True)
    """The day of full performance by the proof: it decides the year and whether the target's day was kept."""
    written_off_on = models.DateField(_("written off on"), null=True, blank=True)
    court_paper = models.CharField(_("court paper"), max_length=200, blank=True)
    """For writing off and for a pause: nothing else allows either."""
    note = models.TextField(_("remark"), blank=True)
    known_to_month = models.JSONField(_("days known to the month only"), default=list, blank=True)
    """Names of the columns whose day a ledger gave as a month: they hold a day of it that says nothing."""
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = BacklogQuerySet.as_manager()

    class Meta:
        verbose_name = _("backlog item")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["unit", "state", "id"], name="backlog_unit_state"),
            models.Index(fields=["perform_due_on", "id"], name="backlog_due"),
        ]

    def __str__(self) -> str:
        return self.number.text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("backlog_item", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("backlog items are dropped or written off with a reason, never deleted")

    @property
    def open_yuan(self) -> Decimal | None:
        return None if self.amount_yuan is None else max(self.amount_yuan - self.performed_yuan, Decimal("0.00"))


class JointUnit(models.Model):
    """Another unit that is liable jointly: the item counts once for the banner, and once in this unit's table."""

    item = models.ForeignKey(BacklogItem, models.CASCADE, related_name="joint_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    history = history()

    class Meta:
        verbose_name = _("jointly liable unit")
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="joint_unit_once")]

    def __str__(self) -> str:
        return self.unit.name


class SnapshotEntry(models.Model):
    """An item as it stood when the year's base was taken. Never changed afterwards."""

    year = models.ForeignKey(BacklogYear, models.PROTECT, related_name="entries")
    item = models.ForeignKey(BacklogItem, models.PROTECT, related_name="snapshots")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    perform_due_on = models.DateField()
    amount_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("item in a year's base")
        ordering = ["year_id", "id"]
        constraints = [models.UniqueConstraint(fields=["year", "item"], name="snapshot_once")]


class BacklogMeasure(models.Model):
    """What was done about an item: a payment, a plan, a meeting, a step of the court."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", pgettext_lazy("measure", "Payment in part")
        PLAN = "plan", pgettext_lazy("measure", "Plan or settlement with the entitled party")
        MEETING = "meeting", pgettext_lazy("measure", "Meeting")
        FUNDS = "funds", pgettext_lazy("measure", "Funds asked for or granted")
        EXECUTION = "execution", pgettext_lazy("measure", "Step of the enforcing court")
        ACT = "act", pgettext_lazy("measure", "Act made anew, duty performed")
        OTHER = "other", pgettext_lazy("measure", "Other")

    item = models.ForeignKey(BacklogItem, models.CASCADE, related_name="measures")
    on = models.DateField(_("on"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("what was done"), max_length=500)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    """Nobody for what the operator loaded from a ledger."""
    history = history()

    class Meta:
        verbose_name = _("measure on a backlog item")
        ordering = ["-on", "-id"]


class SelfCheckQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> SelfCheckQuerySet:
        units = units_seen(user, today)
        return self if units is ALL else self.filter(unit_id__in=units)


class SelfCheckReturn(models.Model):
    """A unit's signed return of one quarter, also when it has nothing: then it says so."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    own_cases = models.PositiveIntegerField(_("all effective rulings that bind the unit"))
    unperformed = models.PositiveIntegerField(_("of these not performed in time"))
    signed_by = models.CharField(_("signed by"), max_length=50)
    submitted_on = models.DateField(_("handed in on"))
    note = models.CharField(_("remark"), max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-check return")
        ordering = ["-year", "-quarter", "unit__path"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "quarter"], name="self_check_once")]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.year}Q{self.quarter}"


__all__ = [
    "OVER_ALL",
    "BacklogItem",
    "BacklogMeasure",
    "BacklogYear",
    "JointUnit",
    "SelfCheckReturn",
    "SnapshotEntry",
    "units_seen",
]
