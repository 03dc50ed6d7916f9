"""Lists of the API: `{"items": […], "next": url or null}`, never counted, never longer than a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, Schema

from casemgr.pages.api.problems import Problem
from casemgr.pages.pagination import PAGE_SIZE, is_readable, numbered, paginate

PAGE, LIMIT = "page", "limit"
MOST = 100
UNKNOWN = gettext_lazy("This page is unknown. Follow “next” of the page before.")
DEEPEST = 200
"""A page may be asked for by its number up to here; beyond it the database would read all rows before."""


class PageQuery(Schema):
    """What every list may be asked; lists with conditions of their own add them."""

    page: str = Field("", max_length=500)
    limit: int = Field(25, ge=1, le=MOST)


def _itself(row: Any) -> Any:
    return row


def page_of(
    request: HttpRequest,
    rows: QuerySet,
    order: Sequence[str],
    item: Callable[[Any], Any] = _itself,
    *,
    size: int | None = None,
) -> dict[str, Any]:
    """One page of `rows`, each as `item` says it; one query besides those that `rows` prefetches.

    Without `item` the rows themselves, for whoever says them together.
    `page` is what `next` carries (opaque), or a page's number. `order` as for `casemgr.pages.pagination.paginate`.
    """
    size = size or _size(request)
    asked = request.GET.get(PAGE, "")
    number = _number(asked)
    if number is not None:
        found = numbered(rows, order, number, size=size)
    elif asked and not is_readable(rows.model, order, asked):
        raise Problem(400, UNKNOWN, code="page-unknown")
    else:
        found = paginate(rows, order, {"after": asked}, size=size)
    return _answer(request, [item(row) for row in found], (found.next or {}).get("after"))


def slice_of(request: HttpRequest, rows: Sequence[Any], item: Callable[[Any], Any] = _itself) -> dict[str, Any]:
    """The same for a list that is short and in memory already."""
    size, number = _size(request), _number(request.GET.get(PAGE, "") or "1")
    if number is None:
        raise Problem(400, UNKNOWN, code="page-unknown")
    first = (number - 1) * size
    following = str(number + 1) if len(rows) > first + size else None
    return _answer(request, [item(row) for row in rows[first : first + size]], following)


def _answer(request: HttpRequest, items: list, following: str | None) -> dict[str, Any]:
    return {"items": items, "next": address(request, {PAGE: following}) if following else None}


def address(request: HttpRequest, changed: Mapping[str, str]) -> str:
    """The request's own address with other parameters."""
    query = {name: values for name, values in request.GET.lists() if name not in changed} | dict(changed)
    return request.build_absolute_uri(f"{request.path}?{urlencode(query, doseq=True)}")


def _number(text: str) -> int | None:
    """:raises Problem: a number, and one nobody reaches by counting pages."""
    if not (text.isascii() and text.isdecimal()):
        return None
    if len(text) > 4 or not 1 <= int(text) <= DEEPEST:
        raise Problem(400, UNKNOWN, code="page-unknown")
    return int(text)


def _size(request: HttpRequest) -> int:
    asked = request.GET.get(LIMIT, "")
    if not asked:
        return PAGE_SIZE
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4 and 1 <= int(asked) <= MOST):
        raise Problem(
            422,
            _("A page holds between 1 and %(most)s items.") % {"most": MOST},
            errors={LIMIT: [_("A page holds between 1 and %(most)s items.") % {"most": MOST}]},
        )
    return int(asked)
