"""Handing a dispute on: from village to town to banner, or to another committee or organ (dossier §1.4, T5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.perform import perform
from casemgr.actions.topics import Topic
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Participation, Referral
from casemgr.cases.models.referrals import Dock, ReferralKind, ReferralParty
from casemgr.cases.people.standing import has_case_role
from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm, DateField, SeveralRowsField
from mediation.actions.base import COMMITTEE, MEDIATOR, MediationAction
from mediation.actions.deciding import ask_who_decides
from mediation.models import MediationCase
from mediation.registration.people import SIDES
from mediation.terms import Ending

RECEIVING = (Unit.Kind.COMMITTEE, Unit.Kind.TOWN, Unit.Kind.STREET)
TAKEN = ("ACCEPTED", "IN_PROGRESS", "RESULT_SENT", "ACKNOWLEDGED", "CLOSED")
"""States of a referral whose receiver has taken it over."""
UNDER_WAY = ("DRAFT", "SENT", "RECEIVED")


def receivers_of(case: MediationCase) -> list[Unit]:
    """Units a dispute can be handed to, the next one up first: those at its town, then at the banner, then others."""
    own = case.unit.path
    units = Unit.objects.filter(kind__in=RECEIVING, ended_on__isnull=True).exclude(
        pk__in=[case.unit_id, case.facts.committee_id]
    )

    def distance(unit: Unit) -> tuple:
        above = unit.path.rpartition(unit.code)[0]
        is_up = own.startswith(above) and bool(above)
        return (not is_up, -len(above) if is_up else 0, unit.kind != Unit.Kind.COMMITTEE, unit.path)

    return sorted(units, key=distance)


class HandOnForm(ContextForm):
    """To whom, why, and that the parties agree: nothing leaves a case without them (dossier §5.3)."""

    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Handed to"))
    on = DateField(label=gettext_lazy("Sent on"))
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea({"rows": 2, "class": "compact"})
    )
    agreeing = SeveralRowsField(
        Participation.objects.none(), label=gettext_lazy("Agree to the dispute being handed on")
    )
    how = forms.CharField(label=gettext_lazy("How they were asked"), max_length=100)
    papers = forms.CharField(
        label=gettext_lazy("Papers handed over"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One a line; say whether it is the original or a copy."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_unit"]
        units = receivers_of(self.subject)
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        field.choices = [("", "—"), *((unit.pk, unit.name) for unit in units)]
        sides = self.subject.participations.filter(left_on__isnull=True, role__in=SIDES)
        self.fields["agreeing"].queryset = sides
        self.fields["agreeing"].label_from_instance = lambda part: part.with_role
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("on") and data["on"] > self.today:
            self.add_error("on", _("The date lies in the future. Enter the day on which it really happened."))
        agreeing = {part.pk for part in data.get("agreeing") or ()}
        missing = [part.name for part in self.fields["agreeing"].queryset if part.pk not in agreeing]
        if agreeing and missing:
            self.add_error(
                "agreeing",
                _("Every party must agree before the dispute is handed on. Ask: %(names)s.")
                % {"names": "、".join(missing)},
            )
        return data


def _none_under_way(case: MediationCase, data: Any, today: Any) -> bool:
    return not Referral.objects.filter(case_id=case.pk, dock=Dock.MEDIATION, state__in=UNDER_WAY).exists()


class HandOn(MediationAction):
    """Send the dispute to the next committee; it opens a case of its own when it takes it over."""

    name = "mediation.hand_on"
    label = gettext_lazy("Hand on to another committee")
    topic = Topic.ENDING
    consequence = gettext_lazy(
        "The other committee is told and sees the dispute. It stays yours until the other one takes it over; then it "
        "is closed here under its number, and goes on there under a linked one."
    )
    binding = True
    roles = COMMITTEE
    form = HandOnForm
    states = ("REGISTERED", "ACCEPTED", "FAILED")
    annullable = False
    instead = gettext_lazy("Withdraw the referral, as long as it is not signed for.")
    guards = (
        Guard(
            "on-its-way",
            "",
            gettext_lazy("It is on its way to another committee already. Wait for the answer, or withdraw it first."),
            _none_under_way,
        ),
    )

    def forbidden_message(self, subject: MediationCase | None, actor: Any, today: date) -> str:
        """A mediator of the case reads whom to ask: the committee decides where its dispute goes (dossier §1.4, T5)."""
        if subject is None or not has_case_role(actor, MEDIATOR, subject, today):
            return super().forbidden_message(subject, actor, today)
        return ask_who_decides(subject, today)

    def execute(self, subject: MediationCase, data: Mapping[str, Any], context: ActionContext) -> MediationCase:
        who = (context.actor, context.today)
        letter = {
            "dock": Dock.MEDIATION,
            "kind": ReferralKind.TRANSFER,
            "to_unit": data["to_unit"].pk,
            "parties": [part.pk for part in data["agreeing"]],
            "summary": f"{subject.facts.summary}\n{data['reason']}"[:2000],
            "papers": data["papers"],
        }
        referral = perform("referral.draft", subject, letter, *who)
        for row in referral.parties.all():
            said = {"party": row.pk, "answer": ReferralParty.Answer.AGREES, "how": data["how"], "on": data["on"]}
            perform("referral.consent", referral, said, *who)
        perform("referral.send", referral, {"on": data["on"]}, *who)
        return MediationCase.objects.get(pk=subject.pk)


class ReferOutForm(DayForm):
    """Where it went on."""

    where = forms.CharField(label=gettext_lazy("Taken over by"), max_length=120)
    number = forms.CharField(label=gettext_lazy("Number there"), required=False, max_length=80)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        taken = _taken(self.subject)
        if taken is not None:
            self.fields["where"].initial = taken.to_unit.name if taken.to_unit else taken.organ
            self.fields["number"].initial = taken.organ_number


def _taken(case: MediationCase) -> Referral | None:
    return Referral.objects.filter(case_id=case.pk, state__in=TAKEN).select_related("to_unit").order_by("-pk").first()


class ReferOut(MediationAction):
    """The other committee or organ has taken the dispute over: it ends here, keeps its number, and is linked (T5)."""

    name = "mediation.refer_out"
    label = gettext_lazy("Taken over elsewhere")
    topic = Topic.ENDING
    consequence = gettext_lazy("The dispute ends here. Its number stays, and the line of the dispute goes on there.")
    binding = True
    roles = COMMITTEE
    form = ReferOutForm
    transition, event = "refer_out", "referred_out"
    guards = (
        Guard(
            "not-taken-over",
            "",
            gettext_lazy(
                "Nobody has taken it over yet. Send it by “Refer to another organ or unit” or “Hand on to another "
                "committee”, and record their answer."
            ),
            lambda case, data, today: _taken(case) is not None,
        ),
    )

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        case.outcome = Ending.REFERRED_OUT

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"where": data["where"], "number": data["number"]}


class HandedOut(ReferOut):
    """The same, caused by the receiving committee's taking over: only that step performs it."""

    name = "mediation.handed_out"
    listed, nested_only, binding = False, True, False
    guards = ()


HANDING_ON = (HandOn, ReferOut, HandedOut)
