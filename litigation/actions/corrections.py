"""Putting right what was typed of an instance: its number, its court, its judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.computed_days import strike
from casemgr.pages.forms import ContextForm
from litigation.actions.base import LitigationAction
from litigation.court_numbers import key_of, parse
from litigation.models import BacklogItem, Instance, LitigationCase, Ruling
from litigation.roles import BOTH
from litigation.states import EVERYWHERE

TYPED = ("court_number", "court", "judge")
OPENINGS = ("instance_opened", "execution_opened")
"""Entries that say the number: with another one they are struck and entered anew, on their day."""


class CorrectInstanceForm(ContextForm):
    """What is left empty stays as it is."""

    instance = forms.ModelChoiceField(Instance.objects.none(), label=gettext_lazy("Instance"))
    court_number = forms.CharField(label=gettext_lazy("Right number"), max_length=80, required=False)
    court = forms.CharField(label=gettext_lazy("Right court"), max_length=80, required=False)
    judge = forms.CharField(label=gettext_lazy("Right judge"), max_length=60, required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Instance.objects.filter(case_id=self.subject.pk).order_by("-order")
        self.fields["instance"].queryset = found
        self.fields["instance"].label_from_instance = lambda one: f"{one.get_level_display()}　{one.court}　{one}"
        for name in TYPED:
            self.fields[name].help_text = _("Empty: stays as it is.")
        if not self.is_bound:
            self.fields["instance"].initial = found.first()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        instance: Instance | None = data.get("instance")
        if instance is None:
            return data
        data["now"] = {name: data[name] for name in TYPED if data.get(name) and data[name] != getattr(instance, name)}
        if not data["now"] and not self.errors:
            self.add_error(None, _("Nothing differs from what is recorded."))
        if written := data["now"].get("court_number"):
            self._check_number(instance, written)
        return data

    def _check_number(self, instance: Instance, written: str) -> None:
        known = Instance.objects.filter(court_key=key_of(written)).exclude(pk=instance.pk)
        if other := known.select_related("case").first():
            told = _("This number is registered already: %(file)s.") % {"file": self._file_of(other)}
            self.add_error("court_number", told)
        number = parse(written)
        if number is not None and number.level is not None and number.level != instance.level:
            message = _("By its type this number belongs to another kind of instance than “%(level)s”.")
            self.add_error("court_number", message % {"level": instance.get_level_display()})

    def _file_of(self, other: Instance) -> str:
        """The other file's number, where the person sees that file."""
        seen = LitigationCase.objects.visible_to(self.actor, self.today).filter(pk=other.case_id).exists()
        return other.case.number if seen else _("in another file")


class CorrectInstance(LitigationAction):
    """Number, court or judge were typed wrongly. Rulings, backlog items and the course of the case follow."""

    name = "litigation.correct_instance"
    label = gettext_lazy("Correct an instance's number or court")
    submit_label = gettext_lazy("Save the correction")
    topic = Topic.CORRECTION
    roles = BOTH
    form = CorrectInstanceForm
    states = EVERYWHERE
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct it once more: every earlier version is kept.")
    guards = (
        Guard(
            "no-instance",
            "",
            gettext_lazy("No court has the case yet."),
            lambda case, data, today: bool(case.instances.all()),
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        instance: Instance = data["instance"]
        before, now = {name: getattr(instance, name) for name in TYPED}, data["now"]
        for name, value in now.items():
            setattr(instance, name, value)
        instance.court_key = key_of(instance.court_number) if instance.court_number else ""
        instance.save()
        _follow_number(instance, before["court_number"], before["court"])
        _enter_anew(subject, instance, data["reason"])
        events.record(
            subject, "data_corrected", context.today, subject=instance.subject, what="instance",
            reason=data["reason"], was=" ".join(filter(None, (before[name] for name in now))),
            now=" ".join(now.values()),
        )  # fmt: skip
        settle(subject, context.today)
        return subject


def _follow_number(instance: Instance, number: str, court: str) -> None:
    """Papers that bear the instance's number, and the backlog items of the file that cite it."""
    for ruling in Ruling.objects.filter(in_instance=instance):
        if number and ruling.number == number != instance.court_number:
            ruling.number = instance.court_number
            ruling.save()
    if not number:
        return
    for item in BacklogItem.objects.filter(case_id=instance.case_id, court_key=key_of(number)):
        item.court_number, item.court_key = instance.court_number, instance.court_key
        item.court = instance.court if item.court == court else item.court
        item.version += 1
        item.save()


def _enter_anew(case: LitigationCase, instance: Instance, reason: str) -> None:
    for fact in events.facts_of(case):
        if fact.kind in OPENINGS and events.same_course(fact.subject, instance.subject):
            kept = {**fact.data, "number": instance.court_number}
            kept |= {"court": instance.court} if "court" in fact.data else {}
            if kept != fact.data:
                strike(case, fact, reason)
                events.record(
                    case, fact.kind, fact.occurred_on, party=fact.root.party, subject=fact.subject, **kept
                )  # fmt: skip


CORRECTIONS = (CorrectInstance,)
