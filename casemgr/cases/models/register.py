"""The register: a case is one row, whatever its procedure, and so is the act it attacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.signals import class_prepared, post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.procedure import STAGE_LABELS, Procedure, State, get_procedure
from casemgr.cases.queries import CaseQuerySet
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

    facts_name: ClassVar[str] = ""
    """Of a proxy: the relation that leads to its procedure's facts."""
    as_locked: Mapping[str, Any]
    """Its columns as the running action found them (`undo.recording.snapshot`)."""

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
            models.Index(fields=["procedure", "closed_on"], name="case_closed"),
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

    def become_typed(self) -> None:
        """Turn this very object into its procedure's proxy without asking the database: the columns are the same."""
        self.__class__ = self.definition.case_model

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
