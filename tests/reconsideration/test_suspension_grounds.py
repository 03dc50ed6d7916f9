"""Several grounds of one suspension, and the applicant in whom a ground lies (art. 39, 41)."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from django.urls import reverse

from casemgr.documents.models import Document
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from reconsideration.stop_ledger import rows_of
from reconsideration.suspension_grounds import grounds_in_force
from tests.reconsideration.test_stops import resume, suspend, text_of, under_review
from tests.reconsideration.test_stops_by_law import codes, ready
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db
_serial = count(40_001)


def of_two() -> Flow:
    """Two natural persons applied; the reply is in."""
    numbers = [next(_serial), next(_serial)]
    people = [
        {
            "name": name,
            "identity_number": resident_number(number, date.fromordinal(720_000 + number % 5_000), "F"),
            "phone": f"1390000{number % 10_000:04d}",
            "is_another": "on",
        }
        for name, number in zip(("其木格", "斯琴"), numbers, strict=True)
    ]
    flow = received(date(2026, 9, 1), people=people)
    flow.on(date(2026, 9, 3)).accept()
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 9, 10)).reply()
    return flow


def part(flow: Flow, name: str) -> int:
    return flow.case.participations.get(name=name).pk


def add(flow: Flow, day: date, ground: str, **data) -> Document:
    return flow.on(day).paper("added_ground_notice", ground=ground, cause="申请人因病去世", **data)


def end_ground(flow: Flow, kind: str, **data) -> None:
    row = next(fact for fact in grounds_in_force(flow.case) if fact.data["ground"] == kind)
    flow.step("officer", "end_suspension_ground", ground=str(row.root.pk), content="原因消除", **data)


# Art. 41(5): sixty days of the suspension under item 1, not of that for another case
def test_sixty_days_count_from_the_day_the_case_was_suspended_on_the_ground() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "other_case")
    text = text_of(add(flow, date(2026, 9, 21), "death"))
    assert "增加行政复议中止事由通知书" in text
    assert "第三十九条第一款第一项" in text
    assert "达政复中字〔2026〕" in text
    assert flow.status("R-SUSP60") == (date(2026, 11, 20), "open")
    paper = ready(flow.on(date(2026, 11, 20)), "termination", ground="sixty_days", cause="近亲属至今未表态")
    assert ("sixty-days", "41⑤") in refusals(flow.issue, paper)
    flow.on(date(2026, 11, 23))
    paper.refresh_from_db()
    text = text_of(flow.issue(paper))
    assert flow.state == "TERMINATED"
    assert "第三十九条第一款第一项的规定中止行政复议满六十日" in text
    # the second notice is from 21 September
    assert "本机关于2026年9月21日决定同时依照" in text


def test_a_later_ground_gives_no_new_sixty_days() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "death")
    add(flow, date(2026, 9, 21), "other_case")
    assert flow.status("R-SUSP60") == (date(2026, 11, 9), "open")


def test_the_decision_period_stands_still_once() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 21), "other_case")
    add(flow, date(2026, 9, 28), "incapacity")
    assert flow.state == "SUSPENDED"
    flow.on(date(2026, 10, 8))
    end_ground(flow, "other_case")
    assert flow.state == "SUSPENDED"
    assert flow.status("R-DEC") == (None, "paused")
    resume(flow, date(2026, 10, 12))
    # 21 days more than 2 November
    assert flow.status("R-DEC") == (date(2026, 11, 23), "open")
    assert [(row.since, row.until) for row in rows_of(flow.case)] == [
        (date(2026, 9, 21), date(2026, 10, 8)),
        (date(2026, 9, 28), date(2026, 10, 12)),
    ]


def test_the_end_of_a_ground_ends_its_sixty_days_only() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "death")
    add(flow, date(2026, 9, 21), "other_case")
    flow.on(date(2026, 9, 28))
    end_ground(flow, "death")
    assert flow.status("R-SUSP60") == (date(2026, 11, 9), "met")
    paper = ready(flow.on(date(2026, 11, 30)), "termination", ground="sixty_days", cause="未表态")
    assert ("sixty-days", "41⑤") in refusals(flow.issue, paper)
    # the last one is told by the resumption notice
    assert codes(refusals(end_ground, flow, "other_case")) == {"last-ground"}


def test_a_ground_is_added_once() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "other_case")
    paper = ready(flow.on(date(2026, 9, 11)), "added_ground_notice", ground="other_case", cause="又一案")
    assert ("ground-in-force", "39(1)") in refusals(flow.issue, paper)


# Art. 58(1); Regulation 2026, art. 53(2): day 0 is the suspension for the review
def test_an_annexed_review_may_come_up_while_the_case_is_suspended() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "other_case")
    add(flow, date(2026, 9, 21), "annexed_review", is_competent="yes")
    assert flow.status("R-ANX-OWN")[0] == date(2026, 10, 21)
    flow.step("officer", "annex_notify", organ="达拉特旗自然资源局", clauses="第五条")
    assert codes(refusals(end_ground, flow, "annexed_review")) == {"ground-not-over"}
    flow.step("officer", "annex_conclude", result="lawful", content="条款合法")
    end_ground(flow, "annexed_review")
    assert [fact.data["ground"] for fact in grounds_in_force(flow.case)] == ["other_case"]


# Art. 39(1)(1): which of two
def test_of_several_applicants_the_one_who_died_is_named() -> None:
    flow = of_two()
    flow.on(date(2026, 9, 14))
    draft = flow.draft("suspension_notice", ground="death", cause="申请人因病去世")
    assert ("concerns", "39(1)") in refusals(flow.submit, draft)
    draft = flow.act("officer", "document.edit", draft, ground="death", cause="申请人因病去世",
                     concerns=part(flow, "其木格"))  # fmt: skip
    notice = flow.issue(flow.sign(flow.review(flow.submit(Document.objects.get(pk=draft.pk)))))
    text = text_of(notice)
    assert "作为申请人的公民（其木格）死亡" in text
    # the other applicant and the respondent are told; nobody serves the dead
    assert {row.name for row in notice.kind_info.recipients(flow.case)} == {"斯琴", flow.respondent.name}
    assert "其木格" not in flow.case.documents.get(kind="suspension_notice").addressee
    assert str(rows_of(flow.case)[0].ground).endswith("（其木格）")


def test_each_applicant_has_sixty_days_of_their_own() -> None:
    flow = of_two()
    flow.on(date(2026, 9, 14)).paper(
        "suspension_notice", ground="death", cause="申请人去世", concerns=part(flow, "其木格")
    )
    add(flow, date(2026, 9, 21), "death", concerns=part(flow, "斯琴"))
    days = flow.case.deadlines.filter(rule="R-SUSP60").order_by("due_on").values_list("due_on", flat=True)
    assert list(days) == [date(2026, 11, 13), date(2026, 11, 20)]


def test_the_page_asks_in_whom_the_ground_lies_and_shows_the_name(client) -> None:
    flow = of_two()
    client.force_login(flow.office["officer"])
    address = f"/cases/{flow.case.pk}/documents/draft/?kind=suspension_notice"
    assert 'name="concerns"' in client.get(address).content.decode()
    flow.on(date(2026, 9, 14)).paper(
        "suspension_notice", ground="death", cause="申请人去世", concerns=part(flow, "其木格")
    )
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert "（其木格）" in page
    assert "kind=added_ground_notice" in page
    assert "end_suspension_ground" not in page  # the only ground
    add(flow, date(2026, 9, 21), "other_case")
    assert "end_suspension_ground" in client.get(f"/cases/{flow.case.pk}/").content.decode()
    form = client.get(f"/cases/{flow.case.pk}/actions/reconsideration.end_suspension_ground/").content.decode()
    assert "（其木格）" in form


def test_a_single_applicant_is_not_asked_for(client) -> None:
    flow = under_review()
    client.force_login(flow.office["officer"])
    address = f"/cases/{flow.case.pk}/documents/draft/?kind=suspension_notice"
    assert 'name="concerns"' not in client.get(address).content.decode()


def test_a_person_does_not_end_as_an_organisation_does() -> None:
    flow = of_two()
    draft = flow.on(date(2026, 9, 14)).draft(
        "suspension_notice", ground="organisation_ended", cause="注销", concerns=part(flow, "其木格")
    )
    assert ("concerns", "39(1)") in refusals(flow.submit, draft)


# Art. 41(2), (5): the case goes on for the others
def test_one_of_several_applicants_does_not_end_the_case_for_the_others() -> None:
    flow = of_two()
    gone = part(flow, "其木格")
    flow.on(date(2026, 9, 14)).paper("suspension_notice", ground="death", cause="申请人去世", concerns=gone)
    paper = ready(flow.on(date(2026, 9, 28)), "termination", ground="no_relatives", cause="没有近亲属", concerns=gone)
    assert ("others-apply", "41") in refusals(flow.issue, paper)
    dead, other = (Party.objects.get(participations__pk=part(flow, name)) for name in ("其木格", "斯琴"))
    entered = {"party": dead.pk, "content": "没有近亲属，户籍证明"}
    assert codes(refusals(flow.step, "head", "end_part", ground="sixty_days", **entered)) == {"part-not-over"}
    flow.step("head", "end_part", ground="no_relatives", **entered)
    assert flow.case.participations.get(pk=gone).left_on == date(2026, 9, 28)
    resume(flow, date(2026, 9, 29))
    assert flow.state == "IN_REVIEW"
    assert codes(
        refusals(flow.step, "head", "end_part", ground="no_relatives", party=other.pk, content="没有近亲属")
    ) == {"sole-applicant"}


@pytest.mark.parametrize("kind", ["suspension_notice", "termination"])
def test_the_draft_of_a_case_with_one_applicant_is_edited_without_the_question_whom_it_concerns(kind, client) -> None:
    flow = under_review()
    paper = flow.draft(kind)
    client.force_login(flow.office["officer"])
    page = client.get(reverse("document_edit", args=[paper.pk]))
    assert page.status_code == 200
    assert 'name="concerns"' not in page.content.decode()
