"""Personal mediation studios: register, course of their setting up, periods of activity, yearly reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from mediation.models.organisations.committees import Committee
from mediation.models.organisations.people import Mediator
from mediation.models.organisations.reach import reached_units


class StudioState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", pgettext_lazy("studio", "Submitted")
    TOWN_REVIEWED = "TOWN_REVIEWED", _("Reviewed by the town's office")
    APPROVED = "APPROVED", _("Approved")
    ACTIVE = "ACTIVE", pgettext_lazy("studio", "Active")
    SUSPENDED = "SUSPENDED", pgettext_lazy("studio", "Suspended")
    CANCELLED = "CANCELLED", _("Cancelled")
    REFUSED = "REFUSED", _("Not approved")


S = StudioState
BEFORE_START = (S.DRAFT, S.SUBMITTED, S.TOWN_REVIEWED, S.APPROVED)
LIVING = (*BEFORE_START, S.ACTIVE, S.SUSPENDED)
"""States in which the studio occupies its name and its name-giver."""


class StudioQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> StudioQuerySet:
        units = reached_units(user, today)
        if units is None:
            return self
        return self.filter(Q(committee__unit_id__in=units) | Q(town_id__in=units))

    def living(self) -> StudioQuerySet:
        return self.filter(state__in=LIVING)


class Studio(FSMModelMixin, models.Model):
    """A studio named after a mediator or a special name. It belongs to a committee, whose seal its agreements bear."""

    class NameType(models.TextChoices):
        PERSON = "person", _("Name of the mediator")
        SPECIAL = "special", _("Special name")

    class CancelGround(models.TextChoices):
        NAME_GIVER = "name_giver", _("The name-giver left, died or was dismissed")
        MISCONDUCT = "misconduct", _("Misconduct (People's Mediation Law, art. 15)")
        FLOOR = "floor", _("Two years below the fewest cases")
        FEES = "fees", _("Charged fees (People's Mediation Law, art. 4)")
        FALSE_FILES = "false_files", _("False files")
        MOVED = "moved", _("Moved away")
        OWN_REQUEST = "own_request", _("At its own request")

    unit = models.OneToOneField(
        Unit, models.PROTECT, null=True, blank=True, related_name="studio", verbose_name=_("unit")
    )
    """Made when the studio begins to work; cases are registered at it."""
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="studios", verbose_name=_("committee"))
    town = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("town or street"))
    name_type = models.CharField(_("kind of name"), max_length=8, choices=NameType.choices)
    name_word = models.CharField(_("name in the title"), max_length=30)
    full_name = models.CharField(_("full name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=40)
    name_giver = models.ForeignKey(Mediator, models.PROTECT, related_name="studios_named", verbose_name=_("name-giver"))
    consented_on = models.DateField(_("name-giver's consent"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    has_own_room = models.BooleanField(_("has a room of its own"), default=False)
    specialities = models.CharField(_("specialities"), max_length=120, blank=True)
    recommended_by = models.CharField(_("recommended by"), max_length=80, blank=True)
    years_of_mediation = models.PositiveSmallIntegerField(_("years of mediation"), null=True, blank=True)
    cases_in_three_years = models.PositiveIntegerField(_("cases in the last three years"), null=True, blank=True)
    success_rate = models.DecimalField(_("success rate (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    commendation = models.CharField(_("commendation"), max_length=120, blank=True)
    condition_evidence = models.CharField(_("proof of the conditions"), max_length=300, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    town_opinion = models.CharField(_("opinion of the town's office"), max_length=300, blank=True)
    town_reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    bureau_opinion = models.CharField(_("opinion of the bureau"), max_length=300, blank=True)
    decision_no = models.CharField(_("number of the decision"), max_length=80, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    number = models.CharField(_("number of the studio"), max_length=60, blank=True)
    started_on = models.DateField(_("began to work on"), null=True, blank=True)
    plaque_no = models.CharField(_("number of the plaque"), max_length=40, blank=True)
    plaque_issued_on = models.DateField(_("plaque handed over on"), null=True, blank=True)
    plaque_returned_on = models.DateField(_("plaque returned on"), null=True, blank=True)
    subsidy_level = models.CharField(_("subsidy level"), max_length=20, blank=True)
    rename_by = models.DateField(_("to be renamed by"), null=True, blank=True)
    """After the name-giver's death: the last day of the grace for another name."""
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_ground = models.CharField(_("ground of the cancellation"), max_length=12, choices=CancelGround, blank=True)
    state = FSMField(_("state"), max_length=16, choices=StudioState.choices, default=S.DRAFT, protected=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = StudioQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal mediation studio")
        ordering = ["town__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["short_name"], condition=Q(state__in=[*LIVING]), name="studio_name_once_in_banner"
            ),
            models.UniqueConstraint(
                fields=["name_giver"], condition=Q(state__in=[*LIVING]), name="studio_one_per_name_giver"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("studio_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("studios are cancelled, never deleted")

    def is_active_on(self, day: date) -> bool:
        return self.periods.covering(day).exists()

    @transition(field="state", source=[S.DRAFT], target=S.SUBMITTED)
    def submit(self) -> None: ...

    @transition(field="state", source=[S.SUBMITTED, S.TOWN_REVIEWED], target=S.DRAFT)
    def give_back(self) -> None: ...

    @transition(field="state", source=[S.SUBMITTED], target=S.TOWN_REVIEWED)
    def review(self) -> None: ...

    @transition(field="state", source=[S.TOWN_REVIEWED], target=S.APPROVED)
    def approve(self) -> None: ...

    @transition(field="state", source=[*BEFORE_START], target=S.REFUSED)
    def refuse(self) -> None: ...

    @transition(field="state", source=[S.APPROVED], target=S.ACTIVE)
    def start(self) -> None: ...

    @transition(field="state", source=[S.ACTIVE], target=S.SUSPENDED)
    def suspend(self) -> None: ...

    @transition(field="state", source=[S.SUSPENDED], target=S.ACTIVE)
    def resume(self) -> None: ...

    @transition(field="state", source=[S.APPROVED, S.ACTIVE, S.SUSPENDED], target=S.CANCELLED)
    def cancel(self) -> None: ...


class StudioPeriodQuerySet(models.QuerySet):
    def covering(self, day: date) -> StudioPeriodQuerySet:
        """Begun on the day or before, and not ended by then: from_on ≤ day < until_on."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


class StudioPeriod(models.Model):
    """One stretch of activity. `until_on` is the first day on which the studio was no longer active."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="periods")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    is_first = models.BooleanField(default=False)
    """The studio's setting up; later stretches follow a suspension."""
    reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    history = history()

    objects = StudioPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period of activity")
        ordering = ["from_on", "pk"]
        indexes = [models.Index(fields=["from_on", "until_on"], name="studio_period_days")]
        constraints = [
            models.UniqueConstraint(
                fields=["studio"], condition=Q(until_on__isnull=True), name="studio_one_open_period"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")), name="studio_period_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.studio} {self.from_on}"


class StudioMember(models.Model):
    """A mediator who works in the studio."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Head of the studio")
        MEMBER = "member", _("Mediator of the studio")
        RECORDER = "recorder", _("Recorder")

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="members")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="studio_memberships")
    role = models.CharField(_("role in the studio"), max_length=8, choices=Role.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("member of a studio")
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "mediator"], condition=Q(until_on__isnull=True), name="studio_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mediator} {self.get_role_display()}"


class StudioReview(models.Model):
    """The yearly review of a studio."""

    class Result(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        PASSED = "passed", _("Passed")
        IMPROVE = "improve", _("To be improved")
        FAILED = "failed", _("Failed")

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("year"))
    cases = models.PositiveIntegerField(_("cases of the year"))
    success_rate = models.DecimalField(_("success rate (%)"), max_digits=5, decimal_places=2)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    reviewed_on = models.DateField(_("reviewed on"))
    note = models.CharField(_("remark"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("yearly review of a studio")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["studio", "year"], name="studio_reviewed_once_a_year")]

    def __str__(self) -> str:
        return f"{self.studio} {self.year}"
