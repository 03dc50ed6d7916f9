"""What an office words itself: versions of passages, valid from a day, and phrases to insert."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history


class WordingState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    APPROVED = "APPROVED", _("Approved")
    DROPPED = "DROPPED", _("Dropped")


class Wording(FSMModelMixin, models.Model):
    """One wording of one passage, from a day on until the next one. `text` empty: the wording of the program again."""

    passage = models.CharField(_("passage"), max_length=60)
    text = models.TextField(_("wording"), blank=True)
    reason = models.CharField(_("why"), max_length=300)
    effective_on = models.DateField(_("in force from"))
    state = FSMField(
        _("state"), max_length=10, choices=WordingState.choices, default=WordingState.DRAFT, protected=True
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    tried_on = models.DateField(_("tried on"), null=True, blank=True)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tried by")
    )
    tried_case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sample case")
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("wording")
        ordering = ["-effective_on", "-pk"]
        indexes = [models.Index(fields=["passage", "effective_on"], name="wording_in_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "effective_on"],
                condition=models.Q(state="APPROVED"),
                name="wording_one_from_a_day",
            ),
            models.UniqueConstraint(fields=["passage"], condition=models.Q(state="DRAFT"), name="wording_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.passage} {self.effective_on}"

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("wordings are never deleted: a draft is dropped, an approved one is followed by another")

    @property
    def is_default(self) -> bool:
        return not self.text

    @transition(field="state", source=[WordingState.DRAFT], target=WordingState.APPROVED)
    def approve(self) -> None: ...

    @transition(field="state", source=[WordingState.DRAFT, WordingState.APPROVED], target=WordingState.DROPPED)
    def drop(self) -> None: ...


class Phrase(models.Model):
    """A phrase to insert while writing. Empty `kind`: offered in every paper of the procedure."""

    class Part(models.TextChoices):
        OPINION = "opinion", _("Opinions of approval")
        RETURN = "return", _("Returning a draft")
        FACTS = "facts", _("Facts and evidence")
        REASONS = "reasons", _("Reasons")
        REMEDY = "remedy", _("Effect and remedies")
        CLOSING = "closing", _("Closing words")

    procedure = models.CharField(max_length=20)
    kind = models.CharField(_("kind of paper"), max_length=40, blank=True)
    part = models.CharField(_("for"), max_length=10, choices=Part.choices)
    text = models.CharField(_("phrase"), max_length=1000)
    is_offered = models.BooleanField(_("offered"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("phrase")
        ordering = ["part", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "kind", "part", "text"],
                condition=models.Q(is_offered=True),
                name="phrase_once",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("phrases are never deleted: they are no longer offered")
