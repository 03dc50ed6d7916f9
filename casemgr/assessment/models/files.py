"""Files that units bring: with the report on a clause, or with an objection to a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.assessment.models.plan import ClauseReport, PlanClause
from casemgr.assessment.models.sheet import SheetObjection, UnitSheet
from casemgr.audit.history import history
from casemgr.documents.uploads.models import FILE, KeptFile, KeptQuerySet


class FileQuerySet(KeptQuerySet):
    def visible_to(self, user: Any, today: date) -> FileQuerySet:
        """Of what the person may see, and of nothing else."""
        clauses, sheets = PlanClause.objects.visible_to(user, today), UnitSheet.objects.visible_to(user, today)
        of_reports = Q(report__clause__in=clauses.order_by().values("pk"))
        return self.filter(of_reports | Q(objection__line__sheet__in=sheets.order_by().values("pk")))


class AssessmentFile(KeptFile):
    """A file of a report, or of an objection."""

    SEALED: ClassVar[tuple[str, ...]] = ("report_id", "objection_id", *FILE)

    report = models.ForeignKey(
        ClauseReport, models.PROTECT, null=True, related_name="files", verbose_name=_("report on a clause")
    )
    objection = models.ForeignKey(
        SheetObjection, models.PROTECT, null=True, related_name="files", verbose_name=_("objection to a sheet")
    )
    history = history()

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a report")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="assessment_file_of_one", condition=Q(report__isnull=True) ^ Q(objection__isnull=True)
            )
        ]
        indexes = [
            models.Index(fields=["id"], name="assessment_file_to_scan", condition=models.Q(scan="waiting")),
        ]

    def get_absolute_url(self) -> str:
        return self.about.get_absolute_url()

    @property
    def about(self) -> models.Model:
        return self.report.clause if self.report is not None else self.objection.line.sheet


__all__ = ["AssessmentFile"]
