"""The practice system stands beside the real one and never touches it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests
from django.conf import settings as django_settings
from django.core.management import CommandError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from casemgr.documents.rendering.definition import DocumentText
from casemgr.jobs.models import Job
from casemgr.ledgers.definition import Ledger
from casemgr.ledgers.exporting import write
from casemgr.ledgers.readers import Reader
from casemgr.operation.practice import environment, guard, resetting
from casemgr.operation.practice.models import PracticeCopy
from casemgr.organisation.models import User
from casemgr.pages.practice import PracticeMarkMiddleware
from casemgr.pages.sheets.reading import rows_of
from casemgr.pages.sheets.writing import Sheet, workbook
from tests.support.browser import DESKTOP
from tests.support.register import person
from tests.support.services import free_port

BASE = Path("/opt/casemgr")
REAL = {
    "CASEMGR_VAR": "/var/lib/casemgr",
    "DATABASE_URL": "postgres://casemgr:secret@localhost/casemgr",
    "FIELD_KEYS": "k1:00",
    "SECRET_KEY": "real",
    "EMAIL_HOST": "mail.example",
    "SMS_GATEWAY": "casemgr.notices.sending.HttpGateway",
    "CELERY_BROKER_URL": "redis://127.0.0.1/0",
    "BACKUP_DIR": "/srv/backup",
    "MEDIA_ROOT": "/var/lib/casemgr/media",
}


def test_nothing_of_the_real_system_is_reached() -> None:
    values, cut_off = environment.separate(REAL, BASE)
    after = {name: value for name, value in {**REAL, **values}.items() if name not in cut_off}
    assert {"FIELD_KEYS", "SECRET_KEY", "EMAIL_HOST", "SMS_GATEWAY", "BACKUP_DIR"}.isdisjoint(after)
    assert after["DATABASE_URL"] == "sqlite:////var/lib/casemgr/practice/practice.sqlite3"
    assert after["MEDIA_ROOT"] == "/var/lib/casemgr/practice/media"
    assert after["CELERY_BROKER_URL"] == ""
    again, _cut_off = environment.separate(after, BASE)
    assert again == values, "a child process comes to the same"


@pytest.mark.parametrize(
    "given",
    [
        {"PRACTICE_DATABASE_URL": "postgres://other:word@127.0.0.1:5432/casemgr"},
        {"PRACTICE_DATABASE_URL": "postgresql://localhost/casemgr?sslmode=disable"},
        {"PRACTICE_VAR": "/var/lib/casemgr/practice/.."},
        {"DATABASE_URL": "", "PRACTICE_DATABASE_URL": "sqlite:////var/lib/casemgr/x/../casemgr.sqlite3"},
        {"DATABASE_URL": "", "PRACTICE_DATABASE_URL": "sqlite:////var/lib/casemgr/casemgr.sqlite3?timeout=20"},
    ],
)
def test_the_real_database_is_recognised_however_it_is_written(given: dict[str, str]) -> None:
    with pytest.raises(environment.NotSeparate):
        environment.separate({**REAL, **given}, BASE)


@pytest.mark.parametrize(
    ("practice", "media"),
    [
        ("/srv/papers", "/srv/papers/media/cases"),
        ("/srv/papers/practice", "/srv/papers"),
        ("/var/lib", "/var/lib/media/casemgr"),
    ],
)
def test_a_reset_would_never_clear_a_folder_that_holds_real_files(practice: str, media: str) -> None:
    """The reset removes everything old below its own media folder."""
    with pytest.raises(environment.NotSeparate):
        environment.separate({**REAL, "PRACTICE_VAR": practice, "MEDIA_ROOT": media}, BASE)


@pytest.mark.django_db
def test_a_database_with_people_is_neither_taken_nor_reset(settings) -> None:
    User.objects.create(username="wangbaoyin", full_name="王宝音")
    with pytest.raises(CommandError):
        resetting.reset("admin")
    settings.PRACTICE = True
    for step in (guard.mark, lambda: resetting.reset("admin")):
        with pytest.raises(CommandError):
            step()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_real_system_does_not_work_on_a_practice_database() -> None:
    PracticeCopy.objects.create()
    with pytest.raises(CommandError):
        guard.refuse_wrong_database()


@pytest.mark.django_db
def test_every_page_says_that_it_is_practice(settings, client: Client) -> None:
    assert "practice-bar" not in client.get("/login/").content.decode()
    settings.PRACTICE = True
    assert "practice-bar" in client.get("/login/").content.decode()


@pytest.mark.django_db
def test_before_everything_is_deleted_a_page_says_what_is_lost_and_who_is_logged_out(settings, client: Client) -> None:
    settings.PRACTICE = True
    admin, other = person("practice-admin", "admin", full_name="教员甲"), person("pupil", "officer", full_name="学员乙")
    Client().force_login(other)
    client.force_login(admin)
    client.get("/practice/")
    assert client.post("/practice/").status_code == 405
    page = client.get("/practice/reset/").content.decode()
    assert "教员甲" in page
    assert "学员乙" in page
    assert not Job.objects.exists()  # looking starts nothing
    assert client.post("/practice/reset/").status_code == 302
    assert Job.objects.get().kind == "practice_reset"
    assert client.get("/practice/reset/").status_code == 302  # it runs already
    client.force_login(other)
    assert client.get("/practice/reset/").status_code == 403
    assert client.post("/practice/reset/").status_code == 403


def test_papers_carry_the_mark(settings, monkeypatch) -> None:
    from casemgr.documents.rendering import pdf

    drawn = []
    monkeypatch.setattr(pdf, "_watermark", lambda canvas, sheet, text: drawn.append(text))
    paper = DocumentText(title="行政复议决定书")
    pdf.render_pdf(paper)
    assert drawn == []
    settings.PRACTICE = True
    pdf.render_pdf(paper)
    pdf.render_pdf(paper, draft=True)
    assert drawn == ["练习", "练习"]


def test_word_files_carry_it_too(settings) -> None:
    from casemgr.documents.rendering.word.base import base

    made = base.__wrapped__  # past the cache of the process, in which the system never changes
    assert not any("练习".encode() in part for part in made("official", False).values())
    settings.PRACTICE = True
    assert any("练习".encode() in part for part in made("official", False).values())


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="moves-7.csv"', "练习-moves-7.csv"),
        ('inline; filename="a \\"b\\".pdf"', '练习-a "b".pdf'),
        ("attachment; filename*=utf-8''%E6%A1%88%E4%BB%B6.xlsx", "练习-案件.xlsx"),
    ],
)
def test_a_files_name_carries_the_mark(settings, header: str, name: str) -> None:
    def answer(request):
        return HttpResponse(headers={"Content-Disposition": header})

    assert PracticeMarkMiddleware(answer)(HttpRequest())["Content-Disposition"] == header
    settings.PRACTICE = True
    marked = PracticeMarkMiddleware(answer)(HttpRequest())["Content-Disposition"]
    how, _semicolon, rest = marked.partition("; ")
    assert how == header.partition(";")[0]
    assert unquote(rest.removeprefix("filename*=utf-8''")) == name


def test_sheets_say_it_on_the_tab_and_on_every_printed_page_and_are_read_in_again(settings, tmp_path: Path) -> None:
    def rows(year, reader):
        return iter([{"姓名或名称": "王宝音"}])

    ledger = Ledger("parties", "Parties", ("姓名或名称",), load=lambda row, actor, today: "", rows=rows, action="")
    for is_practice in (False, True):
        settings.PRACTICE = is_practice
        write(ledger, 2026, tmp_path / "a.xlsx", Reader(date(2026, 11, 29)))
        sheet = load_workbook(BytesIO(workbook([Sheet("交寄清单", ("序号",), [])]))).active
        assert (("练习" in sheet.title), sheet.oddHeader.center.text == "练习") == (is_practice, is_practice)
        assert [row for _number, row in rows_of(tmp_path / "a.xlsx", ("姓名或名称",))] == [{"姓名或名称": "王宝音"}]


@pytest.mark.django_db(transaction=True)
def test_a_printed_page_says_it_on_every_sheet(settings, page_at) -> None:
    settings.PRACTICE = True
    page = page_at(*DESKTOP, user=person("clerk", "officer"))
    page.goto("/help/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>x</p>'.repeat(120))")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) > 1
    assert all("练习" in sheet.extract_text() for sheet in sheets)


@pytest.mark.long
@pytest.mark.processes
def test_both_run_beside_each_other_and_a_reset_leaves_the_real_one_alone(tmp_path: Path) -> None:
    """Really started: `practice start` from the real system's settings, in one browser with it, reset by its button."""
    port = free_port()
    real = tmp_path / "casemgr.sqlite3"
    real.write_bytes(b"the real one")
    environ = {
        **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MAKELEVEL"}},
        "CASEMGR_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{real}",
        "FONT_DIR": str(django_settings.FONT_DIR),
        "FIELD_KEYS": "k1:" + "11" * 32,
    }
    command = [sys.executable, "manage.py", "practice", "start", "--port", str(port)]
    process = subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environ)
    try:
        address = f"http://127.0.0.1:{port}"
        _until(lambda: "practice-bar" in requests.get(f"{address}/login/", timeout=20).text)
        admin = _log_in(address, "admin")
        assert {"practice_session", "practice_csrf"} <= set(admin.cookies.keys())
        page = admin.get(f"{address}/practice/reset/")
        admin.post(f"{address}/practice/reset/", data={"csrfmiddlewaretoken": _token(page.text)})
        _until(lambda: admin.get(f"{address}/practice/", allow_redirects=False).status_code == 302)
        page = _log_in(address, "admin").get(f"{address}/practice/").text
        assert 'href="/practice/reset/"' in page
    finally:
        process.terminate()
        process.wait(30)
    assert real.read_bytes() == b"the real one"
    keys = (tmp_path / "practice" / "field_keys.txt").read_text()
    assert "11" * 32 not in keys
    assert (tmp_path / "practice" / "practice.sqlite3").exists()


def _log_in(address: str, name: str) -> requests.Session:
    session = requests.Session()
    page = session.get(f"{address}/login/", timeout=30).text
    form = {"username": name, "password": "dalad-demo", "csrfmiddlewaretoken": _token(page)}
    assert session.post(f"{address}/login/", data=form, timeout=30).url.rstrip("/") != f"{address}/login"
    return session


def _token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def _until(is_so, seconds: int = 900) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if is_so():
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.5)
    pytest.fail("it did not come about in time")
