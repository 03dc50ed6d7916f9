"""Publication of a decision: the redactions people judged, and the text and PDF the public reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.audit.models import AppendOnlyError, AppendOnlyQuerySet
from casemgr.cases.models import Case
from casemgr.documents import files
from casemgr.documents.models import Document
from casemgr.documents.redaction.finding import Kind
from reconsideration.openness.states import LIVING, PublicationState, PublicationStates


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> PublicationQuerySet:
        """Those of cases the person may see."""
        seen = Case.objects.visible_to(user, today).filter(procedure="reconsideration")
        return self.filter(case_id__in=seen.values("pk"))


class Publication(PublicationStates, FSMModelMixin, models.Model):
    """One attempt to publish one paper (Reconsideration Law 2023, art. 79(1)), or the decision not to."""

    class Ground(models.TextChoices):
        """Why a paper is not published; the law leaves it to the openness of the act and to national rules."""

        ACT_NOT_OPEN = "act", pgettext_lazy("publication", "The act it is about is not open to the public")
        STATE_SECRET = "secret", pgettext_lazy("publication", "State secrets")
        MINOR = "minor", pgettext_lazy("publication", "It is about a minor")
        PRIVACY = "privacy", pgettext_lazy("publication", "Redaction would leave nothing that can be understood")
        STABILITY = "safety", pgettext_lazy("publication", "Public safety or social stability")
        OTHER = "other", pgettext_lazy("publication", "Other reason")

    case = models.ForeignKey(Case, models.PROTECT, related_name="publications", verbose_name=_("case"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("paper"))
    state = FSMField(
        _("state"), max_length=10, choices=PublicationState.choices, default=PublicationState.PROPOSED, protected=True
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("proposed on"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    ground = models.CharField(_("why not published"), max_length=8, choices=Ground.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of a decision")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=[str(one) for one in LIVING]), name="publication_once"
            )
        ]
        indexes = [models.Index(fields=["state", "-id"], name="publication_state")]

    def __str__(self) -> str:
        return f"{self.document}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("publication_detail", args=[self.pk])


class Redaction(models.Model):
    """The same words wherever they stand in the paper. Kept by place: the row repeats no name and no number."""

    class Source(models.TextChoices):
        CASE = "case", pgettext_lazy("redaction", "From the case's records")
        PATTERN = "pattern", pgettext_lazy("redaction", "By its shape")
        OWN = "own", pgettext_lazy("redaction", "Added by hand")

    class Verdict(models.TextChoices):
        REDACT = "redact", pgettext_lazy("redaction", "Redact")
        LEAVE = "leave", pgettext_lazy("redaction", "Leave")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="redactions")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    source = models.CharField(pgettext_lazy("redaction", "source"), max_length=8, choices=Source.choices)
    places = models.JSONField(default=list)
    replacement = models.CharField(_("what stands there instead"), max_length=40, blank=True)
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict.choices, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("why it may stay"), max_length=200, blank=True)
    history = history()

    class Meta:
        verbose_name = _("redaction")
        ordering = ["publication_id", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.replacement}"


class PublishedQuerySet(AppendOnlyQuerySet):
    def public(self) -> PublishedQuerySet:
        """What everybody may read today."""
        return self.filter(publication__state=PublicationState.PUBLISHED)


class PublishedPaper(models.Model):
    """What the public reads: the redacted text and its PDF. Never changes; a withdrawal only hides it."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="paper")
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(_("number of the paper"), max_length=80)
    respondent = models.CharField(_("respondent"), max_length=200)
    area = models.CharField(_("field of administration"), max_length=40, blank=True)
    matter = models.CharField(_("matter"), max_length=20, blank=True)
    outcome = models.CharField(_("outcome"), max_length=40)
    decided_on = models.DateField(_("decided on"))
    year = models.PositiveSmallIntegerField(_("year"))
    published_on = models.DateField(_("published on"))
    content = models.JSONField(_("redacted text"))
    plain = models.TextField(editable=False)
    """The lines of the text, for the search."""
    text_sha256 = models.CharField(_("digest of the text (SHA-256)"), max_length=64)
    file = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("published decision")
        ordering = ["-published_on", "-pk"]
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="published_newest"),
            models.Index(fields=["year", "-decided_on"], name="published_year"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("a published decision never changes: withdraw it and publish anew")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any):
        raise AppendOnlyError("a published decision is withdrawn, never deleted")

    def pdf(self) -> bytes:
        """:raises FileDamaged: the bytes are not the published ones any more."""
        return files.read(self.file, self.sha256)


__all__ = ["Publication", "PublishedPaper", "Redaction"]
