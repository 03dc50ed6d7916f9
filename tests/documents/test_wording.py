"""The office's own wording: checked, tried on a sample case, approved by another head, in force from a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casemgr.actions.errors import ActionError, Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.documents.models import Document
from casemgr.documents.wording.known import known_passages
from casemgr.documents.wording.models import Phrase, Wording
from casemgr.documents.wording.passages import faults_of
from casemgr.documents.wording.phrases import offered
from casemgr.documents.wording.trial import try_on
from tests.support.papers import CORRECTION, RECEIVED, a_case, an_office
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
HOW = "correction_notice.how"
NEW = "请当面提交，或者挂号邮寄至{收件地点}，邮寄的以邮戳日期为准。"
TOMORROW = RECEIVED + timedelta(days=1)
AFTER = RECEIVED + timedelta(days=2)


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def second():
    return person("second-head", "head", full_name="包文龙")


def propose(head, text=NEW, code=HOW, on: date = TOMORROW, today: date = RECEIVED, **data) -> Wording:
    sent = {"passage_code": code, "text": text, "effective_on": on.isoformat(), "reason": "群众反映看不懂", **data}
    return perform("wording.propose", None, sent, head, today)


def approved(office, second, case, today: date = RECEIVED, **data) -> Wording:
    wording = propose(office.head, today=today, **data)
    wording = perform("wording.try", wording, {"case": case.pk}, office.head, today)
    return perform("wording.approve", wording, {}, second, today)


def drafted(office, case, today) -> Document:
    return perform("document.draft", case, {"kind": "correction_notice", **CORRECTION}, office.officer, today)


def how(paper: Document) -> str:
    return next(section["paragraphs"][0] for section in paper.sections if section["code"] == "how")


class TestInForce:
    def test_from_its_day_on_papers_are_drafted_in_it_and_earlier_ones_keep_theirs(self, office, second):
        case = a_case(office)
        early = drafted(office, case, RECEIVED)
        approved(office, second, case)
        later = drafted(office, a_case(office), AFTER)
        assert "挂号邮寄至" in how(later)
        assert "10日内" in how(later)
        early = perform("document.edit", early, {"items": "身份证明"}, office.officer, AFTER)
        assert "可以当面提交，也可以邮寄至" in how(early)
        early = perform("document.edit", early, {"rewrite": True}, office.officer, AFTER)
        assert "挂号邮寄至" in how(early)

    def test_one_may_return_to_the_wording_of_the_program(self, office, second):
        case = a_case(office)
        approved(office, second, case)
        approved(office, second, case, today=AFTER, text="", is_default=True, on=AFTER + timedelta(days=1))
        assert "挂号邮寄至" in how(drafted(office, a_case(office), AFTER))
        assert "可以当面提交" in how(drafted(office, a_case(office), AFTER + timedelta(days=1)))

    def test_every_paper_reads_as_before_while_nothing_was_changed(self):
        for code, known in known_passages().items():
            assert not faults_of(known.passage, known.passage.default), code


class TestChecks:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("请当面提交，邮寄的以邮戳日期为准。", "收件地点"),
            ("请于五日内邮寄至{收件地点}，以邮戳为准。", "五日内"),
            ("邮寄至{收件地点}{电话}，以邮戳为准。", "电话"),
            ("邮寄至{收件地点}，以收到为准。", "邮戳"),
            ("邮寄至{收件地点}，以邮戳为准。}", "brace"),
            ("邮寄至{收件地点}，以邮戳为准，联系13847712345。", "not encrypted"),
        ],
    )
    def test_what_the_law_puts_there_cannot_be_edited_away(self, office, text, word):
        from django.utils import translation

        with translation.override("en"), pytest.raises(InvalidInput) as refused:
            propose(office.head, text)
        assert word in str(refused.value.form.errors["text"])

    def test_time_limits_remedies_and_rights_are_no_passages(self):
        for known in known_passages().values():
            for word in ("日内", "起诉", "诉讼", "视为放弃", "法律效力", "不收取"):
                assert word not in known.passage.default


class TestApproval:
    def test_it_is_tried_first_and_approved_by_another_head(self, office, second):
        case = a_case(office)
        wording = propose(office.head)
        with pytest.raises(Forbidden):
            perform("wording.approve", wording, {}, office.head, RECEIVED)
        with pytest.raises(GuardRefused) as refused:
            perform("wording.approve", wording, {}, second, RECEIVED)
        assert [refusal.code for refusal in refused.value.refusals] == ["not-tried"]
        wording = perform("wording.try", wording, {"case": case.pk}, office.head, RECEIVED)
        sent = {"text": NEW + "谢谢。", "effective_on": TOMORROW, "reason": "改"}
        wording = perform("wording.edit", wording, sent, second, RECEIVED)
        assert wording.tried_on is None
        with pytest.raises(Forbidden):
            perform("wording.approve", wording, {}, second, RECEIVED)

    def test_no_day_that_has_come(self, office, second):
        with pytest.raises(InvalidInput):
            propose(office.head, on=RECEIVED)
        wording = propose(office.head)
        wording = perform("wording.try", wording, {"case": a_case(office).pk}, office.head, RECEIVED)
        with pytest.raises(GuardRefused) as refused:
            perform("wording.approve", wording, {}, second, TOMORROW)
        assert [refusal.code for refusal in refused.value.refusals] == ["day-passed"]

    def test_what_is_in_force_is_not_dropped_but_followed(self, office, second):
        wording = approved(office, second, a_case(office))
        with pytest.raises(GuardRefused):
            perform("wording.drop", wording, {"reason": "错"}, office.head, AFTER)
        assert perform("wording.drop", wording, {"reason": "错"}, office.head, RECEIVED).state == "DROPPED"

    def test_only_those_who_lead_the_office_word_papers(self, office):
        for actor in (office.officer, person("elsewhere", "head", at=OTHER)):
            with pytest.raises(Forbidden):
                propose(actor)

    def test_a_sample_is_a_case_one_may_see(self, office):
        wording = propose(office.head)
        foreign = person("elsewhere", "head", at=OTHER)
        with pytest.raises(ActionError):
            perform("wording.try", wording, {"case": a_case(office).pk}, foreign, RECEIVED)
        admin = person("boss", "admin", at="150621")
        with pytest.raises(InvalidInput):
            perform("wording.try", wording, {"case": a_case(office).pk}, admin, RECEIVED)


class TestTrial:
    def test_it_shows_the_paper_in_both_wordings_and_stores_nothing(self, office):
        case = a_case(office)
        wording = propose(office.head)
        kind = known_passages()[HOW].kinds[0]
        trial = try_on(wording, kind, case, office.head)
        assert "可以当面提交" in str(trial.before.sections)
        assert "挂号邮寄至" in str(trial.after.sections)
        assert len(trial.changed) == 1
        assert not case.documents.exists()

    def test_by_the_pages(self, office, second, client: Client, monkeypatch):
        for module in ("views", "phrase_views"):
            monkeypatch.setattr(f"casemgr.documents.wording.{module}.clock_today", lambda: RECEIVED, raising=False)
        case = a_case(office)
        client.force_login(office.head)
        assert "可以当面提交" in client.get(reverse("wording_list")).content.decode()
        sent = {"passage_code": HOW, "text": NEW, "effective_on": TOMORROW.isoformat(), "reason": "更清楚"}
        assert client.post(reverse("wording_propose", args=[HOW]), sent).status_code == 302
        wording = Wording.objects.get()
        trial = reverse("wording_trial", args=[wording.pk])
        assert case.number in client.get(reverse("wording_detail", args=[wording.pk])).content.decode()
        page = client.get(f"{trial}?number={case.number}").content.decode()
        assert "[增加] </span>" in page
        assert client.get(f"{reverse('wording_trial_file', args=[wording.pk])}?case={case.pk}")["Content-Type"] == (
            "application/pdf"
        )
        assert client.post(trial, {"case": case.pk, "seen_version": wording.version}).status_code == 302
        client.force_login(second)
        address = reverse("wording_action", args=[wording.pk, "wording.approve"])
        assert address in client.get(reverse("wording_detail", args=[wording.pk])).content.decode()
        wording.refresh_from_db()
        assert client.post(address, {"seen_version": wording.version}).status_code == 302
        wording.refresh_from_db()
        assert (wording.state, wording.approver) == ("APPROVED", second)
        page = client.get(reverse("wording_passage", args=[HOW])).content.decode()
        assert "更清楚" in page
        client.force_login(office.officer)
        assert client.get(reverse("wording_list")).status_code == 403


class TestPhrases:
    def test_the_offices_phrases_stand_beside_the_programs_until_they_are_retired(self, office):
        sent = {"kind": "decision", "part": "reasons", "text": "被申请人的主张成立，本机关予以支持。"}
        phrase = perform("wording.add_phrase", None, sent, office.head, RECEIVED)

        def texts(kind):
            return [text for group in offered("reconsideration", kind, ["reasons"]) for text in group.texts]

        assert sent["text"] in texts("decision")
        assert sent["text"] not in texts("refusal")
        assert "被申请人具有作出该行政行为的法定职权。" in texts("refusal")
        with pytest.raises(GuardRefused):
            perform("wording.add_phrase", None, sent, office.head, RECEIVED)
        perform("wording.retire_phrase", phrase, {}, office.head, RECEIVED)
        assert sent["text"] not in texts("decision")
        assert Phrase.history.filter(id=phrase.pk).count() == 2

    def test_opinions_are_offered_where_they_are_asked(self, office, client: Client, monkeypatch):
        monkeypatch.setattr("casemgr.documents.views.clock_today", lambda: RECEIVED)
        paper = drafted(office, a_case(office), RECEIVED)
        client.force_login(office.officer)
        assert "以上事实，各方当事人均无异议。" in client.get(f"/documents/{paper.pk}/edit/").content.decode()
        perform("document.submit", paper, {}, office.officer, RECEIVED)
        client.force_login(office.head)
        page = client.get(f"/documents/{paper.pk}/actions/document.return_for_changes/").content.decode()
        assert "请修改后再报。" in page
        page = client.get(f"/documents/{paper.pk}/actions/document.sign/").content.decode()
        assert ">\n同意。</textarea>" in page
