"""What a clerk sees of a paper before and after its issue: the sheets beside the text, what is missing, the text."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from casemgr.actions.perform import perform
from casemgr.documents.definition import definition_of
from casemgr.documents.models import Document
from casemgr.documents.rendering.pages import laid_out
from casemgr.documents.rendering.svg import render_svg
from tests.support.all_kinds import printed_papers
from tests.support.papers import CORRECTION, RECEIVED, a_case, an_office, under_review

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def draft(office):
    return perform("document.draft", a_case(office), {"kind": "correction_notice"}, office.officer, RECEIVED)


def words_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


def test_the_sheets_hold_every_page_and_every_line_of_every_kind(office):
    for code, definition in printed_papers(under_review(office), office.officer):
        sheets = render_svg(definition, "%(number)d of %(count)d")
        pages = laid_out(definition, draft=True).pages
        assert len(sheets) == len(pages), code
        for sheet, page in zip(sheets, pages, strict=True):
            shown = re.sub(r"<[^>]+>|\s", "", sheet)
            for _offset, row in page.rows:
                if line := getattr(row, "line", None):
                    assert "".join(line.text.split()) in shown, code


def test_names_cannot_break_out_of_the_sheet(draft):
    draft.sections = [{"code": "items", "heading": "", "paragraphs": ["</text><script>x</script> & “乙”"], "made": ""}]
    (sheet,) = render_svg(definition_of(draft), "%(number)d")
    assert "<script" not in sheet
    assert "style=" not in sheet


def test_the_preview_follows_what_is_typed_and_saves_nothing(client, office, draft):
    client.force_login(office.officer)
    address = reverse("document_preview", args=[draft.pk])
    assert "户口簿复印件" not in words_of(client.get(address))
    typed = {"title": draft.title, "addressee": draft.addressee, "items": "户口簿复印件", "complete": ""}
    del typed["complete"]
    answer = client.post(address, typed)
    assert answer.status_code == 200
    assert "户口簿复印件" in words_of(answer)
    kept = Document.objects.get(pk=draft.pk)
    assert (kept.data, kept.version) == (draft.data, draft.version)
    assert kept.history.count() == 1


def test_a_form_that_is_not_right_keeps_the_preview_waiting(client, office, draft):
    client.force_login(office.officer)
    answer = client.post(reverse("document_preview", args=[draft.pk]), {"items": "联系13847712345"}, headers=ENGLISH)
    assert answer.status_code == 200
    assert "The preview waits" in answer.content.decode()
    assert "13847712345" not in answer.content.decode()


def test_the_preview_is_for_those_who_edit(client, office, draft):
    address = reverse("document_preview", args=[draft.pk])
    for user, status in ((office.stranger, 404), (office.archive, 403)):
        client.force_login(user)
        assert client.get(address).status_code == status


def test_what_a_paper_will_need_is_listed_before_it_is_drafted(client, office):
    case = a_case(office)
    client.force_login(office.officer)
    page = client.get(reverse("document_draft", args=[case.pk]) + "?kind=refusal", headers=ENGLISH).content.decode()
    assert "What this paper will need" in page
    assert '<a href="#id_reasons">A refusal must state its reasons.</a>' in page
    assert 'id="id_reasons"' in page


def test_what_is_missing_leads_to_where_it_is_filled_in(client, office, draft):
    client.force_login(office.officer)
    page = client.get(reverse("document_detail", args=[draft.pk]), headers=ENGLISH).content.decode()
    assert f'href="{reverse("document_edit", args=[draft.pk])}#id_items"' in page


def test_an_issued_paper_is_read_whole_on_its_page(client, office):
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    client.force_login(office.officer)
    shown = words_of(client.get(reverse("document_detail", args=[paper.pk])))
    article = "".join(definition_of(paper).signature_block.issuer.split())
    assert shown.count(article) >= 2
    assert f"{article}2026年9月1日" in shown
    assert "".join(paper.number_text.split()) in shown
