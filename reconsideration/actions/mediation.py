"""The office's mediation, settlement between the parties, and the help of a mediation organisation (art. 5, 73, 74)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.perform import perform
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm, PartyDayForm
from casemgr.cases.models import Participation, Referral
from casemgr.cases.models.referrals import Dock, ReferralKind
from casemgr.cases.referrals.receivers import roster_of
from casemgr.cases.referrals.states import OPEN as REFERRAL_OPEN
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState
from casemgr.pages.forms import SeveralRowsField
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.guards import not_before
from reconsideration.models import MediationHelp, MediationSession, ReconsiderationCase, SharedPaper
from reconsideration.old_law import not_mediated_under_the_old_law
from reconsideration.states import UNDER_TRIAL

Role, Result = Participation.Role, MediationSession.Result
SIDES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
OPEN = (*UNDER_TRIAL, "SUSPENDED")
ISSUED = (DocumentState.ISSUED, DocumentState.FILED)
TEXT = forms.Textarea({"rows": 3})
FIELDS = ("place", "mediators", "present", "wishes", "proposals", "concessions", "agreed", "result", "signatures")


def sides_of(case: ReconsiderationCase) -> list[Participation]:
    return list(case.participations.filter(role__in=SIDES, left_on__isnull=True).order_by("role", "order"))


class SessionForm(DayForm):
    place = forms.CharField(label=gettext_lazy("Place or channel"), max_length=120)
    mediators = forms.CharField(
        label=gettext_lazy("Who mediated"), max_length=200, help_text=gettext_lazy("The office's handler is present.")
    )
    present = forms.CharField(label=gettext_lazy("Who was present"), max_length=500, widget=TEXT)
    wishes = forms.CharField(label=gettext_lazy("Wishes of the parties"), max_length=3000, widget=TEXT)
    proposals = forms.CharField(label=gettext_lazy("Proposals"), required=False, max_length=3000, widget=TEXT)
    concessions = forms.CharField(
        label=gettext_lazy("What was conceded"), required=False, max_length=3000, widget=TEXT,
        help_text=gettext_lazy("No evidence against who conceded it, and in no paper (Regulation 2026, art. 48)."),
    )  # fmt: skip
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=Result.choices, widget=forms.RadioSelect)
    agreed = forms.CharField(label=gettext_lazy("What was agreed"), required=False, max_length=3000, widget=TEXT)
    signatures = forms.CharField(label=gettext_lazy("Who signed the record"), required=False, max_length=300)
    helped_by = forms.ModelChoiceField(
        Referral.objects.none(), label=gettext_lazy("Together with the mediation organisation"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["helped_by"]
        field.queryset = Referral.objects.filter(case_id=self.subject.pk, dock=Dock.RECONSIDERATION)
        if not self.is_bound:
            self.fields["mediators"].initial = self.actor.full_name
            self.fields["present"].initial = "、".join(part.with_role for part in sides_of(self.subject))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("result") == Result.AGREED and not data.get("agreed"):
            self.add_error("agreed", _("Say what was agreed."))
        return data


class RecordSession(ReconsiderationAction):
    """A mediation session was held: wishes, proposals, result; free will and lawfulness (art. 5)."""

    topic = Topic.HEARING
    name = "reconsideration.record_mediation"
    label = gettext_lazy("Record a mediation session")
    form = SessionForm
    states: ClassVar = OPEN
    event = "mediation_held"
    guards = (not_mediated_under_the_old_law, not_before("accepted"))
    annullable = False
    instead = gettext_lazy("Record a further session that says what was wrong.")

    def record_event(self, case, data, context):
        session = MediationSession.objects.create(
            case_id=case.pk,
            order=case.office_mediations.count() + 1,
            held_on=data["on"],
            helped_by=data["helped_by"],
            **{name: data[name] for name in FIELDS},
        )
        kept = {"session": session.pk, "result": session.result, "content": session.get_result_display()}
        return events.record(case, self.event, data["on"], **kept)


class EndForm(PartyDayForm):
    party_roles: ClassVar = SIDES
    WHY = (
        ("refused", gettext_lazy("Does not want to mediate, or no agreement was reached")),
        ("backed_out", gettext_lazy("Backs out before the mediation paper takes effect")),
    )

    why = forms.ChoiceField(label=gettext_lazy("Why"), choices=WHY, widget=forms.RadioSelect)
    content = forms.CharField(label=gettext_lazy("How it is known"), max_length=1000, widget=TEXT)


class EndMediation(ReconsiderationAction):
    """No agreement, or a party backs out before the paper is in force: decided promptly (art. 73(2)).

    A suspension for mediation ends by its own notice, since its cause is gone.
    """

    name = "reconsideration.end_mediation"
    label = gettext_lazy("Record that mediation failed or a party backs out")
    topic = Topic.ENDING
    form = EndForm
    states: ClassVar = OPEN
    event = "mediation_ended"
    guards = (not_before("accepted", "mediation_held"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"why": data["why"], "content": data["content"]}


def _stands(case: ReconsiderationCase, data: Any, today: Any) -> bool:
    last = None
    for fact in events.facts_of(case):
        if fact.kind == "mediation_ended" and fact.data.get("why") == "backed_out":
            last = fact
        elif fact.kind == "mediation_held" and fact.data.get("result") == Result.AGREED:
            last = None
    return last is None


# Reconsideration Law 2023, art. 73(2)
nobody_backed_out = Guard(
    "backed-out",
    "73(2)",
    gettext_lazy(
        "A party backed out before the mediation paper took effect: decide promptly, "
        "or record a new session in which all agreed."
    ),
    _stands,
)


class SettlementForm(DayForm):
    content = forms.CharField(
        label=gettext_lazy("What the parties agreed, and the paper"),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
    )
    is_lawful = forms.BooleanField(
        label=gettext_lazy(
            "It harms neither state nor public interest nor others' rights, and breaks no mandatory rule (art. 74(1))"
        )
    )


class RecordSettlement(ReconsiderationAction):
    """The parties settled among themselves before the decision (art. 74(1)); the applicant's withdrawal follows."""

    name = "reconsideration.record_settlement"
    label = gettext_lazy("Record a settlement of the parties")
    topic = Topic.ENDING
    form = SettlementForm
    states: ClassVar = OPEN
    event = "settled"
    guards = (not_before("accepted"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["content"]}


def open_help(case: ReconsiderationCase) -> bool:
    rows = Referral.objects.filter(case_id=case.pk, dock=Dock.RECONSIDERATION)
    return rows.filter(state__in=set(REFERRAL_OPEN) - {"ACKNOWLEDGED", "DECLINED"}).exists()


class HelpForm(DayForm):
    """Whom to ask, for what, with whose consent, and which papers it may read."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Mediation organisation"), coerce=int)
    issues = forms.CharField(label=gettext_lazy("Issues to be mediated"), max_length=300, widget=TEXT)
    civil_part = forms.CharField(
        label=gettext_lazy("Civil part"), max_length=300, widget=TEXT,
        help_text=gettext_lazy("Like the boundary between neighbours, or damages; “无” where there is none."),
    )  # fmt: skip
    administrative_part = forms.CharField(
        label=gettext_lazy("Administrative part (stays with the authority)"), max_length=300, widget=TEXT
    )
    agreeing = SeveralRowsField(Participation.objects.none(), label=gettext_lazy("Who agreed to the help"))
    consent_paper = forms.CharField(label=gettext_lazy("How they agreed (paper, day)"), max_length=100)
    suspend = forms.ChoiceField(
        label=gettext_lazy("Do applicant and respondent agree to suspend the case meanwhile?"),
        choices=(("no", gettext_lazy("No, the period runs on")), ("yes", gettext_lazy("Yes: the notice follows"))),
        initial="no",
        widget=forms.RadioSelect,
    )
    shared = SeveralRowsField(
        Document.objects.none(), label=gettext_lazy("Papers the organisation may read"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster = {row.unit_id: row for row in roster_of(self.subject, Dock.RECONSIDERATION, self.today)}
        choices = [(row.unit_id, row.label + (f" — {row.conflict}" if row.conflict else ""))
                   for row in self.roster.values()]  # fmt: skip
        self.fields["organisation"].choices = [("", gettext_lazy("— choose —")), *choices]
        self.fields["agreeing"].queryset = self.subject.participations.filter(role__in=SIDES, left_on__isnull=True)
        self.fields["agreeing"].label_from_instance = lambda part: part.with_role
        issued = Document.objects.filter(case_id=self.subject.pk, state__in=ISSUED)
        self.fields["shared"].queryset = issued
        self.fields["shared"].label_from_instance = lambda paper: f"{paper.title} {paper.number_text}"

    def clean_organisation(self) -> int:
        chosen = self.cleaned_data["organisation"]
        if conflict := self.roster[chosen].conflict:
            raise forms.ValidationError(
                _("Choose another organisation: %(conflict)s.") % {"conflict": conflict}, code="conflict"
            )
        return chosen


def _everybody_agrees(case: ReconsiderationCase, data: Any, today: Any) -> bool:
    return {part.pk for part in sides_of(case)} <= {part.pk for part in data["agreeing"]}


class AskHelp(ReconsiderationAction):
    """A committee or studio is asked to help: an invited helper, whose agreement replaces no paper of art. 73.

    It goes out as a referral; both sides see the same last day. The decision period runs on unless the case is
    suspended by its own notice.
    """

    topic = Topic.HEARING
    name = "reconsideration.ask_help"
    label = gettext_lazy("Ask a mediation organisation for help")
    form = HelpForm
    states: ClassVar = OPEN
    event = "help_asked"
    guards = (
        not_mediated_under_the_old_law,
        Guard(
            "help-open",
            "5",
            gettext_lazy("An organisation is asked already: wait for its answer, or withdraw the referral."),
            lambda case, data, today: not open_help(case),
            needs_data=True,
        ),
        Guard(
            "consent-missing",
            "5(2)",
            gettext_lazy("Every applicant, respondent and third party must agree: mediation is of free will."),
            _everybody_agrees,
            field="agreeing",
            needs_data=True,
        ),
        not_before("accepted"),
    )
    annullable = False
    instead = gettext_lazy("Withdraw the referral.")

    def record_event(self, case, data, context):
        chosen = context.form.roster[data["organisation"]]
        papers = "\n".join(f"{paper.title} {paper.number_text}".strip() for paper in data["shared"])
        entries = {
            "dock": Dock.RECONSIDERATION.value,
            "kind": ReferralKind.JOINT.value,
            "to_unit": chosen.unit_id,
            "parties": [part.pk for part in data["agreeing"]],
            "summary": data["issues"],
            "legal_basis": "《中华人民共和国行政复议法》第五条",
            "papers": papers,
            **{name: data[name] for name in ("issues", "civil_part", "administrative_part", "suspend")},
        }
        referral = perform("referral.draft", case, entries, context.actor, context.today)
        for part in referral.parties.all():
            agreed = {"party": part.pk, "on": data["on"], "answer": "agrees", "how": data["consent_paper"]}
            referral = perform("referral.consent", referral, agreed, context.actor, context.today)
        perform("referral.send", referral, {"on": data["on"]}, context.actor, context.today)
        help = MediationHelp.objects.create(
            case_id=case.pk,
            referral=referral,
            organisation=chosen.name,
            asked_on=data["on"],
            consent_paper=data["consent_paper"],
        )
        for paper in data["shared"]:
            SharedPaper.objects.create(help=help, document=paper)
        kept = {"organ": chosen.name, "number": str(referral), "content": chosen.name}
        return events.record(case, self.event, data["on"], **kept)


MEDIATION = (RecordSession, EndMediation, RecordSettlement, AskHelp)
