"""A clerk loads a sheet of the office in the page: columns, trial, duplicates, load, undo."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from casemgr.cases.models import Case
from casemgr.jobs.models import Job
from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers.models import ImportedRow, KeptCells, LedgerImport, SavedMapping
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from tests.support.register import person

pytestmark = pytest.mark.django_db
NUMBER = resident_number(7, date(1985, 3, 12), "M")
THEIRS = {
    "复议案号": "达政复字〔2025〕3号",
    "收案日期": "2025年3月3日",
    "收案方式": "当面递交",
    "申请人姓名": "王宝音",
    "身份证号": NUMBER,
    "被申请机关": "达拉特旗市场监督管理局",
    "复议事由": "行政处罚决定书",
    "受理时间": "2025-03-07",
    "审理结果": "撤销",
    "决定时间": "约2025年5月上旬",
    "归档时间": "2025-06-30",
}


def book(*rows: dict[str, Any], title: str = "") -> bytes:
    made = Workbook()
    sheet = made.active
    if title:
        sheet.append([title])
        sheet.append([])
    heads = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(name) for name in heads])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def officer(client: Client):
    user = person("li", "officer")
    client.force_login(user)
    return user


def sent(client: Client, kind: str, content: bytes, name: str = "台账.xlsx") -> LedgerImport:
    answer = client.post("/ledgers/send/", {"kind": kind, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return LedgerImport.objects.latest("pk")


def worked(found: LedgerImport) -> LedgerImport:
    """The import after its waiting job ran."""
    found.refresh_from_db()
    assert claim(found.job_id, timezone.now())
    job = run_job(found.job_id)
    assert job.status == Job.State.DONE, job.error
    found.refresh_from_db()
    return found


def page(client: Client, found: LedgerImport) -> str:
    answer = client.get(found.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def entries(client: Client, found: LedgerImport, **changes: str) -> dict[str, str]:
    """The page's form as it is proposed."""
    form = client.get(found.get_absolute_url()).context["form"]
    data = {name: str("" if (shown := form[name].value()) is None else shown) for name in form.fields if name != "look"}
    return data | changes


def assigned(client: Client, found: LedgerImport, **changes: str) -> LedgerImport:
    answer = client.post(found.get_absolute_url(), entries(client, found, **changes))
    assert answer.status_code == 302, answer.context["form"].errors.as_json()
    return worked(found)


def step(client: Client, found: LedgerImport, name: str, **data: str) -> None:
    assert client.post(f"{found.get_absolute_url()}{name}/", data).status_code == 302


def test_an_offices_own_sheet_is_read_tried_loaded_and_undone(client: Client, officer) -> None:
    bad = THEIRS | {"复议案号": "达政复字〔2025〕4号", "受理时间": "2025-02-30"}
    found = sent(client, "reconsideration", book(THEIRS, bad, title="2025年度行政复议案件台账"))
    form = client.get(found.get_absolute_url()).context["form"]
    assert form.shown.heading == 3
    assert {one.heading: one.column for one in form.proposals} == {
        "复议案号": "案号", "收案日期": "收到日期", "收案方式": "申请方式", "申请人姓名": "申请人",
        "身份证号": "申请人证件号码", "被申请机关": "被申请人", "复议事由": "行政行为", "受理时间": "受理日期",
        "审理结果": "结案方式", "决定时间": "决定日期", "归档时间": "归档日期",
    }  # fmt: skip
    assert form.initial["word-申请方式-0"] == "当面"
    assert NUMBER not in page(client, found)
    found = assigned(client, found, save_as="本办台账")
    assert (found.status, found.rows, found.created, found.rejected) == ("tried", 2, 1, 1)
    assert not Case.objects.exists()
    shown = page(client, found)
    assert "受理日期" in shown and "2025-02-30" in shown
    refused = load_workbook(io.BytesIO(client.get(f"{found.get_absolute_url()}refused/").content)).active
    lines = [list(row) for row in refused.values]
    assert (lines[1][0] == bad["复议案号"] and lines[1][-2] == "5") or lines[1][-2] == 5
    assert "受理日期" in lines[1][-1]
    step(client, found, "load")
    found = worked(found)
    case = Case.objects.get()
    assert (found.status, found.created, case.number) == ("loaded", 1, THEIRS["复议案号"])
    decided = case.events.get(kind="decided")
    assert (decided.occurred_on, decided.precision, decided.as_written) == (
        date(2025, 5, 1), "month", "约2025年5月上旬",
    )  # fmt: skip
    assert set(case.events.values_list("actor_name", flat=True)) == {officer.full_name}
    step(client, found, "undo", reason="误传")
    found = worked(found)
    case.refresh_from_db()
    assert (found.status, found.taken_back, case.state) == ("undone", 1, "VOID")
    again = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    assert (again.created, again.unchanged) == (1, 0)
    saved = SavedMapping.objects.get()
    assert saved.columns["复议案号"] == "案号" and saved.words["申请方式"] == {"当面递交": "当面"}


