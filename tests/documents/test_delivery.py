"""Serving in batches: the list per recipient, prints for the ticked ones, mailings and arrivals row by row."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from casemgr.actions.perform import perform
from casemgr.documents.delivery import batches, queue
from casemgr.documents.models import Document
from tests.support.papers import APPLICANT_NUMBER, RECEIPT, RECEIVED, a_case, an_office, part_of, pdf_text
from tests.support.register import queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def papers(office):
    return [office.paper(a_case(office), "receipt", RECEIVED, RECEIPT) for _number in range(3)]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr("casemgr.documents.delivery.views.clock_today", lambda: TODAY)


def key(paper):
    return f"{paper.pk}-{part_of(paper.case, 'applicant').pk}"


def test_the_list_tells_each_recipient_how_long_and_what_was_tried(client, office, papers):
    part = part_of(papers[0].case, "applicant")
    tried = {"participation": part.pk, "method": "in_person", "sent_on": "2026-09-03", "reason": "家中无人"}
    perform("document.record_attempt", papers[0], tried, office.officer, TODAY)
    client.force_login(office.officer)
    page = client.get(reverse("document_unserved"))
    rows = page.context["rows"]
    assert [(row.document, days) for row, days in rows] == [(paper, 19) for paper in papers]
    assert "家中无人" in page.content.decode()
    assert len(client.get(reverse("document_unserved") + "?state=open&mine=1").context["rows"]) == 3
    assert not client.get(reverse("document_unserved") + "?state=sent").context["rows"]
    client.force_login(office.stranger)
    assert not client.get(reverse("document_unserved")).context["rows"]


def test_the_list_costs_the_same_for_many(client, office, papers):
    client.force_login(office.officer)
    spent, _page = queries(client, reverse("document_unserved"))
    assert spent <= 22


@pytest.mark.parametrize(("what", "pages"), [("receipts", 3), ("dl", 3), ("c5", 3), ("labels", 1), ("mail", 1)])
def test_prints_for_the_ticked_ones_name_people_but_no_numbers(client, office, papers, what, pages):
    client.force_login(office.officer)
    answer = client.get(reverse("delivery_print", args=[what]), {"row": [key(paper) for paper in papers]})
    assert answer["Content-Type"] == "application/pdf"
    text = pdf_text(answer.content)
    assert len(PdfReader(BytesIO(answer.content)).pages) == pages
    assert text.count("阿拉腾乌拉·其其格") >= len(papers)
    assert "锡尼街12号" in text
    assert APPLICANT_NUMBER not in text


def test_what_is_not_in_scope_is_left_out(client, office, papers):
    client.force_login(office.stranger)
    answer = client.get(reverse("delivery_print", args=["receipts"]), {"row": [key(papers[0]), "x-1", "9-9"]})
    assert answer.status_code == 302
    client.force_login(office.archive)
    assert client.get(reverse("delivery_print", args=["receipts"]), {"row": key(papers[0])}).status_code == 403


def test_mailings_and_arrivals_row_by_row(client, office, papers):
    client.force_login(office.officer)
    ticked = [key(paper) for paper in papers]
    assert client.get(reverse("delivery_post"), {"row": ticked}).status_code == 200
    sent = {"row": ticked, "sent_on": "2026-09-05", f"number-{ticked[0]}": "EA1CN", f"number-{ticked[1]}": "EA2CN"}
    assert client.post(reverse("delivery_post"), sent).status_code == 302
    rows = queue.chosen(office.officer, ticked, TODAY)
    assert [row.state for row in rows] == ["sent", "sent", "open"]
    book = client.get(reverse("delivery_print", args=["mail-excel"]), {"row": ticked}).content
    assert [row[1] for row in load_workbook(BytesIO(book)).active.iter_rows(values_only=True)][1:3] == [
        "EA1CN",
        "EA2CN",
    ]
    lines = "EA1CN 2026-09-09 乌兰 妻子，同住\nEA2CN 2026-13-40\nEA9CN 2026-09-09\n"
    page = client.post(reverse("delivery_arrivals"), {"lines": lines})
    assert [result.is_done for result in page.context["results"]] == [True, False, False]
    service = papers[0].services.get()
    assert (service.effective_on, service.receiver_name) == (date(2026, 9, 9), "乌兰")
    assert papers[1].services.get().state == "SENT"
    again = client.post(reverse("delivery_arrivals"), {"lines": "EA1CN 2026-09-09\nEA2CN 退回 迁移新址不明"})
    assert [result.is_done for result in again.context["results"]] == [False, True]
    assert papers[1].services.get().state == "FAILED"
    assert Document.objects.get(pk=papers[0].pk).unserved_count == 0


def test_ticked_arrivals_need_their_day(client, office, papers):
    data = {"participation": part_of(papers[0].case, "applicant").pk, "method": "post", "sent_on": "2026-09-05",
            "postal_number": "EA1CN"}  # fmt: skip
    perform("document.serve", papers[0], data, office.officer, TODAY)
    client.force_login(office.officer)
    service = papers[0].services.get()
    assert client.post(reverse("delivery_arrivals"), {"service": service.pk}).status_code == 422
    page = client.post(reverse("delivery_arrivals"), {"service": service.pk, "served_on": "2026-09-08"})
    assert page.context["done"] == 1
    assert not batches.under_way(office.officer, TODAY).exists()


def test_a_choice_that_finds_nothing_does_not_say_that_everything_is_served(client, office, papers):
    client.force_login(office.officer)
    address = reverse("document_unserved")
    assert papers[0].number_text in client.get(address).content.decode()
    page = client.get(address + "?state=notice").content.decode()
    assert "均已送达" not in page
    assert f'href="{address}">' in page


def test_running_notices_are_listed_and_stand_on_the_case(client, office, papers):
    data = {
        "participation": part_of(papers[0].case, "applicant").pk, "method": "public_notice",
        "served_on": "2026-09-10", "notice_ground": "unknown", "note": "查无下落", "published_in": "website",
        "published_name": "旗政府网站",
    }  # fmt: skip
    perform("document.serve", papers[0], data, office.officer, TODAY)
    client.force_login(office.officer)
    page = client.get(reverse("document_notices"))
    assert [service.document for service in page.context["page"]] == [papers[0]]
    assert "旗政府网站" in page.content.decode()
    assert not client.get(reverse("document_notices") + "?show=over").context["page"].items
    assert "10月10日" in client.get(reverse("case_detail", args=[papers[0].case_id])).content.decode()
