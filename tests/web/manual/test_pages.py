"""The manual in the pages: for people logged in, found from the page one is on, searched, safe."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from casemgr.pages.csp import POLICY
from casemgr.web.manual.reading import ENGLISH, chapters, parsed
from casemgr.web.manual.rendering import rendered
from casemgr.web.manual.searching import search
from tests.support.register import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(person("clerk", "officer"))
    return client


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/work/", "/help/start/#work"),
        ("/cases/", "/help/cases/#find"),
        ("/calculator/", "/help/deadlines/#calculator"),
        ("/reconsideration/hearings/", "/help/officer/#hearing"),
        ("/help/", "/help/"),
    ],
)
def test_the_help_link_leads_to_the_section_of_the_page(clerk: Client, address: str, place: str) -> None:
    assert f'<a href="{place}" rel="help">' in clerk.get(address).content.decode()


def test_a_page_that_is_not_there_has_a_help_link_all_the_same(clerk: Client) -> None:
    answer = clerk.get("/no/such/page/")
    assert answer.status_code == 404
    assert 'href="/help/" rel="help"' in answer.content.decode()


@pytest.mark.parametrize("code", chapters())
def test_every_chapter_is_shown_with_its_sections_under_the_strict_policy(clerk: Client, code: str) -> None:
    answer = clerk.get(f"/help/{code}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == POLICY
    assert "<!-- " not in page.split("<main")[1], "what only the program reads"
    assert " style=" not in page
    for section in chapters()[code].sections:
        assert f'id="{section.anchor}"' in page


def test_what_is_not_in_the_manual_is_not_found(clerk: Client) -> None:
    for address in (
        "/help/no-such/",
        "/help/README/",
        "/help/pictures/no-such.png",
        "/help/pictures/..%2f..%2fmanage.png",
    ):
        assert clerk.get(address).status_code == 404, address


@pytest.mark.parametrize("address", ["/help/", "/help/cases/", "/help/search/?q=x", "/help/pictures/case-officer.png"])
def test_only_people_who_are_logged_in_read_it(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_the_table_of_contents_begins_with_ones_own_chapter(clerk: Client) -> None:
    page = clerk.get("/help/").content.decode()
    assert page.index('href="/help/officer/"') < page.index('href="/help/start/"')


def test_an_english_reader_is_told_what_the_chapters_are_about(clerk: Client) -> None:
    with translation.override("en"):
        clerk.cookies["django_language"] = "en"
        page = clerk.get("/help/").content.decode()
        assert "The manual is in Chinese." in page
        for code, chapter in chapters().items():
            assert f'href="/help/{code}/"' in page
            assert code in ENGLISH or chapter.english.replace("'", "&#x27;") in page
        assert chapters()["cases"].english in clerk.get("/help/cases/").content.decode()


def test_search_finds_by_title_by_text_and_by_pairs_of_characters() -> None:
    best = [hit.section.anchor for hit in search("\u66f4\u6b63\u65e5\u671f")]
    assert "dates" in best[:3]
    assert [hit.section.anchor for hit in search("FIELD_KEYS")]
    assert search("\u767b\u9519\u65e5\u671f")[0].section.anchor == "dates", "the same signs in another order"
    assert search("") == search("   ") == []
    assert search("\u9f98\u9f98\u9f98") == []


def test_what_is_found_reads_as_text() -> None:
    """Links, rules of tables and fences are signs for the writer of the manual, not for its reader."""
    found = [hit.excerpt for chapter in chapters().values() for one in chapter.sections for hit in search(one.title)]
    assert found
    assert [text for text in found if any(sign in text for sign in ("](", "**", "`", "|--"))] == []


def test_searching_shows_links_and_survives_anything(clerk: Client) -> None:
    assert "/help/start/#offline" in clerk.get("/help/search/", {"q": "\u65ad\u7f51"}).content.decode()
    for words in ("<script>", "%", "x" * 5000, "* [ ("):
        answer = clerk.get("/help/search/", {"q": words})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](https://elsewhere.example/)",
        "![x](https://elsewhere.example/x.png)",
        "![x](pictures/../../secret.png)",
        "[x](../../etc/passwd.md)",
    ],
)
def test_nothing_in_the_text_becomes_more_than_text(text: str) -> None:
    html = rendered(text)
    for forbidden in ("<script", "<img", "<a ", "onerror=a" if "<img" not in text else "<img"):
        assert forbidden not in html


def test_a_chapter_is_read_with_its_notes_and_without_them_in_the_text() -> None:
    chapter = parsed(
        "x",
        "# T\n<!-- en: About -->\n<!-- roles: officer head -->\n\nIntro\n\n"
        "## A b!\n\ntext\n\n## C\n<!-- c: case_list -->\nmore",
    )
    assert (chapter.title, chapter.english, chapter.roles, chapter.introduction) == (
        "T",
        "About",
        ("officer", "head"),
        "Intro",
    )
    assert [(section.anchor, section.text, section.pages) for section in chapter.sections] == [
        ("a-b", "text", ()),
        ("c", "more", ("case_list",)),
    ]
