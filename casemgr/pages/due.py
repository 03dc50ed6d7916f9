"""How a deadline looks: words, shape, colour, date and days left together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.pages.dates import days_left

SOON_DAYS = 7
DONE = {"met", "met_late", "done", "completed"}
STOPPED: dict[str, str | Promise] = {
    "lapsed": gettext_lazy("Expired, taken effect by law"),
    "ended": gettext_lazy("No longer runs"),
    "cancelled": gettext_lazy("No longer runs"),
    "void": gettext_lazy("No longer runs"),
    "paused": gettext_lazy("Paused"),
    "suspended": gettext_lazy("Paused"),
    "not_computed": gettext_lazy("Not computed"),
}


@dataclass(frozen=True)
class DueTag:
    """`css` is one of late, soon, ok, off; colour is never the only signal, so `shape` and `words` differ too."""

    css: str
    shape: str
    words: str


def due_tag(due_on: date | None, today: date, status: str = "") -> DueTag:
    """What the tag of a deadline says on `today`; `status` is the deadline's own word, empty for one that runs."""
    if status in DONE:
        words = _("Done late") if status == "met_late" else _("Done")
        return DueTag("soon" if status == "met_late" else "off", "✓", words)
    if status in STOPPED:
        return DueTag("off", "–", str(STOPPED[status]))
    if due_on is None:
        return DueTag("off", "–", _("No date"))
    days = (due_on - today).days
    words = days_left(due_on, today)
    if days < 0:
        return DueTag("late", "▲", words)
    if days == 0:
        return DueTag("soon", "●", words)
    return DueTag("soon", "◆", words) if days <= SOON_DAYS else DueTag("ok", "○", words)
