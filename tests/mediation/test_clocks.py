"""Six clocks in three units (trap 1): which runs, from when, what stops it, what prolongs it, what its end means."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils.translation import override

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.events import facts_of
from casemgr.operation.sweep import sweep
from mediation.course.people import parties_of
from mediation.models import MediationCase
from tests.support.mediation import accepted, dispute, mediating, mediator, session
from tests.support.register import record

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
ORDINARY, LABOUR, MEDICAL, TRAFFIC = "02", "10", "12", "13"
TRACKS = {"delegated": "M-CRT", "entrusted_ordinary": "M-CRT-P", "entrusted_summary": "M-CRT-S"}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def lead():
    return mediator()


def court(track: str, **facts) -> dict:
    return {"source": "referred", "sub_source": "court_delegated", "court_track": track, **facts}


def clock(case) -> tuple:
    case = MediationCase.objects.get(pk=case.pk)
    found = [row for row in case.deadlines.all() if row.rule in {*TRACKS.values(), "M-GEN", "M-LAB", "M-MED"}]
    assert len(found) == 1, [row.rule for row in found]
    return found[0].rule, found[0].due_on


def entrusted(case: MediationCase, day: date = DAY) -> MediationCase:
    record(case, day, ("court_papers_received", day))
    return MediationCase.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("facts", "rule", "due"),
    [
        ({}, "M-GEN", date(2026, 10, 8)),  # one month: 1 October is a holiday
        ({"dispute_type": LABOUR}, "M-LAB", date(2026, 9, 16)),
        ({"dispute_type": MEDICAL}, "M-MED", date(2026, 10, 19)),
        ({"dispute_type": TRAFFIC}, "M-GEN", date(2026, 10, 8)),
        (court("delegated"), "M-CRT", date(2026, 10, 8)),
        (court("entrusted_ordinary"), "M-CRT-P", date(2026, 9, 16)),
        (court("entrusted_summary"), "M-CRT-S", date(2026, 9, 8)),
        (court("delegated", dispute_type=MEDICAL), "M-CRT", date(2026, 10, 8)),
        # nobody applied: the fifteen days have no receipt to count from
        ({"source": "own_motion", "sub_source": "patrol", "dispute_type": LABOUR}, "M-GEN", date(2026, 10, 8)),
    ],
)
def test_trap_01_each_dispute_has_its_own_clock(facts, rule, due) -> None:
    case = accepted(DAY, DAY, **facts)
    if facts.get("court_track"):
        case = entrusted(case)
    assert clock(case) == (rule, due)


def test_the_labour_clock_runs_from_the_application_and_not_from_acceptance() -> None:
    case = dispute(DAY, DAY, dispute_type=LABOUR)
    record(case, date(2026, 9, 4), ("accepted", date(2026, 9, 4)), state="ACCEPTED")
    assert clock(case) == ("M-LAB", date(2026, 9, 16))


STOPPED = {("M-MED", False), ("M-MED", True), ("M-CRT", True)}
"""Rule, and whether on the court's platform."""


@pytest.mark.parametrize(
    ("kind", "on_platform"), list(product(("ordinary", "medical", "labour", *TRACKS), (False, True)))
)
def test_only_an_appraisal_stops_a_clock_and_only_these(kind, on_platform, lead) -> None:
    types = {"medical": MEDICAL, "labour": LABOUR}
    facts = court(kind) if kind in TRACKS else {"dispute_type": types.get(kind, ORDINARY)}
    case = mediating(DAY, by=lead, on_platform=on_platform, **facts)
    if kind in TRACKS:
        case = entrusted(case)
    rule, due = clock(case)
    for ground, since, until in (("illness", 2, 3), ("appraisal", 4, 7)):
        values = {"on": DAY.replace(day=since), "ground": ground, "cause": "见鉴定委托书"}
        case = perform("mediation.pause", case, values, lead, DAY.replace(day=since))
        stands = ground == "appraisal" and (rule, on_platform) in STOPPED
        assert (clock(case)[1] is None) is stands
        ended = {"on": DAY.replace(day=until), "content": "已恢复"}
        case = perform("mediation.resume", case, ended, lead, DAY.replace(day=until))
    later = {"M-MED": date(2026, 10, 20), "M-CRT": date(2026, 10, 8)}.get(rule)
    assert clock(case) == (rule, later if (rule, on_platform) in STOPPED else due)


