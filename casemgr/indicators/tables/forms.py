"""Forms of the official tables: a lock, a line of a list, a layout of a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.indicators.period import EARLIEST, LATEST
from casemgr.indicators.tables.facts import bases
from casemgr.indicators.tables.lists import table_lists
from casemgr.indicators.tables.models import Layout, ListLine, Part
from casemgr.indicators.tables.official import books, official_tables
from casemgr.indicators.tables.upload import known_fields
from casemgr.pages.forms import ContextForm, SeveralChoicesField


class LockForm(ContextForm):
    book = forms.ChoiceField(label=gettext_lazy("Tables"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST, max_value=LATEST)
    part = forms.TypedChoiceField(label=gettext_lazy("Part of the year"), choices=Part.choices, coerce=int)
    checked_by = forms.CharField(label=gettext_lazy("Checked by"), max_length=80)
    note = forms.CharField(
        label=gettext_lazy("Note on late entries"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What was entered after earlier periods were locked, and why."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.actor.role_codes(self.today) if self.actor is not None else frozenset()
        self.fields["book"].choices = [
            (one.code, one.name) for one in books().values() if roles.intersection(one.locked_by)
        ]


class ChangeLineForm(ContextForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    order = forms.IntegerField(label=gettext_lazy("Place"), min_value=0, max_value=999, initial=0)
    gathers = SeveralChoicesField(
        label=gettext_lazy("Gathers"), required=False,
        help_text=gettext_lazy("What the register calls it. Each word belongs to one line at a time."),
    )  # fmt: skip
    from_year = forms.IntegerField(
        label=gettext_lazy("From the year"), min_value=EARLIEST, max_value=LATEST, initial=EARLIEST
    )
    until_year = forms.IntegerField(
        label=gettext_lazy("Up to the year"), min_value=EARLIEST, max_value=LATEST, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = table_lists()
        chosen = [lists[self.subject.list_code]] if isinstance(self.subject, ListLine) else list(lists.values())
        words = {code: label for one in chosen if one.words for code, label in one.words()}
        self.fields["gathers"].choices = list(words.items())

    def _list_code(self, data: dict[str, Any]) -> str:
        return self.subject.list_code if isinstance(self.subject, ListLine) else data.get("list_code", "")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("from_year"), data.get("until_year")
        if first and last and last < first:
            self.add_error("until_year", _("The last year lies before the first."))
        if first and "gathers" in data:
            self._demand_once(data, first, last or LATEST)
        return data

    def _demand_once(self, data: dict[str, Any], first: int, last: int) -> None:
        others = ListLine.objects.filter(list_code=self._list_code(data), from_year__lte=last)
        if isinstance(self.subject, ListLine):
            others = others.exclude(pk=self.subject.pk)
        for other in others:
            if (other.until_year or LATEST) >= first and set(other.gathers) & set(data["gathers"]):
                text = _("“%(line)s” gathers one of these in the same years. Take it out there, or end that line.")
                self.add_error("gathers", text % {"line": other.name})
                return


class LineForm(ChangeLineForm):
    list_code = forms.ChoiceField(label=gettext_lazy("List"))
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=24)
    field_order = ("list_code", "code", "name", "order", "gathers", "from_year", "until_year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editable = [one for one in table_lists().values() if one.kept_elsewhere is None]
        self.fields["list_code"].choices = [(one.code, one.name) for one in editable]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        wanted = table_lists().get(data.get("list_code", ""))
        if wanted is not None and data.get("code"):
            if ListLine.objects.filter(list_code=wanted.code, code=data["code"]).exists():
                self.add_error("code", _("The list has a line with this code. Choose another code."))
            words = {code for code, _label in wanted.words()} if wanted.words else set()
            if set(data.get("gathers", ())) - words:
                self.add_error("gathers", _("These words belong to another list."))
        return data


class LayoutForm(ContextForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    of = forms.ChoiceField(label=gettext_lazy("Rows"))
    form = forms.ChoiceField(label=gettext_lazy("Kind of file"), choices=Layout.Form.choices)
    days = forms.ChoiceField(label=gettext_lazy("Days are written like"), choices=Layout.Days.choices)
    columns = forms.CharField(
        label=gettext_lazy("Columns"), max_length=8000, widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy("One a line, in their order: heading = field. The page of layouts lists the fields."),
    )  # fmt: skip
    codes = forms.CharField(
        label=gettext_lazy("Codes"), max_length=8000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("One a line: field: our word = the platform's word."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Document it rests on"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = [(code, one.name) for code, one in official_tables().items()]
        cases = [(code, _("Single cases: %(name)s") % {"name": one.name}) for code, one in bases().items()]
        self.fields["of"].choices = [*cases, *tables]
        for name, written in (("columns", _columns_text), ("codes", _codes_text)):
            if isinstance(self.initial.get(name), list | dict):
                self.initial[name] = written(self.initial[name])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("of"):
            return data
        fields = known_fields(data["of"])
        if "columns" in data:
            data["columns"] = self._columns(data["columns"], fields)
        if "codes" in data:
            data["codes"] = self._codes(data["codes"], fields)
        known = Layout.objects.filter(name=data.get("name", ""))
        if isinstance(self.subject, Layout):
            known = known.exclude(pk=self.subject.pk)
        if known.exists():
            self.add_error("name", _("Another layout has this name. Choose another one."))
        return data

    def _columns(self, text: str, fields: dict[str, Any]) -> list[list[str]]:
        found = []
        for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
            heading, sign, name = (part.strip() for part in line.rpartition("="))
            if not sign or not heading or name not in fields:
                said = _("Line %(number)s: “%(line)s” is not “heading = field” with a field of these rows.")
                self.add_error("columns", said % {"number": number, "line": line[:60]})
                break
            found.append([heading[:60], name])
        return found

    def _codes(self, text: str, fields: dict[str, Any]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
            name, sign, rest = (part.strip() for part in line.partition(":"))
            ours, equals, theirs = (part.strip() for part in rest.partition("="))
            if not sign or not equals or name not in fields:
                said = _("Line %(number)s: “%(line)s” is not “field: our word = the platform's word”.")
                self.add_error("codes", said % {"number": number, "line": line[:60]})
                break
            found.setdefault(name, {})[ours] = theirs[:60]
        return found


class ChangeLayoutForm(LayoutForm):
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)


def _columns_text(columns: list[list[str]]) -> str:
    return "\n".join(f"{heading} = {name}" for heading, name in columns)


def _codes_text(codes: dict[str, dict[str, str]]) -> str:
    return "\n".join(f"{name}: {ours} = {theirs}" for name, pairs in codes.items() for ours, theirs in pairs.items())
