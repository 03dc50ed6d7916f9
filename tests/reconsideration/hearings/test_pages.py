"""Pages of hearings: the week, the lists, free times, and the screen that leads through one."""

from __future__ import annotations

from datetime import date, time
from unittest import mock

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.pages.dates import moment
from casemgr.rooms import booking as bookings
from casemgr.rooms.booking import Wanted
from reconsideration.hearings.announcements import Announced, announced_hearings
from reconsideration.hearings.slots import slots, window_of
from tests.support.hearings import HearingFlow, day, under_review
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
PAGES = ("casemgr.actions.record_pages", "reconsideration.hearings.conduct_pages", "casemgr.cases.views")


@pytest.fixture
def flow() -> HearingFlow:
    return under_review()


class At:
    """Inside, pages stand on this day."""

    def __init__(self, today: date) -> None:
        self.patches = [mock.patch(f"{page}.clock_today", lambda: today) for page in PAGES]

    def __enter__(self) -> None:
        for patch in self.patches:
            patch.start()

    def __exit__(self, *_error: object) -> None:
        for patch in self.patches:
            patch.stop()


def test_the_week_shows_rooms_and_people_and_the_list_what_is_missing(client: Client, flow: HearingFlow) -> None:
    hearing = flow.plan()
    client.force_login(flow.office["officer"])
    with At(day(10, 12)):
        week = client.get("/reconsideration/hearings/").content.decode()
        people = client.get("/reconsideration/hearings/?by=person&week=2026-10-12").content.decode()
        missing = client.get("/reconsideration/hearings/all/?show=missing").content.decode()
        page = client.get(hearing.get_absolute_url()).content.decode()
        docket = client.get("/reconsideration/hearings/docket/2026-10-13/")
    assert flow.case.number in week and "听证室" in week and "09:00–11:30" in week
    assert all(name in people for name in ("赵梅", "孙强", "周敏", "吴刚"))
    assert flow.case.number in missing and "最迟应于2026年9月29日" in missing
    assert "未声明" in page and flow.case.title in page
    assert b"".join(docket.streaming_content if docket.streaming else [docket.content]).startswith(b"%PDF")
    client.force_login(person("away", "officer", at=OTHER))
    with At(day(10, 12)):
        assert flow.case.number not in client.get("/reconsideration/hearings/").content.decode()
        assert client.get(hearing.get_absolute_url()).status_code == 404
        assert client.get(f"{hearing.get_absolute_url()}course/").status_code == 404


def test_lists_say_as_the_hearing_does_that_no_time_is_left_to_decide(client: Client, flow: HearingFlow) -> None:
    hearing = flow.plan()
    flow.case.deadlines.filter(rule="R-DEC").update(due_on=hearing.on)
    client.force_login(flow.office["officer"])
    with At(day(10, 12)):
        pages = [
            client.get(address).content.decode()
            for address in (
                hearing.get_absolute_url(),
                flow.case.get_absolute_url(),
                "/reconsideration/hearings/all/",
                "/reconsideration/hearings/all/?show=missing",
            )
        ]
    assert all("听证不停止期限计算" in page for page in pages)
    assert "第62条" in pages[0] and "50(3)" not in pages[0]


def test_the_screen_leads_from_step_to_step_and_saves_each(client: Client, flow: HearingFlow) -> None:
    hearing = flow.plan()
    flow.notify(day(9, 22))
    flow.prepare()
    client.force_login(flow.panel[3])  # the recorder
    base = f"{hearing.get_absolute_url()}course/"
    with At(day(10, 12)):
        assert client.get(f"{base}claim/").status_code == 409  # not before its day
    flow.on(day(10, 13)).attend()
    with At(day(10, 13)):
        assert client.get(base).url == f"{base}rights/"
        shown = client.get(f"{base}rights/").content.decode()
        assert "申请回避" in shown
        sent = {"step": "rights", "text": "身份核对无误。", "seen_version": flow.hearing.version}
        assert client.post(f"{base}rights/", sent).url == f"{base}case/"
        assert flow.hearing.record["rights"] == "身份核对无误。"
        by = flow.case.participations.get(role="applicant")
        item = {"by": by.pk, "name": "现场照片", "proves": "没有违法行为", "opinion": "对真实性有异议"}
        for _time in range(2):
            answer = client.post(f"{base}evidence/", {**item, "seen_version": flow.hearing.version})
        assert answer.url == f"{base}evidence/"
        edited = {**item, "number": 2, "name": "证人证言", "seen_version": flow.hearing.version}
        client.post(f"{base}evidence/", edited)
        assert [one["name"] for one in flow.hearing.record["evidence"]] == ["现场照片", "证人证言"]
        stale = {"step": "claim", "text": "请求撤销。", "seen_version": 1}
        refused = client.post(f"{base}claim/", stale)
        assert refused.status_code == 409 and "请求撤销。" in refused.content.decode()


def test_free_times_respect_notice_decision_room_panel_and_head(client: Client, flow: HearingFlow) -> None:
    """Served by 23 September; six working days on is 9 October. The decision is due on 2 November."""
    window = window_of(flow.case, day(9, 21))
    assert (window.first, window.last) == (day(10, 9), day(10, 19))
    room, member, officer = flow.room, flow.panel[0], flow.office["officer"]
    morning = Wanted(moment(day(10, 9), time(9)), moment(day(10, 9), time(12)), room)
    afternoon = Wanted(moment(day(10, 9), time(14)), moment(day(10, 9), time(18)), None, (member,))
    for taken in (morning, afternoon):
        bookings.book(taken, "meeting", officer)
    found = slots(flow.case, window, [room], [member], 90)
    assert (found[0].on, found[0].starts, found[0].notice_until) == (day(10, 10), time(9), day(9, 24))
    assert all(day(10, 10) <= one.on <= day(10, 19) for one in found)
    client.force_login(flow.office["officer"])
    with At(day(9, 21)):
        page = client.get(f"/reconsideration/hearings/free/{flow.case.pk}/").content.decode()
        assert "planned_on=2026-10-" in page
        form = client.get(
            f"/cases/{flow.case.pk}/actions/reconsideration.plan_hearing/?planned_on=2026-10-13&officers=3,4"
        )
        assert form.status_code == 200 and "2026-10-13" in form.content.decode()


def test_the_public_reads_of_open_hearings_and_of_nobody_by_name(flow: HearingFlow) -> None:
    flow.plan()
    flow.do("announce", is_open="on", announcement="不服行政处罚决定案", seats=20, seats_taken=3, publish="on")
    found = announced_hearings(day(9, 21))
    respondent = flow.case.participations.get(role="respondent").name
    assert found == [Announced(day(10, 13), "09:00", "听证室", "不服行政处罚决定案", respondent, 17)]
    assert announced_hearings(day(10, 14)) == []
    flow.change(planned_on="2026-10-20")
    assert announced_hearings(day(9, 21)) == []  # another day is announced anew
    name = flow.case.participations.get(role="applicant").name
    with pytest.raises(InvalidInput):
        flow.do("announce", is_open="on", announcement=f"{name}诉讼案", seats=20, publish="on")