def test_the_days_of_an_appraisal_are_added_on_the_platform(lead) -> None:
    case = entrusted(mediating(DAY, by=lead, on_platform=True, **court("delegated")))
    case = perform("mediation.pause", case, {"on": DAY, "ground": "appraisal", "cause": "鉴定"}, lead, DAY)
    until = date(2026, 9, 15)
    case = perform("mediation.resume", case, {"on": until, "content": "鉴定意见已到"}, lead, until)
    assert clock(case) == ("M-CRT", date(2026, 10, 15))  # 30 + 14 days


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, date(2026, 10, 12)),  # 11 October is a Sunday
        (court("delegated"), date(2026, 10, 12)),
        (court("entrusted_summary"), date(2026, 9, 18)),
        ({"dispute_type": MEDICAL}, date(2026, 11, 2)),
    ],
)
def test_all_parties_together_extend_a_running_period(facts, due, lead) -> None:
    case = mediating(DAY, by=lead, **facts)
    if facts.get("court_track"):
        case = entrusted(case)
    both = [part.pk for part in parties_of(case)]
    values = {"on": date(2026, 9, 7), "days": 10, "how": "调解笔录"}
    with pytest.raises(ActionError) as error:
        perform("mediation.extend", case, {**values, "agreed_by": both[:1]}, lead, date(2026, 9, 7))
    assert [refusal.code for refusal in error.value.refusals] == ["extension-not-agreed"]
    case = perform("mediation.extend", case, {**values, "agreed_by": both}, lead, date(2026, 9, 7))
    assert clock(case)[1] == due
    with pytest.raises(ActionError) as error:
        perform("mediation.extend", case, {**values, "agreed_by": both, "on": date(2026, 11, 20)}, lead,
                date(2026, 11, 20))  # fmt: skip
    assert "period-over" in {refusal.code for refusal in error.value.refusals}


def test_the_fifteen_days_of_a_labour_dispute_are_not_extended(lead) -> None:
    case = mediating(DAY, by=lead, dispute_type=LABOUR)
    values = {"on": DAY, "days": 10, "how": "调解笔录", "agreed_by": [part.pk for part in parties_of(case)]}
    with pytest.raises(ActionError) as error:
        perform("mediation.extend", case, values, lead, DAY)
    assert [refusal.code for refusal in error.value.refusals] == ["labour-not-extended"]
    late = session(case, lead, date(2026, 9, 20))  # the case may go on
    assert late.state == "MEDIATING"


def test_a_medical_dispute_counts_as_failed_on_the_day_its_period_ended(lead) -> None:
    case = mediating(DAY, by=lead, dispute_type=MEDICAL)
    ordinary = mediating(DAY, by=lead)
    assert not sweep(date(2026, 10, 19)).errors
    assert MediationCase.objects.get(pk=case.pk).state == "MEDIATING"
    assert not sweep(date(2026, 10, 20)).errors
    case = MediationCase.objects.get(pk=case.pk)
    assert (case.state, case.outcome) == ("FAILED", "failed")
    failed = next(fact for fact in facts_of(case) if fact.kind == "failed")
    assert failed.occurred_on == date(2026, 10, 19) and failed.data["deemed"]
    assert {row.rule: row.status for row in case.deadlines.all()} == {"M-MED": "lapsed"}
    assert MediationCase.objects.get(pk=ordinary.pk).state == "MEDIATING"  # M-GEN only proposes it


def test_an_estimated_calendar_lets_nothing_fail(lead) -> None:
    begun = date(2026, 11, 23)
    case = mediating(begun, by=lead, dispute_type=MEDICAL)
    row = case.deadlines.get(rule="M-MED")
    assert row.calendar_status == "estimated"
    sweep(date(2027, 3, 1))
    assert MediationCase.objects.get(pk=case.pk).state == "MEDIATING"


