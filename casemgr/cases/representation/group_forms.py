"""Forms for groups: the sheet, the election, the members' consent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Consent, Group, Matter, Participation
from casemgr.cases.representation.acting import members_of
from casemgr.cases.representation.law import law_of
from casemgr.cases.representation.members import WRONG, Reading, read
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField, SeveralRowsField
from casemgr.pages.sheets.reading import FileRefused

Role = Participation.Role
FUTURE = gettext_lazy("The date lies in the future. Enter the day on which it really happened.")


class _DaysForm(ContextForm):
    """Days of a group: not in the future, not before the election."""

    day: str = ""

    def check_day(self, data: dict[str, Any], group: Group | None) -> None:
        on: date | None = data.get(self.day)
        if on and on > self.today:
            self.add_error(self.day, FUTURE)
        elif on and group and on < group.elected_on:
            text = _("This lies before the election (%(day)s).")
            self.add_error(self.day, text % {"day": long_date(group.elected_on)})


def sides_of(case) -> list[tuple[str, str]]:
    law = law_of(case)
    return [(side, str(Role(side).label)) for side in (law.groups if law else ())]


class MembersForm(ContextForm):
    """`reading` holds the judged rows of a readable sheet."""

    side = forms.ChoiceField(label=gettext_lazy("Side"))
    sheet = forms.FileField(
        label=gettext_lazy("Sheet (.xlsx, .xls or .csv)"),
        help_text=gettext_lazy(
            "First row: 姓名或名称, 证件类型, 证件号码, 性别, 出生日期, 民族, 电话, 住址, 备注, 认定. "
            "Only the first is needed."
        ),
    )
    leave_out_wrong = forms.BooleanField(
        label=gettext_lazy("Enter the good rows and leave out the wrong ones"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.reading: Reading | None = None
        self.fields["side"].choices = sides_of(self.subject)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("sheet") or not data.get("side"):
            return data
        try:
            self.reading = read(data["sheet"], self.subject, data["side"], self.actor, self.today)
        except FileRefused as error:
            self.add_error("sheet", str(error))
            return data
        wrong = len(self.reading.of(WRONG))
        if not self.reading.rows:
            self.add_error("sheet", _("The sheet has no rows."))
        elif wrong and not data["leave_out_wrong"]:
            text = _("%(count)s rows are wrong. Mend them in the sheet, or leave them out.")
            self.add_error("sheet", text % {"count": wrong})
        elif wrong == len(self.reading.rows):
            self.add_error("sheet", _("No row can be entered."))
        return data


class ElectionForm(_DaysForm):
    side = forms.ChoiceField(label=gettext_lazy("Side"))
    representatives = SeveralRowsField(Participation.objects.none(), label=gettext_lazy("Elected from among them"))
    elected_on = DateField(label=gettext_lazy("Elected on"))
    paper = forms.CharField(label=gettext_lazy("Election paper: name, day"), max_length=200)
    signed_by_all = forms.BooleanField(
        label=gettext_lazy("All of them signed, sealed or fingerprinted it"), required=False
    )
    day = "elected_on"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        sides = sides_of(self.subject)
        self.fields["side"].choices = sides
        parts = self.subject.participations.filter(role__in=[side for side, _label in sides], left_on__isnull=True)
        self.fields["representatives"].queryset = parts.select_related("party").order_by("role", "order", "id")
        self.fields["representatives"].label_from_instance = lambda part: part.with_role

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_day(data, None)
        strangers = [part for part in data.get("representatives") or () if part.role != data.get("side")]
        if strangers:
            self.add_error("representatives", _("Representatives are elected from among those of the same side."))
        return data


class _GroupForm(_DaysForm):
    group = forms.ModelChoiceField(Group.objects.none(), label=gettext_lazy("Group"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(case=self.subject, ended_on__isnull=True)
        field = self.fields["group"]
        field.queryset = groups
        field.label_from_instance = lambda group: f"{Role(group.side).label} {long_date(group.elected_on)}"
        self.standing = list(groups)
        if len(self.standing) == 1:
            field.initial = self.standing[0].pk

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_day(data, data.get("group"))
        return data


class EndRepresentationForm(_GroupForm):
    ended_on = DateField(label=gettext_lazy("Ended on"))
    reason = forms.CharField(label=gettext_lazy("Reason and paper that proves it"), max_length=300)
    day = "ended_on"


class ConsentForm(_GroupForm):
    matter = forms.ChoiceField(label=gettext_lazy("They agree to"))
    given_on = DateField(label=gettext_lazy("Given on"))
    paper = forms.CharField(label=gettext_lazy("Paper: name, day"), max_length=200)
    everybody = forms.BooleanField(label=gettext_lazy("Every member agreed"), required=False)
    members = SeveralRowsField(Participation.objects.none(), label=gettext_lazy("Or only these"), required=False)
    day = "given_on"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        law = law_of(self.subject)
        wanted = law.consent(self.subject, self.today) if law else {}
        self.fields["matter"].choices = [(code, Matter(code).label) for code in wanted]
        members = [part.pk for group in self.standing for part in members_of(group)]
        self.fields["members"].queryset = self.subject.participations.filter(pk__in=members).order_by("order", "id")
        self.fields["members"].label_from_instance = lambda part: part.name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("everybody") and not data.get("members"):
            self.add_error("members", _("Choose who agreed."))
        elif any(part.group_id != data["group"].pk for part in data.get("members") or () if data.get("group")):
            self.add_error("members", _("Choose members of this group."))
        return data


class RevokeConsentForm(_GroupForm):
    consents = SeveralRowsField(Consent.objects.none(), label=gettext_lazy("Consents"))
    revoked_on = DateField(label=gettext_lazy("Taken back on"))
    reason = forms.CharField(label=gettext_lazy("Reason and paper that proves it"), max_length=300)
    day = "revoked_on"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = Consent.objects.filter(group__in=self.standing, revoked_on__isnull=True).select_related("member")
        self.fields["consents"].queryset = rows
        self.fields["consents"].label_from_instance = lambda row: f"{row.member.name} · {row.get_matter_display()}"
