"""Asking the parties, naming the other side, and what the law obliges to report (art. 17, 25)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import InvalidInput
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.bulk.description import Part
from casemgr.cases.day_forms import DayForm, PartyDayForm
from casemgr.cases.models import Participation
from casemgr.cases.participations import participations_of
from casemgr.cases.search import index_title
from casemgr.pages.forms import ClockField, DateField
from casemgr.parties.models import Party
from casemgr.parties.registry import find_or_create
from mediation.actions.base import MediationAction
from mediation.exclusions import EXCLUSIONS, to_be_reported
from mediation.models import Consent, MediationCase
from mediation.registration.entering import note_consent
from mediation.registration.people import SIDES, PersonForm
from mediation.registration.recording import default_title
from mediation.terms import Exclusion

BEFORE_OUTCOME = ("REGISTERED", "ACCEPTED", "MEDIATING", "PAUSED")
EVENTS = {
    Consent.Answer.PENDING: "consent_asked",
    Consent.Answer.AGREED: "consent_given",
    Consent.Answer.REFUSED: "consent_refused",
}


class ConsentForm(PartyDayForm):
    """The party's answer, or that it was asked and has not answered."""

    party_roles: ClassVar[tuple[str, ...]] = tuple(SIDES)

    on = DateField(label=gettext_lazy("Asked or answered on"))
    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=Consent.Answer.choices, widget=forms.RadioSelect)
    how = forms.CharField(
        label=gettext_lazy("How"), max_length=120, help_text=gettext_lazy("For instance by telephone, at home.")
    )


class AskConsent(MediationAction):
    """Record that a party was asked, and its answer (art. 17)."""

    name = "mediation.ask_consent"
    label = gettext_lazy("Record a party's answer")
    topic = Topic.PARTIES
    form = ConsentForm
    states = BEFORE_OUTCOME
    annullable = False
    instead = gettext_lazy("Record the answer again as it is: the last one is in force.")

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        for part in Participation.objects.filter(case_id=case.pk, party=data["party"], role__in=SIDES):
            note_consent(part, data["answer"], data["on"], how=data["how"])
        kept = {"how": data["how"], **({"note": data["note"]} if data["note"] else {})}
        events.record(case, EVENTS[data["answer"]], data["on"], party=data["party"], **kept)


class OtherSideForm(PersonForm):
    """The party that was not known at registration."""

    role = None

    def __init__(self, data=None, files=None, *, prefix: str | None = None, **kwargs) -> None:
        data = None if data is None else {"kind": Party.Kind.PERSON, **data}
        super().__init__(data, files, prefix=prefix, **kwargs)


class NameOtherSide(MediationAction):
    """The other side is found out: it becomes the case's respondent."""

    name = "mediation.name_other_side"
    label = gettext_lazy("Enter the other side")
    topic = Topic.PARTIES
    form = OtherSideForm
    states = BEFORE_OUTCOME
    primary = 65
    annullable = False
    instead = gettext_lazy("Correct the participant: he leaves the case, and the right one is entered.")

    def priority(self, subject: MediationCase) -> int:
        return self.primary if subject.facts.other_side_unknown else 0

    def build_form(self, subject: MediationCase, data: Any, files: Any, actor: Any, today: Any) -> OtherSideForm:
        return OtherSideForm(data, files, actor=actor, today=today)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        form: OtherSideForm = context.form
        try:
            party = find_or_create(form.party_data(), context.actor, context.today)
        except ValidationError as error:
            form.add_error(None, error.messages)
            raise InvalidInput(form) from error
        role = Participation.Role.RESPONDENT
        if case.participations.filter(party=party).exists():
            form.add_error(None, _("This party takes part already."))
            raise InvalidInput(form)
        for row in participations_of([Part(party, role)]):
            row.case, row.order = case, case.participations.filter(role=role).count() + 1
            row.save()
            if answer := form.given_consent(data):
                note_consent(row, *answer, how="")
        self.set_facts(case, other_side_unknown=False)
        parts = [Part(part.party, part.role) for part in case.participations.select_related("party")]
        was, case.title = case.title, default_title(parts, case.facts)
        index_title(case)
        events.record(case, "data_corrected", context.today, what="parties", was=was, now=case.title)


class DutyReportForm(DayForm):
    """To whom, how, and what shows that it arrived."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Because of"),
        choices=[(code, EXCLUSIONS[code].code.label) for code in (Exclusion.CRIME, Exclusion.VIOLENCE)],
    )
    at = ClockField(label=gettext_lazy("At"))
    to = forms.CharField(
        label=gettext_lazy("Reported to"),
        max_length=100,
        help_text=gettext_lazy("Police, civil affairs, education, women's federation; with the person who took it."),
    )
    channel = forms.CharField(
        label=gettext_lazy("Way of the report"),
        max_length=60,
        help_text=gettext_lazy("For instance 110, by telephone, in person."),
    )
    content = forms.CharField(
        label=gettext_lazy("What was reported"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    receipt = forms.CharField(
        label=gettext_lazy("Receipt"),
        max_length=120,
        help_text=gettext_lazy("Number of the incident, or who confirmed it and when."),
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Their answer"),
        choices=[
            ("", gettext_lazy("No answer yet")),
            ("go_on", gettext_lazy("Mediation may go on")),
            ("stop", gettext_lazy("Mediation is to stop")),
        ],
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if rules := to_be_reported(self.subject.facts):
            self.fields["ground"].initial = rules[0].code


class ReportDuty(MediationAction):
    """Report what the law obliges to report, with its receipt (art. 25; Anti-Domestic-Violence Law, art. 14)."""

    name = "mediation.report_duty"
    label = gettext_lazy("Record a report to police or civil affairs")
    form = DutyReportForm
    states = BEFORE_OUTCOME
    event = "duty_report"
    primary = 90

    def priority(self, subject: MediationCase) -> int:
        """First of all, while a report is owed."""
        from mediation.guards.intake import duty_is_done

        return 0 if duty_is_done.check(subject, None, None) else self.primary

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: data[name] for name in ("ground", "to", "channel", "content", "receipt", "answer")}
        return super().event_data(case, data) | kept | {"at": f"{data['at']:%H:%M}"}


CONSENTS = (AskConsent, NameOtherSide, ReportDuty)
