"""Units as a tree, users, and roles held at a unit."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.organisation.roles import role_choices


def _next_version(row: models.Model, kwargs: dict) -> None:
    """Every save of an existing row is a new version of it, whoever saves it."""
    if row.pk is None or row._state.adding:
        return
    row.version += 1
    if kwargs.get("update_fields") is not None:
        kwargs["update_fields"] = {*kwargs["update_fields"], "version"}


class Unit(models.Model):
    """A place in the banner's organisation: government, department, town, street, zone, committee, studio."""

    class Kind(models.TextChoices):
        BANNER = "banner", _("Banner")
        GOVERNMENT = "government", _("Banner government")
        TOWN = "town", _("Town or sumu")
        STREET = "street", _("Street office")
        ZONE = "zone", _("Zone")
        DEPARTMENT = "department", _("Government department")
        BRANCH = "branch", _("City bureau's branch in the banner")
        PARTY_ORGAN = "party_organ", _("Party or mass organ")
        INSTITUTION = "institution", _("Public institution")
        OFFICE = "office", _("Office within a department")
        COMMITTEE = "committee", _("People's mediation committee")
        STUDIO = "studio", _("Personal mediation studio")

    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(max_length=200, editable=False, default="", db_index=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("successor")
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history()

    class Meta:
        ordering = ["path"]
        verbose_name = _("unit")

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        prefix = self.parent.path if self.parent else ""
        path = f"{prefix}{self.code}/"
        moved = self.pk is not None and self.path != path
        self.path = path
        _next_version(self, kwargs)
        super().save(*args, **kwargs)
        if moved:
            for child in self.children.all():
                child.save()

    def subtree(self) -> models.QuerySet[Unit]:
        """The unit itself and all below it."""
        return Unit.objects.filter(path__startswith=self.path)

    def current(self) -> Unit:
        """The unit that answers today for this one: the end of the successor chain after reforms."""
        unit, seen = self, {self.pk}
        while unit.successor_id and unit.successor_id not in seen:
            seen.add(unit.successor_id)
            unit = unit.successor
        return unit


class User(AbstractUser):
    """A person with an account. `full_name` is shown; Chinese names are not split."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("full name"), max_length=50)
    must_change_password = models.BooleanField(_("must change password"), default=False)
    large_type = models.BooleanField(_("large type"), default=False)
    single_keys = models.BooleanField(_("steps by single keys"), default=True)
    hints_seen = models.JSONField(default=list, blank=True, editable=False)
    """Codes of the first-visit hints the person has put away."""
    version = models.PositiveIntegerField(default=1, editable=False)
    """Of what administrators keep: name, account, roles. Logging in or switching to large type is no new version."""
    history = history(excluded_fields=["password", "last_login", "single_keys", "hints_seen"])

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    def assignments(self, today: date) -> list[RoleAssignment]:
        """Roles in force on `today`, loaded once per request and object."""
        cache = self.__dict__.setdefault("_assignments", {})
        if today not in cache:
            cache[today] = list(self.role_assignments.in_force(today).select_related("unit"))
        return cache[today]

    def role_codes(self, today: date) -> frozenset[str]:
        return frozenset(assignment.role for assignment in self.assignments(today))


class RoleAssignmentQuerySet(models.QuerySet):
    def in_force(self, today: date) -> RoleAssignmentQuerySet:
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=today), Q(until_on__isnull=True) | Q(until_on__gte=today)
        )


class RoleAssignment(models.Model):
    """A role held at a unit; it reaches the unit's subtree."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=16, choices=role_choices())
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_assignments", verbose_name=_("unit"))
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history()

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role assignment")
        constraints = [models.UniqueConstraint(fields=["user", "role", "unit"], name="role_once_per_unit")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    def save(self, *args, **kwargs) -> None:
        _next_version(self, kwargs)
        super().save(*args, **kwargs)


class OfficeParticulars(models.Model):
    """What pages and papers say of the office, from a day on until the next row's. Read by `office.office_on(day)`."""

    effective_on = models.DateField(_("in force from"), unique=True)
    name = models.CharField(_("name of the office in the header"), max_length=80)
    authority = models.CharField(_("reconsideration authority"), max_length=80)
    office = models.CharField(_("reconsideration office"), max_length=80)
    counter = models.CharField(_("where papers are handed in"), max_length=80)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    phone = models.CharField(_("telephone of the office"), max_length=40, blank=True)
    basic_court = models.CharField(_("court for suits over acts of departments"), max_length=80)
    basic_court_address = models.CharField(_("its address"), max_length=120, blank=True)
    intermediate_court = models.CharField(_("court for suits against the government"), max_length=80)
    intermediate_court_address = models.CharField(_("its address"), max_length=120, blank=True)
    court_basis = models.CharField(_("basis of the courts' jurisdiction"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("particulars of the office")
        ordering = ["-effective_on"]

    def __str__(self) -> str:
        return f"{self.name} {self.effective_on}"


class OfficialSeal(models.Model):
    """The name of the seal a unit stamps its papers with, from a day on. Read by `office.seal_on(unit, day)`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seals", verbose_name=_("unit"))
    name = models.CharField(_("name of the seal"), max_length=80)
    effective_on = models.DateField(_("in force from"))
    history = history()

    class Meta:
        verbose_name = _("official seal")
        ordering = ["-effective_on"]
        constraints = [models.UniqueConstraint(fields=["unit", "effective_on"], name="seal_once_per_day")]

    def __str__(self) -> str:
        return self.name
