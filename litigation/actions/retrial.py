"""Retrial: asked for, answered, ordered or refused (Litigation Law, art. 90–93; Interpretation 2018, art. 110–126)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import PostedDayForm, offer_parties
from casemgr.cases.models import Case
from casemgr.pages.forms import DateField
from casemgr.parties.models import Party
from litigation.actions.base import LitigationAction
from litigation.actions.performance import OPEN
from litigation.actions.rulings import ruling_label
from litigation.court_numbers import key_of
from litigation.file_kinds import ONLY_SUITS
from litigation.following import agencies_of, follow, parties_of, rulings_of
from litigation.models import Instance, LitigationCase, Ruling
from litigation.obligations import owed
from litigation.performing import binding_on
from litigation.registration.known import refuse_registered
from litigation.roles import LIAISON
from litigation.terms import Level


class Ground(models.TextChoices):
    """Why retrial is asked for (Interpretation 2018, art. 110): the last four count six months from knowing."""

    ORDINARY = "ordinary", gettext_lazy("A ground counted from effect")
    NEW_EVIDENCE = "new_evidence", gettext_lazy("New evidence")
    FORGED = "forged", gettext_lazy("Main evidence forged")
    BASIS_GONE = "basis_gone", gettext_lazy("The paper it rests on was annulled or changed")
    CORRUPTION = "corruption", gettext_lazy("Corruption of a judge in this case")


def retriable(case: Case) -> list[Ruling]:
    """Effective papers that ended a first or second instance, or a retrial."""
    facts = events.facts_of(case)
    levels = (Level.FIRST, Level.SECOND, Level.RETRIAL)
    return [
        one
        for one in rulings_of(case)
        if one.outcome and one.in_instance.level in levels and binding_on(one, facts) is not None
    ]


class RetrialForm(PostedDayForm):
    """A day in the course of an application for retrial against one paper."""

    whom: ClassVar[str] = "all"
    """Whose day it is: `all` parties, `agencies`, or `nobody` (the court's own)."""

    ruling = forms.ModelChoiceField(Ruling.objects.none(), label=gettext_lazy("Court paper"))
    party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Party"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = retriable(self.subject)
        found = Ruling.objects.filter(pk__in=[one.pk for one in papers]).select_related("in_instance")
        self.fields["ruling"].queryset = found
        self.fields["ruling"].label_from_instance = ruling_label
        if papers and not self.is_bound:
            self.fields["ruling"].initial = papers[-1].pk
        if self.whom == "nobody":
            del self.fields["party"], self.fields["sent_on"]
        else:
            parts = parties_of(self.subject) if self.whom == "all" else agencies_of(self.subject)
            offer_parties(self.fields["party"], {part.party_id: part.with_role for part in parts})
        self.order_fields(["ruling", "party", "on", "sent_on"])


class ApplyForm(RetrialForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=Ground.choices, initial=Ground.ORDINARY)
    known_on = DateField(
        label=gettext_lazy("Ground known on"),
        required=False,
        help_text=gettext_lazy("Where the six months run from knowing."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("ground") not in (None, Ground.ORDINARY) and not data.get("known_on"):
            self.add_error("known_on", _("Enter when the party knew of it: the six months run from that day."))
        return data


class ReceivedForm(RetrialForm):
    whom = "agencies"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["sent_on"]


class OpinionForm(RetrialForm):
    whom = "agencies"


class FiledForm(RetrialForm):
    whom = "nobody"

    court = forms.CharField(label=gettext_lazy("Court"), max_length=80)
    court_number = forms.CharField(label=gettext_lazy("Court's number"), max_length=80)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        refuse_registered(self, data.get("court_number"))
        return data


class ProtestForm(RetrialForm):
    whom = "nobody"

    kind = forms.ChoiceField(
        label=gettext_lazy("What the court received"),
        choices=[
            ("protest_received", pgettext_lazy("procuratorate", "Protest")),
            ("retrial_suggestion_received", gettext_lazy("Retrial suggestion")),
        ],
        widget=forms.RadioSelect,
    )
    procuratorate = forms.CharField(label=gettext_lazy("Procuratorate, number of its paper"), max_length=120)


class RuledForm(RetrialForm):
    whom = "nobody"

    result = forms.ChoiceField(
        label=gettext_lazy("The court"),
        choices=[("ordered", gettext_lazy("orders a retrial")), ("refused", gettext_lazy("rejects the application"))],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=gettext_lazy("Number of the ruling"), required=False, max_length=80)
    goes_on = forms.BooleanField(
        label=gettext_lazy("The ruling leaves performance running"),
        required=False,
        help_text=gettext_lazy(
            "Only in cases of pensions, minimum allowance or social insurance (Interpretation, article 118)."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("goes_on") and data.get("result") == "refused":
            self.add_error("goes_on", _("Nothing is paused when the application is rejected."))
        return data


class RetrialAction(LitigationAction):
    """A step towards a retrial of one effective paper. None of them stops performance; only the court's order does."""

    states = OPEN
    file_kinds: ClassVar = ONLY_SUITS
    guards: ClassVar = (
        Guard(
            "not-effective",
            "90",
            gettext_lazy("Retrial is asked of an effective paper, and none is effective yet."),
            lambda case, data, today: bool(retriable(case)),
        ),
    )

    def subject_of(self, case: Case, data: Mapping[str, Any]) -> str:
        return data["ruling"].subject


class ApplyRetrial(RetrialAction):
    """A party asks for retrial, within six months from effect. Performance goes on (art. 90; trap 24)."""

    name = "litigation.apply_retrial"
    label = gettext_lazy("Record an application for retrial")
    form = ApplyForm
    event = "retrial_applied"

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        known = {"known_on": data["known_on"].isoformat()} if data.get("known_on") else {}
        return {**super().event_data(case, data), "ground": data["ground"], **known}


class RetrialReceived(RetrialAction):
    """The application reached an agency: fifteen days for its written opinion (Interpretation, art. 111)."""

    name = "litigation.retrial_received"
    label = gettext_lazy("Record when an agency received an application for retrial")
    form = ReceivedForm
    event = "retrial_application_received"


class RetrialOpinion(RetrialAction):
    name = "litigation.retrial_opinion"
    label = gettext_lazy("Record the opinion on an application for retrial")
    form = OpinionForm
    event = "retrial_opinion_filed"


class RetrialFiled(RetrialAction):
    """The court reviews the application under a number of its own; the suit itself stays where it is."""

    name = "litigation.retrial_filed"
    label = gettext_lazy("Record that the court filed an application for retrial")
    roles = LIAISON
    form = FiledForm
    event = "retrial_filed"
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the instance's number or court instead.")

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        side_instance(case, Level.RETRIAL_REVIEW, data["court"], data["court_number"], data["ruling"].in_instance)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "number": data["court_number"], "court": data["court"]}


def side_instance(case: Case, level: str, court: str, number: str, earlier: Instance | None) -> Instance:
    """An instance beside the suit's own course: the running one stays."""
    last = case.instances.order_by("-order").first()
    return Instance.objects.create(
        case_id=case.pk,
        order=last.order + 1 if last else 1,
        level=level,
        court=court,
        court_number=number,
        court_key=key_of(number) if number else "",
        earlier=earlier,
    )


class RecordProtest(RetrialAction):
    """The procuratorate's protest (30 days) or retrial suggestion (three months) reached the court."""

    name = "litigation.record_protest"
    label = gettext_lazy("Record a protest or retrial suggestion")
    form = ProtestForm

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        events.record(
            case, data["kind"], data["on"], subject=data["ruling"].subject, procuratorate=data["procuratorate"]
        )


class RuleOnRetrial(RetrialAction):
    """The court rules. An order pauses performance, unless the ruling leaves it running (Interpretation, art. 118)."""

    name = "litigation.rule_on_retrial"
    label = gettext_lazy("Record the court's ruling on retrial")
    roles = LIAISON
    form = RuledForm
    event = "retrial_ruled"

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {"result": data["result"], "number": data["number"], "goes_on": data["goes_on"]}
        return {**super().event_data(case, data), **{name: value for name, value in kept.items() if value}}

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        self.record_event(subject, data, context)
        if data["result"] == "ordered" and subject.state != "RETRIAL":
            if not data["goes_on"]:
                for path in sorted({one.ruling.subject for one in owed(subject)}):
                    events.record(subject, "performance_paused", data["on"], subject=path)
            subject.retry()
        follow(subject, context.today)
        settle(subject, context.today)
        return subject


RETRIAL = (ApplyRetrial, RetrialReceived, RetrialOpinion, RetrialFiled, RecordProtest, RuleOnRetrial)
