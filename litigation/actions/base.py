"""What every action of litigation shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.day_forms import posted
from casemgr.cases.models import Case, Event
from litigation.file_kinds import SUITS
from litigation.filing import add_paper
from litigation.instances import running_instance
from litigation.models import LitigationCase
from litigation.roles import BOTH


class LitigationAction(CaseAction):
    """An action on a litigation file. What it records belongs to the running instance, or to what `subject` says."""

    model: ClassVar = LitigationCase
    roles = BOTH
    file_kinds: ClassVar[tuple[str, ...]] = SUITS
    """On which kinds of file it is possible: a suggestion is no suit."""

    def state_refusal(self, subject: LitigationCase, today: date) -> Refusal | None:
        if subject.facts.file_kind not in self.file_kinds:
            kind = subject.facts.get_file_kind_display()
            text = _("“%(action)s” is not possible in a file of the kind “%(kind)s”.")
            return Refusal("wrong-file", text % {"action": self.label, "kind": kind})
        return archived_refusal(subject) or super().state_refusal(subject, today)

    def build_form(
        self, subject: LitigationCase, data: Mapping | None, files: Mapping | None, actor: Any, today: date
    ) -> forms.BaseForm:
        """A step that hands something in also asks which paper of the file that was."""
        form = super().build_form(subject, data, files, actor, today)
        add_paper(form, self.name, subject)
        return form

    def subject_of(self, case: Case, data: Mapping[str, Any]) -> str:
        """Path of the instance, paper or session the entry is about."""
        instance = running_instance(case)
        return instance.subject if instance is not None else ""

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        return events.record(
            case,
            self.event,
            data.get("on") or context.today,
            party=data.get("party"),
            subject=self.subject_of(case, data),
            **self.event_data(case, data),
        )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        """Also the postmark of what was sent: it decides whether that was in time."""
        return {**super().event_data(case, data), **posted(data)}
