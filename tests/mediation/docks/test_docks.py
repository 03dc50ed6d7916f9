"""Docks: what a referral opens, which clock it brings, what goes back, and what may not (dossier §5; traps 10-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.links import line_of
from casemgr.cases.models import Case, Referral
from casemgr.cases.referrals.forms import ResultForm
from casemgr.notices.models import Notice
from casemgr.operation.sweep import sweep
from casemgr.parties.models import Party
from mediation.models import MediationCase
from tests.support.agreements import Table
from tests.support.flow import received
from tests.support.mediation import COMMITTEE, TOWN, committee, mediating, mediator, session
from tests.support.register import applicant, person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 25)
LETTER: dict[str, dict[str, Any]] = {
    "court": {"kind": "delegated", "organ": "达拉特旗人民法院", "organ_number": "（2026）内0621诉前调1号"},
    "police": {"kind": "delegated", "organ": "树林召派出所", "incident": "警情0901", "nature": "civil"},
    "petition": {"kind": "transfer", "organ": "旗信访局", "petition": "信访1", "answer_due": "2026-10-30"},
    "arbitration": {"kind": "delegated", "organ": "劳动人事争议仲裁院", "matter": "labour"},
    "procuratorate": {"kind": "delegated", "organ": "旗检察院", "ticket": "1", "given_due_on": "2026-10-30"},
    "legal_aid": {"kind": "transfer", "organ": "法律援助中心", "ticket": "1"},
    "hotline": {"kind": "transfer", "organ": "12345", "ticket": "1", "given_due_on": "2026-09-30"},
    "centre": {"kind": "transfer", "organ": "综治中心", "ticket": "1", "given_due_on": "2026-10-30"},
}


@pytest.fixture
def clerk():
    committee()
    return person("clerk", "committee", at=COMMITTEE, full_name="乌云其木格")


def letter(clerk, dock: str = "court", parties: int = 2, **changes: Any) -> Referral:
    sent = {"dock": dock, "received_on": "2026-09-01", "procedure": "mediation", "unit": committee().pk,
            "summary": "邻里宅基地边界纠纷", **LETTER[dock], **changes}  # fmt: skip
    referral = perform("referral.register", None, sent, clerk, TODAY)
    for name in ("王宝音", "李四")[:parties]:
        referral.parties.create(party=applicant(name))
    return referral


def take_over(referral: Referral, by: Any, **data: Any) -> Referral:
    entries = {"on": "2026-09-02", **data}
    if referral.dock == "court":
        entries.setdefault("roster", "名册第3号")
    return perform("referral.accept", referral, entries, by, TODAY)


def opened(referral: Referral) -> MediationCase:
    return MediationCase.objects.get(pk=referral.opened_case_id)


def errors(step, *args, **kwargs) -> set[str]:
    with pytest.raises(ActionError) as caught:
        step(*args, **kwargs)
    return {refusal.code if refusal.code != "invalid" else refusal.field for refusal in caught.value.refusals}


def send(referral: Referral, by: Any, today: date = TODAY, **data: Any) -> Referral:
    referral.refresh_from_db()
    return perform("referral.send_result", referral, {"on": today.isoformat(), **data}, by, today)


def proposal(referral: Referral, by: Any, today: date = TODAY) -> dict[str, Any]:
    referral.refresh_from_db()
    form = ResultForm(subject=referral, actor=by, today=today)
    return {name: field.initial for name, field in form.fields.items() if field.initial}


# trap 10: 委派 and 委托 are two kinds, with three periods; on the platform they run from the confirmation
@pytest.mark.parametrize(
    ("changes", "sub_source", "track", "rule", "due"),
    [
        ({}, "court_delegated", "delegated", "M-CRT", date(2026, 10, 8)),
        ({"on_platform": "on"}, "court_delegated", "delegated", "M-CRT", date(2026, 10, 8)),
        ({"kind": "entrusted", "track": "ordinary"}, "court_entrusted", "entrusted_ordinary", "M-CRT-P",
         date(2026, 9, 16)),
        ({"kind": "entrusted", "track": "summary"}, "court_entrusted", "entrusted_summary", "M-CRT-S",
         date(2026, 9, 8)),
    ],
)  # fmt: skip
def test_trap_10_delegated_and_entrusted_open_cases_with_their_own_clock(
    clerk, changes, sub_source, track, rule, due
) -> None:
    referral = take_over(letter(clerk, **changes), clerk)
    case = opened(referral)
    facts = case.facts
    assert (facts.source, facts.sub_source, facts.court_track) == ("referred", sub_source, track)
    assert facts.court == "达拉特旗人民法院"
    assert [part.role for part in case.participations.order_by("pk")] == ["applicant", "respondent"]
    clocks = {row.rule: row.due_on for row in case.deadlines.filter(status="open")}
    assert {code for code in clocks if code.startswith("M-CRT")} == {rule}
    assert clocks[rule] == referral.result_due_on == due
    assert referral.state == "IN_PROGRESS"


@pytest.mark.parametrize(
    ("dock", "sub_source"),
    [
        ("police", "police"), ("petition", "petition"), ("arbitration", "arbitration"),
        ("procuratorate", "procuratorate"), ("legal_aid", "other_organ"), ("hotline", "other_organ"),
        ("centre", "other_organ"),
    ],
)  # fmt: skip
def test_every_dock_opens_a_case_with_its_source(clerk, dock, sub_source) -> None:
    case = opened(take_over(letter(clerk, dock), clerk))
    assert (case.facts.source, case.facts.sub_source, case.state) == ("referred", sub_source, "REGISTERED")
    assert LETTER[dock]["organ"] in case.facts.source_note


def test_a_labour_dispute_runs_fifteen_days_from_the_receipt(clerk) -> None:
    referral = take_over(letter(clerk, "arbitration"), clerk)
    case = opened(referral)
    assert case.facts.dispute_type == "10"
    assert case.deadlines.get(rule="M-LAB").due_on == referral.result_due_on == date(2026, 9, 16)
    land = opened(take_over(letter(clerk, "arbitration", matter="land"), clerk))
    assert (land.facts.dispute_type, land.facts.sub_type) == ("07", "0701")


def test_a_notice_opens_nothing_and_the_same_letter_comes_once(clerk) -> None:
    told = take_over(letter(clerk, "police", kind="notice"), clerk)
    assert (told.state, told.opened_case_id) == ("ACCEPTED", None)
    letter(clerk)
    assert errors(letter, clerk) == {"already-registered"}
    assert not MediationCase.objects.exists()


def test_consents_come_along_and_a_clear_refusal_bars(clerk) -> None:
    referral = letter(clerk)
    first, second = referral.parties.order_by("pk")
    asked = {"on": "2026-09-01", "how": "法院询问笔录"}
    perform("referral.consent", referral, {**asked, "party": first.pk, "answer": "agrees"}, clerk, TODAY)
    referral.refresh_from_db()
    perform("referral.consent", referral, {**asked, "party": second.pk, "answer": "refuses"}, clerk, TODAY)
    referral.refresh_from_db()
    assert errors(take_over, referral, clerk) == {"party-refuses"}
    perform("referral.consent", referral, {**asked, "party": second.pk, "answer": "unreached"}, clerk, TODAY)
    referral.refresh_from_db()
    case = opened(take_over(referral, clerk))
    answers = [part.mediation_consent.answer for part in case.participations.order_by("pk")]
    assert answers == ["agreed", "pending"]


def test_without_parties_nothing_opens(clerk) -> None:
    assert errors(take_over, letter(clerk, parties=0), clerk) == {"no-party"}


# trap 11
@pytest.mark.parametrize(
    ("kind", "codes"),
    [("police", {"mediated-by-police"}), ("other", {"security-case"}), ("", {"dock-minimum", "security-case"})],
)
def test_trap_11_a_public_security_case_is_no_case_of_the_committee(clerk, kind, codes) -> None:
    referral = letter(clerk, "police", nature="security")
    assert errors(take_over, referral, clerk, security_kind=kind) == codes
    assert not MediationCase.objects.exists()


def test_what_the_petition_organ_mediates_itself_is_administrative(clerk) -> None:
    assert errors(take_over, letter(clerk, "petition", mediated_by="organ"), clerk) == {"petition-organ"}


def _table(referral_of: Any, day: date = date(2026, 9, 10), **facts: Any) -> Table:
    """A dispute under mediation that was opened for the referral."""
    table = Table(day, **{"source": "referred", "sub_source": "police", **facts})
    _open_for(referral_of, table.case)
    return table


def _open_for(referral: Referral, case: Case) -> None:
    Referral.objects.filter(pk=referral.pk).update(opened_case=case.pk, state="IN_PROGRESS")
    referral.refresh_from_db()


# trap 11
def test_trap_11_no_penalty_only_after_performance_and_a_joint_application(clerk) -> None:
    referral = letter(clerk, "police", nature="security", no_penalty="on")
    table = _table(referral)
    table.agree(table.pay("3000", due_on="2026-09-20"))
    told = {"result": "settled", "joint_application_on": "2026-09-12", "approval": "同意不予处罚"}
    assert errors(send, referral, clerk, result="settled") >= {"joint_application_on", "approval"}
    assert errors(send, referral, clerk, **told) == {"not-performed"}
    row = table.agreement.obligations.get()
    entries = {"obligation": row.pk, "amount_yuan": "3000", "proof": "收条"}
    table.on(date(2026, 9, 18)).act("record_performance", **entries)
    assert errors(send, referral, clerk, **told) == {"asked-too-early"}
    done = send(referral, clerk, **{**told, "joint_application_on": "2026-09-19"})
    assert (done.state, done.result) == ("RESULT_SENT", "settled")


def test_the_result_is_proposed_from_the_file_and_ends_the_clock(clerk, client) -> None:
    referral = letter(clerk, "centre")
    table = _table(referral, sub_source="other_organ")
    assert errors(send, referral, clerk, result="settled", satisfaction="满意") == {"not-over"}
    assert proposal(referral, clerk) == {"on": TODAY}
    table.agree(table.pay("3000", due_on="2026-12-20"))
    filled = proposal(referral, clerk)
    assert filled["result"] == "settled" and filled["agreement_number"] == table.agreement.number
    assert "被申请人赔偿申请人损失" in filled["agreed_facts"]
    assert errors(send, referral, clerk, result="failed", next_step="起诉") == {"other-outcome"}
    assert errors(send, referral, clerk, result="settled", agreement_number="别案1号") == {"foreign-number"}
    names = ("result", "agreement_number", "agreed_facts", "performance")
    assert table.deadline("M-RET")[1] == "open"
    send(referral, clerk, **{name: filled.get(name, "") for name in names})
    assert table.deadline("M-RET") == (date(2026, 9, 15), "met_late")  # three working days; told on the 25th
    client.force_login(table.mediator)
    assert str(referral) in client.get(table.case.get_absolute_url()).content.decode()


def test_what_was_said_in_confidence_never_leaves(clerk, client) -> None:
    referral, by, on = letter(clerk), mediator(), date(2026, 9, 10)
    court = {"source": "referred", "sub_source": "court_delegated", "court_track": "delegated"}
    case = mediating(on, by=by, **court)
    _open_for(referral, case)
    case = session(case, by, on, TODAY, result="not_agreed", confidential="底线是两千元")
    told = {
        "on": "2026-09-11",
        "ground": "no_agreement",
        "cause": "差距过大",
        "routes": ["court"],
        "told_how": "orally",
    }
    perform("mediation.fail", case, told, by, TODAY)
    filled = proposal(referral, clerk)
    assert filled["result"] == "failed" and filled["next_step"] and filled["failure_report"]
    assert "两千元" not in str(filled) and "差距过大" not in str(filled)
    names = ("result", "next_step", "failure_report")
    sent = send(referral, clerk, **{name: filled[name] for name in names}, confidential="底线是两千元")
    assert "两千元" not in f"{sent.agreed_facts}{sent.next_step}{sent.extra}"


def test_entrusted_ends_with_the_courts_paper_not_with_the_agreement_alone(clerk) -> None:
    referral = letter(clerk, kind="entrusted", track="ordinary")
    table = _table(referral, sub_source="court_entrusted", court_track="entrusted_ordinary", court="达拉特旗人民法院")
    table.agree(table.pay("3000", due_on="2026-12-20"))
    assert table.deadline("M-CONF") is None
    assert errors(send, referral, clerk, result="settled") == {"court_paper"}
    assert send(referral, clerk, result="settled", court_paper="（2026）内0621民初9号调解书").result == "settled"


# trap 12
@pytest.fixture
def sued():
    """A running reconsideration case: applicant, the authority sued, and a neighbour as third party."""
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 3)).accept()
    neighbour = Party.objects.create(kind=Party.Kind.PERSON, name="邻居赵六")
    flow.case.participations.create(party=neighbour, role="third_party", name=neighbour.name)
    return flow.case


def ask_for_help(case: Case, officer: Any, town: Any, **changes: Any) -> Referral:
    data = {"dock": "reconsideration", "kind": "delegated", "to_unit": unit(TOWN).pk,
            "parties": [part.pk for part in case.participations.all()], "summary": "不服处罚，另有相邻损害",
            "issues": "补偿数额", "civil_part": "相邻损害赔偿三千元", "administrative_part": "处罚决定的合法性",
            "suspend": "no", **changes}  # fmt: skip
    referral = perform("referral.draft", case, data, officer, TODAY)
    for part in referral.parties.all():
        said = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "当面"}
        referral = perform("referral.consent", referral, said, officer, TODAY)
    referral = perform("referral.send", referral, {"on": "2026-09-10"}, officer, TODAY)
    referral = perform("referral.receive", referral, {"on": "2026-09-11"}, town, TODAY)
    return perform("referral.accept", referral, {"on": "2026-09-11", "secrecy": "on"}, town, TODAY)


def test_trap_12_only_the_civil_part_of_a_reconsideration_case_is_mediated(sued) -> None:
    officer, town = person("officer-x", "officer"), person("town-x", "town", at=TOWN)
    referral = ask_for_help(sued, officer, town)
    case = opened(referral)
    assert case.number != sued.number and case.facts.summary == "相邻损害赔偿三千元"
    names = dict(case.participations.values_list("role", "name"))
    respondent = sued.participations.get(role="respondent")
    assert names["respondent"] == "邻居赵六" and respondent.party_id not in case.participations.values_list(
        "party_id", flat=True
    )
    assert case.facts.sub_source == "reconsideration"
    # 15 working days from 11 September, or ten days before the decision: 9 October
    assert case.deadlines.get(rule="M-REC").due_on == referral.result_due_on == date(2026, 10, 9)
    assert {row.case.pk for row in line_of(sued, officer, TODAY).cases} == {sued.pk}
    assert line_of(sued, officer, TODAY).hidden == 1


def test_trap_12_nothing_civil_opens_no_case(sued) -> None:
    officer, town = person("officer-x", "officer"), person("town-x", "town", at=TOWN)
    referral = ask_for_help(sued, officer, town, civil_part="无")
    assert (referral.state, referral.opened_case_id) == ("ACCEPTED", None)
    assert not MediationCase.objects.exists()


@pytest.mark.parametrize(
    ("result", "code", "refusal"),
    [
        ("settled", "R1", set()),
        ("settled", "R4", {"other-code"}),
        ("settled", "R5", {"other-code"}),
        ("partly", "R2", {"other-code"}),
        ("failed", "R4", {"other-outcome"}),
    ],
)
def test_trap_12_the_result_returns_and_the_reconsideration_case_is_not_decided_by_it(
    sued, client, result, code, refusal
) -> None:
    officer, town = person("officer-x", "officer"), person("town-x", "town", at=TOWN)
    referral = ask_for_help(sued, officer, town)
    table = _table(referral, date(2026, 9, 14), sub_source="reconsideration")
    table.agree(table.pay("3000", due_on="2026-12-20"))
    told = {"result": result, "result_code": code, "agreement_number": table.agreement.number,
            "next_step": "由机关决定", "confidential": "邻居愿再让五百"}  # fmt: skip
    before = sued.state
    if refusal:
        assert errors(send, referral, town, **told) == refusal
        return
    assert proposal(referral, town)["result_code"] == "R1"
    send(referral, town, **told)
    sued.refresh_from_db()
    assert sued.state == before and not sued.outcome
    assert sued.events.filter(kind="referral_result").exists()
    client.force_login(officer)
    page = client.get(referral.get_absolute_url()).content.decode()
    assert table.agreement.number in page and "邻居愿再让五百" not in page


def test_late_and_near_results_are_reminded_once_per_step(clerk) -> None:
    referral = take_over(letter(clerk, "hotline", given_due_on="2026-09-29"), clerk)

    def told(on: date) -> list[str]:
        before = set(Notice.objects.values_list("pk", flat=True))
        sweep(on)
        rows = Notice.objects.filter(recipient=clerk, kind__startswith="referral_").exclude(pk__in=before)
        return list(rows.values_list("kind", flat=True))

    assert referral.result_due_on == date(2026, 9, 29)
    assert told(date(2026, 9, 23)) == []
    assert told(date(2026, 9, 28)) == ["referral_due"]
    assert told(date(2026, 9, 29)) == []
    assert told(date(2026, 9, 30)) == ["referral_late"]


class TestLateHelpForTheReconsiderationOffice:
    """Dossier §1.3, M-REC: what is not answered by its day goes back by itself, R5; nobody's mediation ends with it."""

    DUE, NIGHT = date(2026, 10, 9), date(2026, 10, 10)

    @pytest.fixture
    def people(self):
        return person("officer-x", "officer"), person("town-x", "town", at=TOWN)

    def test_it_goes_back_the_day_after_without_result(self, sued, people, client) -> None:
        officer, town = people
        referral = ask_for_help(sued, officer, town)
        before = sued.state
        assert not sweep(self.DUE).errors
        referral.refresh_from_db()
        assert referral.state == "IN_PROGRESS"
        report = sweep(self.NIGHT)
        referral.refresh_from_db()
        assert (report.errors, report.referrals_returned) == ([], 1)
        assert (referral.state, referral.result, referral.extra["result_code"]) == ("RESULT_SENT", "terminated", "R5")
        assert referral.result_on == self.NIGHT
        sued.refresh_from_db()
        assert sued.state == before and not sued.outcome
        case = opened(referral)
        assert case.state == "REGISTERED"  # the civil dispute may go on
        assert case.deadlines.get(rule="M-REC").status == "met_late"
        told = Notice.objects.filter(kind="referral_returned").values_list("recipient__username", flat=True)
        assert set(told) == {"town-x", sued.lead_handler.username} if sued.lead_handler else {"town-x"}
        client.force_login(officer)
        assert "R5" in client.get(referral.get_absolute_url()).content.decode()
        assert sweep(self.NIGHT).referrals_returned == 0

    def test_what_is_signed_for_and_not_answered_counts_as_declined(self, sued, people) -> None:
        officer, town = people
        referral = ask_for_help(sued, officer, town)
        Referral.objects.filter(pk=referral.pk).update(state="RECEIVED", answered_on=None, opened_case=None)
        report = sweep(date(2026, 12, 1))
        referral.refresh_from_db()
        assert (report.errors, referral.state, referral.extra["result_code"]) == ([], "DECLINED", "R5")
        assert referral.decline_reason

    def test_more_time_of_the_office_counts(self, sued, people) -> None:
        officer, town = people
        referral = ask_for_help(sued, officer, town)
        perform("referral.extend", referral, {"until": "2026-10-16", "reason": "办案机关同意"}, officer, TODAY)
        assert sweep(self.NIGHT).referrals_returned == 0
        assert sweep(date(2026, 10, 17)).referrals_returned == 1

    def test_a_mediation_that_came_to_an_end_is_told_by_its_committee(self, sued, people) -> None:
        officer, town = people
        referral = ask_for_help(sued, officer, town)
        table = _table(referral, date(2026, 9, 14), sub_source="reconsideration")
        table.agree(table.pay("3000", due_on="2026-12-20"))
        report = sweep(self.NIGHT)
        referral.refresh_from_db()
        assert (report.errors, report.referrals_returned, referral.state) == ([], 0, "IN_PROGRESS")

    def test_an_estimated_day_returns_nothing(self, sued, people) -> None:
        referral = ask_for_help(sued, *people)
        Referral.objects.filter(pk=referral.pk).update(
            calendar_status="estimated", result_due_on="2027-01-04", extended_to="2027-01-04", answered_on="2026-12-20"
        )
        sweep(date(2027, 1, 5))
        referral.refresh_from_db()
        assert referral.state == "IN_PROGRESS"

    def test_other_docks_wait_for_their_people(self, clerk) -> None:
        referral = take_over(letter(clerk, "hotline", given_due_on="2026-09-29"), clerk)
        assert sweep(date(2026, 10, 10)).referrals_returned == 0
        referral.refresh_from_db()
        assert referral.state == "IN_PROGRESS"

    def test_nobody_returns_it_by_hand(self, sued, people) -> None:
        officer, town = people
        referral = ask_for_help(sued, officer, town)
        for who in people:
            with pytest.raises(ActionError):
                perform("referral.return_late", referral, {"on": "2026-10-10"}, who, self.NIGHT)


