"""分案: one application that attacks two acts, or of applicants whose matters differ, becomes two files.

Against two acts one applies separately (art. 22(4)); that the office itself opens the second file is its practice, and
the periods of art. 30 and 62 run for each request from the day on which the one application came in
(docs/decisions/0066-second-file.md).
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.links import link
from casemgr.cases.matters import Matter
from casemgr.cases.models import CaseLink, Participation
from casemgr.cases.same_act import act_number
from casemgr.pages.forms import DateField, SeveralRowsField
from reconsideration.actions.base import HEAD, ReconsiderationAction
from reconsideration.actions.superior import asking_is_open, is_taken_up
from reconsideration.guards import not_before
from reconsideration.models import ReconsiderationCase
from reconsideration.registration.second_file import open_second_file
from reconsideration.states import UNDER_TRIAL

Role = Participation.Role
SIDES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
TEXT = forms.Textarea({"rows": 3})
PRACTICE = gettext_lazy("practice of the office")


class SeparateFileForm(DayForm):
    """Who goes into the second file, about which act; who leaves the first one by it."""

    takes_numbers = frozenset({"act_number"})
    GROUNDS = (
        ("two_acts", gettext_lazy("The application attacks two acts (art. 22(4))")),
        ("unlike", gettext_lazy("The matters of the applicants differ")),
    )

    ground = forms.ChoiceField(label=gettext_lazy("Why a second file"), choices=GROUNDS, widget=forms.RadioSelect)
    parts = SeveralRowsField(Participation.objects.none(), label=gettext_lazy("Who is in the second file"))
    leaving = SeveralRowsField(
        Participation.objects.none(), label=gettext_lazy("Of them, who leaves this file"), required=False
    )
    act_title = forms.CharField(label=gettext_lazy("Act of the second file"), max_length=120)
    act_number = forms.CharField(label=gettext_lazy("Document number of the act"), required=False, max_length=80)
    acted_on = DateField(label=gettext_lazy("Date of the act"), required=False)
    matter = forms.ChoiceField(label=gettext_lazy("Kind of matter"), choices=[("", "—"), *Matter.choices])
    requests = forms.CharField(label=gettext_lazy("Requests of the second file"), max_length=2000, widget=TEXT)
    requests_here = forms.CharField(label=gettext_lazy("Requests that stay here"), max_length=2000, widget=TEXT)
    reason = forms.CharField(
        label=gettext_lazy("Reasons, and who was told in which way"), max_length=500, widget=TEXT
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.subject.participations.filter(role__in=SIDES, left_on__isnull=True).order_by("role", "order")
        for name in ("parts", "leaving"):
            self.fields[name].queryset = here.select_related("party")
            self.fields[name].label_from_instance = lambda part: part.with_role
        self.order_fields(["ground", *(name for name in self.fields if name not in ("ground", "on")), "on"])
        if not self.is_bound:
            facts, act = self.subject.facts, self.subject.act
            first = {"requests": facts.requests, "requests_here": facts.requests, "matter": facts.matter}
            for name, value in (first | ({"act_title": act.title} if act else {})).items():
                self.fields[name].initial = value

    def clean_act_number(self) -> str:
        return act_number(self.cleaned_data["act_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        going, leaving = set(data.get("parts") or ()), set(data.get("leaving") or ())
        if leaving - going:
            self.add_error("leaving", _("Who leaves this file is in the second one: choose them there too."))
        stay = set(self.fields["parts"].queryset) - leaving
        for name, those in (("parts", going), ("leaving", stay)):
            if name in data and {Role.APPLICANT, Role.RESPONDENT} - {part.role for part in those}:
                self.add_error(name, _("Each of the two files needs an applicant and a respondent."))
        return data


def _differs(case: ReconsiderationCase, data: Any, today: date) -> bool:
    act = case.act
    same = act is not None and (act.title, act.number) == (data["act_title"], data["act_number"])
    return data["ground"] != "two_acts" or not same


def _somebody_leaves(case: ReconsiderationCase, data: Any, today: date) -> bool:
    return data["ground"] != "unlike" or any(part.role == Role.APPLICANT for part in data["leaving"])


class SeparateFile(ReconsiderationAction):
    """A second file with its own number; received on the same day, and every period runs on from the same start."""

    name = "reconsideration.separate_file"
    label = gettext_lazy("Open a second file out of this one")
    consequence = gettext_lazy(
        "A second file is opened with its own number. Both were received on the same day, and their periods run from "
        "the same start. Papers issued so far stay here. To separate a case is the office's practice."
    )
    binding = True
    topic = Topic.LINKS
    roles = HEAD
    form = SeparateFileForm
    states: ClassVar = ("RECEIVED", *UNDER_TRIAL)
    annullable = False
    instead = gettext_lazy("Try the two cases together, or enter the second file as void while it is not accepted.")
    guards = (
        Guard(
            "same-act",
            "22(4)",
            gettext_lazy("The second file is about another act: enter its name and number."),
            _differs,
            field="act_title",
            needs_data=True,
        ),
        Guard(
            "nobody-leaves",
            PRACTICE,
            gettext_lazy("Say which applicant goes into the second file and leaves this one."),
            _somebody_leaves,
            field="leaving",
            needs_data=True,
        ),
        not_before("received"),
    )

    def state_refusal(self, subject, today: date) -> Refusal | None:
        return super().state_refusal(subject, today) or _running_refusal(subject)

    def execute(self, subject, data, context):
        parts = sorted(data["parts"], key=lambda part: (part.role, part.order))
        second = open_second_file(subject, parts, data, context.today)
        link(CaseLink.Kind.AROSE_FROM, second, subject, "分案")
        for part in data["leaving"]:
            part.left_on = data["on"]
            part.save()
        self.set_facts(subject, requests=data["requests_here"])
        for one, kind, other in ((subject, "second_file_opened", second), (second, "opened_out_of", subject)):
            told = {"other": other.pk, "number": other.number, "ground": data["ground"]}
            events.record(one, kind, data["on"], content=other.number, reason=data["reason"], **told)
        return super().execute(subject, data, context)


def _running_refusal(case: ReconsiderationCase) -> Refusal | None:
    """Excluded time that runs, or the superior's answer that is awaited, belongs to one file: it ends first. What the
    superior takes up is its own to separate."""
    kinds = [fact.kind for fact in events.facts_of(case)]
    if kinds.count("excluded_from") > kinds.count("excluded_until"):
        return Refusal("excluded-time-runs", _("Excluded time is running: record its end first."))
    if asking_is_open(case):
        return Refusal("superior-asked", _("The superior was asked to take the case up: wait for its answer."))
    if is_taken_up(case):
        return Refusal("superior-takes-up", _("The superior takes the case up: the whole file goes to it."), "38")
    return None


SEPARATION = (SeparateFile,)
