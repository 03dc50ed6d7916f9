"""The pages of papers: what a clerk sees, does and is told; who sees nothing."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from casemgr.actions.perform import perform
from casemgr.documents.models import Document
from casemgr.pages import clock
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
    part_of,
    under_review,
)
from tests.support.register import queries
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def at(monkeypatch):
    # Where the clock reads it, not the clock's function: a module first imported meanwhile would keep that for good.
    def set_day(day: date) -> None:
        monkeypatch.setattr(clock, "timezone", SimpleNamespace(localdate=lambda: day))

    set_day(RECEIVED)
    return set_day


def page_of(client, user, name, *args, status=200, query=""):
    client.force_login(user)
    answer = client.get(reverse(name, args=args) + query, headers={"accept-language": "en"})
    assert answer.status_code == status
    return answer.content.decode()


def send(client, user, name, *args, status=302, query="", **data):
    client.force_login(user)
    answer = client.post(reverse(name, args=args) + query, data, headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def test_from_draft_to_service_by_the_pages_alone(client, office, at):
    case = a_case(office)
    page = page_of(client, office.officer, "document_draft", case.pk, query="?kind=correction_notice")
    assert "Draft: Notice to correct" in page
    assert 'name="items"' in page
    send(client, office.officer, "document_draft", case.pk, kind="correction_notice", items="身份证明")
    paper = Document.objects.get(case_id=case.pk)
    assert "身份证明" in page_of(client, office.officer, "document_edit", paper.pk)
    for name, user in (
        ("submit", office.officer),
        ("sign", office.head),
        ("issue", office.officer),
    ):
        page = page_of(client, user, "document_detail", paper.pk)
        assert reverse("document_action", args=[paper.pk, f"document.{name}"]) in page
        page_of(client, user, "document_action", paper.pk, f"document.{name}")
        send(
            client,
            user,
            "document_action",
            paper.pk,
            f"document.{name}",
            seen_version=Document.objects.get(pk=paper.pk).version,
        )
    paper.refresh_from_db()
    page = page_of(client, office.officer, "document_detail", paper.pk)
    assert paper.number_text in page
    assert paper.sha256 in page
    assert "Not served yet: record service" in page
    send(
        client, office.officer, "document_action", paper.pk, "document.serve",
        participation=part_of(case, "applicant").pk, method="in_person", served_on=RECEIVED.isoformat(),
    )  # fmt: skip
    page = page_of(client, office.officer, "document_detail", paper.pk)
    assert "Civil Procedure Law" in page
    assert fresh(case).events.filter(kind="correction_notice_served").exists()


def test_the_issued_file_is_served_unchanged_under_a_name_without_people(client, office, at):
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    client.force_login(office.officer)
    answer = client.get(reverse("document_file", args=[paper.pk]))
    assert answer.content == paper.content()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    named = answer["Content-Disposition"]
    assert named.startswith("inline")
    assert part_of(paper.case, "applicant").name not in named
    download = client.get(reverse("document_file", args=[paper.pk]) + "?download=1")
    assert download["Content-Disposition"].startswith("attachment")


def test_a_damaged_file_is_not_shown(client, office, at, settings):
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    (settings.MEDIA_ROOT / paper.file).write_bytes(b"%PDF-other")
    page = page_of(client, office.officer, "document_file", paper.pk, status=500)
    assert "missing or was changed" in page


def test_an_unfinished_paper_is_previewed(client, office, at):
    paper = perform("document.draft", a_case(office), {"kind": "correction_notice"}, office.officer, RECEIVED)
    client.force_login(office.officer)
    answer = client.get(reverse("document_file", args=[paper.pk]))
    assert answer.content.startswith(b"%PDF")
    page = page_of(client, office.officer, "document_detail", paper.pk)
    assert "List every item that must be corrected." in page
    assert "Legal basis:" in page


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("document_detail", ()),
        ("document_edit", ()),
        ("document_file", ()),
        ("document_action", ("document.submit",)),
    ],
)
def test_a_stranger_finds_nothing(client, office, at, name, args):
    paper = perform("document.draft", a_case(office), {"kind": "correction_notice"}, office.officer, RECEIVED)
    page_of(client, office.stranger, name, paper.pk, *args, status=404)
    page_of(client, office.officer, "document_detail", paper.pk + 1000, status=404)


def test_who_sees_the_paper_but_has_no_part_in_the_step_is_told_so(client, office, at):
    paper = perform("document.draft", a_case(office), {"kind": "correction_notice"}, office.officer, RECEIVED)
    page_of(client, office.archive, "document_detail", paper.pk)
    page_of(client, office.archive, "document_action", paper.pk, "document.submit", status=403)
    page_of(client, office.archive, "document_edit", paper.pk, status=403)


def test_a_stale_edit_keeps_the_text_and_shows_the_other(client, office, at):
    paper = perform(
        "document.draft", a_case(office), {"kind": "correction_notice", **CORRECTION}, office.officer, RECEIVED
    )
    seen = paper.version
    perform("document.edit", paper, {"text_how": "别人写的话。"}, office.officer, RECEIVED)
    sent = {"complete": "1", "title": paper.title, "text_how": "我写的话。", "seen_version": seen}
    page = send(client, office.officer, "document_edit", paper.pk, status=409, **sent).content.decode()
    assert "我写的话。" in page
    assert "别人写的话。" in page
    fresh_version = Document.objects.get(pk=paper.pk).version
    send(client, office.officer, "document_edit", paper.pk, **(sent | {"seen_version": fresh_version}))
    assert "我写的话。" in str(Document.objects.get(pk=paper.pk).sections)


def test_autosave_keeps_text_as_typed_and_the_next_save_drafts_anew(client, office, at):
    paper = perform(
        "document.draft", a_case(office), {"kind": "correction_notice", **CORRECTION}, office.officer, RECEIVED
    )
    client.force_login(office.officer)
    fields = {f"text_{s['code']}": "\n".join(s["paragraphs"]) for s in paper.sections}
    sent = {"complete": "1", "title": paper.title, "items": "只有一项", "seen_version": paper.version, **fields}
    answer = client.post(reverse("document_autosave", args=[paper.pk]), sent)
    assert answer.status_code == 200
    assert 'id="seen-version"' in answer.content.decode()
    saved = Document.objects.get(pk=paper.pk)
    assert saved.data["items"] == "只有一项"
    assert "只有一项" not in str(saved.sections)
    send(client, office.officer, "document_edit", paper.pk, **(sent | {"seen_version": saved.version}))
    assert "1. 只有一项。" in str(Document.objects.get(pk=paper.pk).sections)


def test_a_refusal_names_the_article_of_the_right_law(client, office, at):
    case = accepted(office, a_case(office))
    notice = office.paper(case, "reply_notice", COPY)
    at(COPY)
    data = {"participation": part_of(case, "respondent").pk, "method": "left_behind", "served_on": COPY.isoformat()}
    page = send(
        client, office.officer, "document_action", notice.pk, "document.serve", status=409, **data
    ).content.decode()
    assert "Civil Procedure Law, article 89" in page
    assert "Reconsideration LawCivil" not in page


def test_the_case_page_lists_papers_and_offers_the_next(client, office, at):
    case = accepted(office, a_case(office))
    page = page_of(client, office.officer, "case_detail", case.pk)
    assert "Next step: Draft: Reply notice" in page
    perform("document.draft", fresh(case), {"kind": "reply_notice"}, office.officer, RECEIVED)
    page = page_of(client, office.officer, "case_detail", case.pk)
    assert "行政复议答复通知书" in page
    assert "李志强" in page


def test_the_next_step_says_with_whom_the_paper_lies(client, office, at):
    at(DECIDED)
    case = under_review(office)
    paper = perform("document.draft", case, {"kind": "decision", **DECISION}, office.officer, DECIDED)

    def lies() -> str:
        page = page_of(client, office.authority, "case_detail", case.pk)
        _before, label, after = page.partition('aria-label="With whom the papers lie"')
        return after.partition("</ul>")[0] if label else ""

    seen, cost = [lies()], queries(client, reverse("case_detail", args=[case.pk]))[0]
    for name, actor in (("submit", "officer"), ("review", "head"), ("sign", "authority"), ("issue", "officer")):
        paper = perform(f"document.{name}", paper, {}, getattr(office, actor), DECIDED)
        seen.append(lies())
    head, authority = "Head of the reconsideration office", "Head of the reconsideration authority"
    told = ("is a draft and lies with 李志强", f"is being examined by: {head}", f"is to be signed by: {authority}",
            "is to be numbered and sealed by: ", "is issued and still to be served by: ")  # fmt: skip
    for text, page in zip(told, seen, strict=True):
        assert text in page
    office.serve(paper, DECIDED)
    assert "decision" not in lies().lower()
    # one more: the volume, which the case has by now
    assert queries(client, reverse("case_detail", args=[case.pk]))[0] <= cost + 1


def test_a_form_to_sign_by_hand_is_printed_in_one_step(client, office, at):
    case = accepted(office, a_case(office))
    notice = office.paper(case, "reply_notice", COPY)
    at(COPY)
    answer = send(
        client, office.officer, "document_draft", case.pk,
        kind="service_receipt", document=notice.pk, recipient=part_of(case, "respondent").pk,
    )  # fmt: skip
    form = Document.objects.get(kind="service_receipt")
    assert answer.url == reverse("document_file", args=[form.pk])
    assert client.get(answer.url).content == form.content()


def test_pages_show_no_personal_number_in_clear(client, office, at):
    at(DECIDED)
    paper = office.paper(under_review(office), "decision", DECIDED, DECISION)
    page = page_of(client, office.officer, "document_detail", paper.pk)
    assert APPLICANT_NUMBER not in page
    assert "1506" in page


def test_query_budget(client, office, at):
    at(DECIDED)
    case = under_review(office)
    paper = perform("document.draft", case, {"kind": "decision", **DECISION}, office.officer, DECIDED)
    spent = {}
    client.force_login(office.officer)
    for name in ("document_detail", "document_edit"):
        spent[f"{name} draft"], answer = queries(client, reverse(name, args=[paper.pk]))
        assert answer.status_code == 200
    for name, actor in (("submit", office.officer), ("review", office.head), ("sign", office.authority)):
        paper = perform(f"document.{name}", paper, {}, actor, DECIDED)
    spent["document_detail signed"], _answer = queries(client, reverse("document_detail", args=[paper.pk]))
    spent["document_action issue"], _answer = queries(
        client, reverse("document_action", args=[paper.pk, "document.issue"])
    )
    paper = perform("document.issue", paper, {}, office.officer, DECIDED)
    spent["document_detail issued"], _answer = queries(client, reverse("document_detail", args=[paper.pk]))
    spent["document_action serve"], _answer = queries(
        client, reverse("document_action", args=[paper.pk, "document.serve"])
    )
    spent["unserved"], _answer = queries(client, reverse("document_unserved"))
    assert max(spent.values()) <= 16, spent
    assert queries(client, reverse("case_detail", args=[case.pk]))[0] <= 21


def test_the_proof_of_a_service_is_for_the_scope_only(client, office, at):
    case = accepted(office, a_case(office))
    notice = office.paper(case, "reply_notice", COPY)
    at(COPY)
    recipient = part_of(case, "respondent")
    proof = SimpleUploadedFile("王建军签收.pdf", a_pdf("signed"))
    send(
        client, office.officer, "document_action", notice.pk, "document.serve",
        participation=recipient.pk, method="in_person", served_on=COPY.isoformat(), proof=proof,
    )  # fmt: skip
    service = notice.services.get()
    client.force_login(office.officer)
    answer = client.get(reverse("document_proof", args=[service.pk]))
    assert answer.content == a_pdf("signed")
    assert answer["Content-Disposition"].startswith("attachment")
    page_of(client, office.stranger, "document_proof", service.pk, status=404)


def test_what_a_paper_lacks_leads_to_where_it_is_entered(client, office, at):
    case = under_review(office)
    case.facts.requests = ""
    case.facts.save()
    page = page_of(client, office.officer, "document_draft", case.pk, query="?kind=decision")
    step = reverse("case_action", args=[case.pk, "reconsideration.correct_facts"])
    assert f'href="{step}"' in page, "the requests are not asked on the form of the paper"
    assert 'href="#id_facts_found"' in page
    data = {"kind": "decision", **DECISION, "reasoning": "见{第九人姓名}所述。"}
    paper = perform("document.draft", case, data, office.officer, DECIDED)
    page = page_of(client, office.officer, "document_detail", paper.pk)
    assert f'href="{step}"' in page
    assert f'href="{reverse("document_edit", args=[paper.pk])}#text"' in page, (
        "a name that fits nobody stands in the text"
    )


def test_the_tab_of_cases_is_current_on_papers_and_that_of_service_on_seals(client, office, at):
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    for name, args, tab in (
        ("document_detail", (paper.pk,), "case_list"),
        ("document_unserved", (), "document_unserved"),
        ("delivery_arrivals", (), "document_unserved"),
        ("sealing_list", (), "document_unserved"),
    ):
        page = page_of(client, office.officer, name, *args)
        current = next(line for line in page.split("<a ") if 'aria-current="page"' in line.split(">")[0])
        assert current.split(">")[0].split('href="')[1].startswith(reverse(tab) + '"'), name
