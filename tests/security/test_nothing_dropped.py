"""A long form comes in whole, or is refused aloud."""

from __future__ import annotations

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Participation
from tests.support.flow import application
from tests.support.papers import RECEIVED, an_office
from tests.support.register import applicant, person

pytestmark = pytest.mark.django_db


def test_sixty_applicants_of_one_page_are_all_registered(monkeypatch) -> None:
    office = an_office()
    client = Client()
    client.force_login(office.officer)
    sent = {name: str(value) for name, value in application(RECEIVED).items() if name not in ("people", "respondents")}
    sent["respondents-0-known_party"] = application(RECEIVED)["respondents"][0]["known_party"]
    empty = ("name", "identity_kind", "identity_number", "identity_note", "phone", "sex", "birth_on", "ethnicity")
    empty += ("address", "village", "service_address", "legal_representative", "representative_post", "remark")
    for index in range(60):
        row = {"known_party": applicant(f"申请人{index}").pk, "role": "applicant", "kind": "person"}
        sent |= {f"people-{index}-{name}": str(value) for name, value in (dict.fromkeys(empty, "") | row).items()}
    assert len(sent) > 1000
    assert client.post("/reconsideration/register/", sent).status_code == 302
    assert Participation.objects.filter(role="applicant").count() == 60


def test_more_rows_than_fit_are_refused_not_forgotten() -> None:
    clerk = person("clerk", "officer")
    someone = applicant("白音").pk
    entries = application(RECEIVED, people=[{"known_party": someone}] * 201)
    with pytest.raises(InvalidInput) as refused:
        perform("reconsideration.register", None, entries, clerk, RECEIVED)
    assert any("200" in str(refusal.message) for refusal in refused.value.refusals)

    client = Client()
    client.force_login(clerk)
    sent = {name: str(value) for name, value in entries.items() if name not in ("people", "respondents")}
    sent |= {f"people-{index}-known_party": str(someone) for index in range(201)}
    answer = client.post("/reconsideration/register/", sent)
    assert answer.status_code == 422
    assert "200" in answer.content.decode().split("error-summary")[1].split("</div>")[0]
