"""Letters by which the bureau presses a unit (提醒函、督办函、约谈通知书、通报), and the year's ladder of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.documents.kept_papers import KeptPaper
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL
from litigation.models.backlog import BacklogYear, units_seen


class PressingKind(models.TextChoices):
    """From the mildest to the hardest."""

    REMINDER = "reminder", pgettext_lazy("pressing", "Reminder")
    LETTER = "letter", pgettext_lazy("pressing", "Supervision letter")
    INTERVIEW = "interview", pgettext_lazy("pressing", "Interview")
    CIRCULAR = "circular", pgettext_lazy("pressing", "Circular")


class PressingMatter(models.TextChoices):
    BACKLOG = "backlog", pgettext_lazy("pressing", "Backlog")
    ABSENCE = "absence", pgettext_lazy("pressing", "Heads absent from court")


class Trigger(models.TextChoices):
    """When a step of the ladder falls due, measured by its threshold."""

    BEFORE_TARGET = "before_target", pgettext_lazy("pressing", "so many days before the day of the target")
    OVERDUE = "overdue", pgettext_lazy("pressing", "so many days after an item's own last day")
    ABSENCES = "absences", pgettext_lazy("pressing", "so many absences without good reason in the year")


class EscalationStep(models.Model):
    """One step of a year's ladder: data, because each year's plan sets it."""

    year = models.ForeignKey(BacklogYear, models.CASCADE, related_name="ladder")
    kind = models.CharField(_("kind"), max_length=10, choices=PressingKind.choices)
    trigger = models.CharField(_("falls due"), max_length=14, choices=Trigger.choices)
    threshold = models.PositiveSmallIntegerField(_("days or absences"))
    history = history()

    class Meta:
        verbose_name = _("step of the ladder")
        ordering = ["year_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["year", "kind", "trigger"], name="escalation_step_once")]


class PressingState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("pressing", "Draft")
    APPROVED = "approved", pgettext_lazy("pressing", "Approved")
    SENT = "sent", pgettext_lazy("pressing", "Sent")
    ANSWERED = "answered", pgettext_lazy("pressing", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("pressing", "Withdrawn")


S = PressingState


class PressingQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> PressingQuerySet:
        """A department sees what was sent to a unit of its own."""
        units = units_seen(user, today)
        return self if units is ALL else self.filter(unit_id__in=units, state__in=(S.SENT, S.ANSWERED))

    def living(self) -> PressingQuerySet:
        return self.exclude(state=S.WITHDRAWN)


class UnitLetter(FSMModelMixin, KeptPaper):
    """One letter to one unit. `facts` are those of the register on the day it was drafted; sent, it never changes."""

    year = models.ForeignKey(BacklogYear, models.PROTECT, related_name="letters", verbose_name=_("year"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    matter = models.CharField(_("about"), max_length=8, choices=PressingMatter.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=PressingKind.choices)
    state = FSMField(_("state"), max_length=10, choices=S.choices, default=S.DRAFT, protected=True)
    facts = models.JSONField(default=dict, blank=True, help_text="`rows` the letter names, and its figures")
    demands = models.TextField(_("what is demanded"))
    meeting = models.CharField(_("time and place of the interview"), max_length=120, blank=True)
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_on = models.DateField(_("drafted on"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    returned_because = models.CharField(_("why it was returned"), max_length=300, blank=True)
    number = models.OneToOneField(IssuedNumber, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_how = models.CharField(_("how it was sent"), max_length=120, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = PressingQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to a unit")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["year", "unit", "matter"], name="unit_letter_of_unit")]
        constraints = [
            models.CheckConstraint(
                name="unit_letter_sent_has_file",
                condition=~Q(state__in=["sent", "answered"]) | (~Q(sha256="") & Q(sent_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.number.text if self.number is not None else f"{self.unit.name} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("backlog_letter", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("letters are withdrawn with a reason, never deleted")

    @property
    def is_sent(self) -> bool:
        return self.state in (S.SENT, S.ANSWERED)

    @transition(field="state", source=[S.DRAFT], target=S.APPROVED)
    def approve(self) -> None: ...

    @transition(field="state", source=[S.APPROVED], target=S.DRAFT)
    def give_back(self) -> None: ...

    @transition(field="state", source=[S.APPROVED], target=S.SENT)
    def send(self) -> None: ...

    @transition(field="state", source=[S.SENT], target=S.ANSWERED)
    def record_answer(self) -> None: ...

    @transition(field="state", source=[S.DRAFT, S.APPROVED], target=S.WITHDRAWN)
    def withdraw(self) -> None: ...


__all__ = ["EscalationStep", "PressingKind", "PressingMatter", "PressingState", "Trigger", "UnitLetter"]
