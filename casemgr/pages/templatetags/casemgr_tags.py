"""Components of every page: `{% load casemgr_tags %}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django import forms, template
from django.apps import apps
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casemgr.audit.kinds import label_of
from casemgr.pages import due
from casemgr.pages.charts import Chart, Tile, render_svg
from casemgr.pages.clock import today as clock_today
from casemgr.pages.dates import as_day, long_date, short_date
from casemgr.pages.masking import mask
from casemgr.pages.pagination import Page
from casemgr.pages.requests import KEY, VERSION

register = template.Library()


@register.inclusion_tag("pages/due_tag.html")
def due_tag(due_on: date | None, today: date | None = None, status: str = "", calendar_status: str = "") -> dict:
    """`{% due_tag deadline.due_on today deadline.status deadline.calendar_status %}`"""
    today = today or clock_today()
    return {
        "tag": due.due_tag(due_on, today, str(status or "")),
        "due_on": due_on,
        "day": short_date(due_on, today) if due_on else "",
        "is_estimated": calendar_status in {"estimated", "missing"},
    }


@register.filter
def date_cn(value: date | None) -> str:
    """2026年11月25日 周三, or the English of it."""
    return long_date(value) if value else ""


@register.filter
def date_short(value: date | None) -> str:
    """11月25日 周三; with the year when it is not this one."""
    return short_date(value, clock_today()) if value else ""


@register.filter
def date_iso(value: date | None) -> str:
    """2026-11-25, for tables and `datetime` attributes."""
    return as_day(value).isoformat() if value else ""


@register.filter
def access_kind(kind: str) -> str:
    """What a kind of the access log is called."""
    return label_of(kind)


@register.filter
def record_name(label: str) -> str:
    """What a record is called by its model's label, such as `organisation.user`; one that is gone by the label."""
    try:
        return table_name(apps.get_model(label))
    except (LookupError, ValueError):
        return label


@register.filter
def table_name(model: type) -> str:
    """What a table is called; a table of histories by what it keeps."""
    kept = getattr(model, "instance_type", None)
    return _("History: %(name)s") % {"name": kept._meta.verbose_name} if kept else str(model._meta.verbose_name)


@register.filter
def masked(value: str | None) -> str:
    """A number with its middle hidden: 1506**********0017, 138****0000."""
    return mask(str(value or ""))


@register.inclusion_tag("pages/field.html")
def field(bound: BoundField, css: str = "") -> dict:
    """`{% field form.name %}`: label, help, control and errors, tied together for screen readers.

    A field that the form's own rules ask for, though not in every case, is marked by `field.is_needed = True`.
    """
    widget = bound.field.widget
    return {
        "field": bound,
        "css": css,
        "is_group": widget.use_fieldset,
        "is_check": isinstance(widget, forms.CheckboxInput),
        "is_required": bound.field.required or getattr(bound.field, "is_needed", False),
    }


@register.inclusion_tag("pages/form_errors.html")
def form_errors(form: forms.Form) -> dict:
    """The error summary above a form: one line per error, each a link to its field.

    Below it, where somebody else was faster, what changed since the form was opened (`casemgr.actions.news`).
    """
    return {"form": form, "lines": _error_lines(form) if form.is_bound else [], "news": getattr(form, "news", None)}


def _error_lines(form: forms.Form) -> list[tuple[str, str]]:
    lines = [("", str(error)) for error in form.non_field_errors()]
    for name, errors in form.errors.items():
        if name not in form.fields:
            continue
        bound = form[name]
        target = bound.id_for_label or bound.auto_id
        for error in errors:
            text = str(error)
            label = str(bound.label)
            lines.append(
                (target, text if label in text else _("%(field)s: %(error)s") % {"field": label, "error": text})
            )
    return lines


@register.inclusion_tag("pages/fields.html")
def fields(form: forms.Form) -> dict:
    """`{% fields form %}`: all visible fields of a form one below the other, and the hidden ones."""
    return {"form": form}


@register.inclusion_tag("pages/pager.html", takes_context=True)
def pager(context: Context, page: Page) -> dict:
    """`{% pager page %}`: links to the previous and the next page that keep the filters of the address."""
    query = context["request"].GET.copy()
    for name in ("after", "before", "page"):
        query.pop(name, None)

    def address(cursor: dict[str, str] | None) -> str:
        if cursor is None:
            return ""
        asked = query.copy()
        asked.update(cursor)
        return "?" + asked.urlencode()

    return {"previous": address(page.previous), "next": address(page.next)}


@register.simple_tag
def tag(words: str, css: str = "") -> SafeString:
    """`{% tag case.get_state_display "soon" %}`: a rounded mark."""
    return format_html('<span class="tag {}">{}</span>', css, words)


@register.inclusion_tag("pages/request_key.html")
def request_key(version: int | None = None, key: str = "") -> dict:
    """`{% request_key case.version %}` inside a form: a double click happens once, a stale page is noticed.

    `key`: the page goes on with a key it had before, so that what was sent under it happens once.
    """
    return {"key": key or uuid4().hex, "version": version, "key_name": KEY, "version_name": VERSION}


@register.inclusion_tag("pages/picture.html")
def picture(chart: Chart) -> dict:
    """`{% picture chart %}`: the picture and, under it, its numbers as a table."""
    return {"chart": chart, "svg": render_svg(chart), "rows": list(chart.rows())}


@register.inclusion_tag("pages/tiles.html")
def tiles(shown: Iterable[Tile]) -> dict:
    """`{% tiles tiles %}`: numbers in large type, each a link to what it counts."""
    return {"tiles": shown}
