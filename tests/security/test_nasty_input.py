"""Whatever stands in an address or a form, the answer is a page, not a crash."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from casemgr.notices.models import Notice
from casemgr.organisation.models import User
from tests.support.addresses import patterns, stay_logged_in
from tests.support.papers import RECEIPT, RECEIVED, a_case, an_office, part_of
from tests.support.register import person

pytestmark = pytest.mark.django_db
NASTY = (
    "\0",
    "a\0b",
    "9" * 30,
    "9" * 5000,
    "-1",
    "²",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "%",
    "'",
    "]",
)
ROTATIONS = [pytest.param(turn, marks=() if turn == 0 else pytest.mark.long) for turn in range(len(NASTY))]
"""How far the values are turned against the names: in ten turns every name meets every value, one is quick."""
NAMES = (
    *("q", "whose", "stage", "state", "procedure", "unit", "handler", "party", "queue", "due_before", "sort"),
    *("after", "before", "page", "kind", "from_on", "until_on", "role", "ended", "parent", "code", "start", "extend"),
    *("people", "respondents", "prefix", "on", "event", "service", "year", "law", "until", "cursor", "format"),
)
FIELDS = (
    *("known_party", "people-0-known_party", "respondents-0-known_party", "unit", "lead_handler", "area", "party"),
    *("event", "participation", "service", "corrects", "document", "recipient", "name", "people-0-name", "parent"),
    *("username", "password", "reason", "what", "q", "prefix", "next", "language", "on", "date", "add", "then", "role"),
)
NOT_OURS = {"readyz"}
"""Answers 503 by design while no worker runs."""


@pytest.fixture
def client() -> Client:
    client = Client()
    roles = ("officer", "head", "authority", "archive", "admin", "auditor", "liaison")
    client.force_login(person("everything", *roles, at="150621"))
    return client


CODES = {"indicators": "on-time", "series": "reconsideration.decision"}


def routes(case, paper) -> list[str]:
    """Addresses with the case's own objects."""
    found = []
    for route, name, parameters in patterns():
        first = route.split("/")[0]
        numbers = {"cases": case.pk, "documents": paper.pk, "parties": part_of(case, "applicant").party_id}
        address = "/" + route
        action = "document.serve" if first == "documents" else "cases.correct_date"
        code = "T1" if name.startswith("official_") else CODES.get(first, "keys")
        words = dict.fromkeys(("name", "step", "token"), action) | {"code": code, "year": 2026, "form": "xlsx"}
        for parameter in parameters:
            value = words.get(parameter, numbers.get(first, 1))
            address = re.sub(rf"<\w+:{parameter}>", str(value), address)
        assert "<" not in address, (route, name)
        if name not in NOT_OURS:
            found.append(address)
    return found


@pytest.fixture
def every() -> list[str]:
    office = an_office()
    case = a_case(office)
    return routes(case, office.paper(case, "receipt", RECEIVED, RECEIPT))


def turned(names: tuple[str, ...], turn: int) -> dict[str, str]:
    return {name: NASTY[(place + turn) % len(NASTY)] for place, name in enumerate(names)}


@pytest.mark.parametrize("turn", ROTATIONS)
def test_nothing_in_an_address_breaks_a_page(client: Client, every: list[str], turn: int) -> None:
    client.raise_request_exception = False
    answers = {address: client.get(address, turned(NAMES, turn)).status_code for address in every}
    assert {address: status for address, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_nothing_alone_breaks_a_page_that_searches(client: Client, value: str) -> None:
    client.raise_request_exception = False
    for address in ("/cases/", "/parties/", "/units/", "/users/", "/access-log/", "/parties/lookup/"):
        for name in ("q", "after", "role"):
            assert client.get(address, {name: value}).status_code < 500, (address, name)


@pytest.mark.parametrize("value", ["²", "٣", "9" * 30, "-1", "abc"])
def test_what_is_no_id_names_nothing(client: Client, value: str) -> None:
    client.raise_request_exception = False
    office = an_office()
    party = part_of(a_case(office), "applicant").party_id
    named = {f"/parties/{party}/merge/": "other", "/mediation/organisations/mediators/new/": "committee"}
    for address, name in named.items():
        assert client.get(address, {name: value}).status_code < 500, address
    Notice.objects.create(recipient=User.objects.get(username="everything"), kind="due")
    assert client.post("/notices/read/", {"notice": value}).status_code == 302
    assert Notice.objects.filter(read_at__isnull=True).count() == 1


@pytest.mark.parametrize("turn", ROTATIONS)
def test_nothing_in_a_form_breaks_a_page(client: Client, every: list[str], turn: int) -> None:
    client.raise_request_exception = False
    user = User.objects.get(username="everything")
    for address in every:
        stay_logged_in(client, user)
        answer = client.post(address, turned(FIELDS, turn))
        assert answer.status_code < 500, address


@pytest.mark.parametrize("number", ["9" * 19, "9" * 30, "9223372036854775808"])
def test_a_number_too_large_for_the_database_is_not_found(client: Client, number: str) -> None:
    client.raise_request_exception = False
    for route, _name, parameters in patterns():
        if "pk" in parameters:
            address = "/" + route
            for parameter in parameters:
                address = address.replace(f"<int:{parameter}>", number).replace(f"<str:{parameter}>", "document.serve")
            assert client.get(address).status_code in (404, 405), address
            assert client.post(address).status_code in (404, 405), address
