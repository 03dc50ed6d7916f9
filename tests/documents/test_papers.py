"""The life of a paper: who may do what, what never changes, what a refusal or a failure leaves behind."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible, StaleVersion, WrongState
from casemgr.actions.perform import perform
from casemgr.actions.signals import performed
from casemgr.documents.checks import problems
from casemgr.documents.files import FileDamaged
from casemgr.documents.kinds import DocumentKind
from casemgr.documents.models import Document, DocumentSealed
from casemgr.documents.services import issue_through
from casemgr.numbering.models import Counter, IssuedNumber
from reconsideration.procedure import RECONSIDERATION
from tests.support.papers import (
    APPLICANT_NUMBER,
    COPY,
    CORRECTION,
    DECIDED,
    DECISION,
    RECEIVED,
    a_case,
    accepted,
    an_office,
    fresh,
    under_review,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def draft(office, case, kind="correction_notice", today=RECEIVED, **data) -> Document:
    return perform("document.draft", case, {"kind": kind, **(data or CORRECTION)}, office.officer, today)


def step(name: str, document: Document, actor, today=RECEIVED, **data) -> Document:
    return perform(f"document.{name}", document, data, actor, today)


class TestSteps:
    def test_each_step_belongs_to_its_role_and_is_kept_with_name_and_day(self, office):
        paper = draft(office, under_review(office), "decision", DECIDED, **DECISION)
        paper = step("submit", paper, office.officer, DECIDED)
        with pytest.raises(Forbidden):
            step("review", paper, office.officer, DECIDED)
        paper = step("review", paper, office.head, DECIDED, opinion="同意")
        with pytest.raises(Forbidden):
            step("sign", paper, office.head, DECIDED)
        paper = step("sign", paper, office.authority, DECIDED + timedelta(days=1))
        assert (paper.reviewer, paper.review_opinion) == (office.head, "同意")
        assert (paper.signer, paper.signed_on) == (office.authority, DECIDED + timedelta(days=1))
        assert paper.history.count() == 4
        assert paper.history.first().history_action == "document.sign"

    def test_returned_paper_goes_back_to_the_drafter_and_loses_examination_and_signature(self, office):
        paper = step("submit", draft(office, a_case(office)), office.officer)
        paper = step("sign", paper, office.head)
        with pytest.raises(InvalidInput):
            step("return_for_changes", paper, office.head)
        paper = step("return_for_changes", paper, office.head, opinion="第二项写清楚")
        assert (paper.state, paper.signer, paper.reviewer) == ("RETURNED", None, None)
        paper = step("edit", paper, office.officer, items="1. 身份证明\n2. 处罚决定书")
        assert (paper.state, paper.return_opinion) == ("DRAFT", "第二项写清楚")
        assert step("submit", paper, office.officer).state == "REVIEWED"

    def test_an_incomplete_draft_is_not_submitted_and_says_what_is_missing(self, office):
        paper = perform("document.draft", a_case(office), {"kind": "refusal"}, office.officer, RECEIVED)
        with pytest.raises(GuardRefused) as refused:
            step("submit", paper, office.officer)
        assert [(r.code, r.article) for r in refused.value.refusals] == [("ground", "30(2)"), ("reasons", "30(2)")]

    def test_a_paper_is_drafted_only_in_its_states_and_once(self, office):
        case = a_case(office)
        with pytest.raises(GuardRefused):
            perform("document.draft", case, {"kind": "decision"}, office.officer, RECEIVED)
        draft(office, case)
        with pytest.raises(GuardRefused) as refused:
            draft(office, case)
        assert refused.value.refusals[0].code == "draft-exists"

    def test_people_outside_the_case_see_no_paper_of_it(self, office):
        paper = draft(office, a_case(office))
        with pytest.raises(NotVisible):
            step("submit", paper, office.stranger)

    def test_a_discarded_draft_takes_no_number(self, office):
        paper = step("void_draft", draft(office, a_case(office)), office.officer, reason="写错了")
        assert paper.state == "VOID"
        assert not IssuedNumber.objects.filter(series="reconsideration.correction").exists()
        with pytest.raises(WrongState):
            step("submit", paper, office.officer)


class TestText:
    def test_parts_nobody_touched_follow_the_data_and_typed_ones_stay(self, office):
        paper = draft(office, a_case(office))
        text = {s["code"]: s["paragraphs"] for s in paper.sections}
        typed = f"{text['introduction'][0]}（补充说明）"
        paper = step("edit", paper, office.officer, text_introduction=typed)
        paper = step("edit", paper, office.officer, items="身份证明", term_days=15)
        text = {s["code"]: s["paragraphs"] for s in paper.sections}
        assert text["introduction"] == [typed]
        assert text["items"] == ["1. 身份证明。"]
        assert "15日内" in text["how"][0]
        paper = step("edit", paper, office.officer, rewrite=True)
        assert "补充说明" not in str(paper.sections)

    def test_an_own_part_keeps_its_place(self, office):
        paper = draft(office, a_case(office))
        paper = step("edit", paper, office.officer, heading_new="附注", text_new="一段话\n\n又一段")
        paper = step("edit", paper, office.officer, items="身份证明")
        assert paper.sections[-1]["paragraphs"] == ["一段话", "又一段"]

    def test_a_stale_form_is_refused_and_changes_nothing(self, office):
        paper = draft(office, a_case(office))
        step("edit", paper, office.officer, items="甲")
        with pytest.raises(StaleVersion):
            perform("document.edit", paper, {"items": "乙"}, office.officer, RECEIVED, version=paper.version)
        assert Document.objects.get(pk=paper.pk).data["items"] == "甲"

    @pytest.mark.parametrize("number", [APPLICANT_NUMBER, "13847712345"])
    def test_a_draft_takes_no_personal_number(self, office, number):
        paper = draft(office, a_case(office))
        with pytest.raises(InvalidInput) as refused:
            step("edit", paper, office.officer, text_how=f"联系{number}。")
        assert "text_how" in refused.value.form.errors

    def test_a_decision_draft_holds_a_reference_and_no_number(self, office):
        paper = draft(office, under_review(office), "decision", DECIDED, **DECISION)
        assert "{申请人1证件号码}" in str(paper.sections)
        assert APPLICANT_NUMBER not in str(paper.sections)
        assert "1506**" not in str(paper.sections)


class TestIssued:
    def test_an_issued_paper_never_changes(self, office):
        paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
        content = paper.content()
        paper = Document.objects.get(pk=paper.pk)
        paper.title = "另一个标题"
        with pytest.raises(DocumentSealed):
            paper.save()
        for change in ({"title": "x"}, {"sections": []}, {"sha256": "0" * 64}, {"file": "x"}):
            with pytest.raises(DocumentSealed):
                Document.objects.filter(pk=paper.pk).update(**change)
        with pytest.raises(DocumentSealed):
            Document.objects.filter(pk=paper.pk).delete()
        with pytest.raises(WrongState):
            step("edit", paper, office.officer, items="x")
        assert Document.objects.get(pk=paper.pk).content() == content

    def test_changed_bytes_on_disk_are_noticed(self, office):
        paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
        path = Path(settings.MEDIA_ROOT) / paper.file
        path.write_bytes(path.read_bytes() + b" ")
        with pytest.raises(FileDamaged):
            paper.content()
        path.unlink()
        with pytest.raises(FileDamaged):
            paper.content()

    def test_file_names_cannot_be_guessed_and_name_nobody(self, office):
        paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
        folder, year, name = paper.file.split("/")
        assert (folder, year) == ("documents", "2026")
        assert len(name) == 32 + len(".pdf")
        assert name not in str(paper.pk)

    def test_filing_needs_service_on_everybody(self, office):
        paper = office.paper(accepted(office, a_case(office)), "reply_notice", COPY)
        with pytest.raises(GuardRefused, match="达拉特旗公安局"):
            step("file", paper, office.officer, COPY)
        paper = office.serve(paper, COPY)
        assert step("file", paper, office.archive, COPY).state == "FILED"


class TestRefusals:
    def test_the_cases_guard_refuses_the_paper_with_its_article_and_leaves_nothing(self, office):
        case = accepted(office, a_case(office))
        office.serve(office.paper(case, "reply_notice", COPY), COPY)
        respondent = case.participations.get(role="respondent").party_id
        perform("reconsideration.reply_received", fresh(case), {"party": respondent, "on": COPY}, office.officer, COPY)
        paper = draft(office, fresh(case), "decision", DECIDED, **DECISION)
        for name, actor in (("submit", office.officer), ("review", office.head), ("sign", office.authority)):
            paper = step(name, paper, actor, DECIDED)
        before = stored_files()
        with pytest.raises(GuardRefused) as refused:
            step("issue", paper, office.officer, DECIDED)
        assert [(r.code, r.article) for r in refused.value.refusals] == [("opinions-heard", "49")]
        assert fresh(case).state == "IN_REVIEW"
        assert Document.objects.get(pk=paper.pk).state == "SIGNED"
        assert not IssuedNumber.objects.filter(series="reconsideration.decision").exists()
        assert stored_files() == before

    def test_a_failure_after_everything_gives_the_number_back_and_removes_the_file(self, office):
        case = a_case(office)
        paper = draft(office, case)
        for name, actor in (("submit", office.officer), ("sign", office.head)):
            paper = step(name, paper, actor)
        before = stored_files()

        def fail(action, **kwargs):
            if action.name == "document.issue":
                raise RuntimeError("a subscriber broke")

        performed.connect(fail)
        try:
            with pytest.raises(RuntimeError), transaction.atomic():
                step("issue", paper, office.officer)
        finally:
            performed.disconnect(fail)
        assert stored_files() == before
        assert fresh(case).state == "RECEIVED"
        assert not Counter.objects.filter(series="reconsideration.correction", last__gt=0).exists()
        issued = step("issue", Document.objects.get(pk=paper.pk), office.officer)
        assert issued.number_text == "达政复补字〔2026〕1号"

    def test_a_character_without_type_is_named_before_signature(self, office):
        paper = draft(office, a_case(office))
        paper = step("edit", paper, office.officer, items="\U0001f600的证明")
        paper = step("submit", paper, office.officer)
        with pytest.raises(GuardRefused, match=r"U\+1F600"):
            step("sign", paper, office.head)

    def test_a_double_click_issues_once(self, office):
        paper = draft(office, a_case(office))
        for name, actor in (("submit", office.officer), ("sign", office.head)):
            paper = step(name, paper, actor)
        first = perform("document.issue", paper, {}, office.officer, RECEIVED, key="k1")
        second = perform("document.issue", paper, {}, office.officer, RECEIVED, key="k1")
        assert first.number_text == second.number_text
        assert IssuedNumber.objects.filter(series="reconsideration.correction").count() == 1


class TestCheck:
    def test_the_kinds_of_reconsideration_are_complete(self):
        assert list(problems([RECONSIDERATION])) == []

    def test_a_kind_without_text_series_or_action_is_refused(self):
        from dataclasses import replace

        bad = DocumentKind(
            code="bad", name="Bad", title="坏", issuer="x", compose=None, series="no.series",
            issue_action="no.action", states=("NOWHERE",), signer_roles=("nobody",),
        )  # fmt: skip
        found = " ".join(problems([replace(RECONSIDERATION, document_kinds=(bad,))]))
        for word in ("composes", "no.series", "no.action", "NOWHERE", "nobody"):
            assert word in found


@pytest.mark.rivals
@pytest.mark.django_db(transaction=True)
def test_eight_rivals_issue_with_dense_numbers():
    office = an_office()
    papers = []
    for _number in range(8):
        paper = draft(office, a_case(office))
        for name, actor in (("submit", office.officer), ("sign", office.head)):
            paper = step(name, paper, actor)
        papers.append(paper)
    failures: list[Exception] = []
    start = threading.Barrier(8)

    def issue(paper: Document) -> None:
        try:
            start.wait()
            step("issue", paper, office.officer)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=(paper,)) for paper in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    issued = Document.objects.filter(kind="correction_notice", state="ISSUED")
    assert sorted(issued.values_list("number__number", flat=True)) == list(range(1, 9))
    assert len({paper.sha256 for paper in issued}) == 8
    assert all(paper.content() for paper in issued)


def test_numbers_start_anew_with_the_year(office):
    for day, number in ((date(2026, 9, 1), "达政复补字〔2026〕1号"), (date(2025, 9, 1), "达政复补字〔2025〕1号")):
        case = a_case(office, received_on=day)
        paper = issue_through(case, "correction_notice", day, officer=office.officer, head=office.head, data=CORRECTION)
        assert paper.number_text == number
