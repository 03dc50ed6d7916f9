"""A form as JSON Schema (2020-12): what the API says that an action takes, in the language of whoever asks.

The schema states types, bounds and choices. What depends on other entries, on the case or on the law stays the form's
and the guards' to say: an entry needed only sometimes is optional here and named in the answer when it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from math import ceil, floor
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_CHOICES = 200
"""Rows of a register named in a schema; of more, only the type is said."""
LARGEST_INTEGER = 2**63 - 1

Schema = dict[str, Any]


def form_schema(form: forms.BaseForm) -> Schema:
    """The schema of an unbound form; blocks of rows (`people`, `respondents`) are arrays of objects."""
    return {"$schema": DIALECT, **_object(form)}


def action_schema(action: Any, subject: Any, actor: Any, today: date) -> Schema:
    """What the action asks for on this subject, from this person, today."""
    return form_schema(action.build_form(subject, None, None, actor, today))


def _object(form: forms.BaseForm) -> Schema:
    properties = {name: entry_schema(field, _initial(form, name, field)) for name, field in form.fields.items()}
    required = [name for name, field in form.fields.items() if field.required and not field.disabled]
    for name, rows in blocks(form).items():
        properties[name] = {"type": "array", "items": _object(rows.empty_form), "maxItems": rows.max_num}
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def blocks(form: forms.BaseForm) -> dict[str, Any]:
    """The blocks of repeated rows that a form holds: Django's formsets, and what looks like one.

    Those it makes when first looked at it names in `row_blocks`.
    """
    found = {**vars(form), **{name: getattr(form, name) for name in getattr(form, "row_blocks", ())}}.items()
    return {name: rows for name, rows in found if hasattr(rows, "empty_form") and hasattr(rows, "max_num")}


def entry_schema(field: forms.Field, initial: Any = None) -> Schema:
    """One entry: its title and help, type and bounds. An optional entry may be left out, or be null."""
    entry = {"title": str(field.label)} if field.label else {}
    if field.help_text:
        entry["description"] = str(field.help_text)
    entry |= _kind(field)
    if not field.required or field.disabled:
        _allow_null(entry)
    default = _plain(initial)
    if default is not None and not isinstance(field, forms.FileField):
        entry["default"] = default
    if field.disabled:
        entry["readOnly"] = True
    if field.widget.is_hidden:
        entry["x-hidden"] = True
    return entry


def _kind(field: forms.Field) -> Schema:
    return next(describe(field) for kind, describe in _KINDS if isinstance(field, kind))


def _allow_null(entry: Schema) -> None:
    if entry.pop("not", None) is not None:
        entry["type"] = "null"
        return
    kinds = entry["type"] if isinstance(entry["type"], list) else [entry["type"]]
    entry["type"] = kinds if "null" in kinds else [*kinds, "null"]
    choices = entry.get("oneOf")
    if choices is not None and not any(choice["const"] is None for choice in choices):
        entry["oneOf"] = [*choices, {"const": None, "title": _("None")}]


def _initial(form: forms.BaseForm, name: str, field: forms.Field) -> Any:
    return form.get_initial_for_field(field, name)


def _plain(value: Any) -> Any:
    """An initial value as JSON has it; None for what it has not."""
    if isinstance(value, bool | int | str):
        return value if value != "" else None
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple | set | QuerySet):
        return [_plain(item) for item in islice(value, MOST_CHOICES)] or None
    return None


# one kind of entry each


def _text(field: Any) -> Schema:
    entry: Schema = {"type": "string"}
    if field.required:
        entry["minLength"] = 1
    if field.min_length:
        entry["minLength"] = field.min_length
    if field.max_length:
        entry["maxLength"] = field.max_length
    return entry


def _integer(field: Any) -> Schema:
    lowest = -LARGEST_INTEGER if field.min_value is None else _called(field.min_value)
    highest = LARGEST_INTEGER if field.max_value is None else _called(field.max_value)
    return {"type": "integer", "minimum": lowest, "maximum": highest}


def _decimal(field: Any) -> Schema:
    """Amounts travel as text, so that no reader rounds them; a whole number may be a number."""
    lowest, highest = _called(field.min_value), _called(field.max_value)
    places = field.decimal_places if field.decimal_places is not None else 6
    whole = field.max_digits - places if field.max_digits else 15
    sign = "" if lowest is not None and lowest >= 0 else "-?"
    fraction = rf"(\.[0-9]{{1,{places}}})?" if places else ""
    bound = 10**whole - 1
    return {
        "type": ["string", "integer"],
        "pattern": rf"^{sign}[0-9]{{1,{whole}}}{fraction}$",
        "minimum": -bound if lowest is None else ceil(lowest),
        "maximum": bound if highest is None else floor(highest),
    }


def _float(field: Any) -> Schema:
    bounds = {"minimum": _called(field.min_value), "maximum": _called(field.max_value)}
    return {"type": "number"} | {name: float(value) for name, value in bounds.items() if value is not None}


def _called(value: Any) -> Any:
    return value() if callable(value) else value


def _boolean(field: forms.Field) -> Schema:
    return {"type": "boolean", "const": True} if field.required else {"type": "boolean"}


def _choice(field: Any) -> Schema:
    return _one_of(_offered(field.choices, with_blank=not field.required))


def _several(field: Any) -> Schema:
    return _list_of(field, _one_of(_offered(field.choices)))


def _row(field: forms.ModelChoiceField) -> Schema:
    """By id; the rows are named while they are few."""
    queryset = field.queryset
    if queryset is None:
        return {"type": "integer", "minimum": 1}
    named = list(queryset[: MOST_CHOICES + 1])
    key = field.to_field_name or "pk"
    offered = [(getattr(row, key), str(field.label_from_instance(row))) for row in named]
    if len(named) <= MOST_CHOICES:
        return _one_of(offered)
    return {"type": _type_of(offered[0][0])}


def _several_rows(field: forms.ModelMultipleChoiceField) -> Schema:
    return _list_of(field, _row(field))


def _list_of(field: forms.Field, items: Schema) -> Schema:
    entry = {"type": "array", "items": items, "uniqueItems": True}
    return entry | {"minItems": 1} if field.required else entry


def _offered(choices: Iterable, *, with_blank: bool = False) -> list[tuple[Any, str]]:
    """Values and labels, groups opened."""
    found: list[tuple[Any, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            found += _offered(label, with_blank=with_blank)
        elif with_blank or value not in ("", None):
            found.append((value if isinstance(value, int) or value is None else str(value), str(label)))
    return found


def _one_of(offered: list[tuple[Any, str]]) -> Schema:
    """The values with their titles. Where nothing can be chosen nothing is valid, and `oneOf` may not be empty."""
    kinds = list(dict.fromkeys(_type_of(value) for value, label in offered)) or ["string"]
    entry: Schema = {"type": kinds[0] if len(kinds) == 1 else kinds}
    if not offered:
        return entry | {"not": {}}
    return entry | {"oneOf": [{"const": value, "title": label} for value, label in offered]}


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return "integer" if isinstance(value, int) else "string"


_KINDS: tuple[tuple[type[forms.Field], Callable[[Any], Schema]], ...] = (
    (forms.ModelMultipleChoiceField, _several_rows),
    (forms.ModelChoiceField, _row),
    (forms.MultipleChoiceField, _several),
    (forms.ChoiceField, _choice),
    (forms.NullBooleanField, lambda field: {"type": ["boolean", "null"]}),
    (forms.BooleanField, _boolean),
    (forms.FileField, lambda field: {"type": "string", "format": "binary"}),
    (forms.DateTimeField, lambda field: {"type": "string", "format": "date-time"}),
    (forms.DateField, lambda field: {"type": "string", "format": "date"}),
    (forms.TimeField, lambda field: {"type": "string", "format": "time"}),
    (forms.DecimalField, _decimal),
    (forms.FloatField, _float),
    (forms.IntegerField, _integer),
    (forms.UUIDField, lambda field: {"type": "string", "format": "uuid"}),
    (forms.EmailField, lambda field: {**_text(field), "format": "email"}),
    (forms.CharField, _text),
    (forms.Field, lambda field: {"type": "string"}),
)
"""The first that fits describes a field; a field of a kind of its own is text, as a page would send it."""
