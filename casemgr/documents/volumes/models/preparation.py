"""What a clerk prepares before a volume is frozen: entries without a file, reasons for what is lacking, the order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.documents.volumes.models.volume import Carrier


class LooseEntry(models.Model):
    """Something that lies in the paper file only. `fills`: the code of the need that it meets."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="loose_entries", verbose_name=_("case"))
    slot = models.CharField(_("place in the volume"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("made by"), max_length=100, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"))
    carrier = models.CharField(
        _("carrier"),
        max_length=10,
        choices=[(Carrier.PAPER.value, Carrier.PAPER.label), (Carrier.DISC.value, Carrier.DISC.label)],
        default=Carrier.PAPER,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    fills = models.CharField(max_length=60, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    strike_reason = models.CharField(_("why it was struck"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("entry of the paper file")
        ordering = ["case_id", "id"]
        constraints = [models.CheckConstraint(name="loose_entry_has_pages", condition=Q(pages__gt=0))]

    def __str__(self) -> str:
        return self.title


class LackReason(models.Model):
    """Why something required is not there, for the note at the end of the volume (备考表)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lack_reasons", verbose_name=_("case"))
    code = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    given_on = models.DateField(_("on"))
    history = history()

    class Meta:
        verbose_name = _("reason for what a volume lacks")
        ordering = ["case_id", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="lack_reason_once")]

    def __str__(self) -> str:
        return f"{self.title}: {self.reason}"


class Arrangement(models.Model):
    """The clerk's own order within the lawful one: keys of items, those not named stand behind by day."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="arrangement", verbose_name=_("case"))
    keys = models.JSONField(default=list)
    history = history()

    class Meta:
        verbose_name = _("order of a volume")

    def __str__(self) -> str:
        return str(self.case)
