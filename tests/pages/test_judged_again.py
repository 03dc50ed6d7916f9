"""A form that is filled again says of every entry what a new form would say of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from casemgr.cases.registration.past import PastDateField
from casemgr.pages.forms import ContextForm, DateField, MoneyField, SeveralChoicesField
from casemgr.pages.row_forms import Rows
from casemgr.parties.forms import NameField

TODAY = date(2026, 11, 27)
WORDS = [("", "—"), ("one", "1"), ("two", "2")]


class Entry(ContextForm):
    """Of every kind of field that a ledger's row fills; `until` is judged by another entry."""

    kind = forms.ChoiceField(choices=WORDS, initial="one")
    name = NameField(required=False)
    note = forms.CharField(required=False, max_length=12)
    on = PastDateField(required=False, max_length=40)
    since = DateField(required=False)
    until = DateField(required=False)
    days = forms.IntegerField(required=False, min_value=1)
    amount = MoneyField(required=False)
    is_open = forms.BooleanField(required=False)
    marks = SeveralChoicesField(choices=WORDS[1:], required=False)

    def clean_until(self) -> date | None:
        until, since = self.cleaned_data["until"], self.cleaned_data.get("since")
        if until and since and until < since:
            raise forms.ValidationError("before the beginning")
        return until


ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["one", "two", "three", "", None, ["one", "two"]]),
        "name": st.sampled_from(["王宝音", "赵.其其格", " 李 四 ", ""]),
        "note": st.sampled_from(["", "a", "far too long a note", "13800000017", 7, True]),
        "on": st.sampled_from(["2026-11-02", "2026-11", "约2026年11月", "2026-11-31", date(2026, 11, 2), ""]),
        "since": st.sampled_from(["2026-11-02", "2026年11月5日", "2026-11-31", date(2026, 11, 3), None, "1"]),
        "until": st.sampled_from(["2026-11-01", "2026-11-30", date(2026, 11, 3), "2026/11/3"]),
        "days": st.sampled_from(["1", 1, 0, "0", "x", True, None]),
        "amount": st.sampled_from(["3,000", "1.234", "-1", 0, "0"]),
        "is_open": st.sampled_from(["on", "", "False", True, False, None]),
        "marks": st.sampled_from(["one", ["one", "two"], [], ["three"]]),
    },
)


@given(st.lists(ENTRIES, min_size=1, max_size=6))
def test_each_entry_is_judged_as_if_it_were_the_first(entries: list[dict[str, Any]]) -> None:
    again = Entry({}, today=TODAY)
    for entry in [*entries, *entries]:
        again.fill_again(entry)
        new = Entry(entry, today=TODAY)
        assert (again.is_valid(), again.has_changed()) == (new.is_valid(), new.has_changed())
        assert again.changed_data == new.changed_data
        assert again.errors.get_json_data() == new.errors.get_json_data()
        assert again.cleaned_data == new.cleaned_data
        assert {name: type(value) for name, value in again.cleaned_data.items()} == {
            name: type(value) for name, value in new.cleaned_data.items()
        }


class RowOfBlock(Entry):
    def hangs_on_alone(self, entries: Mapping[str, Any]) -> bool:
        return True


@given(st.lists(st.lists(ENTRIES, max_size=3), min_size=1, max_size=4))
def test_rows_of_a_block_are_judged_as_if_they_were_the_first(blocks: list[list[dict[str, Any]]]) -> None:
    again = Rows(RowOfBlock, {}, "row", shown=0, today=TODAY)
    for rows in [*blocks, *blocks]:
        again.fill_again({"row": rows})
        new = [Entry({f"row-{n}-{k}": v for k, v in row.items()}, prefix=f"row-{n}", empty_permitted=True, today=TODAY)
               for n, row in enumerate(rows)]  # fmt: skip
        assert again.is_valid() == (not [form for form in new if not form.is_valid()])
        for form, expected in zip(again, new, strict=True):
            assert form.errors.get_json_data() == expected.errors.get_json_data()
            assert (form.cleaned_data, form.has_changed()) == (expected.cleaned_data, expected.has_changed())
            form.cleaned_data.clear()


def test_what_an_answer_holds_is_nobody_elses() -> None:
    """A list that somebody changes must not be the answer of the next row."""
    form = Entry({}, today=TODAY)
    form.fill_again({"kind": "one", "marks": ["one"]})
    form.is_valid()
    form.cleaned_data["marks"].append("two")
    form.fill_again({"kind": "one", "marks": ["one"]})
    form.is_valid()
    assert form.cleaned_data["marks"] == ["one"]
