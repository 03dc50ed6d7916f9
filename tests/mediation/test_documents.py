"""The papers of mediation: what each says, what no paper says, and how one is printed and signed."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.documents import text
from casemgr.documents.definition import definition_of
from casemgr.documents.kinds import kinds_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText, render_both
from casemgr.documents.rendering.wording import CODE
from casemgr.documents.sealing.models import SealUse
from casemgr.documents.services import issue_form
from casemgr.organisation.models import Unit
from mediation.documents.agreement import compose as agreement_text
from mediation.documents.seal_register import enter_stamp
from mediation.models import Agreement, Obligation
from tests.support import services
from tests.support.agreements import Table
from tests.support.all_kinds import printed_papers
from tests.support.mediation import mediator
from tests.support.mediation_papers import (
    NUMBER,
    PHONE,
    SECRET,
    TODAY,
    full_dispute,
    in_state,
    joined,
    session,
    settled_dispute,
)
from tests.support.papers import pdf_text
from tests.support.register import person
from tests.support.word import office_pdfs, read_as_text, word_text

pytestmark = pytest.mark.django_db
INSIDE_THE_FILE = {"application", "registration_form", "oral_register"}
"""They ask for the telephone; all others may reach the other side."""


@pytest.fixture(scope="module")
def definitions(django_db_setup, django_db_blocker) -> dict[str, DocumentText]:
    """Every kind on one rich case, composed once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        case = full_dispute()
        found = dict(printed_papers(case, case.lead_handler, TODAY))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def made(definitions):
    return {code: render_both(definition) for code, definition in definitions.items()}


def test_every_kind_says_the_same_in_pdf_and_word(made) -> None:
    assert set(made) == set(kinds_of("mediation"))
    for code, files in made.items():
        assert word_text(files.word) == pdf_text(files.pdf), code


@pytest.mark.long
def test_word_is_printed_alike_by_libreoffice(made, tmp_path) -> None:
    if not services.find("soffice") or not shutil.which("pdftotext"):
        pytest.skip("LibreOffice or poppler-utils is not installed")
    printed = office_pdfs({code: files.word for code, files in made.items()}, tmp_path)
    for code, files in made.items():
        (tmp_path / "own.pdf").write_bytes(files.pdf)
        ours, theirs = read_as_text(tmp_path / "own.pdf"), read_as_text(printed[code])
        beside = "".join(CODE)  # in a frame, which LibreOffice writes behind the page it stands on
        assert (ours.count(beside), theirs.count(beside)) == (1, 1), code
        assert theirs.replace(beside, "") == ours.replace(beside, ""), code


def test_no_paper_holds_a_full_number_a_confidence_or_more_than_the_way_to_the_case(made, definitions) -> None:
    for code, files in made.items():
        text = pdf_text(files.pdf)
        assert NUMBER not in text and SECRET not in text, code
        assert (PHONE in text) == (code in INSIDE_THE_FILE), code
        assert definitions[code].address.startswith(f"{project.SITE_URL}/cases/"), code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("application", ("人民调解申请书", "王宝音", "蒙古族", "李四赔偿损失8,000元", "自愿申请人民调解")),
        ("registration_form", ("■接受委托移送", "8,000元", "新民村", "登记人")),
        ("rights_notice", ("拒绝调解或者要求终止调解", "不收取任何费用", "三十日内", "虚假调解")),
        ("identity_seen", ("居民身份证", "0017", "人证一致")),
        ("power_of_attorney", ("授权委托书", "特别授权", "签订调解协议")),
        ("representative_certificate", ("张建设", "总经理", "法定代表人")),
        ("election", ("王宝力", "2026年11月2日", "须经被代表人同意")),
        ("inquiry_record", ("2026年11月5日9时30分", "问：院墙是什么时候建的？", "逐页签名")),
        ("session_record", ("2026年11月20日21时30分至2026年11月21日0时40分", "巴图（新民村村民委员会）", "不公开")),
        (
            "agreement",
            (
                "达树人调字〔2026〕1号-1",
                "证件号码末四位0017",
                "二、李四于2026年12月15日前（含当日）向王宝音支付赔偿款（第1期）人民币3,000元（大写：叁仟元整）。",
                "人民币1,200.50元（大写：壹仟贰佰元伍角整）",
                "见证人",
                "法定代表人张建设",
                "记录人乌日娜",
                "一式四份",
            ),
        ),
        ("oral_register", ("1号-2", "口头协议自达成之日起生效", "李四向王宝音赔礼道歉")),
        ("performance_receipt", ("今收到李四", "人民币3,000元（大写：叁仟元整）", "转账凭证")),
        ("visit_record", ("2026年11月27日15时", "满意", "未起诉")),
        ("confirmation_application", ("第二百零五条", "第三十三条", "共同申请司法确认")),
        ("mediation_certificate", ("人民调解员刘根喜主持调解", "特此证明")),
        ("failure_notice", ("第二十六条", "调解不成，现依法终止调解")),
        ("refusal_letter", ("起诉状副本、身份证复印件", "不予受理")),
        ("referral_receipt", ("（2026）内0621诉前调18号", "高法官", "委派调解")),
        ("acceptance_letter", ("达拉特旗人民法院：", "2026年11月2日受理")),
        ("result_letter", ("达成调解协议", "2026年11月20日达成")),
        ("closing_report", ("人民调解结案报告表", "负责人意见")),
        ("risk_report", ("树林召镇派出所", "2026年11月3日20时10分", "扬言动手", "4人")),
    ],
)  # fmt: skip
def test_each_paper_says_what_it_must(made, code: str, words: tuple[str, ...]) -> None:
    text = pdf_text(made[code].pdf)
    assert not [word for word in words if "".join(word.split()) not in text], text


