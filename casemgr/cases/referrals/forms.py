"""The forms of a referral's steps; what a dock adds is added field by field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Participation
from casemgr.cases.models.referrals import Dock, Referral, ReferralKind, ReferralParty, ReferralResult
from casemgr.cases.referrals.docks import DockField, info, missing
from casemgr.cases.referrals.receivers import receiver_for, receiving_kinds
from casemgr.cases.referrals.twins import namesake_of
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ContextForm, DateField, SeveralRowsField
from casemgr.parties.forms import PartyForm

Role = Participation.Role

TEXT = forms.Textarea({"rows": 3})


class DayForm(ContextForm):
    """A step that happened on a day, today at the latest."""

    on = DateField(label=gettext_lazy("Date"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
        return on


class ReasonForm(DayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=TEXT)


def add_dock_fields(form: forms.Form, entries: Iterable[DockField], held: dict[str, Any]) -> None:
    """Add a dock's entries, filled with what is held; `dock_data` reads them back."""
    form.dock_codes = []
    for entry in entries:
        form.fields[entry.code] = entry.field()
        form.fields[entry.code].initial = held.get(entry.code)
        form.dock_codes.append(entry.code)


def dock_data(form: forms.Form) -> dict[str, Any]:
    """The dock's entries as JSON keeps them."""
    found = {code: form.cleaned_data.get(code) for code in form.dock_codes}
    return {code: value.isoformat() if isinstance(value, date) else value for code, value in found.items() if value}


def fill_in(form: ContextForm, step: str) -> None:
    """What the receiving procedure knows already stands in the form; it can be changed before it is sent."""
    receiver = receiver_for(form.subject)
    if form.is_bound or receiver is None:
        return
    for name, value in receiver.proposed(form.subject, step, form.today).items():
        if name in form.fields and value:
            form.fields[name].initial = value


def require(form: forms.Form, entries: Iterable[DockField]) -> None:
    """Refuse a step whose minimum is not filled in, entry by entry."""
    for entry in entries:
        if entry.code not in form.errors:
            words = _("Needed for this kind of referral. Fill in “%(field)s”.")
            form.add_error(entry.code if entry.code in form.fields else None, words % {"field": entry.label})


class ReferralForm(ContextForm):
    """What every referral says. `dock` is chosen first (in the address); its own entries follow."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of referral"))
    office = forms.CharField(label=gettext_lazy("Office"), required=False, max_length=80)
    officer = forms.CharField(label=gettext_lazy("Officer"), required=False, max_length=60)
    phone = forms.CharField(label=gettext_lazy("Office telephone"), required=False, max_length=40)
    summary = forms.CharField(label=gettext_lazy("What the dispute is about"), max_length=2000, widget=TEXT)
    legal_basis = forms.CharField(label=gettext_lazy("Legal basis"), required=False, max_length=200)
    papers = forms.CharField(
        label=gettext_lazy("Papers handed over"), required=False, max_length=2000, widget=TEXT,
        help_text=gettext_lazy("One a line; say whether it is the original or a copy."),
    )  # fmt: skip
    given_due_on = DateField(label=gettext_lazy("Result wanted by"), required=False)
    dock = forms.ChoiceField(choices=Dock.choices, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.dock = str(self.data.get("dock") or self.initial.get("dock") or Dock.COURT)
        known = info(self.dock) if self.dock in Dock.values else info(Dock.OTHER)
        kinds = dict(ReferralKind.choices)
        self.fields["kind"].choices = [(code, kinds[code]) for code in known.kinds]
        self.fields["dock"].initial = self.dock
        add_dock_fields(self, [entry for entry in known.fields if entry.needed_for in (None, "send")], {})
        self.dock_info = known

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.dock_info.needs_day and not (data.get("given_due_on") or data.get("answer_due")):
            self.add_error(
                "given_due_on", _("No text sets a length for this kind of referral: enter the day the sender asks for.")
            )
        trial = Referral(dock=self.dock, kind=data.get("kind") or "")
        require(self, missing(trial, "send", data))
        return data

    def values(self) -> dict[str, Any]:
        """Columns of the row."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["papers"].splitlines() if line.strip()]
        named = ("dock", "kind", "office", "officer", "phone", "summary", "legal_basis", "given_due_on")
        kept = {name: data[name] for name in named}
        return {**kept, "papers": lines, "extra": dock_data(self)}


