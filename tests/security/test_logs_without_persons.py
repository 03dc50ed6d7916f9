"""What an office's processes print while people work and things fail: lines to read, and nobody's number or name."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from casemgr.pages.clock import today
from casemgr.pages.masking import loggable
from reconsideration.demo.people import resident_number
from tests.long.house import House, a_house
from tests.support import services
from tests.support.once import runs_once

PASSWORD = "dalad-2026-secret"
NAME, OTHER_NAME = "王宝音图", "赵其其格日"
NUMBER = resident_number(77, today().replace(year=1987, month=3, day=14), "F")
OTHER_NUMBER = resident_number(78, today().replace(year=1979, month=8, day=2), "M")
MISTYPED = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
PHONE = "13847712345"
ENTERED = (NAME, OTHER_NAME, NUMBER, OTHER_NUMBER, MISTYPED, PHONE, PASSWORD)
PEOPLE = f"""
from tests.support.register import person
clerk = person('clerk', 'officer')
clerk.set_password({PASSWORD!r})
clerk.save()
from casemgr.parties.models import Party
print(Party.objects.get(name='达拉特旗市场监督管理局').pk)
"""
CLUMSY = f"""
import tests.support.slow_jobs
from casemgr.jobs.runner import enqueue
from casemgr.parties.models import Party
print(enqueue('support.clumsy', party=Party.objects.get(name={NAME!r}).pk).pk)
"""
ERROR = "from casemgr.jobs.models import Job; print(json.dumps(Job.objects.get(kind='support.clumsy').error))"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Everything is logged that can be, as objects."""
    talkative = {"LOG_FORMAT": "json", "LOG_LEVEL": "INFO", "REQUEST_LOG_LEVEL": "INFO", "SECURE_TRANSPORT": "0"}
    with services.redis() as broker, a_house(tmp_path, CELERY_BROKER_URL=broker or "", **talkative) as running:
        yield running


def forms(entered: str) -> set[str]:
    """As it is, in an address, in JSON."""
    return {entered, quote(entered), quote(entered).lower(), json.dumps(entered)[1:-1], repr(entered.encode())[2:-1]}


@runs_once
@pytest.mark.processes
def test_no_line_names_a_person(house: House) -> None:
    respondent = house.run(PEOPLE)
    _process, port = house.start_web()
    address = f"http://127.0.0.1:{port}"
    session = requests.Session()
    session.headers["Referer"] = address
    session.get(f"{address}/login/")

    def post(path: str, data: dict, expected: int = 200) -> requests.Response:
        sent = {**data, "csrfmiddlewaretoken": session.cookies["csrftoken"]}
        answer = session.post(address + path, sent, timeout=60, allow_redirects=False)
        assert answer.status_code == expected, (path, answer.status_code, answer.text[:2000])
        return answer

    # wrong things typed into the log-in, a forged form, a wrong host
    for typed in (NUMBER, NAME):
        post("/login/", {"username": typed, "password": PASSWORD + "x"})
    assert requests.post(f"{address}/login/", {"username": NAME}, timeout=60).status_code == 403
    assert requests.get(f"{address}/login/", headers={"Host": "elsewhere.example"}, timeout=60).status_code == 400
    post("/login/", {"username": "clerk", "password": PASSWORD}, 302)

    # registered: mistyped, right, by a double click; and a second person entered
    received = today()
    application = {
        "act_title": "行政处罚决定书",
        "act_number": "达市监处罚字〔2026〕1号",
        "acted_on": received - timedelta(days=20),
        "known_on": received - timedelta(days=18),
        "known_ground": "signed",
        "was_told_remedies": "true",
        "matter": "penalty",
        "application_method": "in_person",
        "received_on": received,
        "requests": "撤销该行政处罚决定。",
        "reasons": f"处罚的不是{NAME}。",
        "people-0-name": NAME,
        "people-0-identity_number": MISTYPED,
        "people-0-phone": PHONE,
        "people-0-is_another": "on",
        "respondents-0-known_party": respondent,
        "request_key": "logs-1",
    }
    post("/reconsideration/register/", application, 422)
    for _click in range(2):
        post("/reconsideration/register/", application | {"people-0-identity_number": NUMBER}, 302)
    other = {"kind": "person", "name": OTHER_NAME, "identity_number": OTHER_NUMBER, "request_key": "logs-2"}
    post("/parties/new/", other, 302)

    # looked up by every way, also by addresses that do not exist and ask for too much
    for asked in (NUMBER, PHONE, NAME):
        post("/parties/", {"q": asked}, 302 if asked == NAME else 200)
        session.get(f"{address}/parties/", params={"q": asked}, timeout=60)
        session.get(f"{address}/cases/", params={"q": asked}, timeout=60)
        assert session.get(f"{address}/parties/{asked}x/", timeout=60).status_code == 404
        assert session.get(f"{address}/feeds/{asked}/", timeout=60).status_code == 404
        assert session.put(f"{address}/parties/new/?name={asked}", timeout=60).status_code in (403, 405)
    post("/parties/lookup/", {"q": PHONE})
    session.get(f"{address}/cases/\0{quote(NAME)}", timeout=60)

    # background work that fails with a person in its hand
    job = house.run(CLUMSY)
    if house.environment["CELERY_BROKER_URL"]:
        celery = (
            "-m",
            "celery",
            "-A",
            "casemgr.celery",
            "--quiet",
            "worker",
            "-c",
            "1",
            "-I",
            "tests.support.slow_jobs",
        )
        house.start(sys.executable, *celery, "-l", "INFO")
    else:
        code = "import tests.support.slow_jobs\nfrom django.core.management import call_command\ncall_command('worker')"
        house.start(sys.executable, "-c", house.START + code)
    until = time.monotonic() + 90
    while not (error := house.run(ERROR)):
        assert time.monotonic() < until, house.tail()

    printed = house.log.read_text(errors="replace")
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith('{"at"')]
    assert [entered for entered in ENTERED for form in forms(entered) if form in printed + error] == []
    views = {line.get("view") for line in lines}
    assert {"reconsideration_register", "party_list", "party_lookup", "login"} <= views
    failed = next(line for line in lines if f"job {job} " in line["message"] and "error" in line)
    assert "ValueError" in failed["error"]
    assert "parties_party" in failed["error"]
    assert all("/parties/" not in line["message"] for line in lines)
    assert any("elsewhere.example" in line["message"] for line in lines)  # which host to allow, is said


def test_a_row_that_postgresql_quotes_is_left_out() -> None:
    quoted = (
        'duplicate key value violates unique constraint "one"\nDETAIL:  Key (name)=(王宝音图) already exists.\n'
        "LINE 1: INSERT INTO x VALUES ('王宝音图')\n                              ^\nHINT:  look"
    )
    assert loggable(quoted) == 'duplicate key value violates unique constraint "one"\nHINT:  look'
