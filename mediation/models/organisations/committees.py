"""The register of people's mediation committees (People's Mediation Law, art. 7-10, 34)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from mediation.models.organisations.people import Mediator
from mediation.models.organisations.reach import reached_units


class CommitteeState(models.TextChoices):
    STANDING = "STANDING", _("Standing")
    ENDED = "ENDED", pgettext_lazy("organisation", "Ended")


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user, today: date) -> CommitteeQuerySet:
        units = reached_units(user, today)
        return self if units is None else self.filter(unit_id__in=units)

    def standing(self) -> CommitteeQuerySet:
        return self.filter(state=CommitteeState.STANDING)


class Committee(FSMModelMixin, models.Model):
    """A committee and what the register says of it; name and place in the tree are those of its unit."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("Village committee's")
        RESIDENT = "resident", _("Residents' committee's")
        TOWN = "town", _("Town's or sumu's")
        STREET = "street", _("Street's")
        ENTERPRISE = "enterprise", _("Enterprise's or institution's")
        TRADE = "trade", _("Of a trade or profession")
        OTHER = "other", _("Other")

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="committee", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    trade = models.CharField(_("trade"), max_length=40, blank=True)
    founded_by = models.CharField(_("set up by"), max_length=80)
    founded_on = models.DateField(_("set up on"))
    term_from = models.DateField(_("term from"))
    term_until = models.DateField(_("term until"))
    """The last day of the term of three years (art. 9(2))."""
    place = models.CharField(_("place"), max_length=120, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    is_multiethnic = models.BooleanField(_("several nationalities live here"), default=True)
    seal_keeper = models.ForeignKey(
        Mediator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seal keeper")
    )
    state = FSMField(
        _("state"), max_length=10, choices=CommitteeState.choices, default=CommitteeState.STANDING, protected=True
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why ended"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("people's mediation committee")
        ordering = ["unit__path"]

    def __str__(self) -> str:
        return self.unit.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("committee_detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("committees are ended, never deleted")

    @property
    def area(self) -> Unit | None:
        """The town, street, zone or other unit in which it works."""
        return self.unit.parent

    @transition(field="state", source=[CommitteeState.STANDING], target=CommitteeState.ENDED)
    def end(self) -> None: ...
