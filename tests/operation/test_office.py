"""A whole office started by one script: PostgreSQL, Redis, three web processes behind a balancer, two workers, beat."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings

from tests.support import services
from tests.support.once import runs_once

pytestmark = [pytest.mark.processes, runs_once]
START = "import json, os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'casemgr.settings'; django.setup()\n"
PASSWORD = "达拉特-office-2026"
CLERKS, CASES_EACH, JOBS = 4, 4, 10
PEOPLE_AND_JOBS = f"""
from tests.support.register import person
for number in range({CLERKS}):
    clerk = person(f'clerk{{number}}', 'officer')
    clerk.set_password({PASSWORD!r})
    clerk.save()
from casemgr.parties.models import Party
import tests.support.slow_jobs
from casemgr.jobs.runner import enqueue
for _number in range({JOBS}):
    enqueue('support.slow', pieces=2)
print(Party.objects.get(name='达拉特旗市场监督管理局').pk)
"""
JOBS_SEEN = """
from casemgr.jobs.models import Job, ScheduleRun
from casemgr.jobs.runner import schedule
pieces = list(ScheduleRun.objects.filter(kind__startswith='slow-').values_list('kind', flat=True))
rows = [dict(kind=j.kind, status=j.status, attempts=j.attempts, key=j.unique_key, process=j.result.get('process'))
        for j in Job.objects.all()]
print(json.dumps(dict(jobs=rows, pieces=pieces, scheduled=[entry.kind for entry in schedule()])))
"""
NUMBERS = """
from casemgr.cases.models import Case
print(json.dumps(list(Case.objects.order_by('number_sequence').values_list('number_sequence', flat=True))))
"""


class Office:
    """The running script, and what it said when it was ready."""

    def __init__(self, folder: Path, database: str, broker: str) -> None:
        self.environment = {
            **os.environ,
            "CASEMGR_VAR": str(folder / "office"),
            "FONT_DIR": str(settings.FONT_DIR),
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": broker,
            "PORT": "",
        }
        self.log = folder / "office.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.office", "--load", "tests.support.slow_jobs"],
                env=self.environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.tail()
        ready = json.loads(line)
        self.address, self.web, self.ids = ready["address"], ready["web"], ready["processes"]

    def python(self, code: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", START + code],
            env=self.environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.strip().splitlines()[-1])

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with services.postgresql() as database, services.redis() as broker:
        if database is None or broker is None:
            pytest.skip("PostgreSQL or Redis is not installed")
        running = Office(tmp_path, database, broker)
        try:
            yield running
        finally:
            if running.process.poll() is None:
                running.stop()


class Clerk:
    """A person with a browser's cookies."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.session = address, requests.Session()
        self.session.headers["Referer"] = address
        self.get("/login/")
        assert self.post("/login/", {"username": name, "password": PASSWORD}).status_code == 302

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=30)

    def post(self, path: str, data: dict) -> requests.Response:
        sent = {**data, "csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        return self.session.post(self.address + path, sent, timeout=30, allow_redirects=False)


def application(respondent: int, clerk: int, number: int) -> dict[str, str]:
    from casemgr.pages.clock import today

    received = today()
    return {
        "act_title": "行政处罚决定书",
        "act_number": f"达市监处罚字〔2026〕{clerk}{number:02d}号",
        "acted_on": (received - timedelta(days=20)).isoformat(),
        "known_on": (received - timedelta(days=18)).isoformat(),
        "known_ground": "signed",
        "was_told_remedies": "true",
        "matter": "penalty",
        "application_method": "in_person",
        "received_on": received.isoformat(),
        "requests": "撤销该行政处罚决定。",
        "reasons": "作出处罚前没有听取陈述和申辩。",
        "people-0-name": f"申请人{'甲乙丙丁'[clerk]}{'子丑寅卯'[number]}",
        "people-0-identity_kind": "NONE",
        "people-0-identity_note": "未带证件",
        "people-0-is_another": "on",
        "respondents-0-known_party": str(respondent),
        "request_key": f"office-{clerk}-{number}",
    }


@pytest.mark.long
def test_an_office_works_while_one_web_process_is_killed(office: Office) -> None:
    respondent = office.python(PEOPLE_AND_JOBS)
    clerks = [Clerk(office.address, f"clerk{number}") for number in range(CLERKS)]

    # the balancer spreads them over three processes; one of them is killed half-way
    victim = f"web-{office.web[0]}"

    def register(number: int) -> None:
        for case in range(CASES_EACH):
            if (number, case) == (0, 1):
                os.kill(office.ids[victim], signal.SIGKILL)
            sent = application(respondent, number, case)
            for _attempt in range(20):  # the same click, as a person whose page did not come repeats it
                try:
                    answer = clerks[number].post("/reconsideration/register/", sent)
                except requests.ConnectionError:
                    time.sleep(0.2)
                    continue
                assert answer.status_code == 302, answer.text[:3000]
                break
            else:
                raise AssertionError("no web process answered")

    with ThreadPoolExecutor(CLERKS) as pool:
        list(pool.map(register, range(CLERKS)))
    assert office.python(NUMBERS) == list(range(1, CLERKS * CASES_EACH + 1))

    # every part says that it works, and the killed process came back
    until = time.monotonic() + 60
    while (ready := requests.get(f"{office.address}/readyz", timeout=10)).status_code != 200:
        assert time.monotonic() < until, ready.text
        time.sleep(0.5)
    assert {"database", "broker", "storage", "worker"} <= ready.json()["checks"].keys()
    assert set(ready.json()["checks"].values()) == {"ok"}
    while not answers(office.web[0]):
        assert time.monotonic() < until, office.tail()
        time.sleep(0.2)
    registered = 'casemgr_requests_total{method="POST",status="302",view="reconsideration_register"}'
    figures = requests.get(f"http://127.0.0.1:{office.web[1]}/metrics", timeout=10).text
    counted = next(line for line in figures.splitlines() if line.startswith(registered))
    assert float(counted.split()[-1]) >= CLERKS * CASES_EACH  # of all processes, also of the killed one

    # both workers worked, each job was done once, the schedule was asked for once
    until = time.monotonic() + 60
    seen = office.python(JOBS_SEEN)
    while any(job["status"] != "done" for job in seen["jobs"]):
        assert time.monotonic() < until, (seen, office.tail())
        seen = office.python(JOBS_SEEN)
    slow = [job for job in seen["jobs"] if job["kind"] == "support.slow"]
    assert len(slow) == JOBS
    assert len({job["process"] for job in slow}) == 2
    assert len(seen["pieces"]) == len(set(seen["pieces"])) == JOBS * 2
    assert {job["attempts"] for job in seen["jobs"]} == {1}
    scheduled = [job["key"] for job in seen["jobs"] if job["kind"] in seen["scheduled"]]
    assert scheduled
    assert len(scheduled) == len(set(scheduled))

    # a real answer over the wire
    page = clerks[1].get("/work/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert clerks[1].get("/static/css/app.css").headers["X-Content-Type-Options"] == "nosniff"

    assert office.stop() == 0
    assert not any(map(answers, office.web))
    assert not any(Path(f"/proc/{pid}").exists() for pid in office.ids.values())


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
