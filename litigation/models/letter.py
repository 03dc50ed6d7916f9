"""What a file keeps of a suggestion's letter, and of a supervision by the procuratorate."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case
from litigation.suggestions.terms import LetterKind, Origin


class Letter(models.Model):
    """One suggestion, sent to one recipient or several. Receipts, answers and performance are entries of each."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="suggestion_letter")
    kind = models.CharField(_("kind of letter"), max_length=16, choices=LetterKind.choices)
    sender = models.CharField(_("court or procuratorate"), max_length=80)
    number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    dated_on = models.DateField(_("date of the letter"), null=True, blank=True)
    topic = models.CharField(_("what it is about"), max_length=120)
    demands = models.TextField(_("what it asks for"), blank=True)
    due_on = models.DateField(_("date the letter itself names for the answer"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("letter of a suggestion")
        indexes = [models.Index(fields=["sender", "number"], name="litigation_letter_number")]

    def __str__(self) -> str:
        return f"{self.sender} {self.number}".strip()


class Supervision(models.Model):
    """A court's paper, or an enforcement, at which the procuratorate looks."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="supervision")
    procuratorate = models.CharField(_("procuratorate"), max_length=80)
    number = models.CharField(_("procuratorate's number"), max_length=80, blank=True)
    origin = models.CharField(_("how it began"), max_length=12, choices=Origin.choices)
    topic = models.CharField(_("what it is about"), max_length=120)
    grounds = models.TextField(_("grounds"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("supervision by the procuratorate")

    def __str__(self) -> str:
        return f"{self.procuratorate} {self.number}".strip()


__all__ = ["Letter", "Supervision"]
