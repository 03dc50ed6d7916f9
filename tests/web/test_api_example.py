"""The example client of the documentation takes a case from the counter to the archive on a running server."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from casemgr.cases.models import Case
from casemgr.documents.volumes.preparing import keep_volumes
from casemgr.organisation.models import User
from tests.support import flow
from tests.support.flow import application
from tests.support.volumes import explain

pytestmark = pytest.mark.django_db(transaction=True)

CLIENT = Path(settings.BASE_DIR) / "docs" / "examples" / "api_client.py"
PASSWORD = "a long pass phrase"
FIRST, LATER = date(2026, 9, 7), date(2026, 10, 20)


@pytest.fixture
def people() -> dict[str, tuple[str, str]]:
    office = flow.office()
    for user in office.values():
        user.set_password(PASSWORD)
        user.save()
    return {role: (user.username, PASSWORD) for role, user in office.items()}


def test_the_example_client_runs_as_its_documentation_says(live_server: Any, people, monkeypatch, capsys) -> None:
    client = run_path(str(CLIENT))
    monkeypatch.setenv("PASSWORD", PASSWORD)
    for role, (name, _password) in people.items():
        User.objects.filter(username=name).update(username=role)
    client["main"](live_server.url)
    assert "served on 示例" in capsys.readouterr().out


def test_the_example_client_follows_a_case_to_the_archive(live_server: Any, people, monkeypatch, capsys) -> None:
    client = run_path(str(CLIENT))
    monkeypatch.setattr(timezone, "localdate", lambda *args: FIRST)
    office = client["Office"](live_server.url, people, FIRST)
    office.register("达市监处罚字〔2026〕77号", application(FIRST)["people"][0])
    office.follow()
    case = Case.objects.get(pk=office.case.partition("/")[2])
    assert case.state == "SERVED"
    with pytest.raises(client["Refused"]) as refused:
        office.archive()
    assert refused.value.problem["status"] == 409

    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
    office.today = LATER.isoformat()
    keeper = User.objects.get(username=people["archive"][0])
    explain(case.typed(), keeper, LATER)
    keep_volumes(case, keeper, LATER)
    office.archive()
    case.refresh_from_db()
    assert case.stage == "archived"
    assert case.number in capsys.readouterr().out
