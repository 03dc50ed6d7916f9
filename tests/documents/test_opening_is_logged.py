"""Whoever opens a file of a restricted case leaves a row in the access log; of an ordinary one not."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case
from tests.support.api import Program
from tests.support.papers import RECEIPT, RECEIVED, a_case, an_office, part_of
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    office = an_office()
    case = a_case(office)
    paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
    data = {"participation": part_of(case, "applicant").pk, "method": "in_person", "served_on": RECEIVED.isoformat()}
    proof = SimpleUploadedFile("proof.pdf", a_pdf())
    perform("document.serve", paper, data, office.officer, RECEIVED, files={"proof": proof})
    paper.reader = office.head
    return paper


def opened(client: Client, paper) -> list[tuple]:
    client.force_login(paper.reader)
    service = paper.services.get()
    for address in (f"/documents/{paper.pk}/file/", f"/documents/services/{service.pk}/proof/"):
        assert client.get(address).status_code == 200, address
    rows = AccessLog.objects.filter(kind="document_opened").order_by("pk")
    return list(rows.values_list("actor_id", "subject_id", "data"))


def test_the_files_of_a_restricted_case(client: Client, paper) -> None:
    Case.objects.filter(pk=paper.case_id).update(confidentiality="restricted")
    who, case = paper.reader.pk, paper.case_id
    assert opened(client, paper) == [
        (who, paper.pk, {"case": case}),
        (who, paper.pk, {"case": case, "proof": paper.services.get().pk}),
    ]
    log = client.get("/access-log/")
    assert log.status_code == 403, "the head of the office is no auditor"


def test_the_text_of_a_paper_is_read_on_record_on_the_page_and_through_the_api(client: Client, paper) -> None:
    """The page of the case is on record; its papers' own addresses lead past it."""
    client.force_login(paper.reader)
    program = Program(paper.reader)
    for confidentiality, rows in (("normal", 0), ("restricted", 3)):
        Case.objects.filter(pk=paper.case_id).update(confidentiality=confidentiality)
        assert client.get(f"/documents/{paper.pk}/").status_code == 200
        assert client.get(f"/documents/{paper.pk}/changes/").status_code == 200
        assert program.get(f"/documents/{paper.pk}").status_code == 200
        assert AccessLog.objects.filter(kind="document_opened", actor_id=paper.reader.pk).count() == rows


def test_the_files_of_an_ordinary_case(client: Client, paper) -> None:
    assert opened(client, paper) == []