def test_the_letters_parties_stand_on_the_side_that_was_chosen(clerk) -> None:
    """Whom the letter names first need not be who asks for something; without a choice the first one applies."""
    referral = letter(clerk, "police", parties=0)
    for name, side in (("李四", "respondent"), ("王宝音", "applicant"), ("赵五", "")):
        party = {"kind": "person", "name": name, "identity_kind": "NONE", "identity_note": "未带", "side": side}
        perform("referral.add_party", referral, party, clerk, TODAY)
    case = opened(take_over(referral, clerk))
    found = {part.name: part.role for part in case.participations.all()}
    assert found == {"李四": "respondent", "王宝音": "applicant", "赵五": "respondent"}


def test_what_was_agreed_goes_back_to_the_office_only_if_the_parties_allow_it(sued) -> None:
    """Dossier §5.5(8): result, day and agreed facts; the agreement with everybody's consent."""
    officer, town = person("officer-x", "officer"), person("town-x", "town", at=TOWN)
    referral = ask_for_help(sued, officer, town)
    table = _table(referral, date(2026, 9, 14), sub_source="reconsideration")
    table.agree(table.pay("3000", due_on="2026-12-20"))
    filled = proposal(referral, town)
    assert filled["agreed_facts"] == "边界争执。" and "performance" not in filled
    told = {"result": "settled", "result_code": "R1", "agreement_number": table.agreement.number}
    whole = {**told, "agreed_facts": "边界争执。\n被申请人赔偿 申请人损失。"}
    assert errors(send, referral, town, **whole) == {"content-not-allowed"}
    assert errors(send, referral, town, **told, next_step="被申请人赔偿申请人损失") == {"content-not-allowed"}
    done = send(referral, town, **whole, agreement_allowed="双方9月20日书面同意")
    assert done.extra["agreement_allowed"] == "双方9月20日书面同意"


def test_the_facts_alone_need_no_leave(sued) -> None:
    officer, town = person("officer-x", "officer"), person("town-x", "town", at=TOWN)
    referral = ask_for_help(sued, officer, town)
    table = _table(referral, date(2026, 9, 14), sub_source="reconsideration")
    table.agree(table.pay("3000", due_on="2026-12-20"))
    told = {"result": "settled", "result_code": "R1", "agreed_facts": proposal(referral, town)["agreed_facts"]}
    assert send(referral, town, **told).state == "RESULT_SENT"
