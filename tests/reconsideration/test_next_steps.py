"""What the case page and the worklist propose next, and what the forms keep of a clerk's choices."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from casemgr.actions.perform import perform
from casemgr.actions.topics import Topic
from casemgr.cases.search import matching_ids
from casemgr.cases.steps import proposals, stepper
from casemgr.documents.models import Document
from casemgr.pages.clock import today as clock_today
from reconsideration.actions.intake import ExamineForm
from reconsideration.documents.casefile import without_opening
from reconsideration.stop_ledger import rows_of
from tests.support.flow import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def flow():
    return received(clock_today() - timedelta(days=3))


def main_step(flow, role: str) -> str:
    found = proposals(flow.case, flow.office[role], flow.day).main
    return str(found.url).rpartition("/actions/")[2].strip("/") if found else ""


def whereabouts_in_english(flow) -> str:
    with translation.override("en"):
        return " ".join(str(text) for text in proposals(flow.case, flow.office["officer"], flow.day).whereabouts)


def test_what_is_done_is_no_next_step_any_more(flow) -> None:
    assert main_step(flow, "officer") == "reconsideration.examine"
    flow.examine()
    assert main_step(flow, "officer") != "reconsideration.examine"
    assert main_step(flow, "head") == "reconsideration.accept"
    flow.accept()
    flow.serve_on(flow.issue(flow.sign(flow.review(flow.submit(flow.draft("reply_notice"))))), "respondent")
    assert main_step(flow, "officer") == "reconsideration.reply_received"
    flow.reply()
    assert main_step(flow, "officer") == "reconsideration.hear_opinion"
    flow.hear()
    assert "kind=decision" in str(proposals(flow.case, flow.office["officer"], flow.day).main.url)


def test_where_nothing_else_comes_next_the_page_says_what_the_decision_still_lacks(flow) -> None:
    flow.examine()
    flow.step("head", "accept", track="ordinary", simplified_ground="")
    flow.serve(flow.paper("acceptance_notice"))
    flow.serve_on(flow.paper("reply_notice"), "respondent")
    flow.reply()
    flow.hear()
    waiting = proposals(flow.case, flow.office["officer"], flow.day)
    assert waiting.main is None
    assert [(step.is_possible, [refusal.code for refusal in step.refusals]) for step in waiting.awaited] == [
        (False, ["two-handlers"])
    ]
    assert any("kind=decision" in str(step.url) for group in waiting.groups for step in group.possible)


def test_the_end_of_an_appraisal_is_the_next_step_while_nothing_else_can_be_done(flow) -> None:
    flow.examine()
    flow.step("head", "accept", track="ordinary", simplified_ground="")
    flow.serve(flow.paper("acceptance_notice"))
    flow.serve_on(flow.paper("reply_notice"), "respondent")
    flow.reply()
    flow.hear()
    flow.step("officer", "begin_excluded_time", kind="appraisal", paper="鉴定委托书")
    assert main_step(flow, "officer") == "reconsideration.end_excluded_time"


def test_a_case_is_found_by_the_short_number_people_use(flow) -> None:
    sequence = flow.case.number_sequence
    for text in (str(sequence), f"{sequence}号", f"第{sequence}号", f"〔{flow.case.number_year}〕{sequence}号"):
        assert flow.case.pk in matching_ids(text), text


def test_a_paper_waits_on_the_worklist_of_whoever_has_the_next_step(flow) -> None:
    paper = flow.draft("correction_notice", items="补充身份证明")

    def waiting(role: str) -> list[int]:
        client = Client()
        client.force_login(flow.office[role])
        awaiting = dict(client.get("/work/?whose=office").context["work"].awaiting)
        context = awaiting["documents/_waiting.html"]
        return [document.pk for document, _step in context["waiting"]]

    assert waiting("officer") == [paper.pk]
    assert waiting("head") == []
    flow.submit(paper)
    assert waiting("officer") == []
    assert waiting("head") == [paper.pk]


def test_the_chosen_known_party_outlives_the_list_of_similar_ones(flow) -> None:
    chosen = flow.parties("applicant")[0]
    client = Client()
    client.force_login(flow.office["officer"])
    typed = {"prefix": "people-0", "people-0-name": "别的名字", "people-0-known_party": str(chosen.pk)}
    text = client.post("/parties/similar/", typed).content.decode()
    assert f'value="{chosen.pk}" checked' in text
    assert 'value=""' in text, "the choice can be taken back"


@pytest.mark.parametrize(
    "typed, left",
    [
        (["被申请人称：程序合法"], ["程序合法"]),
        (["程序合法", "被申请人称：请求维持"], ["程序合法", "被申请人称：请求维持"]),
        (["被申请人称"], ["被申请人称"]),
        ([], []),
    ],
)
def test_what_the_form_prints_is_not_printed_twice(typed, left) -> None:
    assert without_opening(typed, "被申请人称") == left


def test_who_only_waits_is_told_whose_turn_it_is(flow) -> None:
    flow.examine()
    found = proposals(flow.case, flow.office["officer"], flow.day)
    assert found.main is None
    assert [str(label) for _who, label in found.others_turn] == ["受理"]
    client = Client()
    client.force_login(flow.office["officer"])
    assert "由复议机构负责人办理" in client.get(f"/cases/{flow.case.pk}/").content.decode()


def test_a_paper_sent_to_everybody_is_not_to_be_sent_again_but_its_arrival_recorded(flow) -> None:
    paper = flow.issue(flow.sign(flow.review(flow.submit(flow.draft("correction_notice", items="补充身份证明")))))
    assert main_step(flow, "officer") == "document.serve"
    applicant = flow.case.participations.get(role="applicant")
    sent = {"method": "post", "sent_on": flow.day.isoformat(), "postal_number": "EA1CN"}
    flow.act("officer", "document.serve", paper, participation=applicant.pk, **sent)
    assert main_step(flow, "officer") == "document.confirm_service"
    assert "is on its way" in whereabouts_in_english(flow)
    came_back = {"service": paper.services.get().pk, "reason": "查无此人"}
    flow.act("officer", "document.service_failed", Document.objects.get(pk=paper.pk), **came_back)
    notice = {"method": "public_notice", "served_on": flow.day.isoformat(), "notice_ground": "unknown",
              "note": "查无下落", "published_in": "board", "published_name": "旗政府公告栏"}  # fmt: skip
    flow.act("officer", "document.serve", Document.objects.get(pk=paper.pk), participation=applicant.pk, **notice)
    assert not main_step(flow, "officer").startswith("document.")
    assert "is served by public notice" in whereabouts_in_english(flow)


def test_a_decision_is_served_only_when_everybody_has_it(flow) -> None:
    flow.accept()
    flow.serve_on(flow.issue(flow.sign(flow.review(flow.submit(flow.draft("reply_notice"))))), "respondent")
    flow.reply()
    flow.hear()
    decision = flow.issue(flow.signed_decision())
    flow.serve_on(decision, "respondent")
    assert flow.state == "DECIDED"
    assert [(str(mark.label), mark.css) for mark in stepper(flow.case)][-2:] == [("送达", "now"), ("归档", "")]
    flow.serve_on(decision, "applicant")
    assert [(str(mark.label), mark.css) for mark in stepper(flow.case)][-2:] == [("送达", "done"), ("归档", "now")]


def test_a_finding_against_the_register_needs_its_reason() -> None:
    day = clock_today() - timedelta(days=3)
    late = received(day, acted_on=day - timedelta(days=130), known_on=day - timedelta(days=120))
    assert "note_4" in late_errors(late, note="")
    assert late_errors(late, note="因疫情封控耽误，材料附卷") == {}


def late_errors(flow, note: str) -> dict:
    form = ExamineForm(
        {f"test_{item}": "yes" for item in range(1, 8)} | {"note_4": note},
        subject=flow.case,
        actor=flow.office["officer"],
        today=flow.day,
    )
    return dict(form.errors)


def test_the_top_of_the_form_names_the_wrong_entries_of_a_person(flow) -> None:
    client = Client()
    client.force_login(flow.office["officer"])
    text = client.post(
        "/reconsideration/register/", {"people-0-name": "王秀英", "people-0-identity_number": "150699198506150021"}
    ).content.decode()
    assert "申请人等第1项：证件号码" in text


def other_steps(flow, role: str) -> dict[Topic, list[str]]:
    groups = proposals(flow.case, flow.office[role], flow.day).groups
    return {group.topic: [str(step.url) for step in group.possible] for group in groups}


def test_the_other_steps_stand_under_their_subject_the_usual_course_first(flow) -> None:
    flow.examine()
    flow.accept()
    groups = other_steps(flow, "head")
    assert list(groups) == [topic for topic in Topic if topic in groups]
    assert any("kind=suspension_notice" in url for url in groups[Topic.TIME])
    assert any("kind=termination" in url for url in groups[Topic.ENDING])
    assert any("cases.appoint_agent" in url for url in groups[Topic.PARTIES])
    assert any("cases.assign" in url for url in groups[Topic.PEOPLE])
    assert any("cases.correct_act" in url for url in groups[Topic.CORRECTION])
    everything = " ".join(url for urls in groups.values() for url in urls)
    for beside_its_thing in ("cases.annul", "cases.correct_date", "cases.unlink"):
        assert beside_its_thing not in everything


def test_a_hearing_has_its_own_heading_and_begins_with_the_free_times(flow) -> None:
    flow.examine()
    flow.accept()
    steps = other_steps(flow, "officer")[Topic.HEARING]
    assert f"/reconsideration/hearings/free/{flow.case.pk}/" in steps
    assert any("plan_hearing" in url for url in steps)


def test_steps_on_letters_are_not_spoken_of_before_there_is_a_letter(flow) -> None:
    flow.examine()
    flow.accept()
    groups = proposals(flow.case, flow.office["officer"], flow.day).groups
    blocked = " ".join(str(step.url) for group in groups for step in group.blocked)
    for name in ("letter_received", "opinion_reported", "opinion_put_right", "suggestion_answered"):
        assert name not in blocked


def test_nothing_is_offered_to_end_before_it_has_begun(flow) -> None:
    flow.examine()
    flow.accept()

    def named(name: str) -> bool:
        groups = proposals(flow.case, flow.office["head"], flow.day).groups
        return any(name in str(step.url) for group in groups for step in (*group.possible, *group.blocked))

    assert not named("end_excluded_time")
    assert not named("kind=stop_end")
    assert not named("kind=stop_refusal")
    assert not named("end_part")  # one applicant
    flow.step("officer", "begin_excluded_time", on=flow.day, kind="appraisal", paper="鉴定委托书")
    assert named("end_excluded_time")


def test_a_link_is_removed_where_it_stands(flow) -> None:
    earlier = received(clock_today() - timedelta(days=3)).case
    officer = flow.office["officer"]
    perform("cases.link", flow.case, {"kind": "continues", "number": earlier.number}, officer, flow.day)
    client = Client()
    client.force_login(officer)
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    address = re.search(r'href="(/cases/\d+/actions/cases\.unlink/\?link=\d+)"', page)
    assert address is not None
    form = client.get(address[1]).content.decode()
    assert re.search(r"<option value=\"\d+\" selected", form)


def test_each_paper_of_the_stops_is_called_by_its_name() -> None:
    flow = received(clock_today() - timedelta(days=3))
    flow.examine()
    flow.accept()
    flow.paper("suspension_notice", ground="other_case", cause="另案尚未审结")
    client = Client()
    client.force_login(flow.office["officer"])
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    stops = page[page.index('id="stops"') :]
    assert "中止通知书</a>" in stops[: stops.index("</section>")]


def test_excluded_time_is_not_called_a_suspension(flow) -> None:
    flow.examine()
    flow.accept()
    flow.step("officer", "begin_excluded_time", on=flow.day, kind="appraisal", paper="鉴定委托书")
    row = rows_of(flow.case)[0]
    assert row.until is None
    assert not row.is_suspension
    client = Client()
    client.force_login(flow.office["officer"])
    stops = client.get(f"/cases/{flow.case.pk}/").content.decode().partition('id="stops"')[2].partition("</section>")[0]
    assert "中止" not in stops


def test_the_second_handler_stands_beside_the_first(flow) -> None:
    flow.case.lead_handler = flow.office["officer"]
    flow.case.save()
    flow.case.further_handlers.add(flow.office["head"])
    client = Client()
    client.force_login(flow.office["officer"])
    basic = client.get(f"/cases/{flow.case.pk}/").content.decode().partition('id="basic"')[2].partition("</section>")[0]
    assert flow.office["head"].full_name in basic
