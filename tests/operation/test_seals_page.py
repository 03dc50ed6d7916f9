"""The auditor's page of seals: the chain, the last verification, what is not sealed, and the sheet to keep outside."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from casemgr.audit import heads
from casemgr.audit.models import AccessLog, Seal
from casemgr.audit.sealing import seal_all
from casemgr.audit.unsealed import unsealed
from casemgr.jobs.models import Job
from casemgr.jobs.runner import claim, run_job
from casemgr.operation.evidence.sheet import head_sheet, in_groups
from tests.support import services
from tests.support.flow import received
from tests.support.register import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    return person("seal-auditor", "auditor", at="150621", full_name="审计员")


def work_off(kind: str) -> Job:
    job = Job.objects.get(kind=kind, finished_at__isnull=True)
    assert claim(job.pk, timezone.now())
    return run_job(job.pk)


def test_what_is_not_sealed_yet(client: Client, auditor) -> None:
    seal_all(timezone.now())
    assert unsealed() == []
    received(date(2026, 9, 1))
    waiting = {one.model._meta.label_lower: one.rows for one in unsealed()}
    assert waiting["cases.historicalcase"] >= 1
    client.force_login(auditor)
    assert str(waiting["cases.historicalcase"]) in client.get("/evidence/seals/").content.decode()
    seal_all(timezone.now())
    assert {one.model._meta.label_lower for one in unsealed()} <= {"audit.accesslog"}


def test_the_chain_with_its_digests(client: Client, auditor) -> None:
    seal_all(timezone.now())
    client.force_login(auditor)
    text = client.get("/evidence/seals/").content.decode()
    for seal in Seal.objects.all():
        assert in_groups(seal.digest) in text


def test_verifying_from_the_page_shows_its_result(client: Client, auditor) -> None:
    seal_all(timezone.now())
    client.force_login(auditor)
    assert client.post("/evidence/seals/verify/").status_code == 302
    assert client.post("/evidence/seals/verify/").status_code == 302
    assert Job.objects.filter(kind="verify").count() == 1, "one at a time"
    assert work_off("verify").status == Job.State.DONE
    page = client.get("/evidence/seals/")
    assert page.context["is_sound"] is True
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_seal SET digest = %s WHERE number = 1", ["0" * 64])
    client.post("/evidence/seals/verify/")
    work_off("verify")
    page = client.get("/evidence/seals/")
    assert page.context["is_sound"] is False
    assert "seal-rewritten" in page.content.decode()


def test_the_head_sheet_names_the_heads_of_the_file(client: Client, auditor, tmp_path) -> None:
    seal_all(timezone.now())
    client.force_login(auditor)
    answer = client.get("/evidence/seals/sheet/")
    assert answer["Content-Type"] == "application/pdf"
    newest = Seal.objects.order_by("-number").first()
    assert AccessLog.objects.get(kind="seal_sheet_printed").data == {"newest": newest.number}
    assert str(newest.number) in client.get("/evidence/seals/").content.decode()
    if not services.find("pdftotext"):
        pytest.skip("pdftotext is missing; on Debian: apt-get install poppler-utils")
    file = tmp_path / "sheet.pdf"
    file.write_bytes(answer.content)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    printed = "".join(text.split())
    for head in heads.read()[-3:]:
        assert head.digest in printed or all(head.digest[at : at + 8] in printed for at in range(0, 64, 8))


def test_a_sheet_before_the_first_seal_is_printed_too() -> None:
    assert head_sheet([], "审计员", timezone.now(), "司法局").startswith(b"%PDF")


@pytest.mark.parametrize("role", ["head", "officer", "leader"])
def test_only_auditors_and_administrators(client: Client, role: str) -> None:
    client.force_login(person(f"seal-{role}", role, at="150621"))
    for address in ("/evidence/seals/", "/evidence/seals/sheet/"):
        assert client.get(address).status_code == 403
    assert client.post("/evidence/seals/verify/").status_code == 403
    assert not Job.objects.exists()
