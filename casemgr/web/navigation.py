"""The menu under the header, one row of tabs and groups: of the ground (`entries.py`) and of the procedures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.pages.clock import today as clock_today

NEW, HANDLING, STATISTICS, BOOKS, ADMIN = "new", "handling", "statistics", "books", "admin"
MOST_SIDE_BY_SIDE = 7
"""Whoever has no more than this sees all entries side by side, without groups."""


@dataclass(frozen=True)
class Entry:
    """One page of the menu. Without `roles` everybody has it; `order` places it (the ground's own are tens).

    `group`: in which group it lies (`GROUPS`), or `ADMIN`: listed on the administration page, behind that page's tab.
    Without one it is a tab of its own: only for what people open many times a day.
    `below`: beginnings of further addresses on whose pages the entry is the current one.
    """

    label: str | Promise
    url_name: str
    roles: tuple[str, ...] = ()
    order: int = 100
    group: str = ""
    description: str | Promise = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Several entries behind one name of the row; `order` places the name."""

    label: str | Promise
    order: int


GROUPS = {
    NEW: Group(pgettext_lazy("menu", "Register"), 16),
    HANDLING: Group(pgettext_lazy("menu", "Handling"), 30),
    STATISTICS: Group(pgettext_lazy("menu", "Statistics"), 50),
    BOOKS: Group(pgettext_lazy("menu", "Registers"), 60),
}
ADMINISTRATION = Entry(_("Administration"), "administration", order=1000)
CASE_ROLES = (
    *("mediator", "committee", "town", "guidance", "officer", "head", "authority", "panel"),
    *("archive", "liaison", "department", "leader", "auditor"),
)


@dataclass(frozen=True)
class Tab:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class TabGroup:
    """A group as one person sees it on one page: what it holds, and which of it is the page."""

    code: str
    label: str
    tabs: tuple[Tab, ...]

    @property
    def current(self) -> Tab | None:
        return next((tab for tab in self.tabs if tab.is_current), None)


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Add to the menu, or replace what has the same url name; called from `AppConfig.ready()`."""
    _entries.update({entry.url_name: entry for entry in entries})


def share(entry: Entry) -> None:
    """Add an entry to which several procedures lead: the roles that each of them names have it."""
    known = _entries.get(entry.url_name)
    roles = tuple(dict.fromkeys((*known.roles, *entry.roles))) if known is not None else entry.roles
    register(replace(entry, roles=roles))


def menu(request: HttpRequest, today: date | None = None) -> list[Tab | TabGroup]:
    """What the person may use, in order; the entry whose address is the longest beginning of the page's is current."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    visible = list(_visible(user.role_codes(today or clock_today())))
    current = _current(request, visible)
    shown = [entry for entry in visible if entry.group != ADMIN]
    if len(shown) < len(visible):
        shown.append(ADMINISTRATION)

    def tab(entry: Entry) -> Tab:
        return Tab(str(entry.label), reverse(entry.url_name), entry.url_name == current)

    if len(shown) <= MOST_SIDE_BY_SIDE:
        return [tab(entry) for entry in shown]
    row: list[Tab | TabGroup] = []
    for code, entries in _grouped(shown):
        tabs = tuple(tab(entry) for entry in entries)
        row += [TabGroup(code, str(GROUPS[code].label), tabs)] if code and len(tabs) > 1 else tabs
    return row


def administration(codes: frozenset[str]) -> list[Entry]:
    """What a person with these roles finds on the administration page, in order."""
    return [entry for entry in _visible(codes) if entry.group == ADMIN]


def of_person(codes: frozenset[str]) -> list[tuple[str, list[Entry]]]:
    """Every page a person with these roles finds by the menu or the administration page, under the group's name."""
    visible = list(_visible(codes))
    places = [
        ("" if not code else str(GROUPS[code].label), list(entries))
        for code, entries in _grouped(entry for entry in visible if entry.group != ADMIN)
    ]
    own = [entry for label, entries in places if not label for entry in entries]
    found = [("", own), *(place for place in places if place[0]), (str(ADMINISTRATION.label), administration(codes))]
    return [place for place in found if place[1]]


def _grouped(entries: Iterable[Entry]) -> Iterator[tuple[str, Iterator[Entry]]]:
    """In the order of the row, what belongs to one group (or to none) together."""

    def place(entry: Entry) -> tuple[int, str, int]:
        return (GROUPS[entry.group].order if entry.group else entry.order, entry.group, entry.order)

    return groupby(sorted(entries, key=place), key=lambda entry: entry.group)


def _current(request: HttpRequest, visible: Iterable[Entry]) -> str:
    """The url name of the entry to which the page belongs."""
    owners = [(entry, ADMINISTRATION.url_name if entry.group == ADMIN else entry.url_name) for entry in visible]
    pairs = [(address, owner) for entry, owner in owners for address in (reverse(entry.url_name), *entry.below)]
    begun = [pair for pair in (*pairs, (reverse(ADMINISTRATION.url_name),) * 2) if request.path.startswith(pair[0])]
    return max(begun, key=lambda pair: len(pair[0]), default=("", ""))[1]


def _visible(codes: frozenset[str]) -> Iterable[Entry]:
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if not entry.roles or codes.intersection(entry.roles):
            yield entry
