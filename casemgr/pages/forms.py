"""Form base class and fields: messages say which field, why, and what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.pages.judged_again import FieldAnswers, Judged, judged_fields
from casemgr.pages.masking import personal_numbers

CHOOSE = ("", gettext_lazy("— choose —"))
"""The first line of a list from which nothing is chosen yet."""


_AS_SENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""How browsers and ledgers write a day; the first of the formats that are read, without the search among them."""


class DateInput(forms.DateInput):
    """The browser's own date picker; the value always travels as 2026-11-23."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day: 2026-11-23, 2026/11/23, 2026.11.23 or 2026年11月23日. `earliest` guards against typing slips."""

    widget = DateInput
    earliest = date(1949, 10, 1)
    latest = date(2100, 1, 1)
    default_error_messages = {
        "invalid": gettext_lazy("This is not a day of the calendar. Write it like 2026-11-23."),
        "range": gettext_lazy("The year cannot be right. Check the date."),
    }

    def to_python(self, value: object) -> date | None:
        if isinstance(value, str):
            value = value.strip().replace(" ", "")
            if _AS_SENT.fullmatch(value):
                with suppress(ValueError):  # no day of the calendar: refused below
                    value = date.fromisoformat(value)
        elif value not in self.empty_values and not isinstance(value, date):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day is not None and not self.earliest <= day < self.latest:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return day


def not_in_future(day: date, today: date) -> date:
    """The day, if it has come. :raises ValidationError: it lies in the future."""
    if day > today:
        raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
    return day


