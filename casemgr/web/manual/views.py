"""The manual's pages; like every page for people who are logged in."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from casemgr.pages.clock import today
from casemgr.web import navigation
from casemgr.web.manual.reading import PICTURES, chapters, contents
from casemgr.web.manual.rendering import picture_size, rendered
from casemgr.web.manual.searching import search

LONGEST_SEARCH = 100


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Table of contents, what the person finds where, the keys, and how to bring the hints back."""
    roles = request.user.role_codes(today())
    context = {
        "places": navigation.of_person(roles),
        "own": [chapter for chapter in chapters().values() if roles.intersection(chapter.roles)],
        "is_english": get_language() == "en",
        "chapters": chapters().values(),
        "contents": [(section.title, section.anchor, rendered(section.text)) for section in contents().sections],
    }
    return render(request, "web/help.html", context)


@require_GET
def chapter(request: HttpRequest, code: str) -> HttpResponse:
    """One chapter, with its sections as a list before it and its neighbours after it."""
    codes = list(chapters())
    if code not in codes:
        raise Http404
    at = codes.index(code)
    found = chapters()[code]
    context = {
        "chapter": found,
        "introduction": rendered(found.introduction),
        "sections": [(section, rendered(section.text)) for section in found.sections],
        "before": chapters()[codes[at - 1]] if at else None,
        "after": chapters()[codes[at + 1]] if at + 1 < len(codes) else None,
        "is_english": get_language() == "en",
    }
    return render(request, "web/manual/chapter.html", context)


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """Sections that speak of what was typed."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    return render(request, "web/manual/search.html", {"q": words, "hits": search(words)})


@require_GET
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of a chapter."""
    if picture_size(name) is None:
        raise Http404
    return FileResponse((PICTURES / f"{name}.png").open("rb"), content_type="image/png")
