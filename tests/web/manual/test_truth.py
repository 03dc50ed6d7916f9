"""What the manual says is so: each page has its section, each button it names is there, links lead on."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatchcase
from functools import cache

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from casemgr.actions import registry
from casemgr.organisation.roles import ROLES
from casemgr.web.manual.addresses import place_of, places
from casemgr.web.manual.reading import FOLDER, PICTURES, Chapter, chapters, contents
from tests.support.manual_pictures import PICTURES as DESCRIBED

CHINESE = [chapter for chapter in chapters().values() if not chapter.is_english]
LABEL = re.compile(r"「([^」]*)」")
LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)]*)\)")
SHOWN = re.compile(r"!\[([^]]*)\]\(pictures/([a-z0-9-]+)\.png\)")
MOST_BYTES = 4_000_000


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, str]]:
    """Name and route of every address there is, the API's too."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += routes(entry, route)
        elif isinstance(entry, URLPattern):
            found.append((entry.name or "", route))
    return found


def test_every_page_has_its_section() -> None:
    assert [route for name, route in routes() if place_of(name, route) is None] == []


def test_every_action_that_has_a_page_of_its_own_leads_to_a_section() -> None:
    """Where an action has none, the page on which it is taken helps; of a case's own there must be one each."""
    procedures = ("mediation.", "reconsideration.", "litigation.")
    names = [name for name in registry.every() if name.startswith(procedures)]
    assert [name for name in names if not place_of("", "", name)] == []


def test_no_section_is_the_help_of_a_page_that_is_not_there() -> None:
    names = {name for name, _route in routes()} | set(registry.every())
    addresses = [f"/{route}" for _name, route in routes()]
    gone = [
        page
        for page in places()
        if not any(address.startswith(page) for address in addresses)
        and not any(fnmatchcase(name, page) for name in names)
    ]
    assert gone == []


def test_a_page_is_named_by_one_section_only() -> None:
    named = Counter(page for chapter in chapters().values() for section in chapter.sections for page in section.pages)
    assert [page for page, count in named.items() if count > 1] == []


@cache
def labels() -> set[str]:
    """Every Chinese text of the pages, as compiled."""
    path = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    found: set[str] = set()
    with path.open("rb") as file:
        for message in read_mo(file):
            texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            found.update(text for text in texts if text)
    return found


@pytest.mark.parametrize("chapter", CHINESE, ids=lambda chapter: chapter.code)
def test_every_label_it_quotes_stands_on_a_page(chapter: Chapter) -> None:
    quoted = LABEL.findall(source(chapter))
    assert [label for label in quoted if label not in labels()] == []


@pytest.mark.parametrize("chapter", CHINESE, ids=lambda chapter: chapter.code)
def test_its_links_lead_to_sections(chapter: Chapter) -> None:
    anchors = {code: {section.anchor for section in found.sections} for code, found in chapters().items()}
    for target in LINK.findall(source(chapter)):
        code, _, anchor = target.partition("#")
        code = code.removeprefix("../").removesuffix(".md") or chapter.code
        if code == target:
            continue
        assert code in anchors, target
        assert not anchor or anchor in anchors[code], target


@pytest.mark.parametrize("chapter", CHINESE, ids=lambda chapter: chapter.code)
def test_a_chapter_is_whole(chapter: Chapter) -> None:
    assert chapter.title
    assert chapter.english
    assert chapter.english.isascii(), chapter.english
    anchors = [section.anchor for section in chapter.sections]
    assert len(set(anchors)) == len(anchors) > 0
    assert all(anchor.isascii() for anchor in anchors), "a section without a name for links"
    assert all(section.text for section in chapter.sections)


def test_every_file_is_in_the_table_of_contents_and_every_role_has_a_chapter() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {chapter.code for chapter in CHINESE} | {contents().code}
    assert {role for chapter in CHINESE for role in chapter.roles} == set(ROLES)


def test_every_picture_is_described_taken_shown_and_small() -> None:
    shown = [(alt, name) for chapter in CHINESE for alt, name in SHOWN.findall(source(chapter))]
    assert all(alt for alt, _name in shown)
    names = [name for _alt, name in shown]
    assert sorted(names) == sorted({picture.name for picture in DESCRIBED})
    assert {path.stem for path in PICTURES.glob("*.png")} == set(names), "make pictures"
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < MOST_BYTES


def source(chapter: Chapter) -> str:
    return (FOLDER / f"{chapter.code}.md").read_text(encoding="utf-8")
