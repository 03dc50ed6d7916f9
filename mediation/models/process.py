"""Who mediates, the sessions, the inquiries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation


class SignedHow(models.TextChoices):
    """How a record is signed."""

    SIGNATURE = "signature", _("Signature")
    FINGERPRINT = "fingerprint", _("Fingerprint")
    ELECTRONIC = "electronic", _("Electronic signature")


class CaseMediatorQuerySet(models.QuerySet):
    def current(self) -> CaseMediatorQuerySet:
        """Who mediates now, the lead first."""
        lead_first = models.Case(models.When(role="lead", then=0), models.When(role="co", then=1), default=2)
        return self.filter(left_on__isnull=True).order_by(lead_first, "id")


class CaseMediator(models.Model):
    """A mediator of one case (People's Mediation Law, art. 19)."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead mediator")
        CO = "co", _("Further mediator")
        RECORDER = "recorder", _("Recorder")

    class Chosen(models.TextChoices):
        PARTIES = "parties", _("Chosen by the parties")
        COMMITTEE = "committee", _("Designated by the committee")

    case = models.ForeignKey(Case, models.CASCADE, related_name="mediators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=50)
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)
    chosen = models.CharField(_("how"), max_length=10, choices=Chosen.choices, default=Chosen.COMMITTEE)
    conflict_checked_on = models.DateField(_("conflict of interest checked on"), null=True, blank=True)
    relation = models.CharField(_("relation disclosed"), max_length=300, blank=True)
    """What could affect impartiality (Rules on online mediation, art. 13); with it the parties must agree to go on."""
    parties_agree = models.BooleanField(_("the parties agree in spite of it"), default=False)
    joined_on = models.DateField(_("from"))
    left_on = models.DateField(_("until"), null=True, blank=True)
    leave_reason = models.CharField(_("why replaced"), max_length=200, blank=True)
    history = history()

    objects = CaseMediatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("mediator of a case")
        ordering = ["case_id", "role", "id"]

    def __str__(self) -> str:
        return self.name


class CurrentSessions(models.Manager):
    """Each session as it stands: of one that was corrected only the latest record."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(is_current=True)


class Session(models.Model):
    """The record of one session; it may end after midnight. A correction is a further version beside the earlier."""

    class Result(models.TextChoices):
        AGREED = "agreed", pgettext_lazy("session", "Agreement reached")
        ADJOURNED = "adjourned", pgettext_lazy("session", "To be continued")
        NOT_AGREED = "not_agreed", pgettext_lazy("session", "No agreement")

    case = models.ForeignKey(Case, models.CASCADE, related_name="mediation_sessions")
    round = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(_("session no."))
    version = models.PositiveSmallIntegerField(_("version of the record"), default=1)
    is_current = models.BooleanField(default=True)
    correction_reason = models.CharField(_("why corrected"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    is_remote = models.BooleanField(_("by video or telephone"), default=False)
    is_separate = models.BooleanField(_("with each side alone"), default=False)
    is_open = models.BooleanField(_("in public"), default=False)
    is_joint = models.BooleanField(_("jointly with several departments"), default=False)
    statements = models.TextField(_("what the parties said"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    confidential = models.TextField(_("said in confidence, never leaves the house"), blank=True)
    recorder = models.CharField(_("recorded by"), max_length=50, blank=True)
    next_on = models.DateField(_("next session planned for"), null=True, blank=True)
    together_reason = models.CharField(_("why the sides met in spite of violence"), max_length=300, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)
    history = history()

    versions = models.Manager()
    objects = CurrentSessions()

    class Meta:
        verbose_name = _("mediation session")
        ordering = ["case_id", "round", "number", "version"]
        base_manager_name = "versions"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "number", "version"], name="session_version"),
            models.UniqueConstraint(
                fields=["case", "round", "number"], condition=models.Q(is_current=True), name="session_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.number}"


class Attendee(models.Model):
    """Someone who took part in a session."""

    class Capacity(models.TextChoices):
        PARTY = "party", _("Party")
        AGENT = "agent", pgettext_lazy("attendee", "Agent")
        INVITED = "invited", _("Invited helper")
        DEPARTMENT = "department", _("Department")
        HANDLER = "handler", _("Handler of the reconsideration office")
        INTERPRETER = "interpreter", _("Interpreter")
        WITNESS = "witness", _("Witness")

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendees")
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity.choices)
    organ = models.CharField(_("organ"), max_length=80, blank=True)
    parties_consent = models.BooleanField(_("the parties agree to the invitation"), default=True)
    """Art. 20: others are invited with the parties' consent."""
    signed_how = models.CharField(_("signed by"), max_length=12, choices=SignedHow.choices, blank=True)
    refused_to_sign = models.BooleanField(_("refused to sign"), default=False)
    refusal_reason = models.CharField(_("why"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("person in a session")
        ordering = ["session_id", "id"]


class Inquiry(models.Model):
    """An investigation record (D09)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="inquiries")
    held_at = models.DateTimeField(_("from"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    interviewee = models.CharField(_("person asked"), max_length=100)
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, blank=True, related_name="+")
    asker = models.CharField(_("asked by"), max_length=50)
    recorder = models.CharField(_("recorded by"), max_length=50)
    text = models.TextField(_("questions and answers"))
    signed_how = models.CharField(_("signed by"), max_length=12, choices=SignedHow.choices, blank=True)
    refused_to_sign = models.BooleanField(_("refused to sign"), default=False)
    history = history()

    class Meta:
        verbose_name = _("inquiry")
        ordering = ["case_id", "held_at", "id"]


__all__ = ["Attendee", "CaseMediator", "Inquiry", "Session", "SignedHow"]
