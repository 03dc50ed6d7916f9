"""Repeated blocks of a form, such as people: `people-0-name`, `people-1-name`, … or a list of mappings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext as _

from casemgr.pages.forms import Answer
from casemgr.pages.judged_again import ENTERED, FieldAnswers

ROWS_AT_MOST = 200
KEPT = 8192
"""Rows of one kind that are not judged again."""
DIGITS = 4
"""Of a row's number."""


def flatten(data: Mapping[str, Any], *prefixes: str) -> dict[str, Any]:
    """Turn `{"people": [{"name": "…"}]}` into `{"people-0-name": "…"}`; what a page sends passes unchanged.

    A field that arrived several times (radio buttons beside a hidden field) counts with its last value.
    """
    flat: dict[str, Any] = {}
    for name, value in data.items():
        if name in prefixes and isinstance(value, Sequence) and not isinstance(value, str):
            for index, row in enumerate(value):
                flat |= {f"{name}-{index}-{field}": entry for field, entry in as_row(row).items()}
        elif isinstance(value, list) and name.partition("-")[0] in prefixes:
            flat[name] = next((entry for entry in reversed(value) if entry), "")
        else:
            flat[name] = value
    return flat


def as_row(row: Any) -> dict[str, Any]:
    """A mapping as it is; a party or its id as the chosen known party."""
    return dict(row) if isinstance(row, Mapping) else {"known_party": getattr(row, "pk", row)}


def indexes(data: Mapping[str, Any], prefix: str) -> list[int]:
    """Numbers of the rows the data hold."""
    start, found = f"{prefix}-", set()
    for name in data:
        if name.startswith(start):
            number, dash, _field = name[len(start) :].partition("-")
            if dash and number.isdecimal() and len(number) <= DIGITS:
                found.add(int(number))
    return sorted(found)


@lru_cache(maxsize=8)
def _answers(form_class: type[forms.Form], today: Any) -> dict[Hashable, Answer]:
    """What rows of this kind were judged to say on a day; of no more entries than `KEPT`."""
    return {}


class Rows:
    """The forms of one block. Rows in which nothing was entered are left out of `filled`."""

    def __init__(self, form_class, data: Mapping[str, Any] | None, prefix: str, *, shown: int, **kwargs) -> None:
        self.prefix = prefix
        self._make = lambda number, data: form_class(data, prefix=f"{prefix}-{number}", empty_permitted=True, **kwargs)
        self._made: dict[int, forms.Form] = {}
        self._fields: FieldAnswers = {}
        self._answers = _answers(form_class, kwargs.get("today"))
        self._unknown: list[tuple[Hashable, forms.Form]] = []
        numbers = self._numbers(data) or list(range(min(shown, ROWS_AT_MOST)))
        self.forms: list[forms.Form] = [self._form(number, data) for number in numbers]

    def _numbers(self, data: Mapping[str, Any] | None) -> list[int]:
        numbers = indexes(data, self.prefix) if data is not None else []
        self.left_out = len(numbers[ROWS_AT_MOST:])
        return numbers[:ROWS_AT_MOST]

    def _form(self, number: int, data: Mapping[str, Any] | None) -> forms.Form:
        if number not in self._made:
            self._made[number] = self._make(number, data)
        return self._made[number]

    def fill_again(self, data: Mapping[str, Any]) -> None:
        """The rows of other data, a list of mappings under the block's name, in the forms that are made already.

        What a row says that was judged before, by a form whose answer hangs on it alone, is not judged again.
        """
        entered = [as_row(row) for row in data.get(self.prefix, ())]
        self.left_out, self.forms, self._unknown = len(entered[ROWS_AT_MOST:]), [], []
        for number, row in enumerate(entered[:ROWS_AT_MOST]):
            prefix = f"{self.prefix}-{number}-"
            named = {prefix + name: entry for name, entry in row.items()}
            form = self._form(number, named)
            form.fill_again(named, self._fields)
            self.forms.append(form)
            if form.hangs_on_alone(row) and all(type(entry) in ENTERED for entry in row.values()):
                key = tuple(row.items())
                if (answer := self._answers.get(key)) is not None:
                    form.take_answer(answer)
                else:
                    self._unknown.append((key, form))

    def __iter__(self) -> Iterator[forms.Form]:
        return iter(self.forms)

    max_num = ROWS_AT_MOST

    @property
    def empty_form(self) -> forms.Form:
        """A row nobody has filled, as Django's formsets have it."""
        return self._make("__prefix__", None)

    @property
    def next_index(self) -> int:
        return int(self.forms[-1].prefix.rpartition("-")[2]) + 1 if self.forms else 0

    @property
    def filled(self) -> list[forms.Form]:
        return [form for form in self.forms if form.has_changed()]

    def is_valid(self) -> bool:
        refused = [form for form in self.forms if not form.is_valid()]
        for key, form in self._unknown:
            if len(self._answers) < KEPT and form.is_valid():
                self._answers[key] = form.answer()
        self._unknown = []
        return not refused

    def errors(self) -> Iterator[tuple[str, Any]]:
        """`(field name with the row's prefix, errors)`."""
        if self.left_out:
            message = _("At most %(most)d entries fit here. Enter the others' representatives instead.")
            yield NON_FIELD_ERRORS, ErrorList([message % {"most": ROWS_AT_MOST}])
        for form in self.forms:
            for name, errors in form.errors.items():
                yield (form.prefix if name == "__all__" else f"{form.prefix}-{name}"), errors


def forget_errors(form: forms.Form) -> None:
    """Show a bound form as it was typed, without judging it yet."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
