"""The pages of the holiday notice: entered, corrected, previewed, approved; and the list of what moved."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgr.calendar import current
from casemgr.calendar.models import CalendarYear, HolidayNotice
from casemgr.cases.models import Recomputation
from tests.cases.test_recomputation import ALL_OFF, TODAY
from tests.support.clock_cases import a_received_case
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
SENT = {"year": "2027", "number": "国办发明电〔2026〕9号", "issued_on": "2026-12-20"}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    current.forget()
    monkeypatch.setattr("casemgr.cases.recomputation.views.clock_today", lambda: TODAY)
    yield
    current.forget()


def docx(text: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        file.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>')
    return packed.getvalue()


CSV = "名称,第一天,最后一天,上班\n元旦,2027-01-01,2027-01-08,\n".encode("gb18030")
FILES = [("通知.txt", ALL_OFF.encode("gb18030")), ("通知.docx", docx(ALL_OFF)), ("安排.csv", CSV)]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_a_file_is_read_like_a_pasted_text(client, name: str, content: bytes):
    client.force_login(person("n-admin", "admin"))
    answer = client.post("/calendar/notices/new/", {**SENT, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    notice = HolidayNotice.objects.get()
    days = [day for day, kind, title in notice.days if title == "元旦" and kind == "holiday"]
    assert (days[0], days[-1], len(days)) == ("2027-01-01", "2027-01-08", 8)


@pytest.mark.parametrize("file", [("a.exe", b"x"), ("a.docx", b"no zip"), ("a.pdf", b"no pdf"), ("a.txt", b"  ")])
def test_a_file_that_cannot_be_read_is_refused_at_its_field(client, file):
    client.force_login(person("n-admin", "admin"))
    answer = client.post("/calendar/notices/new/", {**SENT, "file": SimpleUploadedFile(*file)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert "国办发明电〔2026〕9号" in answer.text


def test_from_the_pasted_text_to_the_published_year(client):
    case = a_received_case(TODAY)
    client.force_login(person("n-admin", "admin"))
    broken = ALL_OFF.replace("1月1日（周五）", "1月1日（周六）")
    page = client.post("/calendar/notices/new/", {**SENT, "text": broken}, follow=True)
    notice = HolidayNotice.objects.get()
    assert "2027-01-01 是周五" in page.text
    assert case.number not in page.text  # an administrator sees the numbers, not the cases
    rows = list(notice.days)
    table = {}
    for number, (day, kind, name) in enumerate([*rows, ["2027-02-30", "holiday", "春节"]]):
        table |= {f"day-{number}": day, f"kind-{number}": kind, f"name-{number}": name}
    refused = client.post(f"/calendar/notices/{notice.pk}/days/", table)
    assert refused.status_code == 422
    assert "2027-02-30" in refused.text
    table[f"day-{len(rows)}"] = ""
    page = client.post(f"/calendar/notices/{notice.pk}/days/", table, follow=True)
    assert "2027-01-01 是周五" not in page.text
    assert client.post(f"/calendar/notices/{notice.pk}/publish/").status_code == 403
    client.force_login(person("n-head", "head"))
    page = client.get(f"/calendar/notices/{notice.pk}/")
    assert case.number in page.text
    page = client.post(f"/calendar/notices/{notice.pk}/publish/", follow=True)
    assert page.status_code == 200
    assert CalendarYear.objects.get(year=2027).status == "published"
    run = Recomputation.objects.get(is_preview=False)
    saved = b"".join(client.get(f"/calendar/recomputations/{run.pk}/moves.csv").streaming_content).decode()
    assert saved.startswith("\ufeff")
    assert f"{case.number}," in saved
    assert "2027-01-05,2027-01-12" in saved


def test_people_elsewhere_see_none_of_the_moved_cases(client):
    case = a_received_case(TODAY)
    client.force_login(person("n-admin", "admin"))
    client.post("/calendar/notices/new/", {**SENT, "text": ALL_OFF})
    run = Recomputation.objects.get()
    client.force_login(person("n-other", "head", at=OTHER))
    assert case.number not in client.get(f"/calendar/recomputations/{run.pk}/").text
    client.force_login(person("n-officer", "officer"))
    assert client.get(f"/calendar/recomputations/{run.pk}/").status_code == 404


def test_the_list_and_the_phrase_of_the_calendar_page_lead_there(client):
    client.force_login(person("n-head", "head"))
    assert "/calendar/notices/" in client.get("/calendar/2027/").text
    assert client.get("/calendar/notices/").status_code == 200
