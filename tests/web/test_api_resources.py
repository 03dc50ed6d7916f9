"""Records of the common pattern through the API: made, read, acted on, and refused like on their pages."""

from __future__ import annotations

import pytest

from casemgr.jobs.runner import enqueue
from casemgr.notices.models import Notice
from casemgr.organisation.models import User
from casemgr.pages.clock import today as clock_today
from tests.support.api import Program
from tests.support.papers import an_office
from tests.support.register import OFFICE, OTHER, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return an_office().officer


@pytest.fixture
def admin():
    return person("keeper", "admin", at="150621")


def letter() -> dict:
    return {"dock": "court", "kind": "delegated", "organ": "达拉特旗人民法院", "received_on": clock_today().isoformat(),
            "procedure": "reconsideration", "unit": unit(OFFICE).pk, "summary": "相邻关系纠纷"}  # fmt: skip


def test_a_referral_is_registered_and_declined_once(officer) -> None:
    program = Program(officer)
    asked = program.get("/referrals/actions/referral.register").json()
    assert {"organ", "unit"} <= set(asked["schema"]["required"]) and asked["possible"]
    made = program.post("/referrals/actions/referral.register", letter(), **{"Idempotency-Key": "letter-1"})
    assert made.status_code == 201 and made.json()["number"]
    again = program.post("/referrals/actions/referral.register", letter(), **{"Idempotency-Key": "letter-1"})
    assert again.json()["id"] == made.json()["id"]
    address = f"/referrals/{made.json()['id']}"
    assert made["Location"].endswith(address)
    step = f"{address}/actions/referral.decline"
    refused = program.post(step, {"on": clock_today().isoformat()})
    assert refused.status_code == 422 and set(refused.json()["errors"]) == {"reason"}
    reason = {"on": clock_today().isoformat(), "reason": "不属于本机关职责"}
    assert program.post(step, {**reason, "version": 99}).json()["code"] == "stale-version"
    assert program.post(step, reason).status_code == 200
    assert program.post(step, reason).status_code == 409
    listed = program.get("/referrals", {"state": program.get(address).json()["state"]}).json()["items"]
    assert [row["id"] for row in listed] == [made.json()["id"]]
    assert Program(person("elsewhere", "officer", at=OTHER)).get(address).status_code == 404


def test_a_first_password_is_told_once_and_never_again(admin) -> None:
    program = Program(admin)
    made = program.post("/users/actions/organisation.create_user", {"username": "new", "full_name": "白音"})
    assert made.status_code == 201
    assert User.objects.get(username="new").check_password(made.json()["temporary_password"])
    assert "temporary_password" not in program.get(f"/users/{made.json()['id']}").json()


def test_a_token_for_reading_holds_no_pen(admin) -> None:
    reading = Program(admin, "read")
    assert reading.get("/units").status_code == 200
    answer = reading.post("/units/actions/organisation.create_unit", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_the_days_of_a_holiday_notice_are_put_right(admin) -> None:
    program = Program(admin)
    text = "一、元旦：2029年1月1日至5日放假调休，共5天。"
    sent = {"year": 2029, "number": "国办发明电〔2028〕9号", "issued_on": clock_today().isoformat(), "text": text}
    made = program.post("/holiday-notices/actions/calendar.enter_notice", sent).json()
    rows = {"day-0": "2029-01-01", "kind-0": "holiday", "name-0": "元旦"}
    step = f"/holiday-notices/{made['id']}/actions/calendar.correct_notice"
    assert program.post(step, rows).json()["days"] == [["2029-01-01", "holiday", "元旦"]]
    assert program.post(step, {"misspelt-0": "2029-01-01"}).status_code == 422


def test_notices_are_read_and_marked(officer) -> None:
    notice = Notice.objects.create(recipient=officer, kind="test")
    Notice.objects.create(recipient=person("other"), kind="test")
    program = Program(officer)
    assert [row["id"] for row in program.get("/notices", {"unread": "true"}).json()["items"]] == [notice.pk]
    assert program.post(f"/notices/{notice.pk}/read").json() == {"read": 1}
    assert program.get("/notices", {"unread": "true"}).json()["items"] == []
    assert program.post("/notices/read").json() == {"read": 0}


def test_one_asks_ones_own_work_to_stop(officer) -> None:
    job = enqueue("sweep", requested_by=officer.pk)
    program = Program(officer)
    assert program.get(f"/jobs/{job.pk}").json()["status"] == "queued"
    assert program.post(f"/jobs/{job.pk}/cancel").json()["status"] == "cancelled"
    assert program.post(f"/jobs/{job.pk}/retry").json()["status"] == "queued"
    assert Program(person("other")).get(f"/jobs/{job.pk}").status_code == 404


def test_periods_and_working_days_are_computed(officer) -> None:
    program = Program(officer)
    found = program.get("/timelimits/R-ACC", {"start": "2026-11-02"}).json()
    assert found["due"] == "2026-11-09" and found["length"] == 5 and found["not_computed"] is None
    paused = program.get("/timelimits/R-DEC", {"start": "2026-09-01", "suspend": "2026-09-10:"}).json()
    assert paused["due"] is None
    assert program.get("/timelimits/R-DEC", {"start": "2026-09-01", "suspend": "2026-09-31:"}).status_code == 422
    assert program.get("/timelimits/NOTHING", {"start": "2026-09-01"}).status_code == 404
    counted = program.get("/workdays", {"from": "2026-11-02", "to": "2026-11-09"}).json()
    assert counted == {"from": "2026-11-02", "to": "2026-11-09", "working_days": 5, "calendar_status": "published"}
    assert program.get("/workdays", {"from": "2026-11-09", "to": "2026-11-02"}).status_code == 422
    assert "2026-10-01" in {day["date"] for day in program.get("/calendar-years/2026").json()["days"]}
