"""Reviews of normative documents from the request to the finding, the register, and its warning in later cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from reconsideration.models import NormativeDocument
from reconsideration.normative.keys import named_in, number_key, title_key
from reconsideration.normative.matching import warnings_of
from tests.reconsideration.test_stops import suspend, under_review
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DOCUMENT: dict[str, Any] = {
    "title": "达拉特旗畜禽养殖管理办法",
    "number": "达政发[2024]5号",
    "maker": "达拉特旗农牧局",
    "rank": "government",
    "clauses": "第五条",
}


def ask(flow: Flow, **changes: Any) -> None:
    entries = {"asked": "later", "late_reason": "答复书中才提到该文件", "is_competent": "yes", **DOCUMENT, **changes}
    flow.step("officer", "annex_open", **entries)


def text_of(paper: Any) -> str:
    return "".join(line for part in paper.sections for line in part["paragraphs"])


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"rank": "basis"}, "no-normative-document"),
        ({"asked": "with", "late_reason": ""}, "asked-later"),
    ],
)
def test_what_may_be_asked_and_when(changes: dict[str, str], refused: str) -> None:
    flow = under_review()
    assert refused in {code for code, _article in refusals(ask, flow, **changes)}
    ask(flow, rank="basis", asked="ex_officio")  # art. 57: any basis by the authority's own motion
    assert flow.case.annexed_reviews.get().document.number == "达政发〔2024〕5号"


def test_from_the_request_to_a_warning_in_a_later_case() -> None:
    flow = under_review()
    ask(flow, reasons="超越上位法规定增设许可条件")
    suspend(flow, date(2026, 9, 21), "annexed_review", is_competent="yes")
    notice = flow.on(date(2026, 9, 24)).paper(
        "annex_notice", organ="达拉特旗农牧局", clauses="《达拉特旗畜禽养殖管理办法》第五条"
    )
    assert "自收到本通知书之日起十日内" in text_of(notice) and flow.status("R-ANX-NOTIFY")[1] == "met"
    flow.step("officer", "annex_notify", organ="达拉特旗农牧局", clauses="第五条")
    flow.on(date(2026, 10, 12)).step("officer", "annex_answer", content="条款合法")
    review = flow.case.annexed_reviews.get()
    flow.on(date(2026, 10, 20)).step(
        "officer", "annex_conclude", content="第五条没有上位法依据", **{f"result_{review.pk}": "without_basis"}
    )
    review.refresh_from_db()
    assert (review.result, review.finding.source, review.finding.is_adverse) == ("without_basis", "own", True)
    flow.paper("resumption_notice", cause="审查完毕")
    flow.hear()
    told = text_of(flow.draft("decision"))
    assert "决定停止该条款的执行，并责令达拉特旗农牧局予以纠正" in told  # art. 59

    later = received(date(2026, 11, 23), act_basis="依据达政发〔2024〕5号文件第五条、《行政处罚法》第九条")
    [warned] = warnings_of(later.case, TODAY)
    assert warned.document == review.document and "第五条" in str(warned.line)
    document = review.document
    perform("normative.corrected", document, {"finding": review.finding.pk, "on": "2026-11-24", "correction": "已修改"},
            later.office["officer"], TODAY)  # fmt: skip
    assert warnings_of(later.case, TODAY) == []


def test_a_transfer_letter_asks_for_the_answer_in_sixty_days() -> None:
    flow = under_review()
    ask(flow, asked="ex_officio", late_reason="", is_competent="no", organ="鄂尔多斯市人民政府")
    suspend(flow, date(2026, 9, 21), "annexed_review", is_competent="no")
    letter = flow.on(date(2026, 9, 28)).paper(
        "annex_transfer", organ="鄂尔多斯市人民政府", clauses="《达拉特旗畜禽养殖管理办法》第五条"
    )
    told = text_of(letter)
    assert "自收到转送之日起六十日内" in told and "第五十七条" in told and "第五十三条第二款" in told
    assert flow.status("R-ANX-FWD")[1] == "met"


def test_a_document_that_had_ended_on_the_day_of_the_act_warns() -> None:
    flow = received(date(2026, 11, 23), act_basis="《达拉特旗畜禽养殖管理办法（试行）》")
    NormativeDocument.objects.create(
        title="达拉特旗畜禽养殖管理办法", maker="达拉特旗人民政府", rank="government", valid_to=date(2025, 12, 31)
    )
    [warned] = warnings_of(flow.case, TODAY)
    assert "2025年12月31日" in str(warned.reasons[0])


def test_the_register_is_searched_and_one_number_of_a_maker_stands_once() -> None:
    flow = received(date(2026, 11, 23))
    officer = flow.office["officer"]
    entries = {name: value for name, value in DOCUMENT.items() if name != "clauses"}
    document = perform("normative.enter", None, entries, officer, TODAY)
    with pytest.raises(InvalidInput):
        perform("normative.enter", None, {**entries, "number": "达政发（2024）第5号"}, officer, TODAY)
    perform("normative.add_finding", document, {"clauses": "第九条", "result": "higher_law", "source": "court",
            "on": "2026-11-02", "opinion": "（2026）内06行终8号"}, officer, TODAY)  # fmt: skip
    client = Client()
    client.force_login(officer)
    page = client.get("/reconsideration/normative/", {"q": "达政发(2024)5号", "show": "adverse"})
    assert document.title in page.content.decode()
    shown = client.get(document.get_absolute_url()).content.decode()
    assert "（2026）内06行终8号" in shown


def test_which_documents_a_text_names() -> None:
    numbers, titles = named_in("根据《畜禽养殖管理办法（试行）》（达政发[2024]第5号）处罚")
    assert title_key("畜禽养殖管理办法") in titles and number_key("达政发〔2024〕5号") in numbers