class ClockField(forms.TimeField):
    """09:30"""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": gettext_lazy("This is no time of the day. Write it like 09:30.")}

    def to_python(self, value: object) -> time | None:
        if value not in self.empty_values and not isinstance(value, str | time):  # a program may send anything
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class MoneyField(forms.DecimalField):
    """Yuan with at most two decimals, never negative; separators of thousands and a currency sign are accepted."""

    default_error_messages = {
        "invalid": gettext_lazy("Write the amount in yuan as a number, like 12000 or 12000.50."),
        "min_value": gettext_lazy("The amount cannot be negative."),
        "max_decimal_places": gettext_lazy("An amount has at most two decimals (jiao and fen)."),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("min_value", Decimal(0))
        kwargs.setdefault("max_digits", 15)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Decimal | None:
        if isinstance(value, str):
            for sign in (",", "\uff0c", " ", "\u00a5", "\uffe5", "元"):
                value = value.replace(sign, "")
        return super().to_python(value)


class SeveralMixin:
    """Of a field with several answers, ticked: a single one that arrives as plain text is one answer."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: object) -> object:
        return super().clean(_listed(value))

    def to_python(self, value: object) -> object:
        return super().to_python(_listed(value))


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | int) and value != "" else value or []


class SeveralChoicesField(SeveralMixin, forms.MultipleChoiceField):
    """Some of fixed choices."""


class SeveralRowsField(SeveralMixin, forms.ModelMultipleChoiceField):
    """Some rows of a queryset."""


def name_the_fields(fields: dict[str, forms.Field]) -> None:
    """Give each field without messages of its own ones that name it and say what to do."""
    for name, field in fields.items():
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
            field.empty_label = _("Please choose") if field.required else _("None")
        label = field.label or name.replace("_", " ").capitalize()
        if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
            if isinstance(field, forms.BooleanField):
                text = _("Tick “%(field)s”.")
            elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
                text = _("Choose “%(field)s”.")
            else:
                text = _("Fill in “%(field)s”.")
            field.error_messages["required"] = text % {"field": label}


_SEVERAL = (forms.SelectMultiple, forms.CheckboxSelectMultiple, forms.MultipleHiddenInput, forms.MultiWidget)


class FormMessages:
    """What every form of casemgr shares: no colon after labels, errors that name their field, blanks trimmed."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        name_the_fields(self.fields)

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """An entry with one answer that was sent several times has the last of them, like everywhere in Django."""
        sent = self.data.get(html_name)
        if not isinstance(sent, list | tuple) or isinstance(widget, _SEVERAL):
            return super()._widget_data_value(widget, html_name)
        return widget.value_from_datadict({html_name: sent[-1] if sent else None}, self.files, html_name)


_sent: ContextVar[frozenset[str]] = ContextVar("entries_sent", default=frozenset())
_ROW_ENTRY = re.compile(r"(\w+)-\d+(?:-\w+)?")


@contextmanager
def refusing_unknown(names: Collection[str]) -> Iterator[None]:
    """Within, the first form that is judged refuses those of the sent names that it and its rows do not know.

    For callers who write the names by hand: a misspelt entry must not be dropped silently.
    """
    token = _sent.set(frozenset(names))
    try:
        yield
    finally:
        _sent.reset(token)


class KnownEntries:
    """A form that knows its entries. Rows of a block are forms of their own, with the block's name as prefix."""

    def _post_clean(self) -> None:
        super()._post_clean()
        sent = _sent.get()
        if not sent:
            return
        known = {self.add_prefix(name) for name in self.fields}
        if self.prefix:
            own = {name for name in sent if name.startswith(f"{self.prefix}-")}
        else:
            own = {name for name in sent if not self._is_of_a_row(name)}
            _sent.set(frozenset())  # what is performed within has forms of its own
        for name, field in self.fields.items():
            if isinstance(self.data.get(self.add_prefix(name)), list) and not isinstance(field.widget, _SEVERAL):
                self.add_error(name, _("One answer is expected here, not a list."))
        if unknown := sorted(own - known):
            names = ", ".join(name[:40] for name in unknown[:8])
            self.add_error(None, _("There is no such entry here: %(names)s") % {"names": names})

    def _is_of_a_row(self, name: str) -> bool:
        row = _ROW_ENTRY.fullmatch(name)
        return hasattr(getattr(self, row[1] if row else name, None), "forms")


class NoPersonalNumbers:
    """What is typed is kept in clear, so no text takes a personal number except the fields of `takes_numbers`."""

    takes_numbers: ClassVar[frozenset[str]] = frozenset()

    def _post_clean(self) -> None:
        super()._post_clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and name not in self.takes_numbers and personal_numbers(value):
                self.add_error(
                    name,
                    _(
                        "This looks like an identity, telephone or bank card number, and this entry is not encrypted. "
                        "Leave the number out; it belongs into the party's own field for it."
                    ),
                )


class Form(KnownEntries, NoPersonalNumbers, FormMessages, forms.Form):
    """The base of all forms. Templates put `novalidate` on the form element: the server says it better."""


class Answer(NamedTuple):
    """What a form made of entries that it found no fault with."""

    cleaned: Mapping[str, Any]
    has_changed: bool


class ContextForm(Form):
    """The base of action forms that need to know whom and what they are about; `perform` passes the three."""

    wants_context = True
    _judged: list[Judged] | None = None
    _has_changed: bool | None = None

    def __init__(self, data=None, files=None, *, subject=None, actor=None, today: date | None = None, **kwargs) -> None:
        self.subject, self.actor, self.today = subject, actor, today
        super().__init__(data, files, **kwargs)

    def fill_again(self, data: Mapping[str, Any], answers: FieldAnswers | None = None) -> None:
        """Bind the same form to other data: thousands of rows are judged without building thousands of forms.

        A form that keeps more than Django's own findings forgets it here too. What a field makes of an entry it makes
        once (`judged_again`): its choices and `required` stay as they are from here on.
        """
        self.data, self.is_bound, self._errors, self._has_changed = data, True, None, None
        self.__dict__.pop("changed_data", None)
        if self._judged is None:
            self._judged = judged_fields(self, {} if answers is None else answers)

    def hangs_on_alone(self, entries: Mapping[str, Any]) -> bool:
        """Whether what this form makes of the entries hangs on nothing but them and the day, and is worth keeping."""
        return False

    def answer(self) -> Answer:
        """Of a form that is valid: what another one may take over that is filled with the same."""
        return Answer(dict(self.cleaned_data), self.has_changed())

    def take_answer(self, answer: Answer) -> None:
        """As if the form had judged what it is filled with."""
        self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), dict(answer.cleaned)
        self._has_changed = answer.has_changed

    def _clean_fields(self) -> None:
        if self._judged is None:
            super()._clean_fields()
            return
        data, cleaned = self.data, self.cleaned_data
        for one in self._judged:
            try:
                cleaned[one.name] = one.clean(data)
                if one.check is not None:
                    cleaned[one.name] = one.check()
            except forms.ValidationError as error:
                self.add_error(one.name, error)

    @cached_property
    def changed_data(self) -> list[str]:
        if self._judged is None:
            return super().changed_data
        return [one.name for one in self._judged if one.has_changed(self.data)]

    def has_changed(self) -> bool:
        if self._judged is None:
            return super().has_changed()
        if self._has_changed is None:
            self._has_changed = any(one.has_changed(self.data) for one in self._judged)
        return self._has_changed


class ModelForm(NoPersonalNumbers, FormMessages, forms.ModelForm):
    """The same for forms bound to a model; never for `state`."""


class PastDayForm(ContextForm):
    """A step that happened on a day: today at the latest, and proposed."""

    on = DateField(label=gettext_lazy("Date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)
