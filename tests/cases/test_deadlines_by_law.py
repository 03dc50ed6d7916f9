"""Due dates counted by hand against the statute, one article a test: where a clock could quietly run wrong."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import GuardRefused
from casemgr.actions.perform import perform
from casemgr.calendar.current import changed
from casemgr.calendar.models import CalendarDay, CalendarYear
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.operation.sweep import sweep
from tests.support.clock_cases import a_person, a_received_case, a_user, due, fresh

pytestmark = pytest.mark.django_db


def happens(case, kind, on, today=None, **more):
    event = events.record(case, kind, on, **more)
    settle(case, today or on)
    return event


def put(case, state):
    """The case in a state, without the paper that leads there."""
    type(case).objects.filter(pk=case.pk).update(state=state)
    return fresh(case)


def respondent(case):
    return case.participations.get(role="respondent").party


def applicant(case):
    return case.participations.get(role="applicant").party


def two_respondents(case):
    second = a_person("第二被申请人")
    case.participations.create(party=second, role="respondent", name=second.name)
    return respondent_named(case, 0), second


def respondent_named(case, index):
    return case.participations.filter(role="respondent").order_by("pk")[index].party


def awaiting_reply(served_on: date, *, respondents: int = 1):
    """A case sent to its respondents, each served on the day."""
    case = a_received_case(date(2026, 5, 28))
    if respondents == 2:
        two_respondents(case)
    happens(case, "accepted", date(2026, 6, 1))
    case = put(case, "AWAIT_REPLY")
    for part in case.participations.filter(role="respondent"):
        happens(case, "copy_served", served_on, party=part.party)
    return fresh(case)


# Reconsideration Law 2023, art. 30(1)(3), 31(1)


def late_correction_notice():
    """Received Monday 20 April (entered as the 27th): the five working days ended on Monday 27 April 2026."""
    case = a_received_case(date(2026, 4, 27))
    happens(case, "correction_notice_issued", date(2026, 4, 29))
    case = put(case, "CORRECTING")
    received = case.events.get(kind="received")
    perform(
        "cases.correct_date", case, {"event": received.pk, "on": "2026-04-20", "reason": "收文登记为4月20日"},
        a_user("officer"), date(2026, 4, 30),
    )  # fmt: skip
    return fresh(case)


def test_art_31_1_a_correction_notice_after_the_fifth_day_does_not_stop_the_review_period():
    row = late_correction_notice().deadlines.get(rule="R-ACC")
    assert (row.due_on, row.status) == (date(2026, 4, 27), "open")


def test_art_30_3_with_a_late_correction_notice_the_application_is_accepted_on_the_fifth_day():
    case = late_correction_notice()
    assert sweep(date(2026, 5, 1)).deemed_accepted == 1
    case = fresh(case)
    assert case.state == "ACCEPTED"
    assert case.events.get(kind="accepted").occurred_on == date(2026, 4, 27)
    assert due(case, "R-DEC") == date(2026, 6, 26)
    assert sweep(date(2026, 5, 2)).deemed_accepted == 0


def test_art_30_3_material_corrected_after_a_late_notice_gives_no_second_review_period():
    case = late_correction_notice()
    case = put(case, "RECEIVED")
    happens(case, "corrected", date(2026, 4, 30))
    assert sweep(date(2026, 5, 1)).deemed_accepted == 1
    assert fresh(case).events.get(kind="accepted").occurred_on == date(2026, 4, 27)


# Reconsideration Law 2023, art. 62(1)


def test_art_62_1_extensions_never_give_more_than_thirty_days():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    happens(case, "extended", date(2026, 9, 20), days=20)
    happens(case, "extended", date(2026, 9, 25), days=20)
    row = case.deadlines.get(rule="R-DEC")
    assert (row.due_on, row.extension_days) == (date(2026, 11, 2), 30)


def test_art_62_1_an_extension_after_the_decision_period_has_ended_extends_nothing():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    happens(case, "extended", date(2026, 10, 9), days=30)
    row = case.deadlines.get(rule="R-DEC")
    assert (row.due_on, row.extension_days) == (date(2026, 10, 8), 0)


def test_art_39_a_suspension_on_the_rolled_last_day_leaves_that_day_for_the_resumption():
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    assert due(case, "R-DEC") == date(2026, 10, 8)
    happens(case, "suspended", date(2026, 10, 8), ground="mediation")
    happens(case, "resumed", date(2026, 10, 20))
    assert due(case, "R-DEC") == date(2026, 10, 20)


def test_regulation_45_46_inspection_and_appraisal_that_overlap_are_counted_once_and_whole():
    case = a_received_case(date(2026, 3, 2))
    happens(case, "accepted", date(2026, 3, 9))
    happens(case, "excluded_from", date(2026, 3, 20), ground="appraisal")
    happens(case, "excluded_from", date(2026, 3, 23), ground="inspection")
    happens(case, "excluded_until", date(2026, 3, 25), ground="inspection")
    happens(case, "excluded_until", date(2026, 4, 20), ground="appraisal")
    # 60 days from 9 March end on 8 May; 31 days (20 March to 20 April) are not counted: 8 June, a Monday
    assert due(case, "R-DEC") == date(2026, 6, 8)


# Reconsideration Law 2023, art. 88(1) with Civil Procedure Law, art. 85(4)


def test_civil_procedure_law_85_4_a_reply_posted_on_the_last_day_is_in_time():
    case = awaiting_reply(date(2026, 6, 3))
    assert due(case, "R-REPLY") == date(2026, 6, 17)
    perform(
        "reconsideration.reply_received", case,
        {"party": respondent(case).pk, "on": "2026-06-22", "sent_on": "2026-06-17"}, a_user("officer"),
        date(2026, 6, 22),
    )  # fmt: skip
    row = fresh(case).deadlines.get(rule="R-REPLY")
    assert (row.status, row.met_on) == ("met", date(2026, 6, 22))


def test_civil_procedure_law_85_4_a_reply_posted_after_the_last_day_is_late():
    case = awaiting_reply(date(2026, 6, 3))
    perform(
        "reconsideration.reply_received", case,
        {"party": respondent(case).pk, "on": "2026-06-22", "sent_on": "2026-06-18"}, a_user("officer"),
        date(2026, 6, 22),
    )  # fmt: skip
    assert fresh(case).deadlines.get(rule="R-REPLY").status == "met_late"


def test_civil_procedure_law_85_4_corrections_posted_on_the_last_day_are_in_time():
    case = a_received_case(date(2026, 4, 20))
    happens(case, "correction_notice_issued", date(2026, 4, 22))
    happens(case, "correction_notice_served", date(2026, 4, 24), party=applicant(case))
    case = put(case, "CORRECTING")
    perform(
        "reconsideration.corrected", case, {"on": "2026-05-14", "sent_on": "2026-05-12"}, a_user("officer"),
        date(2026, 5, 14),
    )  # fmt: skip
    case = fresh(case)
    assert case.deadlines.get(rule="R-CORR-2").status == "met"
    # art. 31(3): the new review runs from receipt, not from the postmark
    assert due(case, "R-CORR-3") == date(2026, 5, 21)


# Reconsideration Law 2023, art. 70


def test_art_70_only_the_respondent_that_did_not_reply_is_recorded_as_silent():
    case = awaiting_reply(date(2026, 6, 3), respondents=2)
    first, second = respondent_named(case, 0), respondent_named(case, 1)
    happens(case, "reply_received", date(2026, 6, 10), party=first)
    officer = a_user("officer")
    with pytest.raises(GuardRefused) as refused:
        perform(
            "reconsideration.reply_missing", case, {"party": first.pk, "on": "2026-06-18"}, officer, date(2026, 6, 18)
        )
    assert refused.value.refusals[0].article == "70"
    perform("reconsideration.reply_missing", case, {"party": second.pk, "on": "2026-06-18"}, officer, date(2026, 6, 18))
    assert fresh(case).deadlines.get(rule="R-REPLY", party=second).status == "lapsed"


def test_art_70_one_respondents_silence_need_not_wait_for_anothers_period():
    case = awaiting_reply(date(2026, 6, 3), respondents=2)
    second = respondent_named(case, 1)
    served = case.events.get(kind="copy_served", party=second)
    events.record(case, events.CORRECTION, date(2026, 6, 15), party=second, corrects=served)
    settle(case, date(2026, 6, 18))
    perform(
        "reconsideration.reply_missing", case, {"party": respondent_named(case, 0).pk, "on": "2026-06-18"},
        a_user("officer"), date(2026, 6, 18),
    )  # fmt: skip


@pytest.mark.parametrize("on", ["2026-06-16", "2026-06-17"])
def test_art_70_silence_cannot_be_dated_before_the_reply_period_has_ended(on):
    case = awaiting_reply(date(2026, 6, 3))
    with pytest.raises(GuardRefused):
        perform(
            "reconsideration.reply_missing", case, {"party": respondent(case).pk, "on": on}, a_user("officer"),
            date(2026, 6, 18),
        )  # fmt: skip


# Reconsideration Law 2023, art. 31(2)


def waiting_for_correction(served_on: date):
    case = a_received_case(served_on)
    happens(case, "correction_notice_issued", served_on)
    happens(case, "correction_notice_served", served_on, party=applicant(case))
    case = put(case, "CORRECTING")
    return fresh(case)


def test_art_31_2_giving_up_cannot_be_dated_before_the_correction_period_has_ended():
    case = waiting_for_correction(date(2026, 4, 24))
    assert due(case, "R-CORR-2") == date(2026, 5, 12)
    with pytest.raises(GuardRefused):
        perform("reconsideration.abandon", case, {"on": "2026-05-12"}, a_user("officer"), date(2026, 5, 13))
    perform("reconsideration.abandon", case, {"on": "2026-05-13"}, a_user("officer"), date(2026, 5, 13))


def test_art_31_2_nobody_gives_up_an_application_on_an_estimated_calendar():
    case = waiting_for_correction(date(2026, 12, 25))
    assert case.deadlines.get(rule="R-CORR-2").calendar_status == "estimated"
    with pytest.raises(GuardRefused) as refused:
        perform("reconsideration.abandon", case, {"on": "2027-02-01"}, a_user("officer"), date(2027, 2, 1))
    assert refused.value.refusals[0].code == "calendar-estimated"


# Administrative Litigation Law, art. 45


@pytest.mark.parametrize("state", ["ACCEPTED", "AWAIT_REPLY", "IN_REVIEW", "SUSPENDED", "DISMISSED", "TERMINATED"])
def test_litigation_law_45_a_suit_over_silence_or_any_ending_can_be_recorded(state):
    case = a_received_case(date(2026, 7, 30))
    happens(case, "accepted", date(2026, 8, 4))
    case = put(case, state)
    sweep(date(2026, 10, 9))
    perform(
        "reconsideration.record_suit", case, {"party": applicant(case).pk, "on": "2026-10-20"}, a_user("officer"),
        date(2026, 10, 20),
    )  # fmt: skip
    assert fresh(case).deadlines.get(rule="R-SUE-OVER").status == "met"


# The calendar changes under running periods (State Council order 795; dossier §3.4)


def test_when_a_year_is_published_the_next_sweep_counts_open_periods_again():
    case = a_received_case(date(2026, 12, 29))
    assert (due(case, "R-ACC"), case.deadlines.get().calendar_status) == (date(2027, 1, 6), "estimated")
    CalendarYear.objects.filter(year=2027).update(status="published")
    CalendarDay.objects.create(date=date(2027, 1, 4), kind="holiday", name="元旦", source="国办通知")
    CalendarDay.objects.create(date=date(2027, 1, 2), kind="working_weekend", name="元旦", source="国办通知")
    CalendarDay.objects.create(date=date(2027, 1, 3), kind="working_weekend", name="元旦", source="国办通知")
    changed()
    sweep(date(2026, 12, 30))
    row = fresh(case).deadlines.get(rule="R-ACC")
    # 30, 31 December, Sat 2, Sun 3, Tue 5 January
    assert (row.due_on, row.calendar_status) == (date(2027, 1, 5), "published")
    assert fresh(case).next_due_on == date(2027, 1, 5)


# Dates that are corrected (dossier §4.1: one event follows from another)


@pytest.mark.parametrize(
    ("first", "later"),
    [("accepted", "suspended"), ("accepted", "extended"), ("copy_served", "reply_missing"), ("corrected", "refused"),
     ("reply_missing", "decided"), ("dismissed", "dismissal_served"), ("terminated", "termination_served")],
)  # fmt: skip
def test_a_date_is_not_corrected_past_what_followed_from_it(first, later):
    case = a_received_case(date(2026, 5, 28))
    earlier = happens(case, first, date(2026, 6, 1))
    happens(case, later, date(2026, 6, 10), days=10)
    with pytest.raises(GuardRefused):
        perform(
            "cases.correct_date", case, {"event": earlier.pk, "on": "2026-06-11", "reason": "x"}, a_user("officer"),
            date(2026, 6, 20),
        )  # fmt: skip


def correct(case, kind, on, today):
    event = case.events.get(kind=kind)
    perform("cases.correct_date", case, {"event": event.pk, "on": on, "reason": "更正登记"}, a_user("officer"), today)
    return fresh(case)


def accepted_by_silence():
    """Received on Monday 20 April 2026; accepted by silence on Monday the 27th; copy sent on the 30th."""
    case = a_received_case(date(2026, 4, 20))
    assert sweep(date(2026, 4, 28)).deemed_accepted == 1
    case = fresh(case)
    happens(case, "copy_sent", date(2026, 4, 30))
    return fresh(case)


def test_art_30_3_when_the_day_of_receipt_is_corrected_the_acceptance_by_silence_moves_with_it():
    case = correct(accepted_by_silence(), "received", "2026-04-17", date(2026, 5, 6))
    facts = {fact.kind: fact.occurred_on for fact in events.facts_of(case)}
    assert facts["accepted"] == due(case, "R-ACC") == date(2026, 4, 24)
    assert due(case, "R-DEC") == date(2026, 6, 23)
    assert case.deadlines.get(rule="R-ACC").status == "lapsed"
    assert case.events.get(kind="accepted").occurred_on == date(2026, 4, 27), "the first entry is never changed"


def test_art_30_3_a_receipt_after_which_the_review_would_still_run_contradicts_the_acceptance_by_silence():
    case = a_received_case(date(2026, 4, 20))
    sweep(date(2026, 4, 28))
    with pytest.raises(GuardRefused) as refused:
        correct(fresh(case), "received", "2026-04-23", date(2026, 4, 28))
    assert refused.value.refusals[0].field == "on"


def test_art_30_3_acceptance_by_silence_may_not_come_to_lie_after_what_followed_it():
    case = accepted_by_silence()
    with pytest.raises(GuardRefused):
        correct(case, "received", "2026-04-24", date(2026, 5, 20))  # expiry 6 May, after the copy of 30 April


def test_art_30_3_the_day_of_acceptance_by_silence_is_not_typed():
    with pytest.raises(GuardRefused):
        correct(accepted_by_silence(), "accepted", "2026-04-28", date(2026, 5, 6))


def test_the_first_of_two_suspensions_can_be_corrected():
    case = a_received_case(date(2026, 5, 28))
    happens(case, "accepted", date(2026, 6, 1))
    happens(case, "suspended", date(2026, 6, 3))
    first = happens(case, "resumed", date(2026, 6, 8))
    happens(case, "suspended", date(2026, 6, 10))
    happens(case, "resumed", date(2026, 6, 15))
    perform(
        "cases.correct_date", case, {"event": first.pk, "on": "2026-06-05", "reason": "x"}, a_user("officer"),
        date(2026, 6, 20),
    )  # fmt: skip
    assert due(case, "R-DEC") == date(2026, 8, 7)  # 31 July and seven days


def test_reconsideration_law_2017_art_22_the_old_law_decides_on_the_papers():
    from reconsideration.decision_guards import opinions_are_heard

    case = a_received_case(date(2023, 9, 20), law="2017")
    assert opinions_are_heard.check(case, {}, date(2026, 11, 25))
    assert not opinions_are_heard.check(a_received_case(date(2026, 5, 28)), {}, date(2026, 11, 25))


# What was done before the period began (the return slip comes after the reply)


def test_art_48_a_reply_that_came_before_the_recorded_receipt_meets_the_reply_period():
    case = a_received_case(date(2026, 5, 28))
    happens(case, "accepted", date(2026, 6, 1))
    happens(case, "copy_sent", date(2026, 6, 2))
    happens(case, "reply_received", date(2026, 6, 5), party=respondent(case))
    happens(case, "copy_served", date(2026, 6, 8), party=respondent(case))
    assert case.deadlines.get(rule="R-REPLY").status == "met"


def test_art_31_2_corrections_brought_before_the_notice_arrived_leave_no_period_open():
    case = a_received_case(date(2026, 4, 20))
    happens(case, "correction_notice_issued", date(2026, 4, 22))
    happens(case, "corrected", date(2026, 4, 23))
    happens(case, "correction_notice_served", date(2026, 4, 24), party=applicant(case))
    assert case.deadlines.get(rule="R-CORR-2").status == "met"
    assert due(case, "R-CORR-3") == date(2026, 4, 30)
