"""Judicial confirmation, closing, archive, new rounds (Civil Procedure Law, art. 205, 206; dossier §1.6)."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import Forbidden
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.notices.models import Notice
from mediation.actions.confirmation import REFUSED, objection_ends_on
from mediation.agreements.confirmation import checks_of, court_grounds
from mediation.agreements.sections import confirmation_section
from mediation.agreements.standing import in_effect
from mediation.completeness import gates, missing
from mediation.terms import Ending
from tests.support.agreements import Table, refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
COURT = "达拉特旗人民法院"
PACK = {"subject_matter": "obligations", "no_third_party": "on", "is_legible": "on", "court": COURT,
        "court_ground": "organisation"}  # fmt: skip
WHOLE = {"breach": "逾期按日万分之五支付违约金。", "payment_way": "现金，凭收条。"}


def agreed(*, whole: bool = True, **facts) -> Table:
    """A written agreement over two payments, fit for the court unless `whole` is false."""
    table = Table(DAY, **facts)
    for role in ("applicant", "respondent"):
        party = table.part(role).party
        party.masked_number = "1506**********0017"
        party.save()
    entries = table.pay("1000", due_on="2026-10-31"), table.pay("500", due_on="2026-12-31")
    table.agree(*entries, **(WHOLE if whole else {}))
    return table


def filed(**facts) -> Table:
    table = agreed(**facts)
    table.act("prepare_confirmation", **PACK)
    table.on(date(2026, 9, 10)).act("file_confirmation", applied_by="jointly")
    return table


def ruled(**facts) -> Table:
    table = filed(**facts)
    table.on(date(2026, 9, 14)).act("confirmation_accepted", court_number="（2026）内0621诉前调确1号")
    table.on(date(2026, 9, 25)).act("confirmation_valid", ruling_number="调确1号", received_on="2026-09-25")
    return table


def state_of(table: Table) -> str:
    return table.agreement.confirmations.get().state


def test_an_incomplete_pack_does_not_go_to_the_court() -> None:
    table = agreed(whole=False)
    assert {code for code, _article in refused(table.act, "prepare_confirmation", **PACK)} == {
        "pack-way",
        "pack-breach",
    }
    assert not table.agreement.confirmations.exists()


def test_a_party_without_identity_document_blocks_the_pack() -> None:
    table = agreed()
    party = table.part("respondent").party
    party.masked_number = ""
    party.save()
    assert refused(table.act, "prepare_confirmation", **PACK) == {("pack-identity", "《民诉解释》第354条")}


def test_an_undated_debt_is_not_definite() -> None:
    table = Table(DAY)
    table.agree(table.pay("1000"), **WHOLE)
    failing = {check.code for check in checks_of(table.case, table.agreement) if not check.is_met}
    assert failing == {"due", "identity"}


@pytest.mark.parametrize("what", ["status", "property", "special", "outside"])
def test_what_the_court_does_not_take_is_refused_beforehand(what) -> None:
    found = refused(agreed().act, "prepare_confirmation", **{**PACK, "subject_matter": what})
    assert found == {("not-for-the-court", "《民诉解释》第355条")}


@pytest.mark.parametrize(
    ("facts", "grounds"),
    [
        ({}, ["domicile", "object", "organisation"]),
        ({"court_track": "delegated", "source": "referred", "court": COURT}, ["inviting"]),
    ],
)
def test_trap_04_the_court_is_not_only_the_committees(facts, grounds) -> None:
    table = agreed(**facts)
    assert [value for value, _label in court_grounds(table.case)] == grounds


def test_trap_04_an_intermediate_court_only_for_its_own_disputes() -> None:
    table = agreed()
    data = {**PACK, "court": "鄂尔多斯市中级人民法院"}
    assert refused(table.act, "prepare_confirmation", **data) == {("court", "")}
    table.act("prepare_confirmation", **data, is_intermediate="on")


def test_trap_05_one_side_alone_needs_proof_of_the_others_consent() -> None:
    table = agreed()
    table.act("prepare_confirmation", **PACK)
    assert refused(table.act, "file_confirmation", applied_by="with_consent") == {("consent_proof", "")}
    table.act("file_confirmation", applied_by="with_consent", consent_proof="李四签名的同意书")
    assert state_of(table) == "FILED"


@pytest.mark.parametrize(
    ("received", "posted", "in_time"),
    [("2026-10-08", "", True), ("2026-10-10", "2026-10-08", True), ("2026-10-09", "", False)],
)
def test_posted_in_time_counts(received, posted, in_time) -> None:
    table = agreed()
    table.act("prepare_confirmation", **PACK)
    table.day = date(2026, 10, 12)
    data = {"on": received, "sent_on": posted, "applied_by": "jointly"}
    if not in_time:
        assert refused(table.act, "file_confirmation", **data) == {("too-late", "《民事诉讼法》第205条")}
        table.act("file_confirmation", **data, obstacle="当事人住院")
    else:
        table.act("file_confirmation", **data)
    assert table.deadline("M-CONF") == (date(2026, 10, 8), "met" if in_time else "met_late")


def refused_by_the_court(table: Table) -> None:
    table.act("confirmation_refused", ground="355-2", reason="非本院管辖")


def counted_as_withdrawn(table: Table) -> None:
    table.act("confirmation_accepted", court_number="1号")
    table.act("confirmation_deemed_withdrawn")


@pytest.mark.parametrize(
    "undo", [lambda table: table.act("withdraw_confirmation"), counted_as_withdrawn, refused_by_the_court]
)
def test_an_application_that_is_gone_leaves_the_rest_of_the_thirty_days(undo) -> None:
    table = filed()
    undo(table.on(date(2026, 9, 20)))
    assert table.deadline("M-CONF") == (date(2026, 10, 8), "open")
    section = confirmation_section(table.case, table.mediator, table.day)
    assert (section["clock"].due_on, bool(section["checks"])) == (date(2026, 10, 8), True)
    table.on(date(2026, 10, 8)).act("prepare_confirmation", **PACK)
    table.act("file_confirmation", applied_by="jointly")
    assert table.deadline("M-CONF") == (date(2026, 10, 8), "met")


def test_after_an_application_that_is_gone_the_thirty_days_do_not_begin_anew() -> None:
    table = filed()
    table.on(date(2026, 9, 20)).act("withdraw_confirmation")
    table.on(date(2026, 10, 9)).act("prepare_confirmation", **PACK)
    assert table.deadline("M-CONF") == (date(2026, 10, 8), "lapsed")
    assert refused(table.act, "file_confirmation", applied_by="jointly") == {("too-late", "《民事诉讼法》第205条")}


def test_after_filing_with_the_court_no_way_back_to_confirmation_is_offered() -> None:
    table = agreed(source="referred", court_track="entrusted_ordinary")
    assert refused(table.act, "prepare_confirmation", **PACK) == {("entrusted", "《特邀调解规定》第20条")}


def test_enforcement_is_counted_from_the_last_instalment() -> None:
    table = ruled()
    assert state_of(table) == "VALID"
    clock = table.case.deadlines.get(rule="M-ENF")
    assert (clock.start_on, clock.nominal_on) == (date(2026, 12, 31), date(2028, 12, 31))
    party = table.part("applicant").party.pk
    table.on(date(2027, 1, 15)).act("record_enforcement", party=party, court=COURT)
    assert table.deadline("M-ENF")[1] == "met"


def test_no_clock_of_enforcement_without_a_ruling() -> None:
    assert filed().deadline("M-ENF") is None


def test_without_a_day_of_performance_enforcement_is_counted_from_the_ruling() -> None:
    table = agreed()
    table.agreement.obligations.update(due_on=None)
    agreement = table.agreement
    row = agreement.confirmations.create(court=COURT, court_ground="domicile", applied_by="jointly")
    for step in ("file", "accept"):
        getattr(row, step)()
    row.save()
    events.record(table.case, "confirmation_ready", DAY, subject="round:1", confirmation=row.pk)
    table.on(date(2026, 9, 25)).act("confirmation_valid", ruling_number="1号")
    assert table.case.deadlines.get(rule="M-ENF").start_on == date(2026, 9, 25)


def test_a_party_has_fifteen_days_for_an_objection_and_others_six_months() -> None:
    table = ruled()
    assert table.deadline("M-OBJ")[0] == date(2026, 10, 10)
    assert objection_ends_on("interested", date(2026, 9, 25)) == date(2027, 3, 25)
    table.on(date(2026, 10, 9)).act(
        "confirmation_objected", objector_kind="party", objector="李四", known_on="2026-09-25"
    )
    assert table.case.events.get(kind="confirmation_objected").data["time"] == "in_time"
    table.act("confirmation_objection_decided", result="revoke", ruling_number="2号")
    assert state_of(table) == "REVOKED"
    assert table.deadline("M-ENF")[1] != "open"


def test_a_wrong_ruling_is_annulled_and_its_clock_goes() -> None:
    table = ruled()
    table.annul("confirmation_valid")
    assert (state_of(table), table.deadline("M-ENF")) == ("ACCEPTED", None)
    table.act("confirmation_deemed_withdrawn")
    assert state_of(table) == "DEEMED_WITHDRAWN"


def test_a_rejection_is_told_and_leads_to_a_new_round() -> None:
    table = filed()
    assert refused(table.act, "begin_new_round", ground="court", paper="裁定书") >= {("at-court", "33")}
    table.on(date(2026, 9, 14)).act("confirmation_accepted", court_number="1号")
    table.on(date(2026, 9, 25)).act(
        "confirmation_rejected", ruling_number="1号", ground="358-5", reason="违约责任不明确"
    )
    told = set(Notice.objects.filter(kind=REFUSED).values_list("recipient__username", flat=True))
    assert told == {table.keeper.username, table.town.username, table.mediator.username}
    table.act("begin_new_round", ground="court", paper="裁定书")
    assert (table.state, table.case.facts.round, table.agreement.status) == ("MEDIATING", 2, "effective")
    table.agree(table.pay("1500", due_on="2026-11-30"), **WHOLE)
    first, second = table.case.agreements.order_by("round")
    assert (first.status, second.status) == ("superseded", "effective")
    assert [one.number.rpartition("-")[2] for one in (first, second)] == ["1", "2"]
    assert table.case.deadlines.filter(rule="M-CONF").count() == 2


def test_an_annulled_new_round_leaves_the_first_in_effect() -> None:
    table = agreed()
    table.act("begin_new_round", ground="consent", paper="双方笔录")
    table.agree(table.pay("1500", due_on="2026-11-30"))
    table.annul("seal_agreement")
    assert in_effect(table.case).round == 1


@pytest.mark.parametrize("ground", ["court", "township"])
def test_trap_13_no_new_round_without_its_ground(ground) -> None:
    code, article = {
        "court": ("not-refused", "《民事诉讼法》第206条"),
        "township": ("not-corrected", "《人民调解委员会组织条例》第10条"),
    }[ground]
    assert refused(agreed().act, "begin_new_round", ground=ground, paper="无") == {(code, article)}


def test_what_the_township_corrects_binds_nobody_any_more() -> None:
    table = agreed()
    with pytest.raises(Forbidden):
        table.act("correct_by_township", paper="纠正函", what="违反土地管理法")
    table.act("correct_by_township", by=table.town, paper="纠正函", what="违反土地管理法")
    table.act("begin_new_round", ground="township", paper="纠正函")
    assert (table.agreement.status, in_effect(table.case)) == ("superseded", None)


def failed(table: Table, *, advised: bool) -> Table:
    """No agreement came about."""
    case = table.case
    case.fail()
    case.outcome = Ending.FAILED
    events.record(case, "failed", table.day)
    if advised:
        events.record(case, "advice_given", table.day, routes=["court"])
        case.facts.advice = ["court"]
        case.facts.save()
    settle(case, table.day)
    return table


def test_trap_09_a_failed_case_is_not_just_closed() -> None:
    assert refused(failed(Table(DAY), advised=False).act, "close") == {("no-advice", "26")}
    table = failed(Table(DAY), advised=True)
    table.act("close")
    assert table.state == "CLOSED"


def test_trap_13_a_failed_dispute_is_not_reopened() -> None:
    table = failed(Table(DAY), advised=True)
    table.act("close")
    assert refused(table.act, "begin_new_round", ground="consent", paper="笔录") == {("no-agreement", "33")}


def test_the_file_is_reviewed_by_somebody_who_did_not_lead() -> None:
    table = agreed()
    table.act("record_suit", party=table.part("applicant").party.pk)
    table.act("close")
    case = table.case
    case.lead_handler = table.keeper
    case.save()
    with pytest.raises(Forbidden):
        table.act("archive", by=table.keeper)
    assert "file-incomplete" in {code for code, _ in refused(table.act, "archive", by=table.town)}


def test_what_a_complete_file_must_hold() -> None:
    table = agreed()
    assert {gate.code for gate in missing(table.case)} == {"session", "performance"}
    table.act("record_suit", party=table.part("applicant").party.pk)
    assert {gate.code for gate in missing(table.case)} == {"session"}
    assert {gate.code for gate in gates(table.case)} >= {"identity", "rights", "acts"}
