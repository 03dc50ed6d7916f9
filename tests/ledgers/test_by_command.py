"""A ledger loaded by the command is an import like any other: listed, with its refused rows, and undone in the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case
from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers import job as ledger_job
from casemgr.ledgers.models import KeptCells, LedgerImport
from casemgr.parties.models import Party
from tests.ledgers.test_ledgers import CASE, PARTY
from tests.support.ledgers import write_csv
from tests.support.register import person

pytestmark = pytest.mark.django_db
OTHER = CASE | {"案号": "达政复字〔2025〕9号", "行政行为文号": "达市监处罚字〔2025〕9号"}
BAD = OTHER | {"案号": "达政复字〔2025〕10号", "结案方式": "撤消"}


def by_command(path: Path, capsys, *rows: dict[str, Any], kind: str = "reconsideration", **options: Any) -> dict:
    call_command("import_ledger", kind, str(write_csv(path / "旧台账.csv", rows)), json=True, **options)
    return json.loads(capsys.readouterr().out)


def undone(client: Client, found: LedgerImport) -> LedgerImport:
    assert client.post(f"{found.get_absolute_url()}undo/", {"reason": "误传"}).status_code == 302
    found.refresh_from_db()
    assert claim(found.job_id, timezone.now())
    assert run_job(found.job_id).status == "done"
    found.refresh_from_db()
    return found


def test_who_is_named_finds_the_import_on_the_page_and_undoes_it(client: Client, tmp_path: Path, capsys) -> None:
    li = person("li", "officer")
    report = by_command(tmp_path, capsys, CASE, OTHER, BAD, user="li")
    assert (report["created"], report["rejected"], report["file"]) == (2, 1, "旧台账.csv")
    found = LedgerImport.objects.get()
    assert (found.by, found.status, found.created, found.rejected) == (li, "loaded", 2, 1)
    client.force_login(li)
    assert "旧台账.csv" in client.get("/ledgers/").content.decode()
    assert "撤消" in client.get(found.get_absolute_url()).content.decode()
    assert client.get(f"{found.get_absolute_url()}refused/").status_code == 200
    assert undone(client, found).taken_back == 2
    assert set(Case.objects.values_list("state", flat=True)) == {"VOID"}
    assert AccessLog.objects.filter(kind="ledger_sent", actor_id=li.pk).exists()


def test_what_the_operator_loaded_is_undone_by_who_runs_the_system(client: Client, tmp_path: Path, capsys) -> None:
    by_command(tmp_path, capsys, CASE)
    found = LedgerImport.objects.get()
    assert (found.by, found.created) == (None, 1)
    assert not KeptCells.objects.exists()
    client.force_login(person("li", "officer", "head"))
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.post(f"{found.get_absolute_url()}undo/", {"reason": "误传"}).status_code == 404
    client.force_login(person("aud", "auditor"))
    assert client.get(found.get_absolute_url()).status_code == 200
    client.post(f"{found.get_absolute_url()}undo/", {"reason": "误传"})
    found.refresh_from_db()
    assert found.status == "loaded"
    client.force_login(person("root", "admin"))
    assert "旧台账.csv" in client.get("/ledgers/").content.decode()
    assert undone(client, found).taken_back == 1
    assert Case.objects.get().state == "VOID"
    assert found.history.filter(history_actor_name="李志强").exists()


def test_a_trial_leaves_nothing_and_a_refused_strict_one_no_rows(tmp_path: Path, capsys) -> None:
    before = Party.objects.count()
    dry = by_command(tmp_path, capsys, CASE, BAD, dry_run=True)
    assert (dry["created"], dry["rejected"], dry["dry_run"]) == (1, 1, True)
    assert not LedgerImport.objects.exists()
    with pytest.raises(CommandError):
        by_command(tmp_path, capsys, CASE, BAD, strict=True)
    assert json.loads(capsys.readouterr().out)["errors"][0]["column"] == "结案方式"
    assert LedgerImport.objects.get().status == "discarded"
    assert (Case.objects.count(), Party.objects.count()) == (0, before)


def test_every_refused_row_is_told_however_many(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(ledger_job, "ERRORS_KEPT", 3)
    rows = [PARTY | {"证件号码": "", "类型": "个人", "姓名或名称": f"甲{number}"} for number in range(8)]
    assert len(by_command(tmp_path, capsys, *rows, kind="parties")["errors"]) == 8


def test_what_was_interrupted_is_stopped_and_goes_on_in_the_page(client: Client, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ledger_job, "CHUNK", 1)
    load_chunk = ledger_job.load_chunk

    def interrupted(*arguments: Any) -> Any:
        if Case.objects.exists():
            raise KeyboardInterrupt
        return load_chunk(*arguments)

    monkeypatch.setattr(ledger_job, "load_chunk", interrupted)
    li = person("li", "officer")
    path = write_csv(tmp_path / "a.csv", [CASE, OTHER])
    with pytest.raises(CommandError):
        call_command("import_ledger", "reconsideration", str(path), user="li")
    monkeypatch.setattr(ledger_job, "load_chunk", load_chunk)
    found = LedgerImport.objects.get()
    assert (found.status, found.job.status, Case.objects.count()) == ("loading", "cancelled", 1)
    client.force_login(li)
    assert client.post(f"{found.get_absolute_url()}resume/").status_code == 302
    assert claim(found.job_id, timezone.now())
    assert run_job(found.job_id).result["created"] == 2


@pytest.mark.parametrize("lines", ["姓名或名称,姓名或名称\n王宝音,李秀英\n", "住址\n树林召镇\n"])
def test_headings_that_are_doubled_or_lacking_stop_the_file(tmp_path: Path, lines: str) -> None:
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_ledger", "parties", str(tmp_path / "a.csv"))
    assert not LedgerImport.objects.exists()
