"""Evidence of a case by who gave it, and what the office investigated itself (Reconsideration Law 2023, art. 43–46)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case, Event, Participation


class OfCaseQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> OfCaseQuerySet:
        """As the case is seen."""
        from reconsideration.models.facts import ReconsiderationCase

        return self.filter(case__in=ReconsiderationCase.objects.visible_to(user, today).values("pk"))

    def standing(self) -> OfCaseQuerySet:
        return self.filter(struck_on__isnull=True)


class Evidence(models.Model):
    """One piece of evidence: what it is, whence it comes, what it is to prove, and what became of it."""

    class Kind(models.TextChoices):
        """Reconsideration Law 2023, art. 43(1), items 1 to 8."""

        WRITTEN = "written", pgettext_lazy("evidence", "Written evidence")
        PHYSICAL = "physical", pgettext_lazy("evidence", "Physical evidence")
        AUDIOVISUAL = "audiovisual", pgettext_lazy("evidence", "Audiovisual material")
        ELECTRONIC = "electronic", pgettext_lazy("evidence", "Electronic data")
        WITNESS = "witness", pgettext_lazy("evidence", "Testimony of a witness")
        STATEMENT = "statement", pgettext_lazy("evidence", "Statement of a party")
        EXPERT = "expert", pgettext_lazy("evidence", "Expert opinion")
        RECORD = "record", pgettext_lazy("evidence", "Record of an inspection or of the scene")

    class Burden(models.TextChoices):
        """What an applicant has to prove itself, art. 44(2)."""

        NONE = "", pgettext_lazy("burden", "None of these")
        REQUESTED = "requested", _("That it had asked the agency to perform its duty, art. 44(2)(1)")
        DAMAGE = "damage", _("The damage for which compensation is asked, art. 44(2)(2)")
        OTHER = "other", _("What another law asks the applicant to prove, art. 44(2)(3)")

    class Leave(models.TextChoices):
        """Whether a respondent may supplement it, art. 46(2)."""

        NOT_NEEDED = "", pgettext_lazy("leave", "Not needed")
        ASKED = "asked", pgettext_lazy("leave", "Leave not given yet")
        GIVEN = "given", pgettext_lazy("leave", "Leave given")
        REFUSED = "refused", pgettext_lazy("leave", "Leave refused")

    class Finding(models.TextChoices):
        OPEN = "", pgettext_lazy("evidence", "Not judged yet")
        TRUE = "true", pgettext_lazy("evidence", "Found true, taken")
        PARTLY = "partly", pgettext_lazy("evidence", "Taken in part")
        NOT_TRUE = "not_true", pgettext_lazy("evidence", "Not found true, not taken")
        BARRED = "barred", pgettext_lazy("evidence", "Not taken by law")

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    given_by = models.ForeignKey(
        Participation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("evidence", "given by"),
    )
    """None: the office obtained it itself (art. 45(1))."""
    kind = models.CharField(_("kind of evidence"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("name of the evidence"), max_length=200)
    origin = models.CharField(_("where it comes from"), max_length=200, blank=True)
    purpose = models.CharField(_("what it is to prove"), max_length=500)
    pages = models.CharField(pgettext_lazy("evidence", "pages"), max_length=20, blank=True)
    is_original_seen = models.BooleanField(_("compared with the original"), default=False)
    received_on = models.DateField(pgettext_lazy("evidence", "handed in on"))
    collected_on = models.DateField(_("made or collected on"), null=True, blank=True)
    burden = models.CharField(_("burden of the applicant"), max_length=12, choices=Burden.choices, blank=True)
    was_withheld = models.BooleanField(
        _("asked for lawfully by the agency before, and withheld without good reason"), default=False
    )
    leave = models.CharField(_("leave to supplement"), max_length=8, choices=Leave.choices, blank=True)
    leave_on = models.DateField(_("leave decided on"), null=True, blank=True)
    leave_reason = models.CharField(_("new reason or evidence that it answers"), max_length=300, blank=True)
    opinion = models.TextField(_("opinion of the other side"), blank=True)
    finding = models.CharField(pgettext_lazy("evidence", "finding"), max_length=8, choices=Finding.choices, blank=True)
    finding_reason = models.CharField(_("reason of the finding"), max_length=500, blank=True)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "given_by"], name="evidence_of_case")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("evidence_detail", args=[self.pk])


class Investigation(models.Model):
    """What the office looked into itself: questions, an inspection, papers fetched, an appraisal commissioned."""

    class Kind(models.TextChoices):
        QUESTION = "question", pgettext_lazy("investigation", "Questioning")
        PAPERS = "papers", pgettext_lazy("investigation", "Papers looked into, copied or fetched")
        INSPECTION = "inspection", pgettext_lazy("investigation", "On-site inspection")
        APPRAISAL = "appraisal", pgettext_lazy("investigation", "Appraisal commissioned")

    case = models.ForeignKey(Case, models.PROTECT, related_name="investigations")
    kind = models.CharField(_("kind of investigation"), max_length=12, choices=Kind.choices)
    held_on = models.DateField(pgettext_lazy("investigation", "held on"))
    hours = models.CharField(_("time, from until"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=200)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("investigating officer")
    )
    second_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("second investigating officer")
    )
    further_officers = models.CharField(_("further officers"), max_length=100, blank=True)
    cards_shown = models.BooleanField(_("work cards were shown"), default=False)
    recorder = models.CharField(_("recorder"), max_length=50, blank=True)
    asked = models.CharField(_("who was asked, unit and post"), max_length=300)
    content = models.TextField(_("what was asked, said and found"))
    obstruction = models.CharField(_("refusal or obstruction"), max_length=300, blank=True)
    unsigned = models.CharField(_("why somebody did not sign"), max_length=200, blank=True)
    excluded = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("time that does not count")
    )
    """The entry with which the time began; its end and paper are read from the course of the case."""
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("investigation")
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cards_shown=True), name="investigation_cards_shown"),
            models.CheckConstraint(condition=~Q(officer=models.F("second_officer")), name="investigation_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on.isoformat()}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("investigation_detail", args=[self.pk])


__all__ = ["Evidence", "Investigation", "OfCaseQuerySet"]