def test_touched_rows_stay_and_say_why(client: Client, officer) -> None:
    found = assigned(
        client, sent(client, "reconsideration", book(THEIRS, THEIRS | {"复议案号": "达政复字〔2025〕9号"}))
    )
    step(client, found, "load")
    found = worked(found)
    touched = Case.objects.get(number="达政复字〔2025〕9号")
    Case.objects.filter(pk=touched.pk).update(version=touched.version + 1)
    step(client, found, "undo", reason="误传")
    found = worked(found)
    assert (found.status, found.taken_back) == ("undone", 1)
    stays = ImportedRow.objects.get(made_id=touched.pk)
    assert stays.stays_because and stays.stays_because in page(client, found)
    touched.refresh_from_db()
    assert touched.state != "VOID"


def test_cells_are_encrypted_and_forgotten_when_all_is_loaded(client: Client, officer) -> None:
    found = sent(client, "reconsideration", book(THEIRS))
    body = bytes(KeptCells.objects.get().body)
    assert NUMBER.encode() not in body and "王宝音".encode() not in body
    found = assigned(client, found)
    step(client, found, "load")
    worked(found)
    assert not KeptCells.objects.exists()
    assert NUMBER not in str(list(LedgerImport.objects.values())) + str(list(ImportedRow.objects.values()))


def test_people_who_resemble_known_ones_are_decided_about(client: Client, officer) -> None:
    phone = {"姓名": "王宝音", "手机号": "13800001234", "家庭住址": "达拉特旗树林召镇"}
    other = {"姓名": "李秀英", "手机号": "13800001235", "家庭住址": "达拉特旗"}
    known = assigned(client, sent(client, "parties", book(phone, other)))
    step(client, known, "load")
    worked(known)
    before = Party.objects.count()
    moved = [row | {"家庭住址": "达拉特旗展旦召苏木"} for row in (phone, other)]
    found = assigned(client, sent(client, "parties", book(*moved)))
    assert (found.created, found.questions.count()) == (2, 2)
    step(client, found, "load")
    found.refresh_from_db()
    assert found.status == "tried"
    people = client.get(f"{found.get_absolute_url()}people/")
    assert people.status_code == 200 and "13800001234" not in people.content.decode()
    first = found.questions.get(name="王宝音")
    step(client, found, "decide", **{f"answer-{first.pk}": "same"})
    step(client, found, "decide", all_as="skip")
    step(client, found, "load")
    found = worked(found)
    assert (found.created, found.unchanged, found.skipped) == (0, 1, 1)
    assert Party.objects.count() == before


def test_parties_nobody_uses_are_gone_after_undoing(client: Client, officer) -> None:
    before = Party.objects.count()
    found = assigned(client, sent(client, "parties", book({"姓名": "王宝音", "身份证号": NUMBER})))
    step(client, found, "load")
    found = worked(found)
    assert Party.objects.count() == before + 1
    step(client, found, "undo", reason="误传")
    assert worked(found).taken_back == 1
    assert Party.objects.count() == before


def test_only_who_sent_it_in_works_on_it(client: Client, officer) -> None:
    found = sent(client, "reconsideration", book(THEIRS))
    other = Client()
    other.force_login(person("zhao", "officer"))
    assert other.get(found.get_absolute_url()).status_code == 404
    admin = Client()
    admin.force_login(person("root", "admin"))
    assert admin.get(found.get_absolute_url()).status_code == 200
    assert admin.post(f"{found.get_absolute_url()}stop/").status_code == 403
    mediator = Client()
    mediator.force_login(person("bao", "mediator"))
    answer = mediator.post(
        "/ledgers/send/", {"kind": "reconsideration", "file": SimpleUploadedFile("a.xlsx", book(THEIRS))}
    )
    assert answer.status_code in (403, 422)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_of_every_kind(client: Client, officer, delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(THEIRS), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(THEIRS)
    found = assigned(client, sent(client, "reconsideration", out.getvalue().encode(encoding), "台账.csv"))
    assert (found.created, found.rejected) == (1, 0), list(found.imported_rows.values_list("problems"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\x01\x02" * 50])
def test_a_broken_file_is_told_on_the_form(client: Client, officer, content: bytes) -> None:
    answer = client.post("/ledgers/send/", {"kind": "parties", "file": SimpleUploadedFile("a.xlsx", content)})
    assert answer.status_code == 422
    assert not LedgerImport.objects.exists()


def test_a_years_ledger_is_fetched_masked_or_in_full_with_a_reason(client: Client, officer, tmp_path: Path) -> None:
    found = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    step(client, found, "load")
    worked(found)
    assert client.get("/ledgers/reconsideration/").status_code == 200
    masked = client.post("/ledgers/reconsideration/", {"year": "2025", "format": "csv"})
    assert masked.status_code == 200 and NUMBER not in masked.content.decode("utf-8-sig")
    assert client.post(
        "/ledgers/reconsideration/", {"year": "2025", "format": "csv", "in_full": "on"}
    ).status_code == 422  # fmt: skip
    full = {"year": "2025", "format": "csv", "in_full": "on", "reason": "移送档案馆"}
    assert NUMBER in client.post("/ledgers/reconsideration/", full).content.decode("utf-8-sig")
