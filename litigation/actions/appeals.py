"""Appeal, the next instance, and the answer in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm, PostedDayForm, offer_parties
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case
from casemgr.parties.models import Party
from litigation.actions.base import LitigationAction
from litigation.actions.intake import DefendantDayForm, DefendantSendsForm
from litigation.actions.rulings import ruling_label
from litigation.court_numbers import parse
from litigation.file_kinds import ONLY_SUITS
from litigation.following import agencies_of, effect_of_ruling, follow, parties_of, rulings_of
from litigation.instances import enter_agency, open_instance, running_instance
from litigation.models import LitigationCase, Ruling
from litigation.registration.known import refuse_registered
from litigation.roles import BOTH
from litigation.terms import Level, Track

APPEAL_FROM = ("JUDGED", "APPEALED", "EFFECTIVE", "NOTHING_TO_PERFORM", "TO_PERFORM")


def appealable_of(case: Case) -> list[Ruling]:
    """Papers against which an appeal lies and that no later paper has annulled."""
    return [one for one in rulings_of(case) if one.is_appealable and not one.is_replaced]


class AppealForm(PostedDayForm):
    ruling = forms.ModelChoiceField(Ruling.objects.none(), label=gettext_lazy("Court paper"))
    party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Who appeals"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = appealable_of(self.subject)
        found = Ruling.objects.filter(pk__in=[one.pk for one in papers]).select_related("in_instance")
        self.fields["ruling"].queryset = found
        self.fields["ruling"].label_from_instance = ruling_label
        offer_parties(self.fields["party"], {part.party_id: part.with_role for part in parties_of(self.subject)})
        if papers and not self.is_bound:
            self.fields["ruling"].initial = papers[-1].pk
        self.fields["on"].label = _("Received by the court, or made known to us, on")
        self.order_fields(["ruling", "party", "on", "sent_on", "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ruling, on = data.get("ruling"), data.get("on")
        if ruling is not None and on is not None and ruling.made_on and on < ruling.made_on:
            self.add_error("on", _("It cannot be before the date of the paper. Check both dates."))
        return data


class RecordAppeal(LitigationAction):
    """Somebody appealed. In time by that party's own receipt, it keeps the paper from taking effect (art. 85)."""

    name = "litigation.record_appeal"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Record an appeal")
    form = AppealForm
    states = APPEAL_FROM
    guards = (
        Guard(
            "no-appeal-lies",
            "85",
            gettext_lazy("There is no paper against which an appeal lies: second instances are final."),
            lambda case, data, today: bool(appealable_of(case)),
        ),
        Guard(
            "appeal-late",
            "85",
            gettext_lazy("This party's period to appeal was over: the court does not take such an appeal. It ended on"),
            lambda case, data, today: _end_before(case, data) is None,
            field="sent_on",
            needs_data=True,
            detail=lambda case, data, today: _end_before(case, data).isoformat(),
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        ruling = data["ruling"]
        events.record(
            subject,
            "appealed",
            data["on"],
            party=data["party"],
            subject=ruling.subject,
            **self.event_data(subject, data),
        )
        if ruling.outcome and subject.state != "APPEALED":
            subject.appeal()
        follow(subject, context.today)
        settle(subject, context.today)
        return subject


def _end_before(case: Case, data: Mapping[str, Any]) -> date | None:
    """The last day of the party's own period, where the appeal lies after it."""
    ruling, party = data["ruling"], data["party"]
    effect = effect_of_ruling(ruling, events.facts_of(case), [party.pk])
    first_free = effect.per_party.get(party.pk)
    done_on = data.get("sent_on") or data["on"]
    if first_free is None or done_on < first_free:
        return None
    return date.fromordinal(first_free.toordinal() - 1)


class ConsiderForm(DayForm):
    party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Agency"))
    will_appeal = forms.TypedChoiceField(
        label=gettext_lazy("It decides"),
        choices=[("yes", gettext_lazy("to appeal")), ("no", gettext_lazy("not to appeal"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reasons, and who decided"), max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_parties(self.fields["party"], {part.party_id: part.name for part in agencies_of(self.subject)})
        self.order_fields(["party", "will_appeal", "reason", "on", "note"])


class ConsiderAppeal(LitigationAction):
    """The agency's own decision whether to appeal, with reasons: a lost suit is not let go by silence."""

    name = "litigation.consider_appeal"
    label = gettext_lazy("Record the decision whether to appeal")
    primary = 55
    form = ConsiderForm
    states = ("JUDGED",)
    event = "appeal_considered"

    def priority(self, subject: LitigationCase) -> int:
        considered = events.last_of(events.facts_of(subject), "appeal_considered") is not None
        return 0 if considered else self.primary

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "will_appeal": data["will_appeal"]}


class AppealWithdrawnForm(AppealForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Ruling that allows the withdrawal received on")
        del self.fields["sent_on"]


class AppealWithdrawn(LitigationAction):
    """The court above allowed a party to withdraw its appeal."""

    name = "litigation.appeal_withdrawn"
    label = gettext_lazy("Record that an appeal was withdrawn")
    topic = Topic.ENDING
    form = AppealWithdrawnForm
    states = ("APPEALED", "ANSWERED", "HEARING_SET", "TRIED", "JUDGED")
    event = "appeal_withdrawn"
    guards = (
        Guard(
            "nobody-appealed",
            "",
            gettext_lazy("No appeal of this party against this paper is recorded."),
            lambda case, data, today: (
                events.last_of(
                    [fact for fact in events.facts_of(case) if fact.subject == data["ruling"].subject],
                    "appealed",
                    party_id=data["party"].pk,
                )
                is not None
            ),
            field="party",
            needs_data=True,
        ),
    )

    def subject_of(self, case: Case, data: Mapping[str, Any]) -> str:
        return data["ruling"].subject

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Any:
        event = super().record_event(case, data, context)
        follow(case, context.today)
        return event


class NextInstanceForm(DayForm):
    """The next instance as the court's notice names it. `on` is the day the court filed it."""

    level = forms.ChoiceField(
        label=gettext_lazy("Instance"),
        choices=[("", gettext_lazy("As the number says")), *Level.choices],
        required=False,
    )
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80)
    court_number = forms.CharField(label=gettext_lazy("Court's number"), max_length=80)
    judge = forms.CharField(label=gettext_lazy("Judge"), required=False, max_length=60)
    track = forms.ChoiceField(
        label=gettext_lazy("Court's procedure"),
        choices=[("", gettext_lazy("Not said: ordinary")), *Track.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Filed by the court on")
        self.order_fields(["court_number", "court", "level", "on", "judge", "track", "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        written = data.get("court_number") or ""
        number = parse(written)
        data["level"] = data.get("level") or (number.level if number is not None else "")
        if not data["level"]:
            self.add_error("level", _("The number does not say which instance it is: choose it."))
        refuse_registered(self, written)
        return data


REACHED_FROM: Mapping[str, tuple[str, ...]] = {
    "APPEALED": (Level.SECOND,),
    "REMANDED": (Level.FIRST,),
    "RETRIAL": (Level.RETRIAL,),
}


class OpenInstance(LitigationAction):
    """The next court has the case under a number of its own: second instance, after a remand, or retrial."""

    name = "litigation.open_instance"
    label = gettext_lazy("Open the next instance")
    roles = BOTH
    primary = 75
    form = NextInstanceForm
    states = ("APPEALED", "REMANDED", "RETRIAL")
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the instance's number or court instead.")
    guards = (
        Guard(
            "instance-runs",
            "",
            gettext_lazy("The next instance is open already, under its number."),
            lambda case, data, today: _is_awaited(case),
        ),
        Guard(
            "level-does-not-follow",
            "",
            gettext_lazy("This instance does not follow from where the file stands."),
            lambda case, data, today: data["level"] in REACHED_FROM.get(case.state, ()),
            field="level",
            needs_data=True,
        ),
        not_before("appealed", "judgment_made"),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if _is_awaited(subject) else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        before = running_instance(subject)
        kept = {**data, "filed_on": data["on"], "earlier": before, "is_remanded": subject.state == "REMANDED"}
        instance = open_instance(subject, kept, data["on"])
        for standing in before.standings.select_related("participation__party"):
            enter_agency(instance, standing.participation, {"role": standing.role, "deed": standing.deed})
        if instance.level == Level.SECOND:
            events.record(subject, "appeal_file_received", data["on"], subject=instance.subject)
        settle(subject, context.today)
        return subject


def _is_awaited(case: LitigationCase) -> bool:
    instance = running_instance(case)
    return instance is not None and bool(instance.outcome)


class CopyOfAppeal(LitigationAction):
    """The other side's appeal reached an agency: fifteen days for its answer (Interpretation, art. 108)."""

    name = "litigation.appeal_copy"
    label = gettext_lazy("Record when an agency received the other side's appeal")
    topic = Topic.COURSE
    form = DefendantDayForm
    states = ("APPEALED", "ANSWERED", "HEARING_SET")
    event = "appeal_copy_received"
    guards = (not_before("appealed"),)


class AnswerAppeal(LitigationAction):
    """The agency's written answer to the appeal; without one the trial goes on."""

    name = "litigation.answer_appeal"
    label = gettext_lazy("Record the answer to the appeal")
    form = DefendantSendsForm
    states = ("APPEALED", "ANSWERED", "HEARING_SET")
    event = "appeal_answered"
    guards = (
        Guard(
            "no-appeal-copy",
            gettext_lazy("Interpretation of the Litigation Law, article 108"),
            gettext_lazy("Record first when this agency received the copy of the appeal."),
            lambda case, data, today: (
                events.last_of(events.facts_of(case), "appeal_copy_received", party_id=data["party"].pk) is not None
            ),
            field="party",
            needs_data=True,
        ),
        not_before("appeal_copy_received"),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        self.record_event(subject, data, context)
        if subject.state == "APPEALED" and not _is_awaited(subject):
            subject.answer()
        settle(subject, context.today)
        return subject


APPEALS = (
    RecordAppeal,
    ConsiderAppeal,
    AppealWithdrawn,
    OpenInstance,
    CopyOfAppeal,
    AnswerAppeal,
)
