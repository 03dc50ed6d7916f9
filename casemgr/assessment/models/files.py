"""Files that units bring: with the report on a clause."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.assessment.models.plan import ClauseReport, PlanClause
from casemgr.audit.history import history
from casemgr.documents.uploads.models import FILE, KeptFile, KeptQuerySet


class FileQuerySet(KeptQuerySet):
    def visible_to(self, user: Any, today: date) -> FileQuerySet:
        """Of what the person may see, and of nothing else."""
        return self.filter(report__clause__in=PlanClause.objects.visible_to(user, today).values("pk"))


class AssessmentFile(KeptFile):
    """A file of a report."""

    SEALED: ClassVar[tuple[str, ...]] = ("report_id", *FILE)

    report = models.ForeignKey(ClauseReport, models.PROTECT, related_name="files", verbose_name=_("report on a clause"))
    history = history()

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a report")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], name="assessment_file_to_scan", condition=models.Q(scan="waiting")),
        ]

    def get_absolute_url(self) -> str:
        return self.about.get_absolute_url()

    @property
    def about(self) -> models.Model:
        return self.report.clause


__all__ = ["AssessmentFile"]
