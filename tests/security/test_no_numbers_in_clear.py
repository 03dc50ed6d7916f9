"""Personal numbers that people type stand in no table, database file, log line, job, session, address or mail."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string
from pypdf import PdfReader

from casemgr.actions.models import PerformedKey
from casemgr.actions.perform import perform
from casemgr.documents.models import Document
from casemgr.jobs import runner
from casemgr.organisation.models import User
from casemgr.pages.clock import today as clock_today
from casemgr.pages.masking import personal_numbers, without_numbers
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from reconsideration.models import ReconsiderationCase
from tests.support.flow import application
from tests.support.register import pass_all_tests, person

TODAY = clock_today()
NUMBER = resident_number(77, TODAY.replace(year=1987, month=3, day=14), "F")
OTHER_NUMBER = resident_number(78, TODAY.replace(year=1979, month=8, day=2), "M")
MISTYPED = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
PHONE, NEW_PHONE = "13847712345", "15904771234"
BANK = "6228480402564890018"
ENTERED = (NUMBER, OTHER_NUMBER, MISTYPED, PHONE, NEW_PHONE, BANK)
PASSWORD = "dalad-2026-secret"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console handler of the settings would print, from the most talkative level on."""
    written = io.StringIO()
    made = dict(settings.LOGGING["formatters"]["line"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(import_string(made["()"])(made["format"]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def client() -> Client:
    officer = person("clerk", "officer")
    officer.set_password(PASSWORD)
    officer.save()
    client = Client()
    client.post("/login/", {"username": "clerk", "password": PASSWORD})
    return client


def every_value() -> Iterator[tuple[str, str]]:
    """Table and text of every value of every row, bytes as they are."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    yield table, raw


def found_in_tables(*numbers: str) -> set[tuple[str, str]]:
    return {(table, number) for table, text in every_value() for number in numbers if number in text}


def found_in_database_file(*numbers: str) -> set[str]:
    """In the bytes of the file and of its log, also in pages that were freed."""
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    path = str(connection.settings_dict["NAME"])
    content = b"".join(Path(path + end).read_bytes() for end in ("", "-wal") if Path(path + end).exists())
    assert content
    return {number for number in numbers if number.encode() in content}


def form_of(entries: dict) -> dict:
    """The registration as the page sends it."""
    sent = {name: str(value) for name, value in entries.items() if name not in ("people", "respondents")}
    for block in ("people", "respondents"):
        for index, row in enumerate(entries[block]):
            sent |= {f"{block}-{index}-{name}": str(value) for name, value in row.items()}
    return sent


@pytest.mark.django_db(transaction=True)
def test_the_whole_flow_leaves_no_number_in_clear(client: Client, log: io.StringIO, monkeypatch) -> None:
    received = TODAY - timedelta(days=2)
    entries = application(received, serial=901)
    entries["people"] = [{"name": "王宝音", "identity_number": NUMBER, "phone": PHONE, "is_another": "on"}]
    # mistakes at log-in
    for typed in (NUMBER, PHONE):
        Client().post("/login/", {"username": typed, "password": OTHER_NUMBER})
    # registered through the page: first mistyped, then twice by a double click
    wrong = form_of(entries) | {"people-0-identity_number": MISTYPED, "request_key": "a1"}
    assert client.post("/reconsideration/register/", wrong).status_code == 422
    right = form_of(entries) | {"request_key": "a2"}
    assert client.post("/reconsideration/register/", right).status_code == 302
    assert client.post("/reconsideration/register/", right).status_code == 302
    case = ReconsiderationCase.objects.get()
    party = Party.objects.get(name="王宝音")
    assert (party.open_number(), party.open_phone()) == (NUMBER, PHONE)
    # looked up, looked at, corrected
    assert "王宝音" in client.post("/parties/", {"q": NUMBER}).content.decode()
    assert client.post("/parties/lookup/", {"q": PHONE}).status_code == 200
    similar = {"prefix": "people-0", "people-0-identity_number": NUMBER, "people-0-kind": "person"}
    assert client.post("/parties/similar/", similar).status_code == 200
    assert NUMBER in client.post(f"/parties/{party.pk}/number/", {"what": "number", "reason": "核对"}).content.decode()
    correction = {
        "name": "王宝音",
        "identity_kind": "RID",
        "phone": NEW_PHONE,
        "reason": "更换电话",
        "request_key": "a3",
    }
    assert client.post(f"/parties/{party.pk}/correct/", correction).status_code == 302
    assert (
        client.post(
            "/parties/new/",
            {"kind": "person", "name": "赵其其格", "identity_number": OTHER_NUMBER, "request_key": "a4"},
        ).status_code
        == 302
    )
    # addresses
    for address in ("/parties/", "/cases/"):
        answer = client.get(address, {"q": NUMBER})
        assert answer.status_code == 302
        assert NUMBER not in answer.url
        assert NUMBER not in client.get(answer.url).content.decode()
    # texts refuse them
    examined = {"test_1": "no", "note_1": f"身份证号{NUMBER}有误", "request_key": "a5"}
    assert client.post(f"/cases/{case.pk}/actions/reconsideration.examine/", examined).status_code == 422
    pass_all_tests(case)
    draft = {"kind": "receipt", "materials": f"身份证复印件（{NUMBER}），1份"}
    assert client.post(f"/cases/{case.pk}/documents/draft/", draft).status_code == 422
    draft = {"kind": "receipt", "materials": "身份证复印件，1份", "request_key": "a6"}
    assert client.post(f"/cases/{case.pk}/documents/draft/", draft).status_code == 302
    paper = Document.objects.get()
    typed = {"text_new": f"联系电话{NEW_PHONE}", "heading_new": "附注", "as_typed": "1"}
    assert client.post(f"/documents/{paper.pk}/autosave/", typed).status_code == 200
    for step in ("submit", "issue"):
        perform(f"document.{step}", Document.objects.get(), {}, User.objects.get(username="clerk"), TODAY)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(Document.objects.get().content())).pages)
    assert "王宝音" in printed
    # a job and a page that fail with a number in their error
    runner.work("test.fails")(_fail)
    failed = runner.enqueue("test.fails", party=party.pk)
    assert runner.run_job(failed.pk).status == "failed"
    settings.ADMINS = [("admin", "admin@example.cn")]
    monkeypatch.setattr("casemgr.cases.registration.page.perform", _fail)
    client.raise_request_exception = False
    broken = client.post("/reconsideration/register/", right | {"request_key": "a7"})
    assert broken.status_code == 500
    shown = broken.content.decode()

    assert PerformedKey.objects.filter(key="a2").exists()
    assert found_in_tables("王宝音"), "the search itself must find what is there"
    assert found_in_tables(*ENTERED) == set()
    assert connection.vendor != "sqlite" or found_in_database_file("王宝音")
    assert found_in_database_file(*ENTERED) == set()
    assert [number for number in ENTERED if number in log.getvalue()] == []
    assert "ValueError" in log.getvalue()
    assert [number for number in ENTERED if number in printed or number in shown] == []
    assert [number for letter in mail.outbox for number in ENTERED if number in str(letter.message())] == []


def _fail(*args, **kwargs):
    raise ValueError(f"cannot use {NUMBER} of {PHONE}, {BANK}")


@pytest.mark.parametrize("text", [NUMBER, f"电话{PHONE}。", f"（{MISTYPED}）", f"+86{PHONE}", "150621870314123", BANK])
def test_numbers_are_known_by_their_shape(text: str) -> None:
    assert personal_numbers(text)
    assert not personal_numbers(without_numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "达公罚字〔2026〕123号",
        "1180000123515",
        "2026-11-25 13:05:44,123",
        "12000.50",
        "91150621MA0N12345X",
        "0477-5212345",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert personal_numbers(text) == []
    assert without_numbers(text) == text
