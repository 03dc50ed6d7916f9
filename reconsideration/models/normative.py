"""Normative documents (行政规范性文件) and bases: a register of them, what was found of their clauses, and the reviews
that cases ask for (Reconsideration Law 2023, art. 13, 56–60)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.organisation.scope import scope
from reconsideration.normative.keys import number_key, title_key

READERS = ("officer", "head", "panel", "authority", "archive", "leader", "auditor")
KEEPERS = ("officer", "head")


class NormativeQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> NormativeQuerySet:
        """The documents are public; their register is the reconsideration office's."""
        if getattr(user, "is_system", False) or scope(user, today).has_role(READERS):
            return self
        return self.none()


class NormativeDocument(models.Model):
    """One document that acts lean on: who made it, from when to when it is in force."""

    class Rank(models.TextChoices):
        """Art. 13(1), items 1 to 4; what only the authority itself may take up (art. 57)."""

        STATE_DEPARTMENT = "state", _("Normative document of a department of the State Council, art. 13(1)(1)")
        GOVERNMENT = "government", _("Of a local government of county level or above, or its department, art. 13(1)(2)")
        TOWNSHIP = "township", _("Of a township government, art. 13(1)(3)")
        ORGANISATION = "organisation", _("Of an organisation authorised by law or rules, art. 13(1)(4)")
        BASIS = "basis", _("A rule or another basis, no normative document (only art. 57)")

    title = models.CharField(_("title"), max_length=200)
    title_key = models.CharField(max_length=200, db_index=True, editable=False)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    number_key = models.CharField(max_length=80, blank=True, db_index=True, editable=False)
    maker = models.CharField(_("maker"), max_length=120)
    rank = models.CharField(_("kind of document"), max_length=12, choices=Rank.choices)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = NormativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("normative document")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "maker"],
                condition=~models.Q(number_key="") & models.Q(struck_on__isnull=True),
                name="normative_once",
            )
        ]

    def __str__(self) -> str:
        return self.quoted

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_key, self.number_key = title_key(self.title), number_key(self.number)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("normative_detail", args=[self.pk])

    @property
    def quoted(self) -> str:
        """《达拉特旗畜禽养殖管理办法》（达政发〔2024〕5号）"""
        title = self.title if self.title.startswith("《") else f"《{self.title}》"
        return f"{title}（{self.number}）" if self.number else title

    def is_in_force_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def delete(self, *args: Any, **kwargs: Any):
        raise ValueError("documents of the register are struck with a reason, never deleted")


class ClauseResult(models.TextChoices):
    """Art. 59: lawful, or one of the flaws that art. 54 of the regulation of 2026 lists."""

    LAWFUL = "lawful", pgettext_lazy("clause", "Lawful")
    BEYOND_POWER = "beyond_power", pgettext_lazy("clause", "Beyond the maker's power or its authorisation")
    AGAINST_HIGHER_LAW = "higher_law", pgettext_lazy("clause", "Contradicts higher law")
    WITHOUT_BASIS = "without_basis", pgettext_lazy("clause", "Adds duties or cuts rights without a legal basis")
    OTHERWISE_UNLAWFUL = "otherwise", pgettext_lazy("clause", "Otherwise against laws, regulations or rules")


UNLAWFUL = tuple(code for code in ClauseResult.values if code != ClauseResult.LAWFUL)


class NormativeFinding(models.Model):
    """What was found of clauses of a document, by whom, and whether the maker put it right."""

    class Source(models.TextChoices):
        OWN = "own", _("Reviewed by this authority (art. 59)")
        ORGAN = "organ", _("Opinion of the competent organ (art. 60)")
        COURT = "court", _("A court's finding or suggestion (Interpretation of 2018, art. 149)")
        FILING = "filing", _("Review of filed documents (备案审查)")
        MAKER = "maker", _("The maker's own clearing up")

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="findings")
    clauses = models.CharField(_("clauses"), max_length=200)
    result = models.CharField(_("result"), max_length=16, choices=ClauseResult.choices)
    source = models.CharField(_("who found it"), max_length=8, choices=Source.choices)
    found_on = models.DateField(_("found on"))
    opinion = models.TextField(_("opinion, with its paper"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    corrected_on = models.DateField(_("corrected by the maker on"), null=True, blank=True)
    correction = models.CharField(_("how the maker corrected it"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("finding on a normative document")
        ordering = ["document_id", "found_on", "pk"]

    def __str__(self) -> str:
        return f"{self.clauses} {self.get_result_display()}"

    @property
    def is_adverse(self) -> bool:
        """Whether the clauses may not be leaned on: found unlawful, and not put right since."""
        return self.result in UNLAWFUL and self.corrected_on is None


class AnnexedReview(models.Model):
    """One document whose clauses are reviewed in a case: who asked, when and why, and with which result.

    How far it has come is told by the case's course: suspended, notified or transferred, answered, concluded.
    """

    class Asked(models.TextChoices):
        WITH = "with", _("By the applicant with the application (art. 13)")
        LATER = "later", _("By the applicant later: unknown when applying (Regulation, art. 53(1))")
        EX_OFFICIO = "ex_officio", _("By the authority itself (art. 57)")

    case = models.ForeignKey(Case, models.CASCADE, related_name="annexed_reviews")
    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="reviews")
    clauses = models.CharField(_("clauses"), max_length=200)
    asked = models.CharField(_("how it came up"), max_length=12, choices=Asked.choices)
    asked_on = models.DateField(_("asked on"))
    late_reason = models.CharField(_("why not with the application"), max_length=300, blank=True)
    reasons = models.TextField(_("why the clauses are doubted"), blank=True)
    is_competent = models.BooleanField(_("this authority may review it"))
    organ = models.CharField(_("organ that may review it"), max_length=120, blank=True)
    result = models.CharField(_("result"), max_length=16, choices=ClauseResult.choices, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    finding = models.OneToOneField(NormativeFinding, models.PROTECT, null=True, blank=True, related_name="review")
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why struck"), max_length=300, blank=True)
    history = history()

    class Meta:
        verbose_name = _("annexed review")
        ordering = ["case_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "document", "clauses"],
                condition=models.Q(struck_on__isnull=True),
                name="annexed_review_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.clauses}"


__all__ = [
    "KEEPERS",
    "READERS",
    "UNLAWFUL",
    "AnnexedReview",
    "ClauseResult",
    "NormativeDocument",
    "NormativeFinding",
]
