"""What goes wrong in the night reaches people, once a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from casemgr.audit.sealing import seal_all
from casemgr.jobs.runner import claim, enqueue, run_job
from casemgr.notices.models import Notice
from casemgr.notices.texts import text_of
from tests.support.flow import received
from tests.support.register import person

pytestmark = pytest.mark.django_db


def failed(kind: str) -> None:
    job = enqueue(kind)
    assert claim(job.pk, timezone.now())
    assert run_job(job.pk).status == "failed"


def told(kind: str) -> dict[str, str]:
    found = Notice.objects.filter(kind=kind, is_urgent=True).select_related("recipient")
    assert len(found) == len({notice.recipient_id for notice in found})
    return {notice.recipient.username: text_of(notice) for notice in found}


def test_a_broken_seal_is_told_to_auditors_and_administrators() -> None:
    person("alarm-admin", "admin", at="150621")
    person("alarm-auditor", "auditor", at="150621")
    case = received(timezone.localdate()).case
    seal_all(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_historicalcase SET title = 'x' WHERE id = %s", [case.pk])
    failed("verify")
    failed("verify")
    heard = told("evidence_broken")
    assert {"alarm-admin", "alarm-auditor"} <= heard.keys()
    assert "证据封存" in heard["alarm-auditor"]


def test_a_failed_backup_is_told_to_administrators(settings, tmp_path: Path) -> None:
    person("alarm-admin", "admin", at="150621")
    person("alarm-auditor", "auditor", at="150621")
    (tmp_path / "full").write_text("no folder")
    settings.BACKUP_DIR = str(tmp_path / "full")
    failed("backup")
    failed("backup")
    heard = told("backup_failed")
    assert "alarm-admin" in heard
    assert "alarm-auditor" not in heard
