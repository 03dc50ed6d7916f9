"""Quality: the checklist by which closed files are reviewed, the sample of a year, what was found and put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.roles import RECONSIDERATION
from casemgr.organisation.scope import scope


class ReconsideringQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> ReconsideringQuerySet:
        """Whoever's roles see reconsideration cases: it names nobody."""
        if getattr(user, "is_system", False) or RECONSIDERATION in scope(user, today).procedures:
            return self
        return self.none()


class ReviewChecklist(models.Model):
    """One version of the standard of review (案卷评查标准); a round keeps the version it was drawn with."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    from_on = models.DateField(_("used from"))
    items = models.JSONField(_("items"))
    """Rows {code, group, text, points, basis}; the points of all add up to 100."""
    excellent_from = models.PositiveSmallIntegerField(_("excellent from"), default=90)
    passed_from = models.PositiveSmallIntegerField(_("passed from"), default=75)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ReconsideringQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist of the review")
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("review_checklists")

    def item(self, code: str) -> dict[str, Any]:
        return next((row for row in self.items if row["code"] == code), {})


class ReviewRound(models.Model):
    """The review of a year: a sample drawn by chance from the files closed in it, so that it can be drawn again."""

    year = models.PositiveSmallIntegerField(_("year"))
    checklist = models.ForeignKey(ReviewChecklist, models.PROTECT, related_name="+", verbose_name=_("checklist"))
    seed = models.CharField(_("seed of the draw"), max_length=40)
    size = models.PositiveSmallIntegerField(_("files drawn"))
    population = models.PositiveIntegerField(_("files closed in the year"))
    drawn_on = models.DateField(_("drawn on"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    result = models.TextField(_("result of the year"), blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ReconsideringQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of closed files")
        ordering = ["-year", "-pk"]
        constraints = [models.UniqueConstraint(fields=["year"], name="review_once_a_year")]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("review_round", args=[self.pk])


class SeenReviewQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> SeenReviewQuerySet:
        """As the case is seen."""
        from reconsideration.models.facts import ReconsiderationCase

        return self.filter(case__in=ReconsiderationCase.objects.visible_to(user, today).values("pk"))


class FileReview(models.Model):
    """One file of the sample: who reviews it, and the score."""

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="reviews")
    case = models.ForeignKey(Case, models.PROTECT, related_name="file_reviews")
    order = models.PositiveSmallIntegerField(_("place in the draw"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=1, null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = SeenReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a file")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "case"], name="review_file_once"),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | Q(reviewer__isnull=False), name="review_has_reviewer"
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("file_review", args=[self.pk])


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> FindingQuerySet:
        """As the case is seen."""
        from reconsideration.models.facts import ReconsiderationCase

        return self.filter(review__case__in=ReconsiderationCase.objects.visible_to(user, today).values("pk"))


class ReviewFinding(models.Model):
    """A fault under one item of the checklist: points taken off, and when and how it was put right."""

    review = models.ForeignKey(FileReview, models.CASCADE, related_name="findings")
    item = models.CharField(_("item"), max_length=10)
    points = models.DecimalField(_("points taken off"), max_digits=4, decimal_places=1)
    text = models.CharField(pgettext_lazy("review", "what was found"), max_length=500)
    repair_by = models.DateField(_("to be put right by"), null=True, blank=True)
    repaired_on = models.DateField(_("put right on"), null=True, blank=True)
    repair = models.CharField(_("how it was put right"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding of a review")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="review_finding_once")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("file_review", args=[self.review_id])


class OfficeRule(models.Model):
    """One version of a rule or form of the office's own, and the steps it governs."""

    class Kind(models.TextChoices):
        RULE = "rule", pgettext_lazy("office rule", "Rule")
        FORM = "form", pgettext_lazy("office rule", "Form")

    kind = models.CharField(pgettext_lazy("office rule", "kind"), max_length=6, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(pgettext_lazy("office rule", "number of the paper"), max_length=60, blank=True)
    edition = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    text = models.TextField(pgettext_lazy("office rule", "text"))
    steps = models.JSONField(_("steps it governs"), default=list, blank=True)
    """Names of actions."""
    from_on = models.DateField(_("in force from"))
    until_on = models.DateField(_("in force until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ReconsideringQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule or form of the office")
        ordering = ["title", "-edition"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("office_rule", args=[self.pk])


class ModelCase(models.Model):
    """A closed case held up as a model, told without names; a person confirmed that nobody is named."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="model_case")
    title = models.CharField(pgettext_lazy("model case", "title"), max_length=120)
    facts = models.TextField(pgettext_lazy("model case", "facts"))
    reasoning = models.TextField(pgettext_lazy("model case", "result and reasons"))
    meaning = models.TextField(pgettext_lazy("model case", "why it is a model"))
    marked_on = models.DateField(_("marked on"))
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_on = models.DateField(pgettext_lazy("model case", "no model since"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = ReconsideringQuerySet.as_manager()

    class Meta:
        verbose_name = _("model case")
        ordering = ["-marked_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("model_case", args=[self.pk])


__all__ = ["FileReview", "ModelCase", "OfficeRule", "ReviewChecklist", "ReviewFinding", "ReviewRound"]
