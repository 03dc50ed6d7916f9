"""Keeping the register of normative documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, EnterAction, RecordAction, take
from reconsideration.models.normative import KEEPERS, NormativeDocument, NormativeFinding
from reconsideration.normative.forms import CorrectedForm, DocumentForm, FindingForm, StrikeForm

COLUMNS = ("title", "number", "maker", "rank", "valid_from", "valid_to", "note")


class _ByOffice(ByRole):
    """Kept by the reconsideration office."""

    roles = KEEPERS


class EnterDocument(_ByOffice, EnterAction):
    """Enter a normative document, or another basis of acts."""

    name = "normative.enter"
    label = gettext_lazy("Enter a normative document")
    form = DocumentForm
    makes, columns = NormativeDocument, COLUMNS


class _Step(_ByOffice, RecordAction):
    model: ClassVar = NormativeDocument

    def state_refusal(self, subject: NormativeDocument, today: date) -> Refusal | None:
        return Refusal("struck", _("This entry was struck.")) if subject.struck_on else None


class CorrectDocument(_Step):
    """Title, number, maker or validity put right: also when it is repealed."""

    name = "normative.correct"
    label = gettext_lazy("Correct the entry or its validity")
    form = DocumentForm
    columns = COLUMNS


class AddFinding(_Step):
    """What a court, the competent organ or the review of filed documents found of clauses."""

    name = "normative.add_finding"
    label = gettext_lazy("Enter a finding from elsewhere")
    form = FindingForm

    def change(self, subject: NormativeDocument, data: Mapping[str, Any], context: ActionContext) -> None:
        finding = NormativeFinding(document=subject, found_on=data["on"])
        take(finding, data, ("clauses", "result", "source", "opinion"))
        finding.save()


class RecordCorrection(_Step):
    """The maker has put the clauses right (Reconsideration Law 2023, art. 59)."""

    name = "normative.corrected"
    label = gettext_lazy("Record that the maker corrected it")
    form = CorrectedForm
    primary = 40

    def state_refusal(self, subject: NormativeDocument, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if any(finding.is_adverse for finding in subject.findings.all()):
            return None
        return Refusal("nothing-to-correct", _("No clause of it was found unlawful and is still uncorrected."))

    def priority(self, subject: NormativeDocument) -> int:
        return self.primary if any(finding.is_adverse for finding in subject.findings.all()) else 0

    def change(self, subject: NormativeDocument, data: Mapping[str, Any], context: ActionContext) -> None:
        finding: NormativeFinding = data["finding"]
        finding.corrected_on, finding.correction = data["on"], data["correction"]
        finding.save()


class StrikeDocument(_Step):
    """Entered by mistake or twice: it stays readable and warns nobody."""

    name = "normative.strike"
    label = gettext_lazy("Strike: entered by mistake")
    form = StrikeForm

    def state_refusal(self, subject: NormativeDocument, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if subject.reviews.filter(struck_on__isnull=True).exists():
            return Refusal("reviewed", _("A case has it reviewed: strike it there first."))
        return None

    def change(self, subject: NormativeDocument, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.struck_on, subject.strike_reason = context.today, data["reason"]


ACTIONS = (EnterDocument, RecordCorrection, AddFinding, CorrectDocument, StrikeDocument)
