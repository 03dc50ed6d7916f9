"""Screening: patrols, leads and what becomes of them, campaigns with their returns, key disputes, reminders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casemgr.actions.errors import ActionError, Forbidden, NotVisible
from casemgr.actions.perform import perform
from casemgr.notices.models import Notice
from casemgr.operation.sweep import sweep
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today as clock_today
from mediation.campaigns import figures
from mediation.campaigns.periods import Stretch, stretches
from mediation.models import Campaign, CampaignReturn, KeyDispute, Lead, MediationCase, Patrol
from tests.support.mediation import TOWN, committee
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BEGIN = date(2026, 11, 2)


@pytest.fixture
def mediator():
    return person("m", "mediator", at=committee().code, full_name="刘根喜")


@pytest.fixture
def clerk():
    return person("town", "town", at=TOWN)


@pytest.fixture
def bureau():
    return person("section", "guidance", at="150621")


def campaign(by, *, units=(TOWN, "150621101"), until=date(2026, 11, 30), cadence="half_month", **data) -> Campaign:
    sent = {
        "name": "调解促稳定",
        "from_on": BEGIN.isoformat(),
        "until_on": until.isoformat(),
        "tasks": "普遍排查，就地化解",
        "cadence": cadence,
        "due_days": 2,
        "units": [unit(code).pk for code in units],
    }
    return perform("campaign.set_up", None, sent | data, by, TODAY)


def patrol(by, on=TODAY, **data) -> Patrol:
    sent = {"unit": committee().pk, "on": on.isoformat(), "place": "新民村", "people": "刘根喜、网格员"}
    return perform("patrol.record", None, sent | data, by, TODAY)


def lead(by, found_on=TODAY, **data) -> Lead:
    sent = {
        "unit": committee().pk,
        "found_on": found_on.isoformat(),
        "source": "patrol",
        "found_by": "刘根喜",
        "place": "新民村二社",
        "dispute_type": "0702",
        "summary": "两户因草牧场围栏争执",
        "people": 7,
        "urgency": "ordinary",
    }
    return perform("lead.record", None, sent | data, by, TODAY)


def settle(found: Lead, by, on=TODAY) -> Lead:
    sent = {"on": on.isoformat(), "outcome": "当场讲清，围栏移回原位", "nothing_to_mediate": "on"}
    return perform("lead.settle_on_spot", found, sent, by, TODAY)


def refused(call, *args) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("once", [(2, 30)]),
        ("month", [(2, 30)]),
        ("half_month", [(2, 15), (16, 30)]),
        ("week", [(2, 8), (9, 15), (16, 22), (23, 29), (30, 30)]),
    ],
)
def test_a_campaign_is_cut_into_stretches_without_gap(cadence, expected) -> None:
    found = list(stretches(cadence, BEGIN, date(2026, 11, 30)))
    assert found == [Stretch(date(2026, 11, a), date(2026, 11, b)) for a, b in expected]


def test_months_end_on_their_last_day_and_years_follow_each_other() -> None:
    found = list(stretches("month", date(2026, 12, 10), date(2027, 3, 5)))
    assert [stretch.until_on for stretch in found] == [
        date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 5),
    ]  # fmt: skip


def test_a_lead_counts_in_screening_and_is_no_case(mediator) -> None:
    found = lead(mediator)
    assert str(found) == "达排查〔2026〕1号"
    assert (found.dispute_type, found.sub_type) == ("07", "0702")
    assert not MediationCase.objects.exists()
    town = unit(TOWN)
    assert figures.leads_found(town, TODAY, TODAY).count() == 1
    assert figures.prevented(town, TODAY, TODAY).count() == 0


def test_a_lead_becomes_a_case_once_with_what_is_known(client, mediator) -> None:
    found = lead(mediator)
    client.force_login(mediator)
    page = client.get(f"{reverse('mediation_register')}?lead={found.pk}").content.decode()
    assert "两户因草牧场围栏争执" in page and str(found) in page
    sent = {
        "lead": found.pk,
        "sub_source": "patrol",
        "found_how": str(found),
        "dispute_type": "0702",
        "place": "新民村二社",
        "summary": "草牧场围栏",
        "people-0-name": "王宝音",
        "people-0-role": "applicant",
        "people-0-kind": "person",
        "people-1-name": "李四",
        "people-1-role": "respondent",
        "people-1-kind": "person",
        "unit": committee().pk,
        "number_of_people": 7,
    }
    answer = client.post(reverse("mediation_register"), sent)
    assert answer.status_code == 302, answer.content.decode()
    case = MediationCase.objects.get()
    found.refresh_from_db()
    assert (found.state, found.case_id) == ("CONVERTED", case.pk)
    assert (case.facts.source, case.facts.sub_source, case.facts.found_how) == ("own_motion", "patrol", str(found))
    assert case.state == "REGISTERED"  # of own motion: nobody has agreed yet
    again = client.post(reverse("mediation_register"), sent | {"people-0-name": "赵六"})
    assert again.status_code == 422 and MediationCase.objects.count() == 1
    page = client.get(found.get_absolute_url()).content.decode()
    assert case.number in page
    assert figures.sums(unit(TOWN), TODAY, clock_today()).found == 1


@pytest.mark.parametrize(
    ("step", "sent", "state"),
    [
        ("lead.hand_over", {"handed_to": "派出所", "outcome": "涉嫌治安案件，请处理"}, "HANDED_OVER"),
        ("lead.drop", {"outcome": "误报，双方系玩笑"}, "DROPPED"),
    ],
)
def test_the_other_ends_need_their_reason(mediator, clerk, step, sent, state) -> None:
    found, on = lead(mediator), {"on": TODAY.isoformat()}
    assert "outcome" in refused(perform, step, found, {**sent, **on, "outcome": ""}, mediator, TODAY)
    ended = perform(step, found, sent | on, mediator, TODAY)
    assert (ended.state, ended.done_on) == (state, TODAY)
    assert figures.prevented(unit(TOWN), TODAY, TODAY).count() == 0
    with pytest.raises(Forbidden):
        perform("lead.take_up_again", ended, {"on": TODAY.isoformat(), "reason": "又起争执"}, mediator, TODAY)
    again = perform("lead.take_up_again", ended, {"on": TODAY.isoformat(), "reason": "又起争执"}, clerk, TODAY)
    assert (again.state, again.done_on) == ("FOUND", None)


def test_prevented_is_only_what_needed_no_mediation_on_the_day_it_ended(mediator) -> None:
    found = lead(mediator, date(2026, 10, 30))
    unsaid = {"on": TODAY.isoformat(), "outcome": "双方达成口头协议"}
    assert refused(perform, "lead.settle_on_spot", found, unsaid, mediator, TODAY) == {"nothing_to_mediate"}
    early = {**unsaid, "on": "2026-10-29", "nothing_to_mediate": "on"}
    assert refused(perform, "lead.settle_on_spot", found, early, mediator, TODAY) == {"on"}
    settle(found, mediator)
    town = unit(TOWN)
    assert figures.leads_found(town, date(2026, 10, 1), date(2026, 10, 31)).count() == 1
    assert figures.prevented(town, date(2026, 10, 1), date(2026, 10, 31)).count() == 0
    assert figures.prevented(town, date(2026, 11, 1), date(2026, 11, 30)).count() == 1
    assert figures.prevented(unit("150621101"), date(2026, 11, 1), date(2026, 11, 30)).count() == 0
    assert figures.prevented(unit("150621"), date(2026, 11, 1), date(2026, 11, 30)).count() == 1


def test_a_struck_patrol_is_not_counted(mediator) -> None:
    rows = [patrol(mediator), patrol(mediator, date(2026, 11, 20))]
    perform("patrol.strike", rows[0], {"on": TODAY.isoformat(), "reason": "重复"}, mediator, TODAY)
    assert list(figures.patrols(unit(TOWN), BEGIN, TODAY)) == [rows[1]]


def test_what_a_campaign_counts_was_done_in_it(mediator, bureau) -> None:
    drive = campaign(bureau)
    with pytest.raises(ActionError):
        patrol(mediator, date(2026, 11, 1), campaign=drive.pk)
    patrol(mediator, campaign=drive.pk)
    patrol(mediator)
    assert figures.patrols(unit(TOWN), BEGIN, TODAY, drive).count() == 1
    assert figures.patrols(unit(TOWN), BEGIN, TODAY).count() == 2


def test_every_town_owes_its_returns_with_their_days(bureau, clerk) -> None:
    drive = campaign(bureau)
    rows = CampaignReturn.objects.filter(campaign=drive, unit=unit(TOWN))
    # 15 November is a Sunday: two working days later is Tuesday 17; after Monday 30 Wednesday 2 December
    assert list(rows.values_list("until_on", "due_on")) == [
        (date(2026, 11, 15), date(2026, 11, 17)),
        (date(2026, 11, 30), date(2026, 12, 2)),
    ]
    assert CampaignReturn.objects.count() == 4
    perform("campaign.extend", drive, {"until_on": "2026-12-15", "reason": "上级延期"}, bureau, TODAY)
    assert CampaignReturn.objects.count() == 6
    with pytest.raises(Forbidden):
        perform("campaign.end", drive, {"on": TODAY.isoformat(), "reason": "停"}, clerk, TODAY)
    perform("campaign.end", drive, {"on": TODAY.isoformat(), "reason": "上级决定"}, bureau, TODAY)
    assert {row.from_on for row in CampaignReturn.objects.open()} == {BEGIN, date(2026, 11, 16)}


def test_zero_reports_are_said_and_never_guessed(mediator, clerk, bureau) -> None:
    drive = campaign(bureau)
    first, second = CampaignReturn.objects.filter(unit=unit(TOWN)).order_by("from_on")
    assert refused(perform, "campaign.hand_in", first, {}, clerk, TODAY) == {"is_zero"}
    zero = perform("campaign.hand_in", first, {"is_zero": "on"}, clerk, TODAY)
    assert zero.is_zero and zero.figures["found"] == 0 and zero.submitted_by == clerk
    lead(mediator, campaign=drive.pk)
    assert refused(perform, "campaign.hand_in", second, {"is_zero": "on"}, clerk, date(2026, 11, 30)) == {"is_zero"}
    assert refused(perform, "campaign.hand_in", second, {}, clerk, TODAY) == {"not-over"}
    with pytest.raises(NotVisible):
        perform("campaign.hand_in", second, {}, mediator, date(2026, 11, 30))
    done = perform("campaign.hand_in", second, {}, clerk, date(2026, 11, 30))
    assert (done.figures["found"], done.figures["people"], done.figures["waiting"]) == (1, 7, 1)


def test_a_return_stays_as_handed_in_until_it_is_sent_back(mediator, clerk, bureau) -> None:
    drive = campaign(bureau)
    first = CampaignReturn.objects.filter(unit=unit(TOWN)).order_by("from_on").first()
    perform("campaign.hand_in", first, {"is_zero": "on"}, clerk, TODAY)
    lead(mediator, date(2026, 11, 12), campaign=drive.pk)
    first.refresh_from_db()
    assert first.figures["found"] == 0
    assert perform("campaign.send_back", first, {"reason": "12日的线索未计"}, bureau, TODAY).submitted_on is None
    assert Notice.objects.filter(recipient=clerk, kind="campaign_return_back").exists()
    assert perform("campaign.hand_in", first, {}, clerk, TODAY).figures["found"] == 1
    assert 0 in [row.figures.get("found") for row in first.history.all()]


def test_a_key_dispute_has_somebody_who_answers_a_day_and_progress(mediator, clerk) -> None:
    found = lead(mediator, urgency="critical", risk_flags=["fight"])
    sent = {"unit": committee().pk, "title": "草牧场围栏群体纠纷", "why_key": "涉及两社三十余户", "lead": found.pk,
            "responsible": "张建平", "due_on": "2026-12-10"}  # fmt: skip
    assert refused(perform, "key_dispute.enter", None, {**sent, "responsible": ""}, clerk, TODAY) == {"responsible"}
    with pytest.raises(Forbidden):
        perform("key_dispute.enter", None, sent, mediator, TODAY)
    row = perform("key_dispute.enter", None, sent, clerk, TODAY)
    row = perform("key_dispute.add_progress", row, {"on": TODAY.isoformat(), "text": "已入户"}, clerk, TODAY)
    assert [one.text for one in row.progress.all()] == ["已入户"]
    town = unit(TOWN)
    assert figures.sums(town, BEGIN, TODAY).key_open == 1
    row = perform("key_dispute.resolve", row, {"on": TODAY.isoformat(), "result": "已签协议"}, clerk, TODAY)
    assert (figures.sums(town, BEGIN, TODAY).key_open, figures.sums(town, BEGIN, TODAY).key_resolved) == (0, 1)
    assert refused(perform, "key_dispute.add_progress", row, {"on": TODAY.isoformat(), "text": "又"}, clerk, TODAY)


def test_the_night_reminds_once_per_step(mediator, clerk, bureau) -> None:
    campaign(bureau)
    lead(mediator, urgency="critical")
    KeyDispute.objects.create(unit=unit(TOWN), title="重点", why_key="多户", entered_on=TODAY, responsible="张建平",
                              due_on=date(2026, 11, 30))  # fmt: skip

    def told(on: date) -> list[str]:
        before = set(Notice.objects.values_list("pk", flat=True))
        assert sweep(on).errors == []
        rows = Notice.objects.filter(recipient=clerk).exclude(pk__in=before)
        return sorted(rows.values_list("kind", flat=True))

    assert told(TODAY) == ["campaign_return_late"]  # due on the 17th
    assert told(TODAY) == []
    assert Notice.objects.filter(recipient=mediator, kind="lead_waiting").count() == 0
    sweep(TODAY + timedelta(days=1))
    assert Notice.objects.filter(recipient=mediator, kind="lead_waiting").count() == 1
    assert "key_dispute_due" in told(date(2026, 11, 27))
    assert "campaign_return_due" in told(date(2026, 12, 1))


def test_each_sees_and_changes_only_their_own_towns(client, mediator, bureau) -> None:
    found, round_ = lead(mediator), patrol(mediator)
    drive = campaign(bureau, units=(TOWN,))
    foreign = person("foreign", "town", at="150621101")
    client.force_login(foreign)
    for row in (found, round_, drive, drive.returns.first()):
        assert client.get(row.get_absolute_url()).status_code == 404
    assert str(found) not in client.get(reverse("lead_list"), {"show": "all"}).content.decode()
    client.force_login(mediator)
    assert client.get(drive.get_absolute_url()).status_code == 200
    client.force_login(bureau)
    page = client.get(drive.get_absolute_url()).content.decode()
    assert "树林召" in page


@pytest.mark.parametrize("asked", ["²", "9" * 30, "-1"])
def test_an_id_that_is_none_is_no_fault_of_the_server(client, clerk, asked: str) -> None:
    client.force_login(clerk)
    for name, field in (("lead_list", "campaign"), ("patrol_list", "campaign"), ("key_dispute_new", "lead"),
                        ("lead_new", "patrol"), ("reminder_new", "case")):  # fmt: skip
        assert client.get(reverse(name), {field: asked}).status_code == 200
        assert client.post(reverse(name), {field: asked}).status_code in (200, 403, 405, 422)


def test_pages_ask_the_same_number_of_questions_for_many(client, mediator, bureau, django_assert_max_num_queries):
    drive = campaign(bureau, units=(TOWN,))
    for _ in range(6):
        lead(mediator, patrol=patrol(mediator, campaign=drive.pk).pk, campaign=drive.pk)
    client.force_login(mediator)
    for name in ("screening", "lead_list", "patrol_list", "key_dispute_list", "campaign_list", "campaign_return_list"):
        with django_assert_max_num_queries(18):
            assert client.get(reverse(name)).status_code == 200
    client.force_login(bureau)
    whole = campaign(bureau, units=Unit.objects.filter(kind="town").values_list("code", flat=True))
    assert whole.taking_part.count() == 9
    with django_assert_max_num_queries(22):
        assert client.get(whole.get_absolute_url()).status_code == 200


def test_a_round_and_a_lead_are_entered_by_the_pages(client, mediator, bureau) -> None:
    client.force_login(mediator)
    today = clock_today().isoformat()
    page = client.get(reverse("patrol_new")).content.decode()
    assert "刘根喜" in page
    sent = {"unit": committee().pk, "on": today, "place": "新民村", "people": "刘根喜"}
    answer = client.post(reverse("patrol_new"), sent)
    row = Patrol.objects.get()
    assert answer.url == row.get_absolute_url()
    page = client.get(f"{reverse('lead_new')}?patrol={row.pk}").content.decode()
    assert f'<option value="{row.pk}" selected' in page
    sent = {"unit": committee().pk, "found_on": today, "source": "patrol", "found_by": "刘根喜", "place": "新民村",
            "dispute_type": "02", "summary": "滴水", "people": 2, "urgency": "ordinary", "patrol": row.pk}  # fmt: skip
    answer = client.post(reverse("lead_new"), sent)
    assert answer.url == Lead.objects.get().get_absolute_url()
    assert client.get(answer.url).status_code == 200
