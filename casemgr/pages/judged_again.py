"""What the fields of a form that is filled again and again made of an entry: made once, it is not made again.

A ledger of thousands of rows holds a few hundred different words and days, and most cells are empty. Only what is the
same for the same entry is kept: no answer that is a row or a list, nothing that was refused, no file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

ABSENT: Final = object()
MOST = 4096
"""Entries that are kept of one field."""
ENTERED = (str, int, date, type(None), object)
"""Of these very types what is equal is the same: True is no 1."""
_MADE = (str, int, date, Decimal, bool, tuple, type(None))
_READS_ITS_NAME = (
    forms.Widget.value_from_datadict,
    forms.widgets.ChoiceWidget.value_from_datadict,
    forms.CheckboxInput.value_from_datadict,
)


@dataclass
class Judged:
    """One field of such a form."""

    name: str
    bound: forms.BoundField
    check: Callable[[], Any] | None
    """The form's own `clean_NAME`; it may look at other fields and is asked every time."""
    keeps: bool
    made: dict[Any, Any]
    changed: dict[Any, bool]

    def clean(self, data: Mapping[str, Any]) -> Any:
        """As the field cleans what was entered. :raises ValidationError:"""
        entered = data.get(self.bound.html_name, ABSENT) if self.keeps else self
        if type(entered) not in ENTERED:
            return self.bound.field._clean_bound_field(self.bound)
        if entered in self.made:
            return self.made[entered]
        value = self.bound.field._clean_bound_field(self.bound)
        if type(value) in _MADE and len(self.made) < MOST:
            self.made[entered] = value
        return value

    def has_changed(self, data: Mapping[str, Any]) -> bool:
        """Whether what was entered differs from what the form began with."""
        entered = data.get(self.bound.html_name, ABSENT) if self.keeps else self
        if type(entered) not in ENTERED:
            return self.bound._has_changed()
        found = self.changed.get(entered)
        if found is None:
            found = self.bound._has_changed()
            if len(self.changed) < MOST:
                self.changed[entered] = found
        return found


FieldAnswers = dict[str, tuple[dict[Any, Any], dict[Any, bool]]]
"""By field, what it made of an entry, and whether that differed from what the form began with."""


def judged_fields(form: forms.Form, answers: FieldAnswers) -> list[Judged]:
    """The fields of the form in their order. `answers` are shared by the forms of a block, which are alike."""
    return [
        Judged(
            name,
            bound,
            getattr(form, f"clean_{name}", None),
            _is_told_by_its_name(bound.field),
            *answers.setdefault(name, ({}, {})),
        )
        for name, bound in form._bound_items()
    ]


def _is_told_by_its_name(one: forms.Field) -> bool:
    """Whether the field's answer hangs on nothing but what stands under its one name."""
    reads = type(one.widget).value_from_datadict in _READS_ITS_NAME
    is_single = not getattr(one.widget, "allow_multiple_selected", False)
    return reads and is_single and not one.disabled and not one.show_hidden_initial


def remember(choice: forms.ModelChoiceField) -> None:
    """Let a choice field keep which rows it found, for as long as the form lives."""
    found: dict[Any, Any] = {}
    look_up = choice.to_python
    clean = choice.clean

    def to_python(value: Any) -> Any:
        if value not in found:
            found[value] = look_up(value)
        return found[value]

    def clean_several(value: Any) -> Any:
        entered = tuple(value) if isinstance(value, list) else value
        if entered not in found:
            found[entered] = list(clean(value))
        return found[entered]

    if isinstance(choice, forms.ModelMultipleChoiceField):
        choice.clean = clean_several
    else:
        choice.to_python = to_python


__all__ = ["ENTERED", "FieldAnswers", "Judged", "judged_fields", "remember"]
