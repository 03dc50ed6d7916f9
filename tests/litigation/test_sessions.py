"""Court sessions through the actions: summons, heads, absences, records, and how appearances follow."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casemgr.actions import registry
from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from litigation.models import Appearance, CourtSession, Standing
from litigation.terms import Seen
from tests.support.litigation import GOVERNMENT, Suit, agency_id, department
from tests.support.register import queries

pytestmark = pytest.mark.django_db
SUMMONED, HEARD = date(2026, 6, 20), date(2026, 6, 30)


def answered(**changes) -> Suit:
    suit = Suit(date(2026, 6, 5), **changes)
    for standing in Standing.objects.filter(in_instance__case_id=suit.pk):
        suit.on(date(2026, 6, 10)).act("answer", party=standing.participation.party_id, on=date(2026, 6, 10))
    return suit


def planned(called: bool = False, **changes) -> Suit:
    suit = answered(**changes)
    suit.on(SUMMONED).act(
        "plan_session",
        on=SUMMONED,
        kind="session",
        planned_on=HEARD,
        starts=time(9, 0),
        place="第三审判庭",
        called=[one.pk for one in Standing.objects.filter(in_instance__case_id=suit.pk)] if called else [],
        **({"head_notice_on": SUMMONED} if called else {}),
    )
    return suit


def joint() -> dict:
    return {
        "agencies": [
            {"known_party": agency_id(), "received_on": date(2026, 6, 1)},
            {"known_party": agency_id(GOVERNMENT), "received_on": date(2026, 6, 1), "role": "co_defendant",
             "deed": "reconsidered"},
        ],
        "after_reconsideration": "upheld",
    }  # fmt: skip


def session_of(suit: Suit) -> CourtSession:
    return CourtSession.objects.filter(in_instance__case_id=suit.pk).latest("pk")


def standing_of(suit: Suit, name: str = "") -> Standing:
    found = Standing.objects.filter(in_instance=suit.instance).order_by("pk")
    return found.get(participation__name=name) if name else found.first()


def named(suit: Suit, standing: Standing | None = None, **changes) -> None:
    data = {"head_name": "李建国", "head_post": "副局长", "head_category": "deputy", **changes}
    suit.act("name_head", session=session_of(suit).pk, standing=(standing or standing_of(suit)).pk, on=suit.day, **data)


def held(suit: Suit, on: date = HEARD, session: CourtSession | None = None, **by_standing) -> None:
    """`came=[…]` standings whose head came; further fields as `head_came_7=…`."""
    came = by_standing.pop("came", [])
    data = dict(by_standing)
    for standing in came:
        data |= {
            f"head_came_{standing.pk}": True,
            f"head_name_{standing.pk}": "李建国",
            f"head_category_{standing.pk}": "deputy",
            f"certificate_on_{standing.pk}": on,
        } | {key: value for key, value in by_standing.items() if key.endswith(f"_{standing.pk}")}
    chosen = session or session_of(suit)
    suit.on(max(on, suit.day)).act("record_session", session=chosen.pk, on=on, **data)


def test_a_summons_plans_a_session_and_its_notice_calls_the_head():
    suit = planned(called=True)
    assert suit.state == "HEARING_SET"
    assert suit.case.facts.is_appearance_owed
    entry = suit.case.events.get(kind="session_planned")
    assert entry.subject == "instance:1/session:1"
    assert (entry.data["planned_on"], entry.data["calls_head"]) == ("2026-06-30", True)
    assert suit.due("L-SUMMON") == date(2026, 6, 27)  # three days before
    assert (suit.status("L-SUMMON"), suit.status("L-HEADNOTICE")) == ("met", "met")


def test_without_the_court_s_notice_no_clock_of_the_notice_runs():
    suit = planned()
    assert suit.due("L-HEADNOTICE") is None


def test_trap_20_only_a_head_of_the_agency_can_be_named():
    suit = planned()
    for category in ("subordinate", "staff"):
        with pytest.raises(GuardRefused) as refused:
            named(suit, head_category=category)
        assert refused.value.refusals[0].code == "not-a-head"
    named(suit)
    assert Appearance.objects.get(session=session_of(suit)).head_name == "李建国"


def test_the_head_of_the_justice_bureau_is_no_head_of_the_banner_s_government():
    suit = planned(**joint())
    government = standing_of(suit, GOVERNMENT)
    with pytest.raises(GuardRefused) as refused:
        named(suit, government, head_post="旗司法局局长", head_category="in_charge")
    assert refused.value.refusals[0].code == "head-of-a-bureau"
    named(suit, government, head_post="副旗长、旗公安局局长", head_category="deputy")
    named(suit, standing_of(suit, "达拉特旗公安局"), head_post="局长", head_category="principal")


def test_a_head_with_certificate_who_came_counts_as_attended():
    suit = planned()
    standing = standing_of(suit)
    named(suit)
    suit.act("file_certificate", session=session_of(suit).pk, standing=standing.pk, on=suit.day)
    held(suit, came=[standing], **{f"spoke_{standing.pk}": True})
    standing.refresh_from_db()
    assert (standing.seen, standing.heard_on, standing.remarks) == (Seen.ATTENDED, HEARD, [])
    assert (suit.instance.seen, suit.state) == (Seen.ATTENDED, "TRIED")
    assert suit.case.events.get(kind="session_held").data["came"] == ["达拉特旗公安局"]


def test_another_head_needs_another_certificate():
    suit = planned()
    standing = standing_of(suit)
    named(suit)
    suit.act("file_certificate", session=session_of(suit).pk, standing=standing.pk, on=suit.day)
    named(suit, head_name="王军")
    assert Appearance.objects.get(session=session_of(suit)).certificate_on is None


def test_a_lawyer_alone_is_a_fault():
    suit = planned()
    standing = standing_of(suit)
    held(suit, **{f"lawyers_{standing.pk}": "张律师"})
    standing.refresh_from_db()
    assert standing.seen == Seen.ABSENT
    assert standing.remarks == ["unexplained", "nobody", "lawyer_only"]


def test_a_good_reason_with_papers_until_the_court_rejects_it():
    suit = planned()
    standing = standing_of(suit)
    suit.act(
        "explain_absence", session=session_of(suit).pk, standing=standing.pk, on=suit.day, ground="duty",
        reason="参加防汛抢险", has_papers=True,
    )  # fmt: skip
    held(suit, **{f"staff_{standing.pk}": "王科长"})
    standing.refresh_from_db()
    assert standing.seen == Seen.JUSTIFIED
    row = Appearance.objects.get(standing=standing)
    suit.act("answer_absence", appearance=row.pk, is_accepted="no", on=suit.day)
    standing.refresh_from_db()
    assert (standing.seen, standing.remarks) == (Seen.ABSENT, ["unexplained"])


def explain(suit: Suit, **changes) -> None:
    told = {"ground": "accident", "reason": "途中遇交通事故", "has_papers": True, "on": suit.day, **changes}
    suit.act("explain_absence", session=session_of(suit).pk, standing=standing_of(suit).pk, **told)


def test_why_a_head_did_not_come_can_be_told_after_the_session():
    suit = planned()
    held(suit, **{f"staff_{standing_of(suit).pk}": "王科长"})
    assert standing_of(suit).seen == Seen.ABSENT
    suit.on(date(2026, 7, 3))
    explain(suit)
    assert (standing_of(suit).seen, standing_of(suit).remarks) == (Seen.JUSTIFIED, [])
    suit.act("answer_absence", appearance=Appearance.objects.get().pk, is_accepted="no", on=suit.day)
    with pytest.raises(InvalidInput):  # what the court has decided is not explained again
        explain(suit)
    assert (standing_of(suit).seen, standing_of(suit).remarks) == (Seen.ABSENT, ["unexplained"])


def test_a_head_who_came_has_no_absence_to_explain():
    suit = planned()
    held(suit, came=[standing_of(suit)])
    action = registry.get("litigation.explain_absence")
    assert [one.code for one in registry.refusals(action, suit.case, None, suit.day)] == ["no-absence"]
    with pytest.raises(InvalidInput):
        explain(suit)


def test_of_two_agencies_only_the_absent_one_is_explained():
    suit = planned(**joint())
    bureau, government = standing_of(suit, "达拉特旗公安局"), standing_of(suit, GOVERNMENT)
    held(suit, came=[bureau])
    told = {"session": session_of(suit).pk, "ground": "accident", "reason": "途中遇交通事故", "on": suit.day}
    with pytest.raises(InvalidInput):
        suit.act("explain_absence", standing=bureau.pk, has_papers=True, **told)
    suit.act("explain_absence", standing=government.pk, has_papers=True, **told)
    government.refresh_from_db()
    assert government.seen == Seen.JUSTIFIED


def test_codefendants_agree_whose_head_comes():
    suit = planned(**joint())
    bureau, government = standing_of(suit, "达拉特旗公安局"), standing_of(suit, GOVERNMENT)
    held(suit, came=[bureau], **{f"staff_{government.pk}": "旗司法局 张科长"})
    government.refresh_from_db()
    assert (government.seen, suit.instance.seen) == (Seen.ABSENT, Seen.ABSENT)
    suit.act("agree_head", standing=government.pk, head_of=bureau.pk, on=suit.day)
    government.refresh_from_db()
    assert (government.seen, suit.instance.seen) == (Seen.ABSENT, Seen.ATTENDED)
    suit.act("agree_head", standing=government.pk, head_of=bureau.pk, paper="共同被告协商函", on=suit.day)
    government.refresh_from_db()
    assert (government.seen, suit.instance.seen) == (Seen.COVERED, Seen.ATTENDED)


def test_one_defendant_agrees_with_nobody():
    suit = planned()
    standing = standing_of(suit)
    with pytest.raises(GuardRefused):
        suit.act("agree_head", standing=standing.pk, on=suit.day)


def test_called_again_and_stayed_away():
    suit = planned()
    standing = standing_of(suit)
    held(suit, came=[standing])
    suit.act(
        "plan_session", on=suit.day, kind="session", planned_on=date(2026, 7, 20), called=[standing.pk],
        head_notice_on=suit.day,
    )  # fmt: skip
    assert suit.state == "HEARING_SET"
    again = session_of(suit)
    held(suit, date(2026, 7, 20), again,
         **{f"staff_{standing.pk}": "王科长", f"court_calls_head_{standing.pk}": True})  # fmt: skip
    standing.refresh_from_db()
    assert (standing.seen, standing.heard_on) == (Seen.ABSENT, HEARD)
    assert "not_again" in standing.remarks


def test_moved_off_and_the_plan_is_the_new_day():
    suit = planned(called=True)
    suit.on(date(2026, 6, 25)).act(
        "move_session", session=session_of(suit).pk, on=date(2026, 6, 25), planned_on=date(2026, 7, 8), is_for_head=True
    )
    assert suit.due("L-SUMMON") == date(2026, 7, 5)
    assert session_of(suit).is_postponed_for_head
    standing = standing_of(suit)
    held(suit, date(2026, 7, 8), **{f"staff_{standing.pk}": "王科长"})
    standing.refresh_from_db()
    assert standing.remarks == ["again_absent"]


def test_called_off_the_file_is_back_where_it_stood():
    suit = planned()
    suit.on(date(2026, 6, 22)).act(
        "call_off_session", session=session_of(suit).pk, on=date(2026, 6, 22), reason="合议庭成员变更"
    )
    assert suit.state == "ANSWERED"
    assert suit.status("L-SUMMON") == "met"
    with pytest.raises(InvalidInput):
        named(suit)


def test_a_corrected_record_keeps_the_earlier_version_and_moves_the_entry():
    suit = planned()
    standing = standing_of(suit)
    held(suit, **{f"staff_{standing.pk}": "王科长"})
    suit.on(date(2026, 7, 10)).act(
        "correct_session", session=session_of(suit).pk, on=date(2026, 7, 1), reason="庭审笔录写明负责人到庭",
        **{f"head_came_{standing.pk}": True, f"head_name_{standing.pk}": "李建国",
           f"head_category_{standing.pk}": "principal", f"certificate_on_{standing.pk}": date(2026, 6, 29)},
    )  # fmt: skip
    standing.refresh_from_db()
    assert (standing.seen, standing.heard_on) == (Seen.ATTENDED, date(2026, 7, 1))
    assert Appearance.objects.get(standing=standing).history.filter(staff="王科长").exists()
    assert session_of(suit).held_on == date(2026, 7, 1)


def test_a_corrected_day_in_the_timeline_moves_the_year_it_counts_in():
    suit = planned()
    standing = standing_of(suit)
    held(suit, came=[standing])
    suit.on(date(2026, 7, 10)).correct("session_held", date(2026, 6, 29))
    standing.refresh_from_db()
    assert standing.heard_on == date(2026, 6, 29)
    assert standing.seen == Seen.ABSENT  # the certificate of 30 June came after that day
    assert session_of(suit).held_on == date(2026, 6, 29)


def test_an_inquiry_is_held_but_counts_nothing():
    suit = answered()
    suit.on(SUMMONED).act("plan_session", on=SUMMONED, kind="inquiry", planned_on=HEARD)
    held(suit)
    standing = standing_of(suit)
    assert (standing.seen, standing.heard_on, suit.state) == ("", None, "TRIED")


def test_a_session_that_was_never_planned_can_be_recorded():
    suit = answered()
    standing = standing_of(suit)
    suit.on(HEARD).act("record_session", on=HEARD, kind="session", **{f"staff_{standing.pk}": "王科长"})
    standing.refresh_from_db()
    assert (standing.seen, standing.heard_on) == (Seen.ABSENT, HEARD)


def test_each_instance_has_sessions_of_its_own():
    suit = planned()
    first = standing_of(suit)
    held(suit, came=[first])
    suit.judge(date(2026, 7, 10))
    suit.serve(date(2026, 7, 10))
    plaintiff = suit.part("applicant").party
    suit.on(date(2026, 7, 20)).act("record_appeal", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2026, 7, 20))
    suit.on(date(2026, 8, 1)).act(
        "open_instance", on=date(2026, 8, 1), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终188号"
    )
    second = standing_of(suit)
    suit.act("record_session", on=date(2026, 8, 1), kind="session", **{f"staff_{second.pk}": "王科长"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.seen, second.seen) == (Seen.ATTENDED, Seen.ABSENT)


def test_an_agency_s_liaison_names_its_own_head_only_and_records_no_session():
    suit = planned(**joint())
    own = department()
    bureau, government = standing_of(suit, "达拉特旗公安局"), standing_of(suit, GOVERNMENT)
    data = {"session": session_of(suit).pk, "on": suit.day, "head_name": "李建国", "head_category": "deputy"}
    suit.act("name_head", by=own, standing=bureau.pk, head_post="副局长", **data)
    with pytest.raises(InvalidInput):
        suit.act("name_head", by=own, standing=government.pk, head_post="副旗长", **data)
    with pytest.raises(Forbidden):
        suit.on(HEARD).act("record_session", by=own, session=session_of(suit).pk, on=HEARD)


def test_the_case_page_shows_sessions_and_the_docket_only_one_s_own(monkeypatch):
    suit = planned(called=True)
    other = planned()
    own, stranger = department(), department(at="150621-ZRJ")
    client = Client()
    client.force_login(suit.actor)
    page = client.get(f"/cases/{suit.pk}/").content.decode()
    assert "第三审判庭" in page
    monkeypatch.setattr("casemgr.actions.record_pages.clock_today", lambda: date(2026, 6, 25))
    listed = client.get("/litigation/sessions/?show=missing").content.decode()
    assert suit.instance.court_number in listed
    for user, sees in ((own, True), (stranger, False)):
        client.force_login(user)
        assert (suit.instance.court_number in client.get("/litigation/sessions/").content.decode()) is sees
    named(suit)
    client.force_login(own)
    listed = client.get("/litigation/sessions/?show=missing").content.decode()
    assert suit.instance.court_number not in listed
    assert other.instance.court_number in listed
    monkeypatch.setattr("casemgr.actions.record_pages.clock_today", lambda: date(2026, 7, 2))
    listed = client.get("/litigation/sessions/?show=unrecorded").content.decode()
    assert suit.instance.court_number in listed


def test_the_case_page_and_the_docket_stay_within_their_queries(monkeypatch):
    monkeypatch.setattr("casemgr.actions.record_pages.clock_today", lambda: date(2026, 6, 25))
    suit = planned(**joint(), called=True)
    for _more in range(3):
        planned()
    client = Client()
    client.force_login(suit.actor)
    assert queries(client, "/litigation/sessions/")[0] <= 12
    assert queries(client, "/litigation/appearance/")[0] <= 16
    with CaptureQueriesContext(connection) as page:
        client.get(f"/cases/{suit.pk}/")
    own = [query for query in page.captured_queries if "litigation_courtsession" in query["sql"]]
    assert len(own) <= 5
