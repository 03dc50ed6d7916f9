"""A form's JSON Schema says what the form takes: what the schema accepts the form does not refuse for its type."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from casemgr.pages.api.body import form_data, parse
from casemgr.pages.api.schema import blocks, form_schema
from casemgr.pages.forms import DateField, Form, MoneyField, SeveralChoicesField, refusing_unknown

COLOURS = [("red", "红"), ("Cold", [("blue", "蓝"), ("7", "七")])]


class Whole(Form):
    """One entry of each kind."""

    name = forms.CharField(label="Name", help_text="As on the paper", max_length=8)
    remark = forms.CharField(required=False, min_length=2, max_length=20)
    day = DateField(label="Day")
    until = DateField(required=False)
    count = forms.IntegerField(min_value=1, max_value=9, required=False)
    anything = forms.IntegerField(required=False)
    amount = MoneyField(required=False, max_digits=6)
    rate = forms.DecimalField(required=False, min_value=Decimal("0.5"), max_value=100, decimal_places=3, max_digits=6)
    colour = forms.ChoiceField(choices=[("", "—"), *COLOURS])
    shade = forms.ChoiceField(choices=[("", "As the colour"), *COLOURS], required=False)
    colours = SeveralChoicesField(choices=COLOURS, required=False)
    is_sure = forms.BooleanField()
    is_late = forms.BooleanField(required=False)
    was_told = forms.NullBooleanField(required=False)
    hidden = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def valid(schema: dict[str, Any], payload: object) -> bool:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(payload)


def entry(name: str, **kwargs: Any) -> dict[str, Any]:
    return form_schema(Whole(**kwargs))["properties"][name]


def test_a_schema_says_titles_types_bounds_and_what_is_required() -> None:
    schema = form_schema(Whole())
    assert schema["required"] == ["name", "day", "colour", "is_sure"]
    assert schema["additionalProperties"] is False
    assert entry("name") == {
        "title": "Name",
        "description": "As on the paper",
        "type": "string",
        "minLength": 1,
        "maxLength": 8,
    }
    assert entry("day") == {"title": "Day", "type": "string", "format": "date"}
    assert entry("count") == {"type": ["integer", "null"], "minimum": 1, "maximum": 9}
    assert entry("amount")["pattern"] == r"^[0-9]{1,4}(\.[0-9]{1,2})?$"
    assert entry("hidden")["x-hidden"] is True
    assert entry("is_sure") == {"type": "boolean", "const": True}


def test_choices_are_named_and_an_empty_one_only_where_none_is_needed() -> None:
    assert entry("colour")["oneOf"] == [
        {"const": "red", "title": "红"},
        {"const": "blue", "title": "蓝"},
        {"const": "7", "title": "七"},
    ]
    assert {"const": "", "title": "As the colour"} in entry("shade")["oneOf"]
    assert any(choice["const"] is None for choice in entry("shade")["oneOf"])
    assert entry("colours")["items"]["oneOf"] == entry("colour")["oneOf"]


def test_what_the_page_would_show_first_is_the_default() -> None:
    shown = {"day": date(2026, 11, 23), "amount": Decimal("12.50"), "colours": ["red"], "is_late": False}
    assert {name: entry(name, initial=shown)["default"] for name in shown} == {
        "day": "2026-11-23",
        "amount": "12.50",
        "colours": ["red"],
        "is_late": False,
    }


def test_titles_are_in_the_language_of_whoever_asks() -> None:
    class Named(Form):
        month = forms.CharField(label=translation.gettext_lazy("January"))

    with translation.override("zh-hans"):
        assert form_schema(Named())["properties"]["month"]["title"] == "一月"


def test_an_entry_without_choices_takes_nothing() -> None:
    class Bare(Form):
        needed = forms.ChoiceField(choices=[])
        spare = forms.ChoiceField(choices=[], required=False)

    assert not valid(form_schema(Bare()), {"needed": "x"})
    assert not valid({**form_schema(Bare()), "required": []}, {"spare": "x"})
    assert valid({**form_schema(Bare()), "required": []}, {"spare": None})


@pytest.mark.django_db
def test_the_registration_form_describes_its_blocks_of_people() -> None:
    from casemgr.organisation.models import User
    from reconsideration.registration.form import RegisterForm

    form = RegisterForm(actor=User.objects.create(username="clerk"), today=date(2026, 11, 23))
    schema = form_schema(form)
    Draft202012Validator.check_schema(schema)
    assert set(blocks(form)) == {"people", "respondents"}
    person = schema["properties"]["people"]["items"]["properties"]
    assert {"role", "name", "identity_number"} <= set(person)
    assert "default" not in person["identity_number"]
    assert schema["properties"]["unit"]["type"] in ("null", ["integer", "null"])


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
JUNK = st.one_of(PLAIN, st.lists(PLAIN, max_size=3))
LIKELY = {
    "day": st.dates(date(1949, 10, 1), date(2099, 12, 31)).map(str),
    "until": st.dates(date(1949, 10, 1), date(2099, 12, 31)).map(str),
    "count": st.integers(0, 10),
    "amount": st.one_of(st.integers(-1, 10_001), st.decimals(0, 9999, places=2).map(str)),
    "rate": st.one_of(st.integers(0, 101), st.decimals(1, 100, places=3).map(str)),
    "colour": st.sampled_from(["red", "blue", "7", "Cold", ""]),
    "shade": st.sampled_from(["red", "blue", "7", "", None]),
    "colours": st.lists(st.sampled_from(["red", "blue", "7", "no"]), max_size=3),
    "is_sure": st.booleans(),
    "is_late": st.booleans(),
    "was_told": st.one_of(st.none(), st.booleans()),
}
ENTRIES = {name: st.one_of(LIKELY.get(name, TEXTS), LIKELY.get(name, JUNK), JUNK) for name in Whole.base_fields}
PLAUSIBLE = {name: LIKELY.get(name, JUNK) for name in Whole.base_fields} | {
    "name": TEXTS.map(lambda text: f"王{text[:7]}"),
    "is_sure": st.just(True),
    "colour": st.sampled_from(["red", "blue", "7"]),
}
PAYLOADS = st.one_of(
    st.fixed_dictionaries({}, optional=ENTRIES),
    st.fixed_dictionaries(
        {name: PLAUSIBLE[name] for name in ("name", "day", "colour", "is_sure")},
        optional={
            name: PLAUSIBLE[name] for name in Whole.base_fields if name not in ("name", "day", "colour", "is_sure")
        },
    ),
)
JUDGE = Draft202012Validator(form_schema(Whole()), format_checker=FormatChecker())


@settings(max_examples=200, deadline=None)
@given(PAYLOADS)
def test_the_form_takes_what_the_schema_accepts_and_nothing_makes_it_fail(payload: dict[str, Any]) -> None:
    data = form_data(parse(json.dumps(payload).encode()))
    with refusing_unknown(data):
        form = Whole(data)
        judged = form.is_valid()
    is_blank = isinstance(payload.get("remark"), str) and len(payload["remark"].strip()) < 2
    if not is_blank and JUDGE.is_valid(payload):
        assert judged, form.errors


def test_a_list_is_no_single_answer() -> None:
    data = form_data({"name": ["王某"], "day": "2026-11-23", "colour": "red", "is_sure": True})
    with refusing_unknown(data):
        assert set(Whole(data).errors) == {"name"}
