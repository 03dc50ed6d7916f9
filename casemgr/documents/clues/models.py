"""A handover of facts and clues, the departments it is about, and what the organ answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.documents.clues import sources
from casemgr.documents.clues.states import TransferState, TransferStates
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope

EVIDENCE = ("number_id", "source", "source_id", "unit_id", "organ", "state", "released_on", "handed_on", "received_on")


class TransferQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> TransferQuerySet:
        """Whoever drafted it, and the readers over the office that hands over; nobody of a department concerned.

        An author whose roles ended sees nothing any more.
        """
        reach = scope(user, today)
        if not sources.takes_part(user, today):
            return self.none()
        seen = Q(drafted_by=user)
        for source in sources.every():
            units = reach.units_of_role(source.readers)
            seen |= Q(source=source.code) if units is ALL else Q(source=source.code, unit_id__in=units)
        own = Concerned.objects.filter(unit_id__in=reach.held_unit_ids).values("transfer_id")
        return self.filter(seen).exclude(pk__in=own)


class Transfer(TransferStates, FSMModelMixin, models.Model):
    """Facts and clues for a supervision organ, about one suit, absence, backlog item or case."""

    class Way(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("clues", "Handed over in person")
        CONFIDENTIAL = "confidential", pgettext_lazy("clues", "By confidential post")
        EXCHANGE = "exchange", pgettext_lazy("clues", "By the exchange of official papers")

    number = models.OneToOneField(IssuedNumber, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("kind of thing"), max_length=30)
    source_id = models.BigIntegerField()
    about = models.CharField(pgettext_lazy("clues", "about"), max_length=300)
    """Its name as the letter says it, as it was when drafted."""
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("office that hands over"))
    organ = models.CharField(_("supervision organ"), max_length=80)
    people = models.CharField(_("persons concerned and their posts"), max_length=300, blank=True)
    basis = models.CharField(_("legal basis"), max_length=300)
    facts = models.TextField(_("facts and clues"))
    papers = models.TextField(_("papers handed over"), blank=True)
    """One a line."""
    state = FSMField(
        _("state"), max_length=10, choices=TransferState.choices, default=TransferState.DRAFT, protected=True
    )
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_on = models.DateField(_("drafted on"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    released_on = models.DateField(_("released on"), null=True, blank=True)
    handed_on = models.DateField(_("handed over on"), null=True, blank=True)
    way = models.CharField(_("how"), max_length=12, choices=Way.choices, blank=True)
    taken_by = models.CharField(_("who took it"), max_length=50, blank=True)
    received_on = models.DateField(_("receipt of"), null=True, blank=True)
    receipt = models.CharField(_("number of the receipt, who signed"), max_length=120, blank=True)
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover to a supervision organ")
        ordering = ["-drafted_on", "-pk"]
        indexes = [models.Index(fields=["source", "source_id"], name="clue_source")]

    def __str__(self) -> str:
        """Nothing of what it is about: the name may stand where more people read."""
        return self.number.text if self.number else f"#{self.pk}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("clue_detail", args=[self.pk])

    @property
    def source_label(self) -> Any:
        return sources.get(self.source).label

    @property
    def paper_list(self) -> list[str]:
        return [line.strip() for line in self.papers.splitlines() if line.strip()]

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("handovers are struck with a reason, never deleted")


class Concerned(models.Model):
    """A department the facts are about: nobody who holds a role there sees the record."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="concerned")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "unit"], name="clue_concerned_once")]

    def __str__(self) -> str:
        return str(self.unit)


class Answer(models.Model):
    """What the organ told of the outcome."""

    class Kind(models.TextChoices):
        CASE_OPENED = "case_opened", pgettext_lazy("clues", "Case opened")
        NO_CASE = "no_case", pgettext_lazy("clues", "No case opened, or clue closed")
        TALK = "talk", pgettext_lazy("clues", "Talk, criticism or admonition")
        SANCTION = "sanction", pgettext_lazy("clues", "Disciplinary or administrative sanction")
        PASSED_ON = "passed_on", pgettext_lazy("clues", "Passed on to another organ")
        OTHER = "other", pgettext_lazy("clues", "Other result")

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="answers")
    on = models.DateField(_("told on"))
    kind = models.CharField(_("result"), max_length=12, choices=Kind.choices)
    text = models.CharField(_("in its words"), max_length=500, blank=True)
    history = history()

    class Meta:
        verbose_name = _("result told by a supervision organ")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.transfer} {self.on}"