def paper(case, kind: str, **data) -> str:
    """The text of one more paper, as it would be printed."""
    composed = kinds_of("mediation")[kind].composed(case, data, TODAY)
    document = Document(case=case, kind=kind, title="", addressee=composed.addressee, data=data)
    document.sections = text.drafted(composed)
    document.drafted_on = TODAY
    return word_text(render_both(definition_of(document)).word)


class TestAgreement:
    def test_labour_and_medical_take_no_fingerprint_alone(self) -> None:
        case = settled_dispute()
        case.mediation_facts.dispute_type = "10"
        case.mediation_facts.save()
        said = paper(case, "agreement", agreement=Agreement.objects.get(case=case).pk)
        assert "签名或者盖章" in said and "按指印" not in said and "支付令" in said

    def test_a_proactive_case_knows_no_applicant(self) -> None:
        case = settled_dispute()
        case.mediation_facts.source = "own_motion"
        case.mediation_facts.save()
        said = paper(case, "agreement", agreement=Agreement.objects.get(case=case).pk)
        assert "申请人" not in said.replace("申请司法确认", "") and "当事人：王宝音" in said

    def test_each_party_must_get_a_copy(self) -> None:
        case = settled_dispute()
        joined(case, "赵六", "respondent", order=2)
        with pytest.raises(ActionError) as error:
            issue_form(case, "agreement", {}, case.lead_handler, TODAY)
        assert "copies" in {refusal.code for refusal in error.value.refusals}

    def test_trap_07_the_seal_asked_for_is_the_committees_never_the_studios(self) -> None:
        case = settled_dispute()
        studio = Unit(code="STUDIO-1", name="刘根喜调解工作室", kind=Unit.Kind.STUDIO, parent=case.unit)
        studio.save()
        case.unit = studio
        case.save()
        issue_form(case, "agreement", {}, mediator("studio-mediator", at=studio), TODAY)
        assert SealUse.objects.get(case=case).seal_name == "树林召镇人民调解委员会"

    def test_printed_again_unchanged_it_is_the_same_paper_and_changed_it_takes_the_place_of_the_unsealed(self) -> None:
        case, actor = settled_dispute(), mediator("prints")
        first = issue_form(case, "agreement", {}, actor, TODAY)
        assert issue_form(case, "agreement", {}, actor, TODAY).pk == first.pk
        Obligation.objects.filter(agreement__case=case).update(amount_yuan=Decimal("2999.99"))
        second = issue_form(case, "agreement", {}, actor, TODAY)
        first.refresh_from_db()
        assert second.pk != first.pk and (first.state, second.state) == ("WITHDRAWN", "ISSUED")
        assert list(SealUse.objects.filter(status="waiting").values_list("document", flat=True)) == [second.pk]

    def test_the_day_is_left_to_those_who_sign(self) -> None:
        case = settled_dispute()
        issued = issue_form(case, "agreement", {}, case.lead_handler, date(2026, 11, 29))
        assert "2026年11月29日" not in pdf_text(issued.content())


class TestPrinting:
    def test_a_mediator_prints_a_record_with_one_click_and_a_stranger_finds_nothing(self) -> None:
        case = settled_dispute()
        client, stranger = Client(), Client()
        client.force_login(case.lead_handler)
        stranger.force_login(person("stranger", "officer"))
        row = case.mediation_sessions.get()
        address = f"/cases/{case.pk}/documents/draft/"
        answer = client.post(address, {"kind": "session_record", "session": row.pk})
        printed = Document.objects.get(case_id=case.pk)
        assert answer.headers["Location"] == f"/documents/{printed.pk}/file/" and printed.state == "ISSUED"
        assert client.get(answer.headers["Location"]).headers["Content-Type"] == "application/pdf"
        assert stranger.get(answer.headers["Location"]).status_code == 404
        assert stranger.post(address, {"kind": "session_record", "session": row.pk}).status_code == 404

    def test_with_several_sessions_one_must_be_chosen(self) -> None:
        case = settled_dispute()
        session(case, number=2, result="adjourned")
        client = Client()
        client.force_login(case.lead_handler)
        address = f"/cases/{case.pk}/documents/draft/"
        assert client.post(address, {"kind": "session_record"}).status_code == 422
        assert "selected" in client.get(f"{address}?kind=session_record").text
        assert not Document.objects.filter(case_id=case.pk).exists()

    def test_the_case_page_offers_the_forms_that_fit(self) -> None:
        case = settled_dispute()
        client = Client()
        client.force_login(case.lead_handler)
        page = client.get(f"/cases/{case.pk}/").text
        assert 'value="rights_notice"' in page and "kind=agreement" in page and "kind=session_record" in page
        assert "oral_register" not in page and "referral_receipt" not in page

    def test_the_code_of_a_paper_leads_by_log_in_to_the_case_for_those_who_may_see_it_only(self) -> None:
        case = settled_dispute()
        address = definition_of(issue_form(case, "rights_notice", {}, case.lead_handler, TODAY)).address
        assert str(case.pk) in address and "王" not in address
        path = address.removeprefix(project.SITE_URL)
        assert Client().get(path).headers["Location"] == f"/login/?next={path}"
        client, stranger = Client(), Client()
        client.force_login(case.lead_handler)
        stranger.force_login(person("stranger", "officer"))
        assert client.get(path).status_code == 200 and stranger.get(path).status_code == 404


