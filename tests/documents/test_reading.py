"""The text that pages and the API show of an issued paper is the one issued, whatever the program says later."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client

from casemgr.audit import evidence
from casemgr.documents import definition
from casemgr.documents.models import Document, DocumentSealed
from casemgr.documents.reading import Reading, drawn, reading_of
from casemgr.documents.rendering import DocumentText, Section, outline, wording
from casemgr.pages.clock import today as clock_today
from tests.support.all_kinds import printed_papers
from tests.support.api import Program
from tests.support.papers import RECEIPT, Office, a_case, an_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def paper(office) -> Document:
    today = clock_today()
    return office.paper(a_case(office, received_on=today, today=today), "receipt", today, RECEIPT)


def shown(document: Document) -> str:
    """The text on the page."""
    client = Client()
    client.force_login(document.author)
    text = client.get(f"/documents/{document.pk}/").content.decode()
    return text.partition('<article class="paper"')[2].partition("</article>")[0]


def program_changes(monkeypatch) -> None:
    """Years later: other words, another layout, another way to write a day."""
    monkeypatch.setattr(definition, "_sections", lambda document, participations: (Section("如今的写法"),))
    monkeypatch.setattr(wording, "chinese_date", lambda on: "另一种日期")
    monkeypatch.setattr(outline.wording, "ATTACHMENT", "附：")


def test_the_text_of_an_issued_paper_stays_when_the_program_changes(paper, office, monkeypatch) -> None:
    before, told = shown(paper), Program(office.officer).get(f"/documents/{paper.pk}").json()["text"]
    assert "行政处罚决定书复印件" in before
    program_changes(monkeypatch)
    assert shown(paper) == before
    assert Program(office.officer).get(f"/documents/{paper.pk}").json()["text"] == told
    assert "如今的写法" in drawn(definition.definition_of(paper)).printed.sections[0].text


def test_a_draft_is_shown_as_it_would_be_printed_now(office, monkeypatch) -> None:
    from casemgr.actions.perform import perform

    today = clock_today()
    case = a_case(office, received_on=today, today=today)
    draft = perform("document.draft", case, {"kind": "receipt", **RECEIPT}, office.officer, today)
    program_changes(monkeypatch)
    assert "如今的写法" in shown(draft)


def test_a_paper_of_before_is_read_all_the_same(office, monkeypatch) -> None:
    monkeypatch.setattr(Document, "keep_text", lambda document, content: None)
    today = clock_today()
    paper = office.paper(a_case(office, received_on=today, today=today), "receipt", today, RECEIPT)
    assert paper.text_file == ""
    assert "行政处罚决定书复印件" in shown(paper)


def test_a_changed_text_is_found_and_not_shown(paper, office) -> None:
    (Path(project.MEDIA_ROOT) / paper.text_file).write_bytes(Reading(DocumentText("假")).as_bytes())
    client = Client()
    client.force_login(office.officer)
    page = client.get(f"/documents/{paper.pk}/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<article class="paper"' not in page.content.decode()
    assert Program(office.officer).get(f"/documents/{paper.pk}").json()["text"] == []
    assert [finding.detail for finding in evidence.checks()["files"]()] == [paper.text_file]
    with pytest.raises(DocumentSealed):
        Document.objects.filter(pk=paper.pk).update(text_sha256="0" * 64)


def test_every_kind_of_paper_is_kept_whole(office) -> None:
    today = clock_today()
    for code, printed in printed_papers(a_case(office, received_on=today, today=today), office.officer):
        kept = Reading.from_bytes(drawn(printed).as_bytes())
        assert kept == drawn(printed), code


def test_no_number_of_a_person_is_kept_with_the_text(paper) -> None:
    number = paper.case.participations.get(role="applicant").party.open_number()
    assert number.encode() not in (Path(project.MEDIA_ROOT) / paper.text_file).read_bytes()
    assert reading_of(paper).printed.title == paper.title
