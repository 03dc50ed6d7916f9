"""Which section of the manual helps on which page.

A section names its pages by: url name (`case_list`), name of an action (`reconsideration.suspend`), a pattern for
either (`filter_*`, `mediation.*`), or beginning of routes (`/mediation/screening/`). The longest name that fits wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from casemgr.web.manual.reading import chapters


@dataclass(frozen=True)
class Place:
    """A section of a chapter."""

    chapter: str
    anchor: str

    @property
    def url(self) -> str:
        return reverse("help_chapter", args=[self.chapter]) + f"#{self.anchor}"


@cache
def places() -> dict[str, Place]:
    """Where the manual speaks about the pages so named; a name in two sections is a mistake that a test finds."""
    return {
        page: Place(chapter.code, section.anchor)
        for chapter in chapters().values()
        for section in chapter.sections
        for page in section.pages
    }


def place_of(url_name: str, route: str, action: str = "") -> Place | None:
    """The section for a page, by its action, else its url name, else its route."""
    return _named(action) or _named(url_name) or _begun(f"/{route}")


def _named(name: str) -> Place | None:
    if not name or name in places():
        return places().get(name)
    return _longest(page for page in places() if "*" in page and fnmatchcase(name, page))


def _begun(route: str) -> Place | None:
    return _longest(page for page in places() if page.startswith("/") and route.startswith(page))


def _longest(pages: Iterable[str]) -> Place | None:
    found = max(pages, key=len, default=None)
    return places()[found] if found else None


def help_address(request: HttpRequest) -> str:
    """Where the help link of this page leads."""
    match: ResolverMatch | None = request.resolver_match
    if match is None or match.url_name in ("help", "help_chapter", "help_search"):
        return reverse("help")
    action = match.kwargs.get("name", "")
    place = place_of(match.url_name or "", match.route, action if isinstance(action, str) and "." in action else "")
    return place.url if place else reverse("help")
