"""The register: a case is one row, whatever its procedure; what happened to it are events; what is due follows."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.signals import class_prepared, post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.procedure import STAGE_LABELS, Procedure, State, get_procedure
from casemgr.cases.queries import CaseQuerySet, EventQuerySet
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party


class Act(models.Model):
    """The attacked act (or omission): the same act is one row for every procedure."""

    agency = models.ForeignKey(Party, models.PROTECT, related_name="acts", verbose_name=_("agency"))
    number = models.CharField(_("document number"), max_length=80, blank=True)
    acted_on = models.DateField(_("date of the act"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("act")
        indexes = [models.Index(fields=["agency", "number"], name="act_agency_number")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.number) if part) or self.kind


CASE_HISTORY = history()


class Case(FSMModelMixin, models.Model):
    """One case of any procedure. Transitions live on the procedure's proxy: `case.typed()`."""

    class Confidentiality(models.TextChoices):
        NORMAL = "normal", _("Normal")
        RESTRICTED = "restricted", _("Restricted")

    number = models.CharField(_("case number"), max_length=80, db_index=True)
    number_year = models.PositiveSmallIntegerField(editable=False)
    number_sequence = models.PositiveIntegerField(editable=False)
    procedure = models.CharField(_("procedure"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    act = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("act"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    lead_handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_cases",
        verbose_name=_("handler"),
    )
    further_handlers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    state = FSMField(_("state"), max_length=24, protected=True)
    stage = models.CharField(_("stage"), max_length=12, choices=list(STAGE_LABELS.items()))
    opened_on = models.DateField(_("opened on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    next_due_on = models.DateField(_("next own deadline"), null=True, blank=True)
    next_other_due_on = models.DateField(_("next deadline of others"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.NORMAL
    )
    law_version = models.CharField(_("law version"), max_length=8, blank=True)
    law_version_reason = models.TextField(_("reason for the law version"), blank=True)
    is_past_record = models.BooleanField(_("entered from the past, no clock runs"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    history = CASE_HISTORY

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["procedure", "unit", "stage", "next_due_on"], name="case_hot"),
            models.Index(fields=["lead_handler", "stage", "next_due_on"], name="case_handler"),
            models.Index(fields=["procedure", "unit", "-id"], name="case_newest"),
            models.Index(fields=["number_year", "number_sequence"], name="case_number_parts"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("case_detail", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise ValueError("cases are never deleted: one entered by mistake is void with a reason")

    def typed(self) -> Case:
        """The same row as its procedure's proxy, which carries the transitions."""
        model = self.definition.case_model
        if type(self) is model:
            return self
        return model.objects.get(pk=self.pk)

    @property
    def definition(self) -> Procedure:
        return get_procedure(self.procedure)

    @property
    def state_info(self) -> State:
        return self.definition.state(self.state)

    @property
    def facts(self):
        return self.definition.facts_of(self)


def _connect_proxy_history(sender, **kwargs) -> None:
    """A proxy's saves write history only when the receivers are connected to the proxy too (docs/decisions/0005)."""
    if not (sender._meta.proxy and sender._meta.concrete_model is Case):
        return
    records = CASE_HISTORY
    post_save.connect(records.post_save, sender=sender, weak=False)
    pre_delete.connect(records.pre_delete, sender=sender, weak=False)
    post_delete.connect(records.post_delete, sender=sender, weak=False)
    sender._meta.simple_history_manager_attribute = "history"


class_prepared.connect(_connect_proxy_history, weak=False)


class CaseTitleGram(models.Model):
    """Inverted index of case titles: one row per two-character piece."""

    gram = models.CharField(max_length=2)
    case = models.ForeignKey(Case, models.CASCADE, related_name="title_grams")

    class Meta:
        indexes = [models.Index(fields=["gram", "case"], name="case_gram")]


class Participation(models.Model):
    """A party's part in a case, with the snapshot of the party as it was then."""

    class Role(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        RESPONDENT = "respondent", _("Respondent")
        THIRD_PARTY = "third_party", _("Third party")
        REPRESENTATIVE = "representative", _("Representative")
        AGENT = "agent", _("Agent")
        STATUTORY_AGENT = "statutory_agent", _("Statutory agent")

    case = models.ForeignKey(Case, models.CASCADE, related_name="participations", verbose_name=_("case"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations", verbose_name=_("party"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("name as it was"), max_length=100)
    represents = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="represented_by")
    snapshot = models.BinaryField(null=True, editable=False)
    consents_to_electronic_service = models.BooleanField(_("agrees to electronic service"), default=False)
    electronic_address = models.CharField(_("electronic service system or address"), max_length=120, blank=True)
    left_on = models.DateField(_("left the case on"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("participation")
        ordering = ["case", "role", "order"]
        constraints = [models.UniqueConstraint(fields=["case", "party", "role"], name="one_part_per_role")]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """What happened. Append-only: a correction or a strike is a new event that names the one it concerns."""

    class Precision(models.TextChoices):
        DAY = "day", _("known to the day")
        MONTH = "month", _("known to the month")
        UNKNOWN = "unknown", _("date unknown")

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=40)
    occurred_on = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.DAY)
    as_written = models.CharField(_("as the source writes it"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=60, blank=True)
    sequence = models.PositiveIntegerField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    data = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        ordering = ["case", "sequence"]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="event_sequence")]
        indexes = [models.Index(fields=["kind", "occurred_on"], name="event_kind_date")]

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise ValueError("events are append-only: record a correction instead")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValueError("events are append-only: strike by a new event instead")


class Deadline(models.Model):
    """A statutory period of one case: derived from its events, never typed in."""

    class Status(models.TextChoices):
        OPEN = "open", _("Running")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met in time")
        MET_LATE = "met_late", _("Met late")
        LAPSED = "lapsed", _("Expired; the law's consequence took effect")
        ENDED = "ended", _("Ended without being needed")

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    rule = models.CharField(_("rule"), max_length=40)
    law = models.CharField(_("law"), max_length=40, blank=True)
    root_event = models.ForeignKey(Event, models.CASCADE, related_name="deadlines")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    start_on = models.DateField(_("starts on"))
    nominal_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    calendar_status = models.CharField(max_length=10, default="published")
    extension_days = models.PositiveSmallIntegerField(default=0)
    suspensions = models.JSONField(default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    met_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    bound_party = models.CharField(max_length=40)
    is_ours = models.BooleanField(default=True)
    history = history()

    class Meta:
        verbose_name = _("deadline")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "root_event", "party"], name="deadline_once"),
            # both databases treat NULLs as different, so a period that binds no single party needs its own
            models.UniqueConstraint(
                fields=["rule", "root_event"], condition=models.Q(party__isnull=True), name="deadline_once_for_all"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="deadline_due"),
            models.Index(fields=["case", "status"], name="deadline_case"),
        ]

    @property
    def is_running(self) -> bool:
        return self.status in (self.Status.OPEN, self.Status.PAUSED)

    def is_overdue(self, today: date) -> bool:
        """A deadline is the end of its day: overdue from the day after."""
        return self.status == self.Status.OPEN and self.due_on is not None and self.due_on < today


class CaseAccess(models.Model):
    """Adds a unit to those who may see one case. Written by actions only."""

    class Level(models.TextChoices):
        READ = "read", _("may read")
        WORK = "work", _("may work on it")

    case = models.ForeignKey(Case, models.CASCADE, related_name="access_grants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.READ)
    until_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    history = history()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="access_once")]
        indexes = [models.Index(fields=["unit", "case"], name="access_unit_case")]


class CaseRecusal(models.Model):
    """Takes one case away from one person, whatever their roles."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recusals")
    reason = models.TextField()
    history = history()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="recusal_once")]
