"""Help, keys and hints: there for whom they help, gone when put away, never in the way."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from casemgr.cases.procedure import procedures
from casemgr.organisation.roles import ROLES
from casemgr.web.hints import HINTS
from tests.support.register import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client):
    user = person("clerk", "officer")
    client.force_login(user)
    return user


def test_a_hint_is_shown_until_it_is_put_away_and_comes_back_on_request(client: Client, officer) -> None:
    assert 'class="hints' in client.get("/work/").content.decode()
    sent = client.post("/help/hints/", {"hint": ["work-day", "no-such-hint"], "next": "/work/"})
    assert (sent.status_code, sent["Location"]) == (302, "/work/")
    assert 'class="hints' not in client.get("/work/").content.decode()
    officer.refresh_from_db()
    assert officer.hints_seen == ["work-day"]
    assert 'class="hints' in client.get("/cases/").content.decode(), "another page's hint is still there"
    client.post("/help/hints/", {"again": "1"})
    assert 'class="hints' in client.get("/work/").content.decode()


def test_putting_a_hint_away_leads_to_no_other_site(client: Client, officer) -> None:
    assert client.post("/help/hints/", {"next": "https://evil.example/"})["Location"] == "/"


def test_hints_and_keys_are_no_business_of_history(client: Client, officer) -> None:
    rows = officer.history.count()
    client.post("/help/hints/", {"hint": "work-day"})
    client.post("/help/keys/")
    officer.refresh_from_db()
    assert not officer.single_keys
    assert officer.history.count() == rows


def test_every_hint_belongs_to_a_page_and_to_roles_that_exist() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert procedures()
    for hint in HINTS:
        assert hint.url_name in names, hint.code
        assert set(hint.roles) <= set(ROLES), hint.code
    assert len({hint.code for hint in HINTS}) == len(HINTS)


@pytest.mark.parametrize("role", ["mediator", "officer", "auditor", "admin"])
def test_help_lists_what_the_role_finds_and_nothing_else(client: Client, role: str) -> None:
    client.force_login(person("somebody", role))
    page = client.get("/help/").content.decode()
    assert ("/users/" in page) == (role == "admin")
    assert ("/access-log/" in page) == (role in ("admin", "auditor"))
    assert "<kbd>?</kbd>" in page
