"""What only a mediation case has: one row of facts beside the register's row, and its proxy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from casemgr.cases.queries import CaseQuerySet
from casemgr.organisation.models import Unit
from mediation.states import MediationStates
from mediation.terms import CourtTrack, DisputeSubType, DisputeType, Performance, Source, SubSource

PROCEDURE = "mediation"


class MediationManager(models.Manager.from_queryset(CaseQuerySet)):
    """Only this procedure's rows: an unfiltered proxy would run its transitions on another procedure's case."""

    def get_queryset(self) -> CaseQuerySet:
        return super().get_queryset().filter(procedure=PROCEDURE)


class MediationCase(MediationStates, Case):
    """The proxy that carries the transitions. `unit` is the committee or the studio that handles the dispute."""

    objects = MediationManager()
    facts_name = "mediation_facts"

    class Meta:
        proxy = True
        verbose_name = _("mediation case")

    @property
    def facts(self) -> MediationFacts:
        return self.mediation_facts


class MediationFacts(models.Model):
    """Facts that are not dates of events: those are in the register."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="mediation_facts")
    committee = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("committee whose seal the agreement bears")
    )
    """The handling unit itself, or for a studio the committee it belongs to (People's Mediation Law, art. 29)."""
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    sub_source = models.CharField(_("in detail"), max_length=16, choices=SubSource.choices, blank=True)
    found_how = models.CharField(_("how it was found"), max_length=200, blank=True)
    requested_at = models.DateTimeField(_("moment of the request"), null=True, blank=True)
    """What interrupts the limitation period (Provisions on limitation 2020, art. 12)."""
    dispute_type = models.CharField(_("dispute type"), max_length=2, choices=DisputeType.choices)
    sub_type = models.CharField(_("sub-type"), max_length=4, choices=DisputeSubType.choices, blank=True)
    tags = models.JSONField(_("further marks"), default=list, blank=True)
    town = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town or street of the dispute")
    )
    place = models.CharField(_("place of the dispute"), max_length=120, blank=True)
    summary = models.TextField(_("what the dispute is about"))
    claims = models.TextField(_("claims"), blank=True)
    amount_yuan = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    amount_is_approximate = models.BooleanField(_("the amount is approximate"), default=False)
    people = models.PositiveIntegerField(_("people concerned"), default=2)
    """People, not rows: a representative of forty households counts forty."""
    other_side_unknown = models.BooleanField(_("the other side is not known yet"), default=False)
    risk_flags = models.JSONField(_("risks"), default=list, blank=True)
    is_complex = models.BooleanField(_("difficult or complicated"), default=False)
    findings = models.JSONField(_("examination"), default=dict, blank=True)
    """Exclusion code → {"found": bool, "note": text}."""
    # referred by a court (Provisions on invited mediation; Rules on online mediation)
    court_track = models.CharField(_("court's kind of referral"), max_length=20, choices=CourtTrack.choices, blank=True)
    on_platform = models.BooleanField(_("on the court's mediation platform"), default=False)
    court = models.CharField(_("court"), max_length=80, blank=True)
    # the course
    round = models.PositiveSmallIntegerField(_("round of mediation"), default=1)
    sessions_open = models.BooleanField(_("mediated in public"), default=False)
    advice = models.JSONField(_("other ways the parties were told of"), default=list, blank=True)
    """Codes of `Route`."""
    performance = models.CharField(_("performance"), max_length=14, choices=Performance.choices, blank=True)
    source_note = models.TextField(_("note on the source"), blank=True)
    committee_as_written = models.CharField(_("committee as the source writes it"), max_length=120, blank=True)
    """Of a case of the past whose committee is in no register of the office."""
    history = history()

    class Meta:
        verbose_name = _("facts of a mediation case")


class Consent(models.Model):
    """A party's answer to being asked for mediation (art. 17; for own motion and referrals of every party)."""

    class Answer(models.TextChoices):
        PENDING = "pending", _("Asked, no answer yet")
        AGREED = "agreed", _("Agrees to mediation")
        REFUSED = "refused", _("Clearly refuses mediation")

    participation = models.OneToOneField(Participation, models.CASCADE, related_name="mediation_consent")
    asked_on = models.DateField(_("asked on"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, default=Answer.PENDING)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=120, blank=True)
    history = history()

    class Meta:
        verbose_name = _("consent to mediation")


__all__ = ["PROCEDURE", "Consent", "MediationCase", "MediationFacts"]
