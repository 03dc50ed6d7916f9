"""The approval sheet: rounds are kept, nobody passes their own draft, what changed since is marked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casemgr.actions.errors import ActionError, Forbidden, WrongState
from casemgr.actions.perform import perform
from casemgr.documents.approvals.differences import compare, pieces_between
from casemgr.documents.approvals.models import Approval, ApprovalIsFinal
from casemgr.documents.approvals.reading import changes
from casemgr.documents.approvals.rounds import digest_of, rounds_of, text_of
from casemgr.documents.approvals.sheet import approval_sheet
from casemgr.documents.kinds import kinds_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import render_pdf
from tests.support.papers import CORRECTION, DECIDED, DECISION, RECEIVED, a_case, an_office, pdf_text, under_review
from tests.support.register import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    def set_day(day):
        for module in ("casemgr.documents.views", "casemgr.documents.approvals.views", "casemgr.cases.views"):
            monkeypatch.setattr(f"{module}.clock_today", lambda: day, raising=False)

    return set_day


def draft(office, case, actor=None, kind="correction_notice", today=RECEIVED, **data) -> Document:
    return perform("document.draft", case, {"kind": kind, **(data or CORRECTION)}, actor or office.officer, today)


def step(name: str, document: Document, actor, today=RECEIVED, **data) -> Document:
    return perform(f"document.{name}", Document.objects.get(pk=document.pk), data, actor, today)


def returned_decision(office) -> Document:
    """Handed in, examined, sent back by the head of the authority with a mark, changed and handed in again."""
    paper = draft(office, under_review(office), kind="decision", today=DECIDED, **DECISION)
    step("submit", paper, office.officer, DECIDED, opinion="拟撤销，请审。")
    step("review", paper, office.head, DECIDED, opinion="同意撤销。")
    next_day = DECIDED + timedelta(days=1)
    facts = "\n".join(next(s["paragraphs"] for s in paper.sections if s["code"] == "facts"))
    marked = facts.replace("没有告知", "未依法告知")
    return step("return_for_changes", paper, office.authority, next_day, opinion="措辞规范", text_facts=marked)


class TestSheet:
    def test_every_round_is_kept_with_person_day_opinion_and_the_text_judged(self, office):
        paper = step("take_proposal", returned_decision(office), office.officer, DECIDED + timedelta(days=1))
        step("submit", paper, office.officer, DECIDED + timedelta(days=2))
        step("review", paper, office.head, DECIDED + timedelta(days=2))
        paper = step("sign", paper, office.authority, DECIDED + timedelta(days=3), opinion="同意签发。")
        rows = [(row.round, row.level, row.outcome, row.name, row.opinion) for row in paper.approvals.all()]
        assert rows == [
            (1, "draft", "submitted", "李志强", "拟撤销，请审。"),
            (1, "examine", "passed", "苏日娜", "同意撤销。"),
            (1, "sign", "returned", "白建国", "措辞规范"),
            (2, "draft", "submitted", "李志强", ""),
            (2, "examine", "passed", "苏日娜", ""),
            (2, "sign", "signed", "白建国", "同意签发。"),
        ]
        digests = [row.digest for row in paper.approvals.all()]
        assert len(set(digests[:3])) == len(set(digests[3:])) == 1
        assert digests[0] != digests[3] == digest_of(text_of(paper))
        assert rounds_of(paper)[0].text["sections"] != rounds_of(paper)[1].text["sections"]

    def test_an_entry_never_changes(self, office):
        paper = step("submit", draft(office, a_case(office)), office.officer)
        row = paper.approvals.get()
        row.opinion = "改过"
        for change in (row.save, row.delete, Approval.objects.all().delete):
            with pytest.raises(ApprovalIsFinal):
                change()
        with pytest.raises(ApprovalIsFinal):
            Approval.objects.update(opinion="改过")

    def test_the_sheet_is_printable_at_each_moment_with_open_cells_empty(self, office):
        paper = draft(office, under_review(office), kind="decision", today=DECIDED, **DECISION)
        text = pdf_text(render_pdf(approval_sheet(paper)))
        for word in ("文书审批表", "拟稿意见", "审核意见", "签发意见", "行政复议决定书", paper.case.number):
            assert word in text
        assert "苏日娜" not in text
        step("submit", paper, office.officer, DECIDED)
        paper = step("review", paper, office.head, DECIDED, opinion="事实清楚，同意。")
        text = pdf_text(render_pdf(approval_sheet(paper)))
        assert "事实清楚，同意。" in text
        assert "苏日娜2026年10月20日" in text
        assert "历次审批记录" not in text

    def test_returns_stand_on_the_printed_sheet(self, office):
        text = pdf_text(render_pdf(approval_sheet(returned_decision(office))))
        assert "历次审批记录" in text
        assert "（退回修改）措辞规范" in text
        assert "同意撤销。" in text.split("历次审批记录")[1]
        assert "同意撤销。" not in text.split("历次审批记录")[0]

    def test_a_paper_of_the_head_of_the_office_needs_no_examination(self, office):
        kinds = kinds_of("reconsideration")
        assert (kinds["extension_notice"].reviewer_roles, kinds["extension_notice"].signer_roles) == ((), ("head",))
        for code in ("decision", "refusal", "dismissal", "termination", "mediation_paper", "stop_order"):
            assert (kinds[code].reviewer_roles, kinds[code].signer_roles) == (("head",), ("authority",)), code
        paper = step("submit", draft(office, a_case(office)), office.officer)
        with translation.override("en"):
            assert (paper.state, paper.get_state_display()) == ("REVIEWED", "Waiting for signature")
        text = pdf_text(render_pdf(approval_sheet(paper)))
        assert "审核意见" not in text
        assert "签发意见" in text


class TestFourEyes:
    def test_nobody_signs_a_paper_they_drafted_or_handed_in(self, office):
        case = a_case(office)
        own = step("submit", draft(office, case, office.head), office.officer)
        with translation.override("en"), pytest.raises(Forbidden, match="somebody else examines and signs"):
            step("sign", own, office.head)
        other = person("second-head", "head", full_name="包文龙")
        assert step("sign", own, other).state == "SIGNED"

    def test_nor_one_they_handed_in_for_somebody_else(self, office):
        paper = step("submit", draft(office, a_case(office)), office.head)
        with translation.override("en"), pytest.raises(Forbidden, match="somebody else examines and signs"):
            step("sign", paper, office.head)

    def test_a_kind_may_allow_it_and_the_sheet_says_so(self, office, monkeypatch):
        import dataclasses

        from casemgr.documents import models

        def allowing(case, code):
            return dataclasses.replace(kinds_of(case.procedure)[code], may_pass_own_draft=True)

        monkeypatch.setattr(models, "kind_of", allowing)
        paper = step("sign", step("submit", draft(office, a_case(office), office.head), office.head), office.head)
        assert [row.is_own for row in paper.approvals.all()] == [False, True]
        assert "（本人拟稿）" in pdf_text(render_pdf(approval_sheet(paper)))


class TestReturn:
    def test_marks_are_offered_to_the_drafter_and_change_nothing_by_themselves(self, office):
        paper = returned_decision(office)
        assert "没有告知" in str(paper.sections)
        with translation.override("en"):
            marks = changes(paper, "now", "1p")
        assert [part.heading for part in marks.parts] == ["Part 7: Facts and evidence"]
        pieces = [(piece.kind, piece.text) for line in marks.parts[0].lines for piece in line.pieces]
        assert ("del", "没有") in pieces
        assert ("ins", "未依法") in pieces
        paper = step("take_proposal", paper, office.officer, DECIDED)
        assert paper.state == "DRAFT"
        assert "未依法告知" in str(paper.sections)

    def test_marks_are_not_laid_over_a_text_that_was_changed_since(self, office):
        paper = step("edit", returned_decision(office), office.officer, DECIDED, heading_new="附", text_new="一段")
        with pytest.raises(ActionError):
            step("take_proposal", paper, office.officer, DECIDED)

    def test_a_return_without_marks_offers_nothing_to_take_over(self, office):
        paper = step("submit", draft(office, a_case(office)), office.officer)
        paper = step("return_for_changes", paper, office.head, opinion="写清楚")
        assert rounds_of(paper)[-1].proposal is None
        with pytest.raises(WrongState):
            step("take_proposal", paper, office.officer)

    def test_the_examiner_sees_what_changed_since_the_version_they_judged(self, office, at, client: Client, settings):
        at(DECIDED)
        settings.LANGUAGE_CODE = "en"
        paper = step("take_proposal", returned_decision(office), office.officer, DECIDED)
        client.force_login(office.head)
        step("submit", paper, office.officer, DECIDED)
        page = client.get(reverse("document_detail", args=[paper.pk])).content.decode()
        assert "What changed since round 1" in page
        assert "[deleted] </span>没有<" in page
        assert "[inserted] </span>未依法<" in page
        page = client.get(reverse("document_changes", args=[paper.pk]) + "?before=1&after=2").content.decode()
        assert "[inserted] </span>未依法<" in page
        assert client.get(reverse("document_changes", args=[paper.pk]) + "?before=9").status_code == 404

    def test_the_older_version_stands_left_and_the_marks_are_newer_than_an_untouched_text(
        self, office, at, client: Client
    ):
        at(DECIDED)

        def compared(query: str = "") -> tuple[str, str]:
            page = client.get(reverse("document_changes", args=[paper.pk]) + query)
            return page.context["before"], page.context["after"]

        paper = returned_decision(office)
        client.force_login(office.officer)
        assert compared() == compared("?before=1p&after=now") == ("now", "1p")
        paper = step("edit", paper, office.officer, DECIDED, heading_new="附", text_new="一段")
        assert compared() == compared("?before=now&after=1p") == ("1p", "now")
        paper = step("submit", paper, office.officer, DECIDED)
        assert compared() == ("1p", "now"), "what was handed in last reads as the text now: nothing to compare"
        assert compared("?before=2&after=1") == ("1", "2")

    def test_what_the_case_is_moved_by_is_compared_too(self, office):
        paper = returned_decision(office)
        paper = step("edit", paper, office.officer, DECIDED, redo_term_days=15)
        with translation.override("en"):
            first = changes(paper, "1", "now").parts[0]
        assert first.heading == "What the paper rests on"
        assert [(p.kind, p.text) for p in first.lines[0].pieces][1:] == [("del", "30"), ("ins", "15")]

    def test_pages_of_the_sheet_are_for_the_scope_only(self, office, at, client: Client):
        at(RECEIVED)
        paper = step("submit", draft(office, a_case(office)), office.officer)
        for user, status in ((office.officer, 200), (office.stranger, 404)):
            client.force_login(user)
            assert client.get(reverse("document_approval", args=[paper.pk])).status_code == status
            assert client.get(reverse("document_changes", args=[paper.pk])).status_code == status


class TestDifferences:
    def test_a_number_changes_as_a_whole(self):
        pieces = pieces_between("自2026年9月1日起", "自2026年9月11日起")
        assert [(p.kind, p.text) for p in pieces] == [
            ("same", "自2026年9月"), ("del", "1"), ("ins", "11"), ("same", "日起"),
        ]  # fmt: skip

    def test_nothing_is_lost_between_the_marks(self):
        old, new = "本机关认为：事实清楚。证据确凿，程序合法。", "本机关认为：主要事实不清，证据不足，程序违法。"
        pieces = pieces_between(old, new)
        assert "".join(p.text for p in pieces if p.kind != "ins") == old
        assert "".join(p.text for p in pieces if p.kind != "del") == new

    def test_parts_that_went_out_or_came_in_are_shown_at_their_place(self):
        def text(*parts):
            return {"sections": [{"code": code, "heading": "", "paragraphs": [line]} for code, line in parts]}

        found = compare(text(("a", "甲"), ("b", "乙"), ("c", "丙")), text(("a", "甲"), ("c", "丙"), ("d", "丁")))
        assert [(part.code, part.lines[0].pieces[0].kind) for part in found] == [("b", "del"), ("d", "ins")]

    def test_a_very_long_paragraph_does_not_hold_up_the_page(self):
        old, new = "甲乙丙丁" * 9000, "戊己庚辛" * 9000
        assert {p.kind for p in pieces_between(old, new)} == {"del", "ins"}
