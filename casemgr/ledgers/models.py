"""An import of an office's ledger: who sent it, how its columns are read, and what became of its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.jobs.models import Job
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party

EXAMINING = frozenset({"admin", "auditor"})
"""Roles that see the imports of everybody."""


class LedgerImportQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> LedgerImportQuerySet:
        """One's own; everything for those who run the system or examine it."""
        if user.role_codes(today) & EXAMINING:
            return self
        return self.filter(by_id=user.pk)


class LedgerImport(models.Model):
    """One sheet on its way in. Its cells lie encrypted in `KeptCells` until nobody needs them any more."""

    class Status(models.TextChoices):
        SENT = "sent", _("Sent in, columns not assigned yet")
        TRYING = "trying", _("Being tried")
        TRIED = "tried", _("Tried, nothing loaded yet")
        LOADING = "loading", _("Being loaded")
        LOADED = "loaded", _("Loaded")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded, nothing loaded")

    kind = models.CharField(_("ledger"), max_length=20)
    file_name = models.CharField(_("file"), max_length=120)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.SENT)
    layout = models.JSONField(default=dict, blank=True, help_text="sheet, heading row, columns and words")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sent in by")
    )
    by_name = models.CharField(_("sent in by"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("office"))
    sent_at = models.DateTimeField(_("sent in at"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    unchanged = models.PositiveIntegerField(_("known already"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    rejected = models.PositiveIntegerField(_("refused"), default=0)
    skipped = models.PositiveIntegerField(_("left out"), default=0)
    taken_back = models.PositiveIntegerField(_("taken back"), default=0)
    loaded_at = models.DateTimeField(_("loaded at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = LedgerImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a ledger")
        ordering = ["-id"]
        indexes = [models.Index(fields=["by", "-id"], name="ledger_import_own")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("ledger_import", args=[self.pk])

    def may_be_worked_on(self, user: Any, today: date) -> bool:
        """By who sent it in; what the operator's command sent in, by those who run the system."""
        return self.by_id == user.pk if self.by_id else "admin" in user.role_codes(today)

    @property
    def is_working(self) -> bool:
        """Whether a job is to bring it further; it may have stopped."""
        return self.status in (self.Status.TRYING, self.Status.LOADING, self.Status.UNDOING)

    @property
    def has_stopped(self) -> bool:
        """Whether its job ended before its end: it waits for somebody to go on."""
        return self.is_working and (self.job is None or self.job.is_over)


class KeptCells(models.Model):
    """The cells of a sheet as they were read, compressed and encrypted under a data key of their own."""

    of_import = models.OneToOneField(LedgerImport, models.CASCADE, related_name="cells", primary_key=True)
    wrapped_key = models.BinaryField()
    body = models.BinaryField()


class ImportedRow(models.Model):
    """A row that was refused, with why, or that made something, with what; nothing else of it is kept."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("new")
        ADDED = "added", _("added to something known")
        REJECTED = "rejected", _("refused")

    of_import = models.ForeignKey(LedgerImport, models.CASCADE, related_name="imported_rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    problems = models.JSONField(default=list, blank=True, help_text="column and reason, without personal numbers")
    made_type = models.CharField(max_length=60, blank=True)
    made_id = models.BigIntegerField(null=True)
    made_version = models.PositiveIntegerField(null=True)
    is_taken_back = models.BooleanField(default=False)
    stays_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["of_import_id", "number"]
        constraints = [models.UniqueConstraint(fields=["of_import", "number"], name="imported_row_once")]
        indexes = [
            models.Index(fields=["of_import", "outcome", "number"], name="imported_row_outcome"),
            models.Index(
                fields=["made_type", "made_id"],
                name="imported_row_taken_back",
                condition=models.Q(is_taken_back=True),
            ),
        ]


class RowQuestion(models.Model):
    """Somebody named in a row resembles somebody known: the person who loads decides before anything is written."""

    class Answer(models.TextChoices):
        SAME = "same", _("The same: take the known one")
        NEW = "new", _("Somebody else: enter a new one")
        SKIP = "skip", _("Leave the row out")

    of_import = models.ForeignKey(LedgerImport, models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    level = models.CharField(_("likeness"), max_length=10)
    why = models.CharField(max_length=40)
    answer = models.CharField(_("decision"), max_length=5, choices=Answer.choices, blank=True)

    class Meta:
        ordering = ["of_import_id", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["of_import", "number", "column", "position"], name="row_question_once")
        ]


class SavedMapping(models.Model):
    """How an office's own sheets are read: which heading is which column, and what its own words stand for."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("office"))
    kind = models.CharField(_("ledger"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    columns = models.JSONField(default=dict)
    words = models.JSONField(default=dict, blank=True)
    saved_by = models.CharField(_("saved by"), max_length=80)
    saved_at = models.DateTimeField(auto_now=True)
    history = history()

    class Meta:
        verbose_name = _("saved assignment of columns")
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "name"], name="saved_mapping_once")]

    def __str__(self) -> str:
        return self.name
