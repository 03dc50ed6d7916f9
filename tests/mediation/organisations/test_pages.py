"""The pages of organisations as each role meets them, and the demo's organisations."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from casemgr.actions.perform import perform
from casemgr.operation.demo import create_people
from casemgr.operation.sweep import sweep
from casemgr.pages.clock import today as clock_today
from mediation.models import Committee, CoverageSnapshot, DockAgreement, Mediator, Studio
from mediation.organisations import demo
from mediation.organisations.coverage import coverage
from mediation.organisations.findings import findings_of
from tests.support.api import Program
from tests.support.once import runs_once
from tests.support.organisations import (
    active_studio,
    committee_row,
    mediator_row,
    studio_row,
    town,
    whole_committee,
)
from tests.support.register import person
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def clerk(client):
    user = person("town-1", "town", at="150621100")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def test_a_town_enters_a_committee_and_a_mediator_by_the_pages(client, clerk) -> None:
    today = clock_today().isoformat()
    sent = {
        "area": town().pk, "kind": "town", "name": "树林召镇人民调解委员会", "number_word": "树",
        "founded_by": "镇政府", "founded_on": today, "is_multiethnic": "on",
    }  # fmt: skip
    answer = client.post(reverse("committee_new"), sent)
    committee = Committee.objects.get()
    assert answer.url == committee.get_absolute_url()
    sent = {
        "committee": committee.pk, "name": "韩有全", "sex": "M", "ethnicity": "汉族", "position": "chair",
        "how": "elected", "from_on": today, "is_party_member": "unknown",
    }  # fmt: skip
    answer = client.post(reverse("mediator_new"), sent)
    assert answer.url == Mediator.objects.get().get_absolute_url()
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "No woman is a member." in page and "art. 8(3)" in page


def test_others_see_no_personal_particulars(client) -> None:
    committee = whole_committee()
    mediator = mediator_row(committee, "折茂林", ethnicity="达斡尔族")
    reader = person("reader", "mediator", at=committee.unit.code)
    keeper = person("keeper", "committee", at=committee.unit.code)
    for user, shown in ((reader, False), (keeper, True)):
        client.force_login(user)
        assert ("达斡尔族" in client.get(mediator.get_absolute_url()).content.decode()) is shown
        for name in ("mediator_list", "mediator_roster"):
            page = client.get(reverse(name)).content.decode()
            assert "折茂林" in page and "达斡尔族" not in page


def test_a_foreign_town_finds_nothing(client, clerk) -> None:
    studio = studio_row(town("150621101"), (date(2022, 1, 1), None))
    assert studio.short_name not in client.get(reverse("studio_list")).content.decode()
    for row in (studio, studio.committee, studio.name_giver):
        assert client.get(row.get_absolute_url()).status_code == 404


def test_a_refused_step_says_what_is_missing(client, clerk) -> None:
    committee = committee_row()
    giver = mediator_row(committee)
    studio = Studio.objects.create(
        committee=committee, town=town(), name_type="person", name_word=giver.name, name_giver=giver,
        full_name=f"{committee}{giver}调解工作室", short_name=f"{giver}调解工作室",
    )  # fmt: skip
    answer = client.get(reverse("studio_action", args=[studio.pk, "studio.submit"]))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "consent is missing" in text and "The rules for studios ask for more" in text and "3 to 9" in text


def test_the_page_of_the_coverage_keeps_what_was_frozen_apart(client, clerk) -> None:
    studio_row(town(), (date(2022, 3, 1), None))
    section = person("section", "guidance", at="150621")
    perform("coverage.freeze", None, {"on": "2022-12-31", "occasion": "report"}, section, clock_today())
    studio_row(town("150621101"), (date(2022, 12, 1), None))
    page = client.get(reverse("studio_coverage"), {"on": "2022-12-31"}).content.decode()
    assert "2/9 · 22.22 %" in page
    assert "1 of 9." in page and "what was reported stays" in page
    assert client.get(reverse("studio_coverage"), {"on": "soon", "universe": "all"}).status_code == 200


def test_lists_ask_the_same_number_of_questions_for_many(client, clerk, django_assert_max_num_queries) -> None:
    for _ in range(6):
        whole_committee()
    with django_assert_max_num_queries(15):
        client.get(reverse("committee_list"))
    with django_assert_max_num_queries(15):
        client.get(reverse("mediator_list"))


@runs_once
def test_a_signed_agreement_is_kept_and_given_back(client) -> None:
    section = person("section", "guidance", at="150621")
    client.force_login(section)
    day = clock_today().isoformat()
    sent = {
        "dock": "court", "partner": "达拉特旗人民法院", "title": "诉调对接协议", "signed_on": day, "from_on": day,
        "file": SimpleUploadedFile("协议.pdf", a_pdf()),
    }  # fmt: skip
    client.post(reverse("dock_agreement_new"), sent)
    agreement = DockAgreement.objects.get()
    answer = client.get(reverse("dock_agreement_file", args=[agreement.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    committee = whole_committee()
    client.post(
        reverse("dock_agreement_action", args=[agreement.pk, "dock.add_to_roster"]),
        {"committee": committee.pk, "from_on": day},
    )
    # who is on the roster sees the agreement
    client.force_login(person("member", "committee", at=committee.unit.code))
    assert client.get(agreement.get_absolute_url()).status_code == 200
    client.force_login(person("foreign", "committee", at="150621101"))
    assert client.get(agreement.get_absolute_url()).status_code == 404


def test_the_night_freezes_the_year_end() -> None:
    studio_row(town(), (date(2022, 3, 1), None))
    report = sweep(date(2023, 1, 1))
    assert report.errors == []
    assert CoverageSnapshot.objects.filter(on=date(2022, 12, 31)).count() == 6


@runs_once
def test_the_demo_has_missing_towns_and_one_suspended_studio() -> None:
    office, today = create_people("pw"), date(2026, 11, 27)
    demo.load(office, today, 0, 1)
    names = list(Studio.objects.order_by("pk").values_list("short_name", flat=True))
    assert [place.name for place in coverage(today).missing] == ["王爱召镇", "恩格贝镇", "风水梁镇"]
    assert sorted(set(Studio.objects.values_list("state", flat=True))) == [
        "ACTIVE", "APPROVED", "CANCELLED", "SUBMITTED", "SUSPENDED",
    ]  # fmt: skip
    assert sum(bool(found) for found in findings_of(Committee.objects.all(), today).values()) == 1
    assert Mediator.objects.filter(user=office["mediator"], studios_named__state="ACTIVE").exists()
    demo.load(office, today, 0, 1)
    assert names == list(Studio.objects.order_by("pk").values_list("short_name", flat=True))


def test_the_api_tells_of_a_studio_and_takes_its_steps(client) -> None:
    people = SimpleNamespace(
        town=person("town-2", "town", at="150621100"), leader=person("leader-2", "leader", at="150621-SFJ")
    )
    committee = whole_committee()
    giver = mediator_row(committee, position="mediator", how="hired")
    today = clock_today()
    studio = active_studio(committee, giver, people, today)
    program = Program(people.town)
    whole = program.get(f"/studios/{studio.pk}").json()
    assert whole["state"] == "ACTIVE"
    assert "studio.suspend" in [offer["name"] for offer in whole["available_actions"]]
    sent = {"on": today.isoformat(), "reason": "培训"}
    answer = program.post(f"/studios/{studio.pk}/actions/studio.suspend", sent)
    assert answer.status_code == 200, answer.content
    assert coverage(today).covered == 0