def test_failure_starts_the_three_days_to_ask_the_traffic_police(lead) -> None:
    case = session(mediating(DAY, by=lead, dispute_type=TRAFFIC), lead, DAY, result="not_agreed")
    values = {"on": DAY, "ground": "no_agreement", "cause": "赔偿数额分歧大", "routes": ["administrative", "court"],
              "told_how": "paper"}  # fmt: skip
    case = perform("mediation.fail", case, values, lead, DAY)
    row = case.deadlines.get(rule="M-TRF")
    assert (row.due_on, row.bound_party, row.is_ours) == (date(2026, 9, 4), "parties", False)
    sweep(date(2026, 9, 5))
    row.refresh_from_db()
    assert row.status == "lapsed"


def test_the_answer_to_the_courts_delegation_is_due_in_three_working_days() -> None:
    case = dispute(DAY, DAY, **court("delegated", on_platform=True))
    record(case, DAY, ("delegation_received", date(2026, 9, 30)))
    assert case.deadlines.get(rule="M-ACK").due_on == date(2026, 10, 10)  # 10 October is worked


@pytest.mark.parametrize(("on_platform", "due"), [(True, DAY), (False, date(2026, 9, 4))])
def test_the_sender_is_answered_at_once_on_the_platform_else_in_three_working_days(on_platform, due, lead) -> None:
    case = entrusted(session(mediating(DAY, by=lead, on_platform=on_platform, **court("delegated")), lead, DAY,
                             result="not_agreed"))  # fmt: skip
    values = {"on": DAY, "ground": "no_agreement", "cause": "分歧大", "routes": ["court"], "told_how": "orally"}
    case = perform("mediation.fail", case, values, lead, DAY)
    assert case.deadlines.get(rule="M-RET").due_on == due


def confirmed(case: MediationCase) -> MediationCase:
    record(case, DAY, ("agreement_effective", DAY))
    return MediationCase.objects.get(pk=case.pk)


def test_enforcement_needs_a_ruling_and_runs_two_years_from_the_last_day_of_performance(lead) -> None:
    case = confirmed(mediating(DAY, by=lead))
    assert not case.deadlines.filter(rule="M-ENF")
    events.record(case, "confirmation_valid", date(2026, 9, 28), planned_on="2026-12-31")
    settle(case, DAY)
    row = case.deadlines.get(rule="M-ENF")
    assert (row.start_on, row.nominal_on) == (date(2026, 12, 31), date(2028, 12, 31))


@pytest.mark.parametrize(("track", "runs"), [("", True), ("delegated", True), ("entrusted_ordinary", False),
                                             ("entrusted_summary", False)])  # fmt: skip
def test_trap_10_what_was_entrusted_after_filing_ends_at_the_court_without_confirmation(track, runs, lead) -> None:
    case = confirmed(mediating(DAY, by=lead, **(court(track) if track else {})))
    assert case.deadlines.filter(rule="M-CONF", due_on=date(2026, 10, 8)).exists() is runs


def test_a_void_case_owes_nothing_any_more() -> None:
    case = accepted(DAY, DAY)
    record(case, DAY, ("voided", DAY), state="VOID")
    assert {row.status for row in case.deadlines.all()} == {"ended"}


def test_help_for_the_reconsideration_office_ends_before_its_own_period(lead) -> None:
    days = {}
    for wanted in (None, "2026-09-10", "2026-12-01"):
        case = dispute(DAY, DAY, source="referred", sub_source="reconsideration")
        events.record(case, "invitation_accepted", DAY, **({"result_wanted_by": wanted} if wanted else {}))
        settle(case, DAY)
        days[wanted] = case.deadlines.get(rule="M-REC").due_on
    assert days == {None: date(2026, 9, 21), "2026-09-10": date(2026, 9, 10), "2026-12-01": date(2026, 9, 21)}


def test_who_got_the_referral_back_without_result_is_not_owed_another_answer(lead) -> None:
    case = dispute(DAY, DAY, source="referred", sub_source="reconsideration")
    record(case, DAY, ("result_sent", DAY))
    record(case, DAY + timedelta(days=3), ("agreement_effective", DAY + timedelta(days=3)))
    assert {row.status for row in case.deadlines.filter(rule="M-RET")} <= {"met"}