class TestLetters:
    def test_a_notice_is_signed_by_the_committees_secretary_and_dated(self) -> None:
        case = in_state(settled_dispute(), "FAILED", outcome="failed")
        secretary = mediator("secretary", "committee")
        data = {"kind": "failure_notice", "reason": "双方分歧过大", "routes": ["court", "base_government"]}
        draft = perform("document.draft", case, data, case.lead_handler, TODAY)
        waiting = perform("document.submit", draft, {}, case.lead_handler, TODAY)
        assert waiting.state == "REVIEWED"
        with pytest.raises(ActionError):
            perform("document.sign", waiting, {}, case.lead_handler, TODAY)
        signed = perform("document.sign", waiting, {}, secretary, TODAY)
        issued = perform("document.issue", signed, {}, case.lead_handler, TODAY)
        said = pdf_text(issued.content())
        assert "诉讼时效期间一般为三年" in said and "2026年11月29日" in said and "《人民调解委员会组织条例》" in said

    def test_trap_09_no_notice_of_failure_without_the_other_ways(self) -> None:
        case = in_state(settled_dispute(), "FAILED", outcome="failed")
        draft = perform("document.draft", case, {"kind": "failure_notice", "reason": "分歧"}, case.lead_handler, TODAY)
        with pytest.raises(ActionError) as error:
            perform("document.submit", draft, {}, case.lead_handler, TODAY)
        assert {refusal.code for refusal in error.value.refusals} == {"routes"}

    def test_a_notice_may_not_leave_out_the_way_that_comes_before_a_suit(self) -> None:
        """Labour Disputes Law, art. 5: arbitration comes first; a notice that names the court alone misleads."""
        case = in_state(settled_dispute(), "FAILED", outcome="failed")
        case.mediation_facts.dispute_type = "10"
        case.mediation_facts.save()
        data = {"kind": "failure_notice", "reason": "分歧", "routes": ["court"]}
        draft = perform("document.draft", case, data, case.lead_handler, TODAY)
        with pytest.raises(ActionError) as error:
            perform("document.submit", draft, {}, case.lead_handler, TODAY)
        assert {refusal.code for refusal in error.value.refusals} == {"routes"}

    def test_trap_06_no_register_of_an_oral_agreement_where_the_law_asks_for_writing(self) -> None:
        case = settled_dispute()
        case.mediation_facts.dispute_type = "12"
        case.mediation_facts.save()
        Agreement.objects.filter(case=case).update(form="oral")
        with pytest.raises(ActionError) as error:
            issue_form(case, "oral_register", {}, case.lead_handler, TODAY)
        assert {refusal.code for refusal in error.value.refusals} == {"written"}


def test_the_step_that_records_the_seal_enters_it_in_the_register_of_seals() -> None:
    case = settled_dispute()
    paper = issue_form(case, "agreement", {}, case.lead_handler, TODAY)
    keeper = mediator("keeper", "committee")
    enter_stamp(Agreement.objects.get(case=case), TODAY, keeper)
    use = SealUse.objects.get(document=paper)
    assert (use.status, use.sealed_on, use.copies, use.sealed_by) == ("sealed", TODAY, 3, keeper)


def test_trap_10_after_filing_the_agreement_promises_no_confirmation() -> None:
    """The court that entrusted it ends the suit itself (Provisions on invited mediation, art. 20)."""
    said = {}
    for track in ("entrusted_ordinary", "delegated"):
        table = Table(TODAY, source="referred", sub_source=f"court_{track[:9]}", court_track=track)
        table.write(table.pay("1000"))
        composed = agreement_text(table.case, {"agreement": table.agreement.pk}, TODAY)
        said[track] = "".join(line for part in composed.parts for line in part.paragraphs)
    assert "申请司法确认" not in said["entrusted_ordinary"] and "制作调解书" in said["entrusted_ordinary"]
    # the thirty days are counted from the signatures, whatever comes later
    assert "自各方当事人签名、盖章或者按指印之日起三十日内共同向有管辖权的人民法院申请司法确认" in said["delegated"]
