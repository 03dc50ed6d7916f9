"""What only a litigation file has: one row of facts beside the register's row, and its proxy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.matters import Matter
from casemgr.cases.models import Case
from casemgr.cases.queries import CaseQuerySet
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from litigation.codefendants import Result
from litigation.states import LitigationStates
from litigation.terms import FileKind

PROCEDURE = "litigation"


class LitigationManager(models.Manager.from_queryset(CaseQuerySet)):
    """Only this procedure's rows: an unfiltered proxy would run its transitions on another procedure's case."""

    def get_queryset(self) -> CaseQuerySet:
        return super().get_queryset().filter(procedure=PROCEDURE)


class LitigationCase(LitigationStates, Case):
    """The proxy that carries the transitions. `unit` is the justice bureau that follows the suit; the agencies' units
    are let in by `CaseAccess`."""

    objects = LitigationManager()
    facts_name = "litigation_facts"

    class Meta:
        proxy = True
        verbose_name = _("litigation file")

    @property
    def facts(self) -> LitigationFacts:
        return self.litigation_facts


class LitigationFacts(models.Model):
    """Facts that are not dates of events: those are in the register."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="litigation_facts")
    file_kind = models.CharField(_("kind of file"), max_length=12, choices=FileKind.choices, default=FileKind.SUIT)
    cause = models.CharField(_("cause of action"), max_length=120, blank=True)
    claims = models.TextField(_("claims"), blank=True)
    matter = models.CharField(_("kind of matter"), max_length=20, choices=Matter.choices, blank=True)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    concerns_real_estate = models.BooleanField(_("the act concerns real estate"), default=False)
    is_public_interest = models.BooleanField(_("public interest suit of the procuratorate"), default=False)
    after_reconsideration = models.CharField(
        _("what the reconsideration decided"), max_length=20, choices=Result.choices, blank=True
    )
    """Empty: the act was sued over without a reconsideration."""
    reconsideration_number = models.CharField(_("number of the reconsideration case"), max_length=80, blank=True)
    responsible = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible organ")
    )
    """The organ that did the act: it answers (Reconsideration Law 2023, art. 4(2): the office organises)."""
    responsible_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible unit")
    )
    running_order = models.PositiveSmallIntegerField(_("running instance"), default=1)
    state_before_suspension = models.CharField(max_length=24, blank=True)
    is_appearance_owed = models.BooleanField(_("the court asked for the head"), default=False)
    defences = models.JSONField(_("defences examined"), default=dict, blank=True)
    """Code of the defence → {"raised": bool, "note": text}."""
    loss = models.JSONField(_("why it was lost"), default=dict, blank=True)
    """{"reasons": [codes], "article": text, "flaw": text, "lesson": text}."""
    source_note = models.TextField(_("note on the source"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("facts of a litigation file")
        indexes = [models.Index(fields=["responsible_unit", "case"], name="litigation_by_unit")]


__all__ = ["PROCEDURE", "LitigationCase", "LitigationFacts"]
