"""The pages of what the office keeps: locked periods, the lists of lines, the layouts of files, and such a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages, new_page, one, today_for
from casemgr.audit.access import record_access
from casemgr.indicators.tables import locking, upload
from casemgr.indicators.tables.actions import AddLayout, AddLine, LockPeriod
from casemgr.indicators.tables.asking import NoTable, asked, demand_known
from casemgr.indicators.tables.facts import bases
from casemgr.indicators.tables.lists import table_lists
from casemgr.indicators.tables.models import KEEPERS, KEEPING, Layout, ListLine, Part, PeriodLock
from casemgr.indicators.tables.official import books, official_tables
from casemgr.indicators.tables.reports import may_see
from casemgr.pages.errors import error_page
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import XLSX


def demand_keeping(user: Any, today: date) -> None:
    """:raises PermissionDenied: the person neither keeps the tables nor watches who does."""
    if not KEEPING.intersection(user.role_codes(today)):
        raise PermissionDenied


_require = today_for(demand_keeping)
LINES = RecordPages(ListLine, "official_lines", _require, enters=AddLine.name)
LAYOUTS = RecordPages(Layout, "official_layouts", _require, enters=AddLayout.name)
line_new, line_action = LINES.new(), LINES.step()
layout_new, layout_action = LAYOUTS.new(), LAYOUTS.step()


@require_safe
def lock_list(request: HttpRequest) -> HttpResponse:
    """The locked periods, the last first."""
    today = _require(request)
    rows = PeriodLock.objects.visible_to(request.user, today)
    page = paginate(rows, ["-last_on", "-pk"], request.GET)
    context = {
        "page": page,
        "locks": [(lock, books()[lock.book].name if lock.book in books() else lock.book) for lock in page],
        "may_lock": is_allowed(request, LockPeriod.name, None, today),
    }
    return render(request, "official_tables/locks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lock_new(request: HttpRequest) -> HttpResponse:
    """`?book=`, `?year=` and `?part=` fill the form; without them the half-year that ended last."""
    today = _require(request)
    year, part = (today.year, Part.FIRST_HALF) if today.month > 6 else (today.year - 1, Part.YEAR)
    initial: dict[str, Any] = {"year": year, "part": int(part)}
    initial |= {name: request.GET[name] for name in ("book", "year", "part") if name in request.GET}
    return new_page(request, LockPeriod.name, "official_locks", initial, requires=_require)


@require_safe
def lock_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A locked period: what was sent off, what was told since, and what the register says today, table by table."""
    today = _require(request)
    lock = one(request, PeriodLock, pk, today)
    book = books().get(lock.book)
    if book is None:
        raise Http404
    now = locking.lines_of_sheets(locking.counted_now(book, lock, today))
    told = locking.told(lock)
    untold = locking.differences(lock, now)
    context = {
        "lock": lock,
        "book": book,
        "tables": [locking.Compared.of(table, lock, told, now) for table in book.tables],
        "untold": locking.words_of(book, untold),
        "late_entries": [(late, locking.words_of(book, late.differences)) for late in _late(lock.late_entries)],
        "told_later": [(late, locking.words_of(book, late.differences)) for late in _late(lock.told_later)],
    }
    return render(request, "official_tables/lock.html", context)


def _late(rows: Any) -> Any:
    return rows.select_related("concerns", "told_with")


@require_safe
def line_list(request: HttpRequest) -> HttpResponse:
    """One list with its lines; `?list=` says which."""
    today = _require(request)
    lists = {code: one for code, one in table_lists().items() if one.kept_elsewhere is None}
    if not lists:
        raise Http404
    chosen = lists.get(request.GET.get("list", "")) or next(iter(lists.values()))
    words = dict(chosen.words()) if chosen.words else {}
    rows = ListLine.objects.visible_to(request.user, today).filter(list_code=chosen.code)
    page = paginate(rows, ["order", "pk"], request.GET, size=100)
    context = {
        "lists": list(lists.values()),
        "chosen": chosen,
        "page": page,
        "lines": [(row, "、".join(str(words.get(word, word)) for word in row.gathers)) for row in page],
        "may_add": is_allowed(request, AddLine.name, None, today),
    }
    return render(request, "official_tables/lines.html", context)


@require_safe
def layout_list(request: HttpRequest) -> HttpResponse:
    """The layouts, and the fields that their columns may name."""
    today = _require(request)
    rows = Layout.objects.visible_to(request.user, today)
    page = paginate(rows, ["name", "pk"], request.GET)
    of = request.GET.get("of", "")
    names = {**{code: one.name for code, one in bases().items()}, **{c: t.name for c, t in official_tables().items()}}
    context = {
        "page": page,
        "layouts": [(row, names.get(row.of, row.of)) for row in page],
        "names": names.items(),
        "of": of,
        "fields": upload.known_fields(of).items() if of in names else (),
        "year": today.year,
        "parts": Part.choices,
        "may_add": is_allowed(request, AddLayout.name, None, today),
    }
    return render(request, "official_tables/layouts.html", context)


@require_safe
def layout_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a layout for a period, of the person's own procedures. Each one is recorded."""
    today = _require(request)
    layout = one(request, Layout, pk, today)
    back = reverse("official_layouts")
    table = official_tables().get(layout.of)
    if table is None:
        table = next((one for one in official_tables().values() if one.base == layout.of), None)
    if table is None:
        raise Http404
    if not may_see(table, request.user, today):
        raise PermissionDenied
    if layout.of in bases() and not set(KEEPERS).intersection(request.user.role_codes(today)):
        raise PermissionDenied
    try:
        request_for = asked({name: request.GET.get(name, "") for name in request.GET}, today)
        demand_known(table, request_for)
        content, rows = upload.file_of(layout, request_for, request.user, today)
    except (NoTable, upload.TooMany) as problem:
        return error_page(request, 409, message=str(problem), back=back)
    record_access(request.user, "figures_exported", indicator=layout.name, rows=rows, **request_for.query())
    is_sheet = layout.form == Layout.Form.XLSX
    response = HttpResponse(content, content_type=XLSX if is_sheet else "text/csv")
    name = f"{layout.name}-{request_for.span.first.isoformat()}.{'xlsx' if is_sheet else 'csv'}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
