"""The go-live list says what is, now; what a person vouched for falls when it changes. Backups by hand show."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.calendar.models import CalendarYear
from casemgr.jobs.models import Job, ScheduleRun
from casemgr.jobs.runner import HEARTBEAT, run_job
from casemgr.numbering.series import start_at
from casemgr.operation.backup.runs import run
from casemgr.operation.backup.writing import BackupFailed
from casemgr.operation.demo import create_people
from casemgr.operation.golive.checklist import checklist
from casemgr.operation.models import BackupRun
from casemgr.organisation.accounts.models import SecondFactorRule
from casemgr.organisation.models import OfficeParticulars, OfficialSeal
from casemgr.organisation.office import forget
from casemgr.organisation.reference import PARTICULARS, SEALS
from casemgr.pages.clock import today as clock_today
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return person("boss", "admin", at="150621")


@pytest.fixture
def keeper(admin) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def item(code: str):
    return next(found for found in checklist(timezone.now(), clock_today()) if found.code == code)


def make_office_ready() -> None:
    addresses = dict.fromkeys(("address", "basic_court_address", "intermediate_court_address"), "树林召镇")
    OfficeParticulars.objects.create(**PARTICULARS, **addresses, phone="0477-5212345", effective_on=clock_today())
    for code, name in SEALS.items():
        OfficialSeal.objects.create(unit=unit(code), name=name, effective_on=clock_today())
    forget()


def make_people() -> None:
    for role, code in (("officer", "150621-SFJ-FY"), ("head", "150621-SFJ-FY"), ("authority", "150621")):
        person(f"the_{role}", role, at=code)


def publish_calendar() -> None:
    for year in (clock_today().year, clock_today().year + 1):
        CalendarYear.objects.update_or_create(year=year, defaults={"status": "published"})


def beat() -> None:
    ScheduleRun.objects.update_or_create(kind=HEARTBEAT)


def ask_second_factor() -> None:
    for role in ("admin", "auditor"):
        SecondFactorRule.objects.create(role=role, required_from=clock_today())


def start_series() -> None:
    start_at("reconsideration.decision", clock_today().year, 12, reason="纸质登记簿")


@pytest.mark.parametrize(
    ("code", "settle"),
    [
        ("office", make_office_ready),
        ("seals", make_office_ready),
        ("courts", make_office_ready),
        ("users", make_people),
        ("second_factor", ask_second_factor),
        ("series", start_series),
        ("calendar", publish_calendar),
        ("worker", beat),
    ],
)
def test_an_item_is_open_until_it_is_so(code: str, settle) -> None:
    CalendarYear.objects.all().delete()
    assert not item(code).is_done
    settle()
    assert item(code).is_done


def test_what_the_servers_settings_say(settings, tmp_path) -> None:
    assert not item("transport").is_done
    assert not item("messages").is_done
    settings.SECURE_TRANSPORT = True
    settings.EMAIL_HOST, settings.SMS_GATEWAY = "mail.example", "casemgr.notices.sending.HttpGateway"
    settings.VAR_DIR = tmp_path / "var"
    settings.SEAL_HEADS_FILE = tmp_path / "var" / "seals" / "heads.txt"
    assert not item("heads").is_done
    settings.SEAL_HEADS_FILE = tmp_path / "elsewhere" / "heads.txt"
    assert not item("site").is_done
    settings.SITE_URL = "https://casemgr.example"
    assert all(item(code).is_done for code in ("transport", "messages", "heads", "site"))


def test_a_role_left_without_a_second_factor_is_named_and_may_be_vouched_for(admin) -> None:
    SecondFactorRule.objects.create(role="admin", required_from=clock_today())
    SecondFactorRule.objects.create(role="auditor", required_from=None)
    found = item("second_factor")
    assert not found.is_done and found.seen.mark == "auditor"
    asked = {"item": "second_factor", "note": "审计员只在内网核对，领导已批准"}
    perform("operation.confirm_item", None, asked, admin, clock_today())
    assert item("second_factor").is_confirmed
    SecondFactorRule.objects.filter(role="admin").update(required_from=None)
    assert not item("second_factor").is_done


def test_demo_accounts_are_named() -> None:
    assert item("no_demo").is_done
    create_people("dalad-demo")
    assert "officer" in item("no_demo").seen.detail


def test_a_person_vouches_for_the_keys_and_it_falls_when_they_change(admin, settings) -> None:
    settings.FIELD_KEYS = "k1:" + "1" * 64
    perform("operation.confirm_item", None, {"item": "keys", "note": "保险柜"}, admin, clock_today())
    assert item("keys").is_confirmed
    settings.FIELD_KEYS = "k2:" + "2" * 64 + ",k1:" + "1" * 64
    assert not item("keys").is_done


def test_what_the_system_sees_nobody_vouches_for(admin) -> None:
    with pytest.raises(InvalidInput):
        perform("operation.confirm_item", None, {"item": "worker", "note": "ok"}, admin, clock_today())


def test_the_page_lists_everything_and_takes_a_confirmation(keeper: Client) -> None:
    text = keeper.get(reverse("go_live")).content.decode()
    assert text.count("<tr>") == 17
    address = reverse("go_live_confirm", args=["keys"])
    assert keeper.post(address, {"item": "keys", "note": ""}).status_code == 422
    assert (
        "保险柜第二层" in keeper.post(address, {"item": "keys", "note": "保险柜第二层"}, follow=True).content.decode()
    )
    assert keeper.get(reverse("go_live_confirm", args=["worker"])).status_code == 404


class TestBackups:
    def test_a_backup_now_is_queued_once_made_checked_and_shown(self, keeper: Client, settings, tmp_path) -> None:
        settings.BACKUP_DIR = str(tmp_path / "backups")
        for _click in range(2):
            keeper.post(reverse("backup_now"))
        job = run_job(Job.objects.get(kind="backup").pk)
        assert job.status == Job.State.DONE, job.error
        made = BackupRun.objects.get()
        assert made.is_good
        assert made.size > 0
        assert made.verified_at is not None
        assert item("backup").is_done
        keeper.cookies["django_language"] = "en"
        for name in ("administration", "backup_list"):
            text = keeper.get(reverse(name)).content.decode()
            assert "Last good backup" in text
            assert "read back and checked" in text

    def test_an_old_one_warns(self, keeper: Client) -> None:
        BackupRun.objects.create(folder="x", is_good=True)
        BackupRun.objects.update(at="2026-01-01T00:00:00+08:00")
        keeper.cookies["django_language"] = "en"
        assert "older than a day" in keeper.get(reverse("administration")).content.decode()

    def test_without_a_folder_it_says_what_to_do(self, keeper: Client, settings) -> None:
        settings.BACKUP_DIR = ""
        keeper.post(reverse("backup_now"))
        assert not Job.objects.exists()

    def test_a_backup_that_cannot_be_read_back_is_no_good_one(self, tmp_path, monkeypatch) -> None:
        from casemgr.operation.backup import runs, writing

        def damaging(folder, now):
            manifest = writing.write_backup(folder, now)
            (folder / "tables" / "organisation_unit.jsonl.gz").write_bytes(b"")
            return manifest

        monkeypatch.setattr(runs, "write_backup", damaging)
        with pytest.raises(BackupFailed):
            run(tmp_path / "b", timezone.now())
        assert not BackupRun.objects.get().is_good
