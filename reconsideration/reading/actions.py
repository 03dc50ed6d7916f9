"""Asking to read the file, the answer, and the reading itself (art. 47)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.records import take
from reconsideration.case_records import CaseRecordAction, DeskAction, StrikeRecord
from reconsideration.evidence.forms import StrikeForm
from reconsideration.models import ReadingRequest
from reconsideration.reading.forms import AskForm, DecideForm, RecordForm

Decision = ReadingRequest.Decision


class AskToRead(DeskAction):
    """Somebody asks to read or copy what the respondent handed in."""

    name = "reading.ask"
    label = gettext_lazy("Enter a request to read the file")
    form = AskForm

    def execute(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> ReadingRequest:
        request = ReadingRequest(case_id=subject.pk)
        take(request, data, ("asked_by", "asked_on", "wanted"))
        request.save()
        return request


class _ReadingStep(CaseRecordAction):
    model: ClassVar = ReadingRequest


def _has_ground(request: ReadingRequest, data: Mapping | None, today: date) -> bool:
    return data["decision"] == Decision.GRANTED or bool(data["ground"] and data["withheld"])


class Decide(_ReadingStep):
    """Grant the request, or refuse it as a whole or in part on a ground of art. 47."""

    name = "reading.decide"
    label = gettext_lazy("Decide on the request")
    form = DecideForm
    primary = 40
    guards = (
        Guard(
            "refusal-without-ground",
            "47",
            gettext_lazy(
                "The office has to agree unless a state secret, a trade secret, personal privacy, security or social "
                "stability is concerned: choose the ground and say what is withheld, or grant the request."
            ),
            _has_ground,
            field="ground",
            needs_data=True,
        ),
        Guard(
            "granted-with-ground",
            "47",
            gettext_lazy("What is granted as a whole has no ground of refusal: leave it empty, or grant in part."),
            lambda request, data, today: data["decision"] != Decision.GRANTED or not data["ground"],
            field="ground",
            needs_data=True,
        ),
    )

    def state_refusal(self, subject: ReadingRequest, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return Refusal("read-already", _("The file has been read already.")) if subject.read_on else None

    def change(self, subject: ReadingRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.decided_on = data["on"]
        take(subject, data, ("decision", "ground", "withheld"))


class RecordReading(_ReadingStep):
    """What was read and copied, where, by whom and under whose eyes."""

    name = "reading.record"
    label = gettext_lazy("Record the reading")
    form = RecordForm
    primary = 35

    def state_refusal(self, subject: ReadingRequest, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if subject.decision in (Decision.GRANTED, Decision.PARTLY):
            return None
        return Refusal("not-granted", _("Nothing is read before the request is granted. Decide on it first."), "47")

    def change(self, subject: ReadingRequest, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.read_on = data["on"]
        take(subject, data, ("room", "reader", "read", "copied", "copied_pages", "watched_by"))


class StrikeReading(StrikeRecord):
    name = "reading.strike"
    model: ClassVar = ReadingRequest
    form = StrikeForm


ACTIONS = (AskToRead, Decide, RecordReading, StrikeReading)
