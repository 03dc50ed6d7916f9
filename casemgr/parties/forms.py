"""Entering a party once. Errors say what is wrong with a number and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casemgr.pages.forms import ContextForm, DateField
from casemgr.pages.judged_again import FieldAnswers
from casemgr.pages.requests import row_id
from casemgr.parties import duplicates, names, registry
from casemgr.parties.identity import EARLIEST_BIRTH_YEAR, check_number, guess_kind, told_by
from casemgr.parties.messages import number_warnings
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData
from casemgr.parties.rows import MatchRow, PartyRow, match_rows, party_rows
from casemgr.parties.search import Match, similar_to

EARLIEST_BIRTH = date(EARLIEST_BIRTH_YEAR, 1, 1)
ASK_ABOUT = {duplicates.SAME_Q, duplicates.LIKELY}
_NEVER_STORED = {"autocomplete": "off", "spellcheck": "false"}


class NameField(forms.CharField):
    """A name as it is: 2 to 200 characters of any script, mended only as `names.stored_name` says."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": 200, "strip": True, **kwargs})

    def to_python(self, value: object) -> str:
        return names.stored_name(super().to_python(value))


class PartyForm(ContextForm):
    """One party of a registration. Takes `today`; `party_data()` of a valid form goes to `registry.find_or_create`.

    `known_party` holds the id of a party chosen in the look-up; the other fields are then ignored.
    `is_another` says that a similar known party was looked at and is somebody else.
    """

    takes_numbers = frozenset({"identity_number", "phone"})

    known_party = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind.choices, initial=Party.Kind.PERSON)
    name = NameField(label=_("Name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    identity_kind = forms.ChoiceField(
        label=_("Identity document"),
        choices=[("", _("Told by the number")), *Party.IdentityKind.choices],
        required=False,
    )
    identity_number = forms.CharField(
        label=_("Document number"), required=False, max_length=40, widget=forms.TextInput(attrs=_NEVER_STORED)
    )
    identity_note = forms.CharField(label=_("Why there is no document"), required=False, max_length=200)
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs=_NEVER_STORED | {"inputmode": "tel"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", "—"), *Party.Sex.choices], required=False)
    birth_on = DateField(label=_("Date of birth"), required=False)
    ethnicity = forms.CharField(label=_("Ethnic group"), required=False, max_length=20)
    mongolian_name = NameField(label=_("Name in Mongolian script"), required=False)
    former_name = NameField(label=_("Former name"), required=False)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    village = forms.CharField(label=_("Village or community"), required=False, max_length=80)
    service_address = forms.CharField(
        label=_("Address for service"), required=False, max_length=200, help_text=_("Empty: the address above.")
    )
    legal_representative = NameField(label=_("Legal representative"), required=False, max_length=100)
    representative_post = forms.CharField(label=_("Post of the representative"), required=False, max_length=60)
    agency_kind = forms.ChoiceField(
        label=_("Kind of agency"), choices=[("", "—"), *Party.AgencyKind.choices], required=False
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500)
    is_another = forms.BooleanField(label=_("Looked at the known parties: this is somebody else"), required=False)

    asks_about_similar = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.matches: list[Match] = []
        self.warnings: list[str] = []
        self.fields["birth_on"].earliest = EARLIEST_BIRTH

    def fill_again(self, data: Mapping[str, Any], answers: FieldAnswers | None = None) -> None:
        super().fill_again(data, answers)
        self.matches, self.warnings = [], []

    def clean(self) -> dict:
        data = super().clean()
        if self.errors or data.get("known_party"):
            return data
        self._guess_document(data)
        self._fill_from_number(data)
        party = self.party_data()
        try:
            registry.check(party, self.today)
        except ValidationError as error:
            self.add_error(None, self._known_fields(error))
            return data
        self.matches = self.find_similar(party)
        self._judge_matches(party, data)
        return data

    def find_similar(self, party: PartyData) -> list[Match]:
        """Known parties the entry may double."""
        return similar_to(party.particulars(), exclude=self.subject.pk if self.subject else None)

    def find_holder(self, party: PartyData) -> Party | None:
        """Who has the entry's number. :raises ValidationError: somebody whom the entry contradicts."""
        return registry.known_by_number(party, self.today)

    def _guess_document(self, data: dict) -> None:
        if data.get("identity_number") and not data.get("identity_kind"):
            is_person = data.get("kind") == Party.Kind.PERSON
            data["identity_kind"] = guess_kind(data["identity_number"], is_person=is_person, today=self.today)

    def _fill_from_number(self, data: dict) -> None:
        kind, number = data.get("identity_kind", ""), data.get("identity_number", "")
        if not (kind and number):
            return
        check = check_number(kind, number, self.today)
        self.warnings = [str(warning) for warning in number_warnings(check)]
        if told := told_by(kind, number, self.today):
            data["sex"] = told.sex
            data["birth_on"] = data.get("birth_on") or told.birth

    def _judge_matches(self, party: PartyData, data: dict) -> None:
        try:
            self.find_holder(party)
        except ValidationError as error:
            self.add_error(None, self._known_fields(error))
            return
        levels = {match.level for match in self.matches}
        if self.asks_about_similar and duplicates.SAME not in levels and levels & ASK_ABOUT and not data["is_another"]:
            self.add_error(
                None,
                _(
                    "The registry holds a party that is likely the same. "
                    "Choose it below, or say that this is somebody else."
                ),
            )

    def _known_fields(self, error: ValidationError) -> ValidationError:
        """Errors of the registry, at this form's fields where it has them."""
        by_field: dict[str | None, list] = {}
        for name, errors in error.error_dict.items():
            by_field.setdefault(name if name in self.fields else "__all__", []).extend(errors)
        return ValidationError(by_field)

    def match_rows(self) -> list[MatchRow]:
        """Similar known parties as the person filling the form may see them."""
        return match_rows(self.matches, self.actor, self.today) if self.matches else []

    def chosen_row(self) -> PartyRow | None:
        """The known party chosen in the look-up, when the form is shown again."""
        chosen = row_id(self["known_party"].value()) if "known_party" in self.fields else None
        party = Party.objects.filter(pk=chosen).first() if chosen is not None else None
        return party_rows([party], self.actor, self.today)[0] if party else None

    def party_data(self) -> PartyData:
        """What the form says, for the registry."""
        data = self.cleaned_data
        texts = {name: data.get(name) or "" for name in registry.PLAIN_FIELDS if name != "birth_on"}
        return PartyData(
            **texts,
            birth_on=data.get("birth_on"),
            identity_kind=data.get("identity_kind") or "",
            identity_number=data.get("identity_number") or "",
            phone=data.get("phone") or "",
            former_names=(data["former_name"],) if data.get("former_name") else (),
            known_party=data.get("known_party"),
        )


class CorrectPartyForm(PartyForm):
    """Plain data put right, with a reason. An empty number or phone leaves the stored one."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    keep_former_name = forms.BooleanField(
        label=_("The name was changed: keep the old one as a former name"),
        required=False,
        help_text=_("Leave this empty when the old name was only mistyped."),
    )

    forget_phone = forms.BooleanField(label=_("Remove the stored phone"), required=False)

    asks_about_similar = False
    known_party = is_another = former_name = None

    def __init__(self, data=None, files=None, *, subject: Party | None = None, **kwargs) -> None:
        super().__init__(data, files, subject=subject, **kwargs)
        self.fields["kind"].required = False
        self.fields["kind"].disabled = True
        self.fields["identity_number"].help_text = _("Empty: the stored number stays.")
        self.fields["phone"].help_text = _("Empty: the stored phone stays.")
        if subject is not None:
            self.initial = {name: getattr(subject, name) for name in registry.PLAIN_FIELDS} | self.initial
            self.initial.setdefault("identity_kind", subject.identity_kind)

    def clean(self) -> dict:
        data = ContextForm.clean(self)
        if self.errors:
            return data
        self._fill_from_number(data)
        try:
            registry.check_correction(self.subject, self.party_data(), self.today)
        except ValidationError as error:
            self.add_error(None, self._known_fields(error))
        return data


class LookForm(ContextForm):
    """Asking for a number in full."""

    WHAT = (("number", _("Document number")), ("phone", _("Phone")))

    what = forms.ChoiceField(label=_("Which number"), choices=WHAT, widget=forms.RadioSelect, initial="number")
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The look is recorded with your name and this reason.")
    )
