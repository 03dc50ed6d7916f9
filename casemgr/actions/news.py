"""Two sessions on one form: what changed since the second opened it, and a form in which neither loses anything.

An entry the person had not touched takes the new value over, so that sending the form again does not put the old one
back; an entry both changed keeps what the person typed, and both values are shown. Works for every subject that has a
`version` kept in its history; an action says what its form is filled with (`Action.form_values`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.action import Action
from casemgr.pages.dates import long_date


@dataclass(frozen=True)
class Step:
    """Something that was done to the subject meanwhile."""

    label: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Change:
    """One entry that is different now. `typed` is what the form still says where both changed it."""

    label: str
    before: str
    now: str
    typed: str = ""
    is_taken_over: bool = False


@dataclass
class News:
    """`left` are typed texts for which the form has no entry any more."""

    steps: list[Step] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reconciled:
    """The form to show again, the version it now rests on, and what changed meanwhile."""

    form: forms.BaseForm
    version: int | None
    news: News


def reconcile(
    action: Action,
    subject: models.Model,
    data: Mapping[str, Any],
    seen: int | None,
    actor: Any,
    today: date,
    files=None,
) -> Reconciled:
    """The second session's form over the subject as it is now; `subject` was read after the refusal.

    The form carries the news too (`form.news`), so that `{% form_errors form %}` shows them on every page.
    """
    row = _row_seen(subject, seen)
    version = action.version_of(subject)
    if row is None:
        return Reconciled(_valid(action.build_form(subject, data, files, actor, today)), version, News())
    was = _as_it_was(subject, row)
    before = action.form_values(was, row.history_date)
    now = action.form_values(subject, None)
    entries = action.build_form(subject, data, files, actor, today).fields
    merged = dict(data)
    news = News(steps=list(_steps(subject, row)), lines=action.news_lines(subject, row.history_date))
    for name in [name for name in before if name in entries and name in now and before[name] != now[name]]:
        news.changes.append(_merged(entries[name], name, before[name], now[name], merged))
    news.changes += _columns(action, was, subject, row, skip=set(entries))
    news.left = [
        str(text)
        for name, text in data.items()
        if name in before and name not in entries and text and text != before[name]
    ]
    form = _valid(action.build_form(subject, merged, files, actor, today))
    form.news = news
    return Reconciled(form, version, news)


def _valid(form: forms.BaseForm) -> forms.BaseForm:
    form.is_valid()
    return form


def _row_seen(subject: models.Model, seen: int | None) -> Any:
    """The last history row with the version the form was opened on; None when there is none such."""
    if seen is None or seen < 0 or not hasattr(type(subject), "history"):
        return None
    return subject.history.filter(version=seen).order_by("history_id").last()


def _as_it_was(subject: models.Model, row: Any) -> models.Model:
    """The subject with the columns of the history row; what it does not keep stays as it is now."""
    was = type(subject)._default_manager.get(pk=subject.pk)
    kept = {name.attname for name in row._meta.concrete_fields}
    for column in subject._meta.concrete_fields:
        if column.attname in kept:
            was.__dict__[column.attname] = getattr(row, column.attname)
    return was


def _steps(subject: models.Model, row: Any) -> Iterator[Step]:
    for later in subject.history.filter(history_id__gt=row.history_id).order_by("history_id")[:20]:
        known = registry.every().get(later.history_action)
        label = str(known.label) if known else str(_("Changed"))
        yield Step(label, later.history_actor_name, later.history_date, later.history_change_reason or "")


def _merged(entry: forms.Field, name: str, before: Any, now: Any, data: dict[str, Any]) -> Change:
    """Take the new value over into `data`, unless the person had changed the entry too."""
    label = str(entry.label or name)
    typed = data.get(name)
    words = {"before": in_words(entry, before), "now": in_words(entry, now)}
    if _is_same(entry, before, typed):
        data[name] = entry.prepare_value(now)
        return Change(label, **words, is_taken_over=True)
    if _is_same(entry, now, typed):
        return Change(label, **words)
    return Change(label, **words, typed=in_words(entry, typed))


def _is_same(entry: forms.Field, value: Any, typed: Any) -> bool:
    if isinstance(typed, str):
        typed = typed.replace("\r\n", "\n").strip()
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()
    return not entry.has_changed(value, typed)


def _yes_or_no(value: bool) -> str:
    return str(_("Yes") if value else _("No"))


def in_words(entry: forms.Field, value: Any) -> str:
    """A value of a form's entry as a person reads it; a value that is none is shown as it was sent."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, bool):
        return _yes_or_no(value)
    try:
        cleaned = entry.to_python(value) if not hasattr(value, "pk") else value
    except forms.ValidationError:
        return str(value)
    if isinstance(entry, forms.ModelChoiceField) and hasattr(cleaned, "pk"):
        return str(entry.label_from_instance(cleaned))
    if isinstance(entry, forms.ChoiceField):
        return str(dict(entry.choices).get(cleaned, cleaned))
    return long_date(cleaned) if isinstance(cleaned, date) else str(cleaned)


def _columns(action: Action, was: models.Model, subject: models.Model, row: Any, skip: set[str]) -> Iterator[Change]:
    """Columns with a name for people, beside those the form asks for."""
    kept = {column.attname for column in row._meta.concrete_fields}
    for column in subject._meta.concrete_fields:
        is_shown = column.name in action.news_fields if action.news_fields else isinstance(column.verbose_name, Promise)
        if not is_shown or column.name in skip or column.attname not in kept:
            continue
        if getattr(was, column.attname) != getattr(subject, column.attname):
            yield Change(str(column.verbose_name), _column_text(was, column), _column_text(subject, column))


def _column_text(subject: models.Model, column: models.Field) -> str:
    value = getattr(subject, column.attname)
    if value in (None, "", [], {}):
        return ""
    if isinstance(column, models.JSONField | models.BinaryField):
        return str(_("(another content)"))
    if column.is_relation:
        found = column.related_model._base_manager.filter(pk=value).first()
        return str(found) if found else str(value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _yes_or_no(value)
    return long_date(value) if isinstance(value, date) and not isinstance(value, datetime) else str(value)
