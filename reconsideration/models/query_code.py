"""The code with which somebody without a log-in sees how far the own case is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation


class QueryCodeQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> QueryCodeQuerySet:
        """Those of cases the person may see."""
        seen = Case.objects.visible_to(user, today).filter(procedure="reconsideration")
        return self.filter(case_id__in=seen.values("pk"))


class QueryCode(models.Model):
    """Digests of a code and its check word: neither can be read back. `secret` is there when it was just made."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="query_codes", verbose_name=_("case"))
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("given to"))
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    word_digest = models.CharField(max_length=64, editable=False)
    failures = models.PositiveSmallIntegerField(_("wrong words since the last look"), default=0, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_on = models.DateField(_("issued on"))
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoke_reason = models.CharField(_("why revoked"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history(excluded_fields=["code_digest", "word_digest", "failures"])

    secret: str = ""

    objects = QueryCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("query code")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation"], condition=Q(revoked_on__isnull=True), name="query_code_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()


__all__ = ["QueryCode"]
