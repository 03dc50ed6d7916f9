"""Who sees a case and why; a case outside one's scope answers like one that does not exist."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.audit.models import AccessLog
from casemgr.cases.models import CaseRecusal
from tests.support.flow import received
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return received(date(2026, 9, 1)).case


def answer(client: Client, user, case, name: str = "") -> str:
    client.force_login(user)
    return client.get("/access/why/", {"case": case.number, "user": name}).content.decode()


def test_oneself_is_told_the_role_that_reaches(client: Client, case) -> None:
    text = answer(client, person("why-officer", "officer"), case)
    assert "看得到该案" in text
    stranger = answer(client, person("why-stranger", "officer", at=OTHER), case)
    assert "看得到该案" not in stranger
    assert case.title not in stranger


def test_an_auditor_asks_for_others_and_it_is_recorded(client: Client, case) -> None:
    officer = person("why-recused", "officer")
    CaseRecusal.objects.create(case=case, user=officer, reason="近亲属")
    auditor = person("why-auditor", "auditor", at="150621")
    text = answer(client, auditor, case, officer.username)
    assert "看不到该案" in text
    assert "回避" in text
    assert AccessLog.objects.filter(kind="access_explained", actor_id=auditor.pk).exists()
    nosy = answer(client, officer, case, auditor.username)
    assert auditor.full_name not in nosy or "回避" not in nosy
