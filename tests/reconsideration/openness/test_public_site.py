"""The site without log-in: search, figures, caches, and nothing of the office on it."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from reconsideration.models import PublicYear
from reconsideration.openness.public import pages
from reconsideration.openness.public.caching import forget
from reconsideration.openness.public.figures import OTHERS, count_years, counted, merged
from tests.reconsideration.openness.test_publications import published
from tests.support.register import queries

pytestmark = pytest.mark.django_db


def test_search_by_word_year_outcome_and_respondent(office, decision) -> None:
    paper = published(office, decision)
    client, address = Client(), f'href="/public/decisions/{paper.pk}/"'

    def is_found(**asked: str) -> bool:
        return address in client.get("/public/decisions/", asked).content.decode()

    assert is_found()
    assert is_found(q="询问笔录 陈述", year="2026", outcome="annulled", respondent="公安")
    assert not is_found(q="其其格"), "what was cut out is not searched"
    assert not is_found(year="2025")
    assert not is_found(outcome="upheld")
    assert is_found(year="nonsense"), "what makes no sense narrows nothing"
    assert client.get("/public/decisions/?after=nonsense").status_code == 200


def test_pages_are_kept_by_browsers_and_ask_the_database_little(client, office, decision) -> None:
    paper = published(office, decision)
    address = f"/public/decisions/{paper.pk}/"
    forget()
    first = client.get(address)
    assert "public" in first["Cache-Control"]
    assert first["Vary"] == "Cookie"
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert queries(client, "/public/decisions/")[0] == 0
    english = Client()
    english.post("/public/language/", {"language": "en", "next": address})
    assert "Decided on" in english.get(address).content.decode()
    assert "Decided on" not in client.get(address).content.decode()


def test_the_language_leads_back_to_the_public_site_only() -> None:
    for sent in ("https://example.org/", "//example.org", "/cases/", "/public/\\example.org"):
        answer = Client().post("/public/language/", {"language": "en", "next": sent})
        assert answer.url == "/public/"


def test_who_is_logged_in_sees_the_same_page(client, office, decision) -> None:
    published(office, decision)
    mine = client.get("/public/").content
    forget()
    client.force_login(office.officer)
    assert client.get("/public/").content == mine
    assert office.officer.full_name not in mine.decode()
    assert re.search(r"<script|style=|onclick", mine.decode()) is None


def test_small_counts_are_told_together() -> None:
    assert merged({"upheld": 10, "annulled": 2, "changed": 1}) == [["upheld", 10], [OTHERS, 3]]
    assert merged({"upheld": 10, "annulled": 4, "changed": 1}) == [["upheld", 10], [OTHERS, 5]]
    assert merged({"upheld": 2}) == []
    assert merged({"upheld": 3}) == [["upheld", 3]]


def test_the_year_is_counted_from_the_register_by_night(client, case) -> None:
    assert counted(2026)["received"] == 1
    count_years(date(2026, 11, 25))
    figures = PublicYear.objects.get(year=2026).figures
    assert (figures["accepted"], figures["decided"], figures["corrected"]) == (1, 1, None)
    text = client.get("/public/figures/").content.decode()
    assert "2026" in text
    assert "一至二件" in text


def test_open_hearings_are_announced_as_the_hearings_tell(client, monkeypatch) -> None:
    one = SimpleNamespace(
        on=date(2026, 12, 8),
        begins_at="09:30",
        room_name="第一听证室",
        subject="不服行政处罚决定",
        respondent_name="达拉特旗公安局",
        seats_free=8,
    )
    monkeypatch.setattr(pages, "announced_hearings", lambda today: [one])
    text = client.get("/public/hearings/").content.decode()
    assert "第一听证室" in text
    assert "09:30" in text
    assert "余8个旁听席" in text


def test_the_guide_takes_its_periods_from_the_rules(client) -> None:
    text = client.get("/public/guide/").content.decode()
    assert "60日" in text.replace(" ", "")
    assert "第30条" in text
