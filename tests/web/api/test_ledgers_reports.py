"""Ledgers sent in and fetched by a program, and reports: as the commands answer, within the person's reach."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case, CaseRecusal, Event
from casemgr.jobs.models import Job
from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers import actions
from casemgr.ledgers import api as ledger_api
from casemgr.ledgers import job as ledger_job
from casemgr.ledgers.models import KeptCells
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from tests.support.api import Program
from tests.support.flow import application
from tests.support.ledgers import cases, parties
from tests.support.register import OFFICE, OTHER, person, unit

pytestmark = pytest.mark.django_db
REPORT = {"kind", "file", "rows", "created", "unchanged", "updated", "rejected", "dry_run", "errors"}
NUMBER = resident_number(7, date(1985, 3, 12), "M")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def sheet(*rows: dict[str, Any], name: str = "台账.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(dict.fromkeys(heading for row in rows for heading in row)))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, stream.getvalue().encode(encoding))


def send(program: Program, kind: str, file: SimpleUploadedFile, *, key: str = "", **how: Any):
    headers = {"Idempotency-Key": key} if key else {}
    return program.upload(f"/ledgers/{kind}/import", {"file": file, **how}, **headers)


def fetched(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestSending:
    def test_the_answer_is_the_commands_and_twice_adds_nothing(self, program, office) -> None:
        rows = [*cases(4, 3, clock_today()), {"案号": "缺人"}]
        answer = send(program, "reconsideration", sheet(*rows, encoding="gb18030"))
        assert answer.status_code == 200, answer.json()
        told = answer.json()
        assert answer["Location"].endswith(f"/api/v1/jobs/{told['id']}")
        report = told["result"]
        assert set(report) == REPORT
        assert (report["rows"], report["created"], report["rejected"], report["file"]) == (5, 4, 1, "台账.csv")
        assert {(error["row"], error["column"]) for error in report["errors"]} == {(6, "申请人"), (6, "被申请人")}
        assert set(Event.objects.values_list("actor_name", flat=True)) == {office.officer.full_name}
        again = send(program, "reconsideration", sheet(*rows)).json()["result"]
        assert (again["created"], again["unchanged"], Case.objects.count()) == (0, 4, 4)
        assert KeptCells.objects.count() == 2  # for the sheet of refused rows
        sent = AccessLog.objects.filter(kind="ledger_sent", actor_id=office.officer.pk)
        assert [row.data["rows"] for row in sent] == [5, 5]

    def test_a_repeated_request_is_one_job(self, program) -> None:
        file = parties(3, 3)
        first = send(program, "parties", sheet(*file), key="ledger-1")
        assert send(program, "parties", sheet(*file), key="ledger-1").json() == first.json()
        assert Job.objects.filter(kind=ledger_job.JOB).count() == 1
        other = send(program, "parties", sheet(*parties(2, 3)), key="ledger-1")
        assert (other.status_code, other.json()["code"]) == (409, "key-reused")

    def test_a_trial_run_writes_nothing_and_says_what_would_be(self, program) -> None:
        before = Party.objects.count()
        report = send(program, "parties", sheet(*parties(3, 3), {"姓名或名称": ""}), dry_run="true").json()["result"]
        assert (report["created"], report["dry_run"], Party.objects.count()) == (3, True, before)

    def test_one_bad_row_stops_a_strict_one_and_is_named(self, program) -> None:
        rows = [*cases(2, 3, clock_today()), cases(3, 4, clock_today())[-1] | {"结案方式": "撤消"}]
        answer = send(program, "reconsideration", sheet(*rows), strict="true")
        assert (answer.status_code, answer.json()["code"]) == (422, "rows-rejected")
        assert answer["Content-Type"] == "application/problem+json"
        (wrong,) = answer.json()["rows"]
        assert (wrong["row"], wrong["column"]) == (4, "结案方式") and "维持" in wrong["reason"]
        assert not Case.objects.exists()
        tried = send(program, "reconsideration", sheet(*rows), strict="true", dry_run="true")
        assert tried.status_code == 200 and tried.json()["result"]["rejected"] == 1

    @pytest.mark.parametrize(
        "file",
        [
            SimpleUploadedFile("a.pdf", b"%PDF-"),
            SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken"),
            SimpleUploadedFile("a.csv", "案号\n1\n".encode()),
        ],
        ids=["no sheet", "broken", "columns missing"],
    )
    def test_a_file_that_cannot_be_read_is_refused_at_its_entry(self, program, file) -> None:
        answer = send(program, "reconsideration", file)
        assert answer.status_code == 422 and list(answer.json()["errors"]) == ["file"]
        assert not Job.objects.filter(kind=ledger_job.JOB).exists()
        assert not KeptCells.objects.exists()

    def test_without_a_file_or_with_a_surplus_entry_nothing_begins(self, program) -> None:
        assert list(program.post("/ledgers/parties/import").json()["errors"]) == ["file"]
        answer = send(program, "parties", sheet(*parties(1, 3)), colour="red")
        assert answer.status_code == 422 and not Job.objects.filter(kind=ledger_job.JOB).exists()

    def test_a_long_one_is_a_job_that_tells_its_progress(self, program, monkeypatch) -> None:
        monkeypatch.setattr(ledger_api, "CHUNK", 2)
        answer = send(program, "parties", sheet(*parties(5, 3)))
        assert (answer.status_code, answer.json()["status"]) == (202, "queued")
        pk = answer.json()["id"]
        assert claim(pk, timezone.now())
        run_job(pk)
        told = program.get(f"/jobs/{pk}").json()
        assert (told["status"], told["done"], told["total"], told["result"]["created"]) == ("done", 5, 5, 5)

    def test_what_is_taken_as_a_whole_is_not_endless(self, program, monkeypatch) -> None:
        monkeypatch.setattr(actions, "MOST_AS_A_WHOLE", 2)
        for how in ({"dry_run": "true"}, {"strict": "true"}):
            assert send(program, "parties", sheet(*parties(3, 3)), **how).status_code == 422
        assert send(program, "parties", sheet(*parties(3, 3))).status_code == 200

    def test_numbers_of_people_are_in_no_answer(self, program) -> None:
        number = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
        wrong = {"姓名或名称": "李秀英", "证件类型": "居民身份证", "证件号码": number}
        answer = send(program, "parties", sheet(wrong, name=f"{NUMBER}.csv"))
        assert answer.json()["result"]["rejected"] == 1
        assert number not in answer.content.decode() and NUMBER not in answer.content.decode()

    @pytest.mark.parametrize(
        ("role", "kind", "status"),
        [
            ("officer", "reconsideration", 200), ("officer", "parties", 200), ("mediator", "reconsideration", 403),
            ("mediator", "parties", 200), ("auditor", "parties", 403), ("auditor", "reconsideration", 403),
            ("officer", "backlog", 403), ("officer", "elsewhere", 404),
        ],
    )  # fmt: skip
    def test_who_may_enter_a_row_may_send_a_ledger(self, role: str, kind: str, status: int) -> None:
        rows = parties(1, 3) if kind == "parties" else cases(1, 3, clock_today())
        assert send(Program(person("sends", role)), kind, sheet(*rows)).status_code == status

    def test_a_token_needs_the_scope_of_what_it_enters(self, office) -> None:
        reader = Program(office.officer, "read", "figures.read", "parties.write")
        assert send(reader, "reconsideration", sheet(*cases(1, 3, clock_today()))).json()["code"] == "scope-missing"
        assert send(reader, "parties", sheet(*parties(1, 3))).status_code == 200


class TestFetching:
    @pytest.fixture
    def year(self, program) -> int:
        last = clock_today().year - 1
        rows = [row for row in cases(120, 3, clock_today()) if f"〔{last}〕" in row["案号"]]
        assert len(rows) > 2
        assert send(program, "reconsideration", sheet(*rows)).json()["result"]["created"] == len(rows)
        return last

    def test_the_list_says_which_columns_and_words(self, program) -> None:
        found = {row["kind"]: row for row in program.get("/ledgers").json()["items"]}
        assert {"parties", "reconsideration"} <= found.keys()
        assert found["reconsideration"]["columns"][0] == "案号"
        assert "维持" in found["reconsideration"]["words"]["结案方式"]
        auditor = Program(person("audits", "auditor", at="150621")).get("/ledgers").json()["items"]
        assert sorted((row["kind"], row["may_load"], row["may_fetch"]) for row in auditor) == [
            ("backlog", False, True),
            ("litigation", False, True),
            ("mediation", False, True),
            ("reconsideration", False, True),
        ]
        assert Program(person("roleless")).get("/ledgers").json()["items"] == []

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_what_was_sent_comes_back_as_the_command_writes_it(self, program, year, form, tmp_path) -> None:
        answer = program.get("/ledgers/reconsideration/file", {"year": year, "format": form})
        assert answer["Content-Disposition"].startswith("attachment")
        call_command("export_ledger", "reconsideration", "--year", str(year), "-o", str(tmp_path / f"a.{form}"))
        if form == "csv":
            assert answer.content == (tmp_path / "a.csv").read_bytes()
        else:
            values = [list(load_workbook(source).active.values)
                      for source in (io.BytesIO(answer.content), tmp_path / "a.xlsx")]  # fmt: skip
            assert values[0] == values[1] and len(values[0]) > 2

    def test_numbers_are_masked_and_in_full_only_with_a_reason_on_record(self, program, office, year) -> None:
        masked = fetched(program.get("/ledgers/reconsideration/file", {"year": year, "format": "csv"}))
        assert all("*" in row["申请人证件号码"] for row in masked)
        asked = {"year": year, "format": "csv"}
        assert list(program.post("/ledgers/reconsideration/full", asked).json()["errors"]) == ["reason"]
        full = fetched(program.post("/ledgers/reconsideration/full", asked | {"reason": "报送上级核对"}))
        assert len(full) == len(masked) and not any("*" in row["申请人证件号码"] for row in full)
        last = AccessLog.objects.filter(kind="ledger_exported").latest("pk")
        assert (last.actor_id, last.reason, last.data["full"], last.data["rows"]) == (
            office.officer.pk, "报送上级核对", True, len(full),
        )  # fmt: skip

    def test_what_lies_outside_the_scope_is_not_in_the_file(self, program, office, year) -> None:
        asked = {"year": year, "format": "csv"}
        stranger = Program(person("elsewhere", "officer", at=OTHER))
        assert fetched(stranger.get("/ledgers/reconsideration/file", asked)) == []
        assert fetched(stranger.post("/ledgers/reconsideration/full", asked | {"reason": "看看"})) == []
        own = fetched(program.get("/ledgers/reconsideration/file", asked))
        CaseRecusal.objects.create(case=Case.objects.get(number=own[0]["案号"]), user=office.officer, reason="近亲属")
        assert fetched(program.get("/ledgers/reconsideration/file", asked)) == own[1:]
        assert (
            Program(person("watches", "leader", at="150621"))
            .post("/ledgers/reconsideration/full", asked | {"reason": "x"})
            .status_code
            == 403
        )
        assert (
            Program(person("pays", "finance", at="150621")).get("/ledgers/reconsideration/file", asked).status_code
            == 403
        )

    def test_parties_come_as_far_as_they_are_ones_own(self, program) -> None:
        year = clock_today().year
        assert send(program, "parties", sheet(*parties(3, 3))).status_code == 200
        assert Party.objects.filter(registered_by=unit(OFFICE)).count() >= 3
        asked = {"year": year, "format": "csv"}
        own = [row for row in fetched(program.get("/ledgers/parties/file", asked)) if row["类型"] == "自然人"]
        assert len(own) == 3 and all("*" in row["证件号码"] for row in own)
        stranger = Program(person("elsewhere", "officer", at=OTHER))
        assert not [row for row in fetched(stranger.get("/ledgers/parties/file", asked)) if row["类型"] == "自然人"]
        full = fetched(program.post("/ledgers/parties/full", asked | {"reason": "核对"}))
        assert not any("*" in row["证件号码"] for row in full if row["类型"] == "自然人")

    @pytest.mark.parametrize("asked", [{}, {"year": "0"}, {"year": "2026", "format": "pdf"}, {"year": "x"}])
    def test_a_year_and_a_known_format_are_needed(self, program, asked: dict) -> None:
        assert program.get("/ledgers/reconsideration/file", asked).status_code == 422


class TestReports:
    @pytest.fixture
    def case(self, program) -> dict[str, Any]:
        return program.post("/reconsideration/cases", application(clock_today())).json()

    def test_the_list_names_the_tables_and_their_formats(self, program) -> None:
        rows = {row["name"]: row for row in program.get("/reports").json()["items"]}
        assert {"load", "on-time"} <= rows.keys()
        assert rows["load"]["formats"] == ["json", "xlsx", "pdf"] and "unit" in rows["load"]["by"]

    def test_one_table_has_the_commands_keys_and_numbers(self, program, case, capsys) -> None:
        year = str(clock_today().year)
        call_command("report", "load", "--year", year, "--json")
        printed = json.loads(capsys.readouterr().out)
        told = program.get("/reports/load", {"year": year}).json()
        assert told.keys() >= printed.keys()
        assert (told["numerator"], told["as_of"]) == (printed["numerator"], printed["as_of"]) and told["numerator"] == 1

    def test_a_table_by_days_and_as_of_a_day(self, program, case) -> None:
        year = clock_today().year
        asked = {"year": year, "from": f"{year}-01-01", "to": f"{year}-06-30", "as_of": f"{year}-06-30", "by": "unit"}
        told = program.get("/reports/load", asked).json()
        assert (told["from"], told["to"], told["as_of"], told["by"]) == (
            f"{year}-01-01", f"{year}-06-30", f"{year}-06-30", "unit",
        )  # fmt: skip
        assert program.get("/reports/load", asked | {"by": "moon"}).status_code == 422
        assert program.get("/reports/load", {"year": "20260"}).status_code == 422
        assert program.get("/reports/nothing").status_code == 404

    def test_the_files_are_made_and_recorded(self, program, office, case) -> None:
        for form, magic in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
            answer = program.get("/reports/load/file", {"year": clock_today().year, "format": form})
            assert answer.status_code == 200 and answer.content.startswith(magic)
        listed = load_workbook(io.BytesIO(program.get("/reports/load/file").content)).worksheets[1]
        assert case["number"] in [row[0] for row in listed.values]
        assert AccessLog.objects.filter(kind="figures_exported", actor_id=office.officer.pk).count() == 3

    def test_who_sees_no_cases_gets_no_report(self) -> None:
        payer = Program(person("payer", "finance", at="150621"))
        for path in ("/reports", "/reports/load", "/reports/load/file"):
            assert payer.get(path).status_code in (403, 404), path
