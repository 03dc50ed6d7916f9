"""What is due follows from what happened."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.actions.errors import GuardRefused
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.cases import deadlines, events
from casemgr.cases.actions import settle
from casemgr.operation.sweep import sweep
from casemgr.timelimits.arithmetic import calendar_days
from casemgr.timelimits.rules import Rule
from tests.support.clock_cases import a_person, a_received_case, a_user, due, fresh
from tests.support.register import pass_all_tests

pytestmark = pytest.mark.django_db


def happens(case, kind, on, today=None, **more):
    """Record an event and derive anew, as an action does."""
    event = events.record(case, kind, on, **more)
    settle(case, today or on)
    return event


def respondent(case):
    return case.participations.get(role="respondent").party


def applicant(case):
    return case.participations.get(role="applicant").party


def test_the_review_ends_five_working_days_after_receipt():
    case = a_received_case(date(2026, 2, 12))
    assert due(case, "R-ACC") == date(2026, 2, 26)  # Saturday 14 February is a working day
    assert case.next_due_on == date(2026, 2, 26)


def test_silence_for_five_working_days_accepts_the_application_on_the_expiry_day():
    case = a_received_case(date(2026, 2, 12))
    assert sweep(date(2026, 2, 26)).deemed_accepted == 0
    assert sweep(date(2026, 2, 27)).deemed_accepted == 1
    case = fresh(case)
    assert case.state == "ACCEPTED"
    accepted = case.events.get(kind="accepted")
    assert (accepted.occurred_on, accepted.data["deemed"]) == (date(2026, 2, 26), True)
    assert case.deadlines.get(rule="R-ACC").status == "lapsed"
    assert due(case, "R-SEND") == date(2026, 3, 6)  # 27, Sat 28 (works), 2, 3, 4, 5, 6 March
    assert due(case, "R-DEC") == date(2026, 4, 27)


def test_under_the_law_of_2017_silence_is_not_dated_on_the_expiry_day():
    case = a_received_case(date(2023, 9, 20), law="2017")
    report = sweep(date(2023, 10, 30))
    assert (report.deemed_accepted, report.errors) == (0, [])
    assert fresh(case).state == "RECEIVED"


def test_the_sweep_is_idempotent_and_catches_up_after_days_off():
    case = a_received_case(date(2026, 2, 12))
    assert sweep(date(2026, 3, 20)).deemed_accepted == 1
    assert sweep(date(2026, 3, 20)).deemed_accepted == 0
    assert fresh(case).events.get(kind="accepted").occurred_on == date(2026, 2, 26)
    assert fresh(case).events.filter(kind="accepted").count() == 1


def test_nobody_is_deemed_on_an_estimated_calendar():
    case = a_received_case(date(2026, 12, 30))
    assert case.deadlines.get(rule="R-ACC").calendar_status == "estimated"
    assert sweep(date(2027, 2, 1)).deemed_accepted == 0
    with pytest.raises(GuardRefused) as refused:
        perform("reconsideration.deem_accept", case, {}, system_actor, date(2027, 2, 1))
    assert refused.value.refusals[0].code == "calendar-estimated"
    assert fresh(case).state == "RECEIVED"


def test_a_correction_notice_ends_the_review_and_the_corrected_material_starts_a_new_one():
    case = a_received_case(date(2026, 4, 20))
    happens(case, "correction_notice_issued", date(2026, 4, 22))
    assert case.deadlines.get(rule="R-ACC").status == "ended"
    happens(case, "correction_notice_served", date(2026, 4, 24), party=applicant(case))
    assert due(case, "R-CORR-2") == date(2026, 5, 12)
    happens(case, "corrected", date(2026, 5, 8))
    assert case.deadlines.get(rule="R-CORR-2").status == "met"
    assert due(case, "R-CORR-3") == date(2026, 5, 14)  # Saturday 9 May is a working day


def test_a_longer_correction_term_is_kept_and_a_shorter_one_gives_way():
    case = a_received_case(date(2026, 4, 20), correction_term_days=20)
    happens(case, "correction_notice_served", date(2026, 4, 24), party=applicant(case))
    assert due(case, "R-CORR-2") == date(2026, 5, 26)


@pytest.mark.parametrize(
    ("track", "rules"),
    [("ordinary", {"R-SEND": date(2026, 6, 10), "R-DEC": date(2026, 7, 31)}),
     ("simplified", {"R-SEND-S": date(2026, 6, 4), "R-DEC-S": date(2026, 7, 1)})],
)  # fmt: skip
def test_each_track_has_its_own_periods(track, rules):
    case = a_received_case(date(2026, 5, 28), track=track)
    happens(case, "accepted", date(2026, 6, 1))
    running = {row.rule: row.due_on for row in case.deadlines.filter(status="open")}
    assert running == rules


def test_the_reply_runs_for_each_respondent_from_its_own_receipt():
    case = a_received_case(date(2026, 5, 28))
    first = respondent(case)
    second = a_person("第二被申请人")
    case.participations.create(party=second, role="respondent", name=second.name)
    happens(case, "accepted", date(2026, 6, 1))
    happens(case, "copy_served", date(2026, 6, 3), party=first)
    happens(case, "copy_served", date(2026, 6, 8), party=second)
    assert due(case, "R-REPLY", first) == date(2026, 6, 17)
    assert due(case, "R-REPLY", second) == date(2026, 6, 23)  # 19 June is the Dragon Boat holiday
    happens(case, "reply_received", date(2026, 6, 16), party=first)
    assert case.deadlines.get(rule="R-REPLY", party=first).status == "met"
    assert case.deadlines.get(rule="R-REPLY", party=second).status == "open"


def test_a_late_reply_is_recorded_and_judged_late():
    case = a_received_case(date(2026, 5, 28))
    happens(case, "accepted", date(2026, 6, 1))
    happens(case, "copy_served", date(2026, 6, 3), party=respondent(case))
    happens(case, "reply_received", date(2026, 6, 25), party=respondent(case))
    assert case.deadlines.get(rule="R-REPLY").status == "met_late"


def test_suspension_moves_the_decision_by_the_days_suspended():
    case = a_received_case(date(2026, 2, 25))
    happens(case, "accepted", date(2026, 3, 2))
    assert due(case, "R-DEC") == date(2026, 5, 6)
    happens(case, "suspended", date(2026, 4, 10), ground="mediation")
    row = case.deadlines.get(rule="R-DEC")
    assert (row.status, row.due_on) == ("paused", None)
    happens(case, "resumed", date(2026, 6, 1))
    assert due(case, "R-DEC") == date(2026, 6, 22)  # vector V34: 38 days used, 22 left


def test_an_extension_counts_from_the_unrolled_end():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    assert due(case, "R-DEC") == date(2026, 10, 8)
    happens(case, "extended", date(2026, 9, 20), days=30)
    assert due(case, "R-DEC") == date(2026, 11, 2)  # vector V10


@pytest.mark.parametrize(
    ("events_", "status"),
    [([("reply_received", 3), ("withdrawn", 5)], "open"),
     ([("reply_received", 3), ("withdrawn", 11)], "open"),
     ([("reply_received", 3), ("withdrawn", 12)], "met"),
     ([("withdrawn", 3), ("reply_received", 5)], "met"),
     ([("reply_received", 3), ("withdrawn", 5), ("reply_received", 9)], "met"),
     ([("reply_received", 3), ("withdrawn", 5), ("reply_received", 9), ("withdrawn", 12)], "met"),
     ([("reply_received", 3), ("withdrawn", 5), ("reply_received", 12)], "met_late")],
)  # fmt: skip
def test_what_met_a_period_and_is_undone_while_it_runs_counts_for_nothing(events_, status):
    case = a_received_case(date(2026, 6, 1))
    for kind, day in events_:
        events.record(case, kind, date(2026, 6, day))
    rule = Rule(code="X", name="X", citation="1", bound_party="parties", period=calendar_days(10),
                starts_on="received", met_by=("reply_received",), unmet_by=("withdrawn",))  # fmt: skip
    (clock,) = deadlines.derive(case, events.facts_of(case), [rule], date(2026, 6, 12))
    assert (clock.computation.due, clock.status) == (date(2026, 6, 11), status)


def test_when_the_decision_period_expires_the_time_to_sue_begins_with_the_next_sweep():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    sweep(date(2026, 10, 8))
    assert not case.deadlines.filter(rule="R-SUE-OVER").exists()
    sweep(date(2026, 10, 9))
    assert due(case, "R-SUE-OVER") == date(2026, 10, 23)


def test_a_time_to_sue_that_nobody_used_is_gone_and_nobody_is_late():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    happens(case, "decided", date(2026, 9, 1))
    happens(case, "decision_served", date(2026, 9, 3), party=applicant(case))
    sweep(date(2026, 9, 18))
    assert case.deadlines.get(rule="R-SUE15").status == "open"
    sweep(date(2026, 9, 19))
    assert case.deadlines.get(rule="R-SUE15").status == "lapsed"
    assert fresh(case).next_other_due_on is None


def test_only_those_who_may_sue_get_a_time_to_sue():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    happens(case, "decided", date(2026, 9, 1))
    happens(case, "decision_served", date(2026, 9, 3), party=applicant(case))
    happens(case, "decision_served", date(2026, 9, 4), party=respondent(case))
    rows = case.deadlines.filter(rule="R-SUE15")
    assert [(row.party, row.due_on) for row in rows] == [(applicant(case), date(2026, 9, 18))]


def test_a_redo_order_runs_for_the_respondent():
    case = a_received_case(date(2026, 7, 30), redo_is_ordered=True)
    happens(case, "accepted", date(2026, 8, 4))
    happens(case, "decided", date(2026, 9, 1))
    happens(case, "decision_served", date(2026, 9, 3), party=applicant(case))
    happens(case, "decision_served", date(2026, 9, 4), party=respondent(case))
    assert due(case, "R-REDO") == date(2026, 11, 3)


def test_an_old_law_case_replies_in_calendar_days():
    case = a_received_case(date(2023, 9, 20), law="2017")
    happens(case, "accepted", date(2023, 9, 20))
    happens(case, "copy_served", date(2023, 9, 25), party=respondent(case))
    assert due(case, "R-REPLY") == date(2023, 10, 7)  # ten calendar days end on 5 October, a holiday


def test_a_case_of_the_past_has_no_running_clock():
    case = a_received_case(date(2023, 9, 20), law="2017")
    case.is_past_record = True
    settle(case, date(2026, 11, 23))
    assert not case.deadlines.exists()
    assert case.next_due_on is None


def test_correcting_a_date_moves_every_deadline_that_hangs_on_it_and_keeps_both_versions():
    case = a_received_case(date(2026, 5, 28))
    happens(case, "accepted", date(2026, 6, 1))
    happens(case, "copy_served", date(2026, 6, 3), party=respondent(case))
    served = case.events.get(kind="copy_served")
    before = case.deadlines.get(rule="R-REPLY")
    officer = a_user("officer")
    perform(
        "cases.correct_date",
        case,
        {"event": served.pk, "on": "2026-06-05", "reason": "送达回证载明6月5日"},
        officer,
        date(2026, 6, 10),
    )
    after = case.deadlines.get(rule="R-REPLY")
    assert after.pk == before.pk, "the root event is the same, so the row (and its reminders) survives"
    assert (before.due_on, after.due_on) == (date(2026, 6, 17), date(2026, 6, 22))
    assert [row.due_on for row in after.history.order_by("history_id")] == [date(2026, 6, 17), date(2026, 6, 22)]
    assert case.events.get(pk=served.pk).occurred_on == date(2026, 6, 3), "the first entry is never changed"


def test_a_correction_that_contradicts_other_entries_is_refused_and_says_which():
    case = a_received_case(date(2026, 5, 28))
    happens(case, "accepted", date(2026, 6, 1))
    received = case.events.get(kind="received")
    with pytest.raises(GuardRefused) as refused:
        perform(
            "cases.correct_date",
            case,
            {"event": received.pk, "on": "2026-06-02", "reason": "x"},
            a_user("officer"),
            date(2026, 6, 10),
        )
    assert "2026年6月1日" in str(refused.value)
    assert refused.value.refusals[0].field == "on"


def test_acceptance_by_hand_is_refused_once_the_review_is_over():
    case = a_received_case(date(2026, 2, 12))
    pass_all_tests(case)
    with pytest.raises(GuardRefused) as refused:
        perform(
            "reconsideration.accept", case, {"on": "2026-02-27", "track": "ordinary"}, a_user("head"), date(2026, 2, 27)
        )
    assert refused.value.refusals[0].article == "30(3)"


KINDS = ("received", "correction_notice_issued", "correction_notice_served", "corrected", "accepted", "copy_sent",
         "copy_served", "reply_received", "suspended", "resumed", "decided", "decision_served", "sued")  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 90), st.booleans()), max_size=10))
def test_deadlines_by_difference_equal_deadlines_from_all_events(steps):
    from datetime import timedelta

    case = a_received_case(date(2026, 3, 2))
    for kind, offset, with_party in steps:
        happens(case, kind, date(2026, 3, 2) + timedelta(days=offset), date(2026, 8, 1),
                party=applicant(case) if with_party else None)  # fmt: skip
    case = fresh(case)
    expected = {
        d.key: d.values()
        for d in deadlines.derive(case, events.facts_of(case), case.definition.rules, date(2026, 8, 1))
    }
    stored = {
        (row.rule, row.root_event_id, row.party_id): {
            name: getattr(row, name) for name in next(iter(expected.values()), {})
        }
        for row in case.deadlines.all()
    }
    assert stored == expected
