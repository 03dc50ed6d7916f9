"""Preparing a volume: entries of the paper file, reasons for what is lacking, the order within a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases.models import Case
from casemgr.documents.volumes.actions.base import FileAction
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.contents import contents
from casemgr.documents.volumes.models import Arrangement, LackReason, LooseEntry, Part
from casemgr.documents.volumes.order import order_of
from casemgr.pages.forms import ContextForm, DateField

PAGES_AT_MOST = 5000
CARRIERS = LooseEntry._meta.get_field("carrier").choices


class EntryForm(ContextForm):
    slot = forms.ChoiceField(label=gettext_lazy("Place in the volume"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    author = forms.CharField(label=gettext_lazy("Made by"), max_length=100, required=False)
    dated_on = DateField(label=gettext_lazy("Date of the material"), required=False)
    carrier = forms.ChoiceField(label=gettext_lazy("Carrier"), choices=CARRIERS, initial="paper")
    pages = forms.IntegerField(
        label=gettext_lazy("Number of pages"),
        min_value=1,
        max_value=PAGES_AT_MOST,
        help_text=gettext_lazy("Written sides as numbered in the paper file; a disc counts as one."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        slots = order_of(self.subject).slots
        groups = [(part.label, [(slot.code, slot.title) for slot in slots if slot.part == part]) for part in Part]
        self.fields["slot"].choices = [group for group in groups if group[1]]


class AddEntry(FileAction):
    """Something that lies in the paper file only."""

    name, label = "volumes.add_entry", gettext_lazy("Add an entry of the paper file")
    form = EntryForm

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        LooseEntry.objects.create(case_id=subject.pk, added_by=context.actor, **data)
        return subject


class StrikeForm(ContextForm):
    entry = forms.ModelChoiceField(LooseEntry.objects.none(), label=gettext_lazy("Entry"))
    reason = forms.CharField(label=gettext_lazy("Why it is struck"), max_length=300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        loose = [
            content.key.partition(":")[2] for content in contents(self.subject) if content.key.startswith("entry:")
        ]
        self.fields["entry"].queryset = LooseEntry.objects.filter(pk__in=loose)


class StrikeEntry(FileAction):
    """An entry was made by mistake; only what is not frozen can be struck."""

    name, label = "volumes.strike_entry", gettext_lazy("Strike an entry of the paper file")
    form = StrikeForm

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        entry: LooseEntry = data["entry"]
        entry.struck_on, entry.strike_reason = context.today, data["reason"]
        entry.save()
        return subject


class LacksForm(ContextForm):
    """Two fields for each thing that is lacking: pages in the paper file, or the reason why it is not there."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lacks = lacks(self.subject)
        for lack in self.lacks:
            pages, reason = lack_fields(lack.need.code)
            self.fields[pages] = forms.IntegerField(
                label=_("Pages in the paper file: %(title)s") % {"title": lack.need.title},
                required=False,
                min_value=1,
                max_value=PAGES_AT_MOST,
            )
            self.fields[reason] = forms.CharField(
                label=_("Why it is lacking: %(title)s") % {"title": lack.need.title},
                required=False,
                max_length=300,
                initial=lack.reason,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for lack in self.lacks:
            pages, reason = lack_fields(lack.need.code)
            if data.get(pages) and data.get(reason) and data[reason] != lack.reason:
                self.add_error(reason, _("Enter either the pages or the reason, not both."))
        return data


def lack_fields(code: str) -> tuple[str, str]:
    """Names of the two fields for a lack."""
    plain = code.replace(":", "-")
    return f"pages-{plain}", f"reason-{plain}"


class ExplainLacks(FileAction):
    """For everything that is lacking: it lies in the paper file, or why it is not there."""

    name, label = "volumes.explain_lacks", gettext_lazy("Say where the missing papers are")
    form = LacksForm

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        for lack in context.form.lacks:
            pages, reason = lack_fields(lack.need.code)
            if data.get(pages):
                LooseEntry.objects.create(
                    case_id=subject.pk,
                    slot=lack.need.slot,
                    title=lack.need.title,
                    pages=data[pages],
                    fills=lack.need.code,
                    added_by=context.actor,
                )
            elif data.get(reason) and data[reason] != lack.reason:
                self._explain(subject, lack, data[reason], context)
        return subject

    def _explain(self, case: Case, lack: Any, reason: str, context: ActionContext) -> None:
        row = LackReason.objects.filter(case_id=case.pk, code=lack.need.code).first()
        row = row or LackReason(case_id=case.pk, code=lack.need.code)
        row.title, row.reason = lack.need.title, reason
        row.given_by, row.given_on = context.actor, context.today
        row.save()


class MoveForm(ContextForm):
    key = forms.CharField(label=gettext_lazy("Item"), max_length=60)
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=[("up", gettext_lazy("Up")), ("down", gettext_lazy("Down"))]
    )


class Move(FileAction):
    """Change the order within one place of the lawful order; from place to place nothing moves."""

    name, label = "volumes.move", gettext_lazy("Change the order")
    form = MoveForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or _swapped(subject, data["key"], data["direction"]) is not None:
            return []
        message = _("It cannot be moved further: the order of the places is fixed for the procedure.")
        return [Refusal("fixed-order", message, field="key")]

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        row = Arrangement.objects.filter(case_id=subject.pk).first() or Arrangement(case_id=subject.pk)
        row.keys = _swapped(subject, data["key"], data["direction"])
        row.save()
        return subject


def _swapped(case: Case, key: str, direction: str) -> list[str] | None:
    """All keys in their new order; None when the neighbour lies in another place, or there is none."""
    found = contents(case)
    here = next((place for place, content in enumerate(found) if content.key == key), None)
    there = None if here is None else here + (-1 if direction == "up" else 1)
    if here is None or not 0 <= there < len(found) or found[here].slot != found[there].slot:
        return None
    keys = [content.key for content in found]
    keys[here], keys[there] = keys[there], keys[here]
    return keys


PREPARING = (AddEntry, StrikeEntry, ExplainLacks, Move)
