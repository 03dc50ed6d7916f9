"""The form on which a party confirms an address: drafted for one of them, on one sheet."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from casemgr.documents.models import Document
from casemgr.pages.clock import today as clock_today
from tests.support.papers import a_case, an_office, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafting(client):
    office = an_office()
    today = clock_today()
    case = a_case(office, received_on=today, today=today)
    client.force_login(office.officer)
    return client, case, f"/cases/{case.pk}/documents/draft/?kind=address_confirmation"


def test_whose_address_is_asked_for_at_its_field_and_can_be_chosen_at_once(drafting) -> None:
    client, case, address = drafting
    answer = client.post(address, {"kind": "address_confirmation"})
    assert answer.status_code == 422
    assert "recipient" in answer.context["form"].errors
    assert answer.context["is_possible"], "the form is there to choose in"
    assert not Document.objects.filter(case=case).exists()


def test_the_form_is_one_sheet(drafting) -> None:
    client, case, address = drafting
    applicant = part_of(case, "applicant")
    answer = client.post(address, {"kind": "address_confirmation", "recipient": applicant.pk}, follow=True)
    assert len(PdfReader(BytesIO(b"".join(answer))).pages) == 1
