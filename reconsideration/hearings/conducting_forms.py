"""What is asked while a hearing is prepared and held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Participation
from casemgr.pages.forms import ContextForm
from reconsideration.hearings.script import TEXT_STEPS, items_of
from reconsideration.models import Hearing, HearingParty, PanelMember

TWO = {"rows": 2}


def rows_of(hearing: Hearing) -> list[HearingParty]:
    rows = hearing.parties.select_related("participation").order_by("participation__role", "pk")
    return [row for row in rows if row.participation.left_on is None]


def _offer(field: forms.ModelChoiceField, queryset: Any, label: Any) -> None:
    field.queryset = queryset
    field.label_from_instance = label
    if queryset.count() == 1:
        field.initial = queryset.first()


class HeadForm(ContextForm):
    """The respondent's head comes; or why not, and who comes instead (art. 51(3))."""

    party = forms.ModelChoiceField(HearingParty.objects.none(), label=gettext_lazy("Respondent"))
    head_name = forms.CharField(label=gettext_lazy("Name of the head"), max_length=50, required=False)
    head_post = forms.CharField(label=pgettext_lazy("head", "Post"), max_length=60, required=False)
    head_absence = forms.CharField(
        label=gettext_lazy("Why the head cannot come"), max_length=300, required=False, widget=forms.Textarea(TWO)
    )
    delegate = forms.CharField(
        label=gettext_lazy("Who comes instead: name and post"), max_length=120, required=False,
        help_text=gettext_lazy("A member of the agency's staff who knows the case; a lawyer alone is not enough."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = HearingParty.objects.filter(hearing=self.subject, participation__role=Participation.Role.RESPONDENT)
        _offer(self.fields["party"], rows.select_related("participation"), lambda row: row.participation.name)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("head_name") and data.get("head_absence"):
            self.add_error("head_absence", _("Either the head comes, or there is a reason why not."))
        elif not data.get("head_name"):
            for name in ("head_absence", "delegate"):
                if not data.get(name):
                    self.add_error(name, _("Without the head, the reason and who comes instead are needed."))
        return data


class DeclareForm(ContextForm):
    member = forms.ModelChoiceField(PanelMember.objects.none(), label=pgettext_lazy("hearing", "Panel member"))
    interest = forms.CharField(
        label=gettext_lazy("Interest in the case, or relation to a party"), max_length=300, required=False,
        widget=forms.Textarea(TWO), help_text=gettext_lazy("Leave empty when there is none."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = PanelMember.objects.filter(hearing=self.subject).select_related("user")
        _offer(self.fields["member"], rows, lambda row: f"{row.get_seat_display()}　{row.user.full_name}")
        own = next((row for row in rows if self.actor is not None and row.user_id == self.actor.pk), None)
        if own is not None:
            self.fields["member"].initial = own


class DecideInterestForm(ContextForm):
    member = forms.ModelChoiceField(PanelMember.objects.none(), label=pgettext_lazy("hearing", "Panel member"))
    may_stay = forms.ChoiceField(
        label=pgettext_lazy("hearing", "Decision"), widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("May sit in spite of it")),
            ("no", gettext_lazy("Is recused: another takes the seat")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = PanelMember.objects.filter(hearing=self.subject).exclude(interest="").select_related("user")
        _offer(self.fields["member"], rows, lambda row: f"{row.user.full_name}：{row.interest}")


CAME = (
    ("", pgettext_lazy("hearing", "Not recorded yet")),
    ("yes", gettext_lazy("Came")),
    ("excused", gettext_lazy("Absent with good reason")),
    ("no", gettext_lazy("Absent without good reason")),
)


class AttendanceForm(ContextForm):
    """A line for each party: whether it came, who was there, why not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows_of(self.subject) if self.subject is not None else []
        for row in self.rows:
            name = row.participation.with_role
            self.fields[f"came_{row.pk}"] = forms.ChoiceField(
                label=name, choices=CAME, required=False, initial=_came(row)
            )
            self.fields[f"by_{row.pk}"] = forms.CharField(
                label=_("%(name)s: who was there, with post or power") % {"name": name}, required=False,
                max_length=200, initial=row.came_by or _expected(row),
            )  # fmt: skip
            self.fields[f"why_{row.pk}"] = forms.CharField(
                label=_("%(name)s: why absent") % {"name": name}, required=False, max_length=300, initial=row.absence
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for row in self.rows:
            if data.get(f"came_{row.pk}") == "excused" and not data.get(f"why_{row.pk}"):
                self.add_error(f"why_{row.pk}", _("Say what the good reason is."))
        return data


def _came(row: HearingParty) -> str:
    if row.came is None:
        return ""
    return "yes" if row.came else "excused" if row.is_excused else "no"


def _expected(row: HearingParty) -> str:
    if row.is_respondent:
        return f"{row.head_name}（{row.head_post}）" if row.head_name else row.delegate
    return row.participation.name if row.is_applicant else ""


class StepForm(ContextForm):
    """One step of the record."""

    step = forms.ChoiceField(
        label=pgettext_lazy("hearing", "Step"), choices=[(step.code, step.label) for step in TEXT_STEPS]
    )
    text = forms.CharField(
        label=gettext_lazy("What was said"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 12})
    )


class ItemForm(ContextForm):
    """One item of evidence: who shows it, what it is to prove, what the others say of it."""

    number = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    by = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Shown by"))
    name = forms.CharField(label=gettext_lazy("Evidence"), max_length=200)
    proves = forms.CharField(label=gettext_lazy("What it is to prove"), max_length=500, widget=forms.Textarea(TWO))
    opinion = forms.CharField(
        label=gettext_lazy("What the others say of it: authentic, lawful, relevant?"), max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    drop = forms.BooleanField(label=gettext_lazy("Strike this item"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = Participation.objects.filter(pk__in=[row.participation_id for row in rows_of(self.subject)])
        self.fields["by"].queryset = parts
        self.fields["by"].label_from_instance = lambda part: part.with_role

    def clean_number(self) -> int | None:
        number = self.cleaned_data["number"]
        if number is not None and number > len(items_of(self.subject)):
            raise forms.ValidationError(_("There is no such item."))
        return number


SIGNED = (
    ("", pgettext_lazy("hearing", "Not recorded yet")),
    ("yes", gettext_lazy("Signed or sealed")),
    ("no", gettext_lazy("Refused to sign")),
)


class SignForm(ContextForm):
    """Everybody who was there signs; who refuses, with the reason. The panel signs, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows_of(self.subject) if row.came]
        self.members = list(self.subject.panel.select_related("user"))
        for row in self.rows:
            name = row.participation.with_role
            known = "yes" if row.signed_on else "no" if row.refused_to_sign else ""
            self.fields[f"signed_{row.pk}"] = forms.ChoiceField(
                label=name, choices=SIGNED, required=False, initial=known
            )
            self.fields[f"why_{row.pk}"] = forms.CharField(
                label=_("%(name)s: why not signed") % {"name": name}, required=False, max_length=300,
                initial=row.refused_to_sign,
            )  # fmt: skip
        for member in self.members:
            self.fields[f"member_{member.pk}"] = forms.BooleanField(
                label=_("%(seat)s %(name)s signed")
                % {"seat": member.get_seat_display(), "name": member.user.full_name},
                required=False,
                initial=member.signed_on is not None,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for row in self.rows:
            if data.get(f"signed_{row.pk}") == "no" and not data.get(f"why_{row.pk}"):
                self.add_error(f"why_{row.pk}", _("The record says why somebody refused to sign."))
        return data


class AnnounceForm(ContextForm):
    """What the public reads of an open hearing: never a name."""

    is_open = forms.BooleanField(label=gettext_lazy("Open to the public"), required=False)
    announcement = forms.CharField(
        label=gettext_lazy("Subject, as the public reads it"), max_length=120, required=False,
        help_text=gettext_lazy("Without names of people or firms: “appeal against an administrative penalty”."),
    )  # fmt: skip
    seats = forms.IntegerField(label=gettext_lazy("Seats for the public"), min_value=0, max_value=500, required=False)
    seats_taken = forms.IntegerField(
        label=gettext_lazy("Of these given out"), min_value=0, max_value=500, required=False
    )
    publish = forms.BooleanField(label=gettext_lazy("Announce it now"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("seats", "seats_taken"):
            data[name] = data.get(name) or 0
        if data["seats_taken"] > data["seats"]:
            self.add_error("seats_taken", _("More seats are given out than there are."))
        room = self.subject.booking.room
        if room is not None and room.capacity and data["seats"] > room.capacity:
            self.add_error("seats", _("The room has %(count)d seats.") % {"count": room.capacity})
        if data.get("publish") and not (data.get("is_open") and data.get("announcement")):
            self.add_error("announcement", _("Only an open hearing with a subject can be announced."))
        for row in rows_of(self.subject):
            name = row.participation.name
            if not row.is_respondent and name in data.get("announcement", ""):
                self.add_error("announcement", _("The subject names a party: %(name)s.") % {"name": name})
        return data
