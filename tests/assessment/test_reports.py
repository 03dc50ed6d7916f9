"""Reports: drafted from the figures with tables and pictures, edited, checked for secrets, issued with frozen files."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from docx import Document as WordFile

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.assessment.models import Report
from casemgr.assessment.reports.reminders import NOTICES, remind_of_reports
from casemgr.assessment.reports.secrets import secrets_in
from casemgr.documents.files import FileDamaged
from casemgr.notices.models import Notice
from casemgr.parties.models import Party
from tests.litigation.test_performance import lost
from tests.support.assessment import Bureau, bureau, step
from tests.support.papers import pdf_text
from tests.support.register import applicant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 10)


@pytest.fixture
def people() -> Bureau:
    return bureau()


def a_report(actor: Any, kind: str, year: int = 2026, quarter: str = "") -> Report:
    return perform("report.draft", None, {"kind": kind, "year": year, "quarter": quarter}, actor, TODAY)


def filled_in(report: Report, actor: Any) -> Report:
    words = {f"text_{one['code']}": one["text"] for one in report.sections}
    sent = {"title": report.title, **words, "text_closing": "持续规范执法。"}
    return step("report.edit", report, actor, TODAY, **sent)


def test_a_quarterly_analysis_is_drafted_edited_and_issued(people: Bureau) -> None:
    suit = lost("annulled")
    quarter = str((suit.ruling.made_on.month - 1) // 3 + 1)
    report = a_report(people.head, "quarterly", quarter=quarter)
    client = Client()
    client.force_login(people.head)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "共1件，涉及1个行政机关" in page
    assert "<svg" in page
    words = {f"text_{one['code']}": one["text"] for one in report.sections}
    words["text_closing"] = "个别机关告知程序不规范。"
    step("report.edit", report, people.head, TODAY, title="第三季度分析报告", **words)
    step("report.read_again", report, people.head, TODAY)
    with pytest.raises(Forbidden):
        step("report.issue", report, people.head, TODAY)
    report = step("report.issue", report, people.leader, TODAY)
    pdf = client.get(f"{report.get_absolute_url()}file/pdf/").content
    assert "告知程序不规范" in pdf_text(pdf)
    assert "达拉特旗公安局" in pdf_text(pdf)
    word = WordFile(BytesIO(client.get(f"{report.get_absolute_url()}file/docx/").content))
    assert any("达拉特旗公安局" in cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert len(word.inline_shapes) == 1
    with pytest.raises(WrongState):
        step("report.edit", report, people.head, TODAY, title="改")
    report.sha256 = "0" * 64
    with pytest.raises(FileDamaged):
        report.content("pdf")


def test_the_yearly_report_has_a_chapter_for_each_procedure(people: Bureau) -> None:
    report = a_report(people.head, "yearly")
    assert [one["code"] for one in report.sections] == ["mediation", "reconsideration", "litigation", "closing"]
    assert all(one["blocks"] for one in report.sections[:3])
    with pytest.raises(InvalidInput):
        a_report(people.head, "yearly")
    with pytest.raises(InvalidInput):
        a_report(people.head, "quarterly")
    client = Client()
    client.force_login(people.police)
    assert client.get(report.get_absolute_url()).status_code == 403


def test_the_public_edition_names_nobody_and_tells_no_small_count(people: Bureau) -> None:
    applicant("王宝音")
    report = a_report(people.head, "public")
    words = {f"text_{one['code']}": one["text"] for one in report.sections}
    clean = words | {"text_closing": "持续规范执法。"}
    step("report.edit", report, people.head, TODAY, title=report.title, **clean)
    told = words | {"text_closing": "王宝音诉公安局一案败诉。"}
    step("report.edit", report, people.head, TODAY, title=report.title, **told)
    with pytest.raises(GuardRefused) as refused:
        step("report.issue", report, people.leader, TODAY)
    assert "王宝音" in str(refused.value.refusals[0].message)
    step("report.edit", report, people.head, TODAY, title=report.title, **clean)
    step("report.issue", report, people.leader, TODAY)


@pytest.mark.parametrize(
    ("text", "is_secret"),
    [
        ("全年办结112件", False), ("全年办结12件", False), ("其中2件被撤销", True), ("涉及1人", True),
        ("（2026）内0621行初1号", True), ("达政复决字〔2026〕12号", True), ("比率为1.2%", False),
        ("电话13812345678", True), ("没有特别情况", False), ("涉及一人", True), ("其中两件被撤销", True),
        ("共十二件", False), ("高效办成一件事", False), ("呼和浩特市第一人民法院", False), ("统一名称", False),
        ("李桂兰申请复议", True),
    ],
)  # fmt: skip
def test_what_may_not_be_published(text: str, is_secret: bool) -> None:
    Party.objects.create(kind=Party.Kind.PERSON, name="李桂兰")
    assert bool(secrets_in(text)) is is_secret


def test_heads_are_reminded_until_it_is_issued(people: Bureau) -> None:
    assert remind_of_reports(date(2027, 1, 31)) == 1  # thirty days before, once
    assert remind_of_reports(date(2027, 2, 5)) == 1
    assert Notice.objects.filter(recipient=people.leader, kind="report_due").count() == 1
    Notice.objects.all().delete()
    assert remind_of_reports(date(2027, 2, 22)) == 1
    assert remind_of_reports(date(2027, 2, 22)) == 1
    assert Notice.objects.filter(recipient=people.leader, kind="report_due").count() == 1
    report = filled_in(a_report(people.head, "yearly"), people.head)
    step("report.issue", report, people.leader, TODAY)
    assert remind_of_reports(date(2027, 2, 28)) == 0


def test_heads_are_reminded_of_each_quarter_s_analysis(people: Bureau) -> None:
    """From a week before the fifteenth after the quarter, which is over by then, until it is issued."""
    assert [remind_of_reports(day) for day in (date(2026, 10, 1), date(2026, 10, 7), date(2026, 10, 8))] == [0, 0, 1]
    told = Notice.objects.get(recipient=people.leader, kind="report_due")
    assert (told.data["quarter"], told.data["year"], told.data["due"]) == (3, 2026, "2026-10-15")
    with translation.override("zh-hans"):
        assert "2026年第3季度" in str(NOTICES[0].text(told.data))
    report = filled_in(a_report(people.head, "quarterly", quarter="3"), people.head)
    step("report.issue", report, people.leader, TODAY)
    assert remind_of_reports(date(2026, 10, 16)) == 0
    assert remind_of_reports(date(2027, 1, 16)) == 1
    assert Notice.objects.filter(recipient=people.leader).latest("pk").data["year"] == 2026


def test_what_nobody_filled_in_keeps_a_report_from_being_issued(people: Bureau) -> None:
    report = a_report(people.head, "yearly")
    with pytest.raises(GuardRefused) as refused:
        step("report.issue", report, people.leader, TODAY)
    (refusal,) = refused.value.refusals
    assert refusal.code == "not-filled-in"
    assert "存在的问题和下一步措施" in str(refusal.message)
    client = Client()
    client.force_login(people.leader)
    page = client.get(f"{report.get_absolute_url()}report.issue/")
    assert page.status_code == 409
    assert "请在此填写" in page.content.decode()
    words = {f"text_{one['code']}": one["text"] for one in report.sections}
    smile = words | {"text_closing": "成效明显\U0001f600"}
    step("report.edit", report, people.head, TODAY, title=report.title, **smile)
    with pytest.raises(GuardRefused) as refused:
        step("report.issue", report, people.leader, TODAY)
    assert [one.code for one in refused.value.refusals] == ["missing-glyphs"]
    half = words | {"text_closing": "个别机关负责人出庭不够。（请在此填写存在的问题和下一步措施。）"}
    step("report.edit", report, people.head, TODAY, title=report.title, **half)
    with pytest.raises(GuardRefused):
        step("report.issue", report, people.leader, TODAY)
    step("report.issue", filled_in(report, people.head), people.leader, TODAY)
