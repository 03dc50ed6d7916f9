"""What is done to the file as a whole: archived, or void because it was entered by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Deadline
from casemgr.documents.volumes.guards import volumes_are_frozen
from casemgr.numbering.models import IssuedNumber
from casemgr.numbering.series import void as void_number
from casemgr.pages.forms import Form
from litigation.actions.base import LitigationAction
from litigation.models import LitigationCase
from litigation.roles import LIAISON
from litigation.terms import FileKind


class ArchiveForm(DayForm):
    archive_number = forms.CharField(label=gettext_lazy("Archive number"), max_length=60, required=False)


def _no_duty_open(case: LitigationCase, data: Any, today: Any) -> bool:
    return not any(row.status == Deadline.Status.OPEN and row.is_ours for row in case.deadlines.all())


class Archive(LitigationAction):
    """Close the file for good: no clock of our side runs, the volumes are frozen."""

    file_kinds: ClassVar = tuple(FileKind)
    name = "litigation.archive"
    label = gettext_lazy("Review and archive the file")
    consequence = gettext_lazy("The file is closed for good and becomes read-only.")
    binding, primary = True, 30
    roles = ("liaison", "archive")
    form = ArchiveForm
    transition, event = "archive", "archived"
    guards = (
        Guard(
            "clock-open",
            "",
            gettext_lazy("A period of our side is still running. Record how it ended first."),
            _no_duty_open,
        ),
        volumes_are_frozen,
    )

    def event_data(self, case: LitigationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        number = {"archive_number": data["archive_number"]} if data.get("archive_number") else {}
        return super().event_data(case, data) | number


NO_MISTAKE = (
    *("session_held", "judgment_made", "ruling_made"),
    *("suggestion_answered", "suggestion_performed", "papers_handed_over", "supervision_decided"),
)


class VoidForm(Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class Void(LitigationAction):
    """Entered by mistake, before any court paper: void with a reason, its number stays used."""

    file_kinds: ClassVar = tuple(FileKind)
    name = "litigation.void"
    label = gettext_lazy("Void (entered by mistake)")
    topic = Topic.CORRECTION
    consequence = gettext_lazy("The case is void. Its number stays used and is never given again.")
    binding = True
    roles = LIAISON
    form = VoidForm
    transition, event = "void", "voided"
    guards = (
        Guard(
            "court-paper-known",
            "",
            gettext_lazy("A session, a court paper or an answer is recorded: this is no mistake of entry any more."),
            lambda case, data, today: events.last_of(events.facts_of(case), *NO_MISTAKE) is None,
        ),
    )

    def record_facts(self, case: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        for instance in case.instances.all():
            instance.court_key = ""  # the suit itself may still be registered under its number
            instance.save()
        number = IssuedNumber.objects.filter(text=case.number).first()
        if number is not None:
            void_number(number, data["reason"])


FILE = (Archive, Void)
