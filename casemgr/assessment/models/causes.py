"""The vocabulary of flaws, and what the office says of a case whose own record names none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case


class Flaw(models.Model):
    """One kind of flaw of an act, in the office's words; `code` is what the procedures' own grounds are read as."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"))
    is_used = models.BooleanField(_("may be chosen"), default=True)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("kind of flaw")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("flaw_list")


class CauseRecordQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> CauseRecordQuerySet:
        """Of the cases the person may see."""
        if getattr(user, "is_system", False):
            return self
        return self.filter(case__in=Case.objects.visible_to(user, today).order_by().values("pk"))


class CauseRecord(models.Model):
    """Article and flaws of a case whose decision, analysis or letter names none: from old ledgers, or left open."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+", verbose_name=_("case"))
    article = models.CharField(_("article"), max_length=300, blank=True)
    flaws = models.JSONField(_("flaws"), default=list, help_text="codes of `Flaw`")
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_on = models.DateField(_("entered on"))
    version = models.PositiveIntegerField(default=1)
    history = history()

    objects = CauseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("flaws of a case")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.case)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("cause_record", args=[self.case_id])


__all__ = ["CauseRecord", "Flaw"]
