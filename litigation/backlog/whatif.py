"""What-if: the rate of a year if some of the open items are cleared or written off. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from casemgr.pages.forms import Form
from litigation.backlog.asking import demand_backlog, items_seen, year_asked
from litigation.backlog.clearance import Clearance, milestones, what_if
from litigation.backlog.figures import board_of

STAYS, CLEARED, OFF = "", "cleared", "off"
CHOICES = (
    (STAYS, pgettext_lazy("what-if", "stays open")),
    (CLEARED, pgettext_lazy("what-if", "is cleared")),
    (OFF, pgettext_lazy("what-if", "is written off by a court")),
)


class WhatIfForm(Form):
    """Numbers of items, and chosen ones; an item that is chosen is not counted again in the numbers."""

    more = forms.IntegerField(label=gettext_lazy("Further items cleared, whichever"), min_value=0, required=False)
    off = forms.IntegerField(label=gettext_lazy("Further items written off, whichever"), min_value=0, required=False)

    def __init__(self, data: Any, figure: Clearance, waiting: list[Any]) -> None:
        super().__init__(data)
        self.figure, self.waiting = figure, waiting
        self.result: Clearance | None = None
        for item in waiting:
            self.fields[f"item-{item.pk}"] = forms.ChoiceField(choices=CHOICES, required=False, label=item.court_number)

    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Each open item with its choice."""
        return [(item, self[f"item-{item.pk}"]) for item in self.waiting]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = [data.get(f"item-{item.pk}", STAYS) for item in self.waiting]
        more, off = data.get("more") or 0, data.get("off") or 0
        try:
            self.result = what_if(self.figure, more=more + chosen.count(CLEARED), off=off + chosen.count(OFF))
        except ValueError:
            message = _("Only %(open)d items are open: together no more can be cleared or written off.")
            self.add_error(None, message % {"open": len(self.waiting)})
        return data


@require_safe
def what_if_page(request: HttpRequest) -> HttpResponse:
    """The year as it is and as it would be, side by side, by the same rule in whole numbers (dossier §4.4)."""
    today = demand_backlog(request)
    year = year_asked(request, today)
    if year is None or year.snapshot_on is None:
        raise Http404
    board = board_of(year, today, seen=items_seen(request, today))
    is_asked = any(name in request.GET for name in ("more", "off"))
    form = WhatIfForm(request.GET if is_asked else None, board.figure, board.deciding)
    if is_asked:
        form.is_valid()
    context = {
        "year": year,
        "now": board.figure,
        "then": form.result,
        "form": form,
        "milestones": milestones(board.figure, today, year.target_on),
    }
    return render(request, "litigation/backlog/what_if.html", context)
