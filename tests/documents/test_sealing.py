"""The register of seals: what waits for its seal, who confirms it, numbers without gaps, annulment with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from casemgr.actions.errors import Forbidden, InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.documents.sealing.models import SealUse
from casemgr.organisation.office import seal_on
from casemgr.organisation.reference import JUSTICE_BUREAU
from tests.support.papers import COPY, RECEIPT, RECEIVED, a_case, accepted, an_office, pdf_text
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
TODAY = RECEIVED + timedelta(days=10)


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def paper(office):
    return office.paper(a_case(office), "receipt", RECEIVED, RECEIPT)


def confirm(use, actor, on=RECEIVED, **data):
    return perform("sealing.confirm", use, {"copies": 2, "sealed_on": on.isoformat(), **data}, actor, TODAY)


def certificate(office, **changed):
    data = {
        "unit": unit().pk, "seal_name": seal_on(JUSTICE_BUREAU, TODAY), "title": "关于案件办理情况的证明",
        "purpose": "certificate", "copies": 1, "approved_by": office.head.pk, "approved_on": TODAY.isoformat(),
        "sealed_on": TODAY.isoformat(), "is_complete": "on",
    }  # fmt: skip
    return perform("sealing.register", None, data | changed, office.officer, TODAY)


def test_an_issued_paper_waits_for_its_seal_until_the_keeper_confirms(office, paper):
    use = SealUse.objects.get(document=paper)
    assert (use.status, use.seal_name, use.paper_number) == ("waiting", paper.seal_name, paper.number_text)
    assert use.number is None
    use = confirm(use, office.officer)
    assert (use.status, use.number_text, use.sealed_by) == ("sealed", "用印〔2026〕1号", office.officer)
    with pytest.raises(WrongState):
        confirm(use, office.officer)


def test_who_signed_has_approved(office):
    notice = office.paper(accepted(office, a_case(office)), "reply_notice", COPY)
    use = SealUse.objects.get(document=notice)
    assert (use.approved_by, use.approved_on, use.asked_on) == (office.head, COPY, COPY)


def test_a_form_without_seal_is_not_in_the_register(office, paper):
    from casemgr.documents.services import issue_form

    part = paper.case.participations.get(role="applicant")
    issue_form(paper.case, "service_receipt", {"document": paper.pk, "recipient": part.pk}, office.officer, RECEIVED)
    assert SealUse.objects.count() == 1


@pytest.mark.parametrize(
    "day", [RECEIVED - timedelta(days=1), TODAY + timedelta(days=1)], ids=["before issue", "in the future"]
)
def test_days_that_cannot_be(office, paper, day):
    with pytest.raises(InvalidInput):
        confirm(SealUse.objects.get(document=paper), office.officer, on=day)


def test_numbers_have_no_gaps_and_an_annulled_one_stays(office, paper):
    use = confirm(SealUse.objects.get(document=paper), office.officer)
    with pytest.raises(Forbidden):
        perform("sealing.annul", use, {"reason": "登记错误"}, office.officer, TODAY)
    perform("sealing.annul", use, {"reason": "份数登记错误"}, office.head, TODAY)
    again = SealUse.objects.get(document=paper, status="waiting")
    assert confirm(again, office.officer, copies=3).number_text == "用印〔2026〕2号"
    assert certificate(office).number_text == "用印〔2026〕3号"
    use.refresh_from_db()
    assert (use.status, use.number.void_reason) == ("annulled", "份数登记错误")
    with pytest.raises(ValueError, match="never deleted"):
        use.delete()


def test_a_withdrawn_paper_waits_no_longer(office, paper):
    perform("document.withdraw", paper, {"reason": "文号错误"}, office.head, RECEIVED)
    assert SealUse.objects.get(document=paper).status == "dropped"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"is_complete": ""}, "is_complete"),
        ({"title": "空白介绍信"}, "title"),
        ({"approved_on": (TODAY + timedelta(days=1)).isoformat()}, "approved_on"),
        ({"purpose": "paper"}, "purpose"),
    ],
)
def test_what_is_never_sealed_outside_a_case(office, changed, field):
    with pytest.raises(InvalidInput) as refused:
        certificate(office, **changed)
    assert field in refused.value.form.errors


def test_nobody_approves_their_own_stamp(office):
    with pytest.raises(InvalidInput):
        certificate(office, approved_by=office.officer.pk)


def test_only_who_leads_at_or_above_the_unit_is_offered_as_approver(client, office):
    elsewhere = person("far-secretary", "committee", at="150621101", full_name="远处")
    client.force_login(office.officer)
    form = client.get(reverse("sealing_register")).context["form"]
    offered = set(form.fields["approved_by"].queryset.values_list("pk", flat=True))
    assert office.head.pk in offered and elsewhere.pk not in offered


def test_other_offices_see_nothing_of_it(client, office, paper):
    use = SealUse.objects.get(document=paper)
    with pytest.raises(NotVisible):
        confirm(use, office.stranger)
    client.force_login(office.stranger)
    assert client.get(reverse("sealing_detail", args=[use.pk])).status_code == 404
    assert paper.number_text not in client.get(reverse("sealing_list")).content.decode()


def test_the_pages_from_waiting_to_the_printed_register(client, office, paper, monkeypatch):
    monkeypatch.setattr("casemgr.documents.sealing.views.clock_today", lambda: TODAY)
    client.force_login(office.officer)
    use = SealUse.objects.get(document=paper)
    assert paper.number_text in client.get(reverse("sealing_list")).content.decode()
    address = reverse("sealing_action", args=[use.pk, "sealing.confirm"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"copies": "2", "sealed_on": "2026-09-01", "seen_version": "1"}).status_code == 302
    client.post(reverse("sealing_register"), {
        "unit": unit().pk, "seal_name": seal_on(JUSTICE_BUREAU, TODAY), "title": "出具证明", "purpose": "certificate",
        "copies": "1", "approved_by": office.head.pk, "approved_on": "2026-09-05", "sealed_on": "2026-09-05",
        "is_complete": "on",
    })  # fmt: skip
    printed = client.get(reverse("sealing_book", args=[2026])).content
    book = pdf_text(printed)
    assert "用印登记簿" in book
    first = PdfReader(BytesIO(printed)).pages[0].mediabox
    assert first.width > first.height, "nine columns need the long side of the sheet"
    assert "出具证明" in book
    sheet = load_workbook(BytesIO(client.get(reverse("sealing_excel", args=[2026])).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["用印〔2026〕1号", "用印〔2026〕2号"]
    assert date.fromisoformat(rows[1][1]) == RECEIVED


def test_the_list_costs_the_same_for_many(client, office, django_assert_max_num_queries):
    for number in range(3):
        certificate(office, title=f"证明{number}")
    client.force_login(office.officer)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("sealing_list") + "?show=sealed&seal=&year=&q=")
    assert len(page.context["page"]) == 3
