"""The board of a year's backlog, the items behind each number, one item and its steps, self-check returns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.documents.clues.sources import takes_part
from casemgr.documents.uploads.models import Material
from casemgr.documents.uploads.receiving import takes_files
from casemgr.organisation.models import Unit
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id
from litigation.backlog.asking import FORM, demand_backlog, items_seen, sees_all, year_asked
from litigation.backlog.figures import SETS, board_of, difference, items_of
from litigation.backlog.from_file import facts_of, obligations_seen
from litigation.backlog.letters.escalation import due
from litigation.backlog.letters.pages import DRAFT
from litigation.backlog.reminders import missing_units, quarter_of
from litigation.backlog.rounds.figures import PARTS, items_of_round
from litigation.backlog.states import OPEN, BacklogState
from litigation.models import BacklogItem, BacklogYear, ClearingRound, SelfCheckReturn

SHOWN = 10
"""Deciding items on the board; the rest is behind the number."""
ENTER, SET_YEAR, RETURN = "backlog.enter", "backlog.set_year", "backlog.submit_return"


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """How far the year is, what is missing, and which items decide it."""
    today = demand_backlog(request)
    year = year_asked(request, today)
    context: dict[str, Any] = {
        "year": year,
        "years": BacklogYear.objects.all(),
        "may_enter": is_allowed(request, ENTER, None, today),
        "may_set": is_allowed(request, SET_YEAR, None, today),
        "candidates": items_seen(request, today).filter(state=BacklogState.CANDIDATE).count(),
        "claimed": items_seen(request, today).filter(state=BacklogState.CLAIMED).count(),
    }
    if year is not None:
        context |= steps(year, request, today)
        context["address"] = reverse("backlog_year_action", args=[year.pk, "-"]).removesuffix("-/")
        if year.snapshot_on is not None:
            found = board_of(year, today, seen=items_seen(request, today))
            context |= {"board": found, "deciding": found.deciding[:SHOWN], "bars": _bars(found.burn_down)}
            if sees_all(request, today):
                context |= {"due": due(year, request.user, today), "may_draft": is_allowed(request, DRAFT, None, today)}
            context |= {"differs": difference(year).filter(pk__in=items_seen(request, today).values("pk")).count()}
    return render(request, "litigation/backlog/board.html", context)


def _bars(points: list[tuple[date, int]], most: int = 14) -> list[tuple[date, int, int]]:
    """At most fourteen days of the burn-down, evenly, the last one always; with the share of the base in per cent."""
    if not points:
        return []
    base = max(points[0][1], 1)
    stride = -(-len(points) // most)
    chosen = points[::-1][::stride][::-1]
    return [(day, left, left * 100 // base) for day, left in chosen]


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """The items of one number (`set`, `unit`), or all of a state."""
    today = demand_backlog(request)
    rows = items_seen(request, today).select_related("number", "unit")
    year, asked = year_asked(request, today), request.GET.get("set", "")
    if asked:
        if asked not in (*SETS, "differs") or year is None or year.snapshot_on is None:
            raise Http404
        wanted = difference(year) if asked == "differs" else items_of(year, asked, today)
        rows = rows.filter(pk__in=wanted.values("pk"))
        if (on := _day(request.GET.get("on", ""))) is not None and asked == "open":
            base = items_of(year, "base", today).exclude(state=BacklogState.CLEARED, cleared_on__lte=on)
            rows = items_seen(request, today).select_related("number", "unit").filter(pk__in=base.values("pk"))
        if (since := _day(request.GET.get("since", ""))) is not None and asked == "cleared":
            rows = rows.filter(cleared_on__gte=since)
    late = row_id(request.GET.get("late"))
    if late is not None:
        rows = rows.filter(finish_on__lte=today - timedelta(days=min(late, 3_000)))
    found = _round_asked(request, today)
    part = request.GET.get("part", "batch")
    if found is not None:
        rows = rows.filter(pk__in=items_of_round(found, part).values("pk"))
    state = request.GET.get("state", "")
    if state in BacklogState.values:
        rows = rows.filter(state=state)
    unit = row_id(request.GET.get("unit"))
    if unit is not None:
        rows = rows.of_unit(unit)
    context = {
        "page": paginate(rows, ["-pk"], request.GET),
        "states": BacklogState.choices,
        "state": state,
        "set": asked,
        "round": found,
        "part": part,
        "year": year,
        "unit": Unit.objects.filter(pk=unit).first() if unit is not None else None,
        "may_enter": is_allowed(request, ENTER, None, today),
        "today": today,
    }
    return render(request, "litigation/backlog/items.html", context)


def _round_asked(request: HttpRequest, today: date) -> ClearingRound | None:
    """The round whose number was clicked. :raises Http404: there is none within reach, or no such number."""
    asked = row_id(request.GET.get("round"))
    if asked is None:
        return None
    if request.GET.get("part", "batch") not in PARTS:
        raise Http404
    return one(request, ClearingRound, asked, today)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: HttpRequest) -> HttpResponse:
    """Empty, or with what the file says of an obligation (`?obligation=`)."""
    today = demand_backlog(request)
    asked = row_id(request.GET.get("obligation"))
    told = obligations_seen(request.user, today).filter(pk=asked).first() if asked is not None else None
    initial = facts_of(told) if told is not None else None
    return new_page(request, ENTER, "backlog_items", initial, template=FORM, requires=demand_backlog)


@require_safe
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = demand_backlog(request)
    item = one(request, BacklogItem, pk, today, "number", "unit", "case", "obligation")
    context = {
        "item": item,
        "joint": list(item.joint_units.select_related("unit")),
        "measures": list(item.measures.select_related("entered_by")),
        "may_hand_over": takes_part(request.user, today),
        "proofs": list(item.proofs.select_related("added_by")),
        "papers": _papers(item, request, today),
        "may_withdraw": item.state in OPEN and is_allowed(request, "backlog.add_proof", item, today),
        "rounds": list(item.rounds.select_related("clearing_round")),
        "bases": list(item.snapshots.select_related("year")),
        **steps(item, request, today),
    }
    return render(request, "litigation/backlog/item.html", context)


def _papers(item: BacklogItem, request: HttpRequest, today: date) -> list[tuple[Any, bool]]:
    """Papers of our file the item points at, and whether the person may open each there."""
    found = list(item.proof_papers.select_related("material"))
    if not found:
        return []
    ids = [one.material_id for one in found]
    seen = set(Material.objects.visible_to(request.user, today).filter(pk__in=ids).values_list("pk", flat=True))
    return [(one.material, one.material_id in seen) for one in found]


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def item_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = demand_backlog(request)
    item = one(request, BacklogItem, pk, today, "number", "unit", "case")
    return action_page(request, item, name, "backlog_items", template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def year_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, SET_YEAR, "backlog_board", template=FORM, requires=demand_backlog)


@require_http_methods(["GET", "HEAD", "POST"])
def year_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    demand_backlog(request)
    year = get_object_or_404(BacklogYear, pk=pk)
    return action_page(request, year, name, "backlog_board", template=FORM)


@require_safe
def return_list(request: HttpRequest) -> HttpResponse:
    """Returns of a quarter, and for the bureau the units that have not handed one in."""
    today = demand_backlog(request)
    year = row_id(request.GET.get("year")) or today.year
    quarter = row_id(request.GET.get("quarter")) or quarter_of(today)[1]
    rows = SelfCheckReturn.objects.visible_to(request.user, today).filter(year=year, quarter=quarter)
    context = {
        "page": paginate(rows.select_related("unit"), ["unit__path", "pk"], request.GET),
        "year": year,
        "quarter": quarter,
        "quarters": (1, 2, 3, 4),
        "missing": _missing(request, today, year, quarter),
        "may_enter": is_allowed(request, RETURN, None, today),
    }
    return render(request, "litigation/backlog/returns.html", context)


def _missing(request: HttpRequest, today: date, year: int, quarter: int) -> list[Unit]:
    if not sees_all(request, today):
        return []
    return list(missing_units(year, quarter))


@require_http_methods(["GET", "HEAD", "POST"])
def return_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, RETURN, "backlog_returns", template=FORM, requires=demand_backlog)