class IncomingForm(ReferralForm):
    """A referral that came in by letter or platform."""

    organ = forms.CharField(label=gettext_lazy("Organ that refers"), max_length=80)
    organ_number = forms.CharField(label=gettext_lazy("Their case number"), required=False, max_length=80)
    sent_on = DateField(label=gettext_lazy("Sent on"), required=False)
    received_on = DateField(label=gettext_lazy("Received (signed for) on"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Receiving unit"))
    procedure = forms.ChoiceField(label=gettext_lazy("Procedure"))
    field_order = ("organ", "organ_number", "kind", "received_on", "sent_on", "procedure", "unit", "summary")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        from casemgr.cases.procedure import get_procedure

        reach = scope(self.actor, self.today)
        known = {code: get_procedure(code).name for code in sorted(reach.procedures) if _exists(code)}
        self.fields["procedure"].choices = list(known.items())
        units = Unit.objects.none()
        for code in known:
            ids = reach.unit_ids(code)
            units = Unit.objects.all() if ids is ALL else units | Unit.objects.filter(pk__in=ids)
        self.fields["unit"].queryset = units.order_by("path")
        self.order_fields(self.field_order)
        self._ask_about_namesake()

    def _ask_about_namesake(self) -> None:
        """Of another organ's letter with the same number the registrar says whether it is the same one."""
        named = (str(self.data.get(name) or "").strip() for name in ("organ", "organ_number"))
        if not self.is_bound or (found := namesake_of(self.dock, *named)) is None:
            return
        words = {"referral": found, "organ": found.organ}
        self.fields["is_another"] = forms.BooleanField(
            label=_("It is another letter than %(referral)s of %(organ)s, which has the same number") % words,
            error_messages={
                "required": _(
                    "The same number came from %(organ)s already: %(referral)s. Compare the two letters. If it is "
                    "another one, tick here; if it is the same, do not register it again."
                )
                % words
            },
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        received, sent = data.get("received_on"), data.get("sent_on")
        if received and received > self.today:
            self.add_error("received_on", _("The date lies in the future. Enter the day on which it really happened."))
        if received and sent and sent > received:
            self.add_error("sent_on", _("It cannot have arrived before it was sent. Check both dates."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        named = ("organ", "organ_number", "sent_on", "received_on", "unit", "procedure")
        return {**super().values(), **{name: data[name] for name in named}}


def _exists(code: str) -> bool:
    from casemgr.cases.procedure import procedures

    return code in {procedure.code for procedure in procedures()}


class OutgoingForm(ReferralForm):
    """A referral from one of our cases: to another organ, or to a unit of this banner."""

    to_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Receiving unit of this banner"), required=False
    )
    organ = forms.CharField(label=gettext_lazy("Or another organ"), required=False, max_length=80)
    parties = SeveralRowsField(Participation.objects.none(), label=gettext_lazy("Parties"))
    allowed_content = forms.CharField(
        label=gettext_lazy("What may be passed on"), required=False, max_length=1000, widget=TEXT,
        help_text=gettext_lazy("Concessions made in mediation are never passed on."),
    )  # fmt: skip
    field_order = ("to_unit", "organ", "kind", "parties", "summary")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        open_units = Unit.objects.filter(kind__in=receiving_kinds(), ended_on__isnull=True)
        self.fields["to_unit"].queryset = open_units.order_by("path")
        self.fields["parties"].queryset = self.subject.participations.filter(left_on__isnull=True)
        self.fields["parties"].label_from_instance = lambda part: part.with_role
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("to_unit")) == bool(data.get("organ")):
            self.add_error("to_unit", _("Choose a unit of this banner, or enter another organ: one of the two."))
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**super().values(), **{name: data[name] for name in ("to_unit", "organ", "allowed_content")}}


class SidedPartyForm(PartyForm):
    """A party of the letter with its side: who came first in the letter is not always who asks for something."""

    side = forms.ChoiceField(
        label=gettext_lazy("Side"),
        required=False,
        choices=[(role.value, role.label) for role in (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)],
    )
    field_order = ("known_party", "side")

    def __init__(self, *args, is_first: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.usual_side = Role.APPLICANT if is_first else Role.RESPONDENT
        self.fields["side"].initial = self.usual_side


class ConsentForm(DayForm):
    party = forms.ModelChoiceField(ReferralParty.objects.none(), label=gettext_lazy("Party"))
    answer = forms.ChoiceField(label=gettext_lazy("Consent"), choices=ReferralParty.Answer.choices[1:])
    how = forms.CharField(label=gettext_lazy("How it was asked"), max_length=100)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = self.subject.parties.select_related("party")


class AcceptForm(DayForm):
    """The dock's own conditions of acceptance."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        entries = info(self.subject.dock).fields
        wanted = [entry for entry in entries if entry.needed_for == "accept" and entry.if_(self.subject)]
        add_dock_fields(self, wanted, self.subject.extra)
        fill_in(self, "referral.accept")


class ExtendForm(ContextForm):
    until = DateField(label=gettext_lazy("New day for the result"))
    reason = forms.CharField(
        label=gettext_lazy("Consent of all parties (paper, date)"), max_length=200, widget=forms.Textarea({"rows": 2})
    )


class ResultForm(DayForm):
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=ReferralResult.choices)
    agreement_number = forms.CharField(label=gettext_lazy("Number of the agreement"), required=False, max_length=80)
    performance = forms.CharField(label=gettext_lazy("Performance"), required=False, max_length=200)
    agreed_facts = forms.CharField(
        label=gettext_lazy("Facts the parties agree on"), required=False, max_length=3000, widget=TEXT,
        help_text=gettext_lazy("This part goes back to the sender."),
    )  # fmt: skip
    confidential = forms.CharField(
        label=gettext_lazy("Confidential, never leaves"), required=False, max_length=3000, widget=TEXT,
        help_text=gettext_lazy("What was offered or conceded in mediation: it stays with the receiving unit."),
    )  # fmt: skip
    next_step = forms.CharField(
        label=gettext_lazy("Advice on the next way"), required=False, max_length=300, widget=TEXT,
        help_text=gettext_lazy("After a failure: which way is open, and until when."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        wanted = [entry for entry in info(self.subject.dock).fields if entry.needed_for == "result"]
        add_dock_fields(self, wanted, self.subject.extra)
        fill_in(self, "referral.send_result")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        result = data.get("result")
        if result in (ReferralResult.FAILED, ReferralResult.TERMINATED) and not data.get("next_step"):
            # dossier on mediation, §5.3: the advice record is mandatory after a failure
            self.add_error("next_step", _("Say which way the parties were advised to take, and its last day."))
        trial = Referral(dock=self.subject.dock, kind=self.subject.kind, result=result or "", extra=self.subject.extra)
        require(self, missing(trial, "result", data))
        return data
