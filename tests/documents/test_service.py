"""Service: which day counts for each way, what the law asks of it, and when the case learns of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgr.actions.errors import GuardRefused, InvalidInput, NotVisible
from casemgr.actions.perform import perform
from casemgr.documents.models import Document
from casemgr.documents.panels import unserved_papers
from casemgr.documents.service_rules import citation, effective_day
from casemgr.documents.services import complete_due
from tests.support.papers import DECIDED, DECISION, a_case, accepted, an_office, fresh, part_of, under_review
from tests.support.upload_files import a_pdf, a_picture

pytestmark = pytest.mark.django_db

ISSUED = date(2026, 9, 8)
TODAY = date(2026, 9, 20)


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def paper(office):
    """A reply notice, issued on 8 September: one recipient."""
    return office.paper(accepted(office, a_case(office)), "reply_notice", ISSUED)


def serve(office, paper, today=TODAY, files=None, **data):
    recipient = paper.kind_info.recipients(paper.case)[0]
    given = {"participation": recipient.pk, **data}
    return perform("document.serve", Document.objects.get(pk=paper.pk), given, office.officer, today, files=files)


def consent(paper, address="达拉特旗电子公文系统"):
    part = paper.kind_info.recipients(paper.case)[0]
    part.consents_to_electronic_service, part.electronic_address = True, address
    part.save()


@pytest.mark.parametrize(
    ("method", "article", "entered", "effective"),
    [
        ("in_person", "87, 88", date(2026, 9, 10), date(2026, 9, 10)),  # day of signing
        ("left_behind", "89", date(2026, 9, 10), date(2026, 9, 10)),  # day it was left
        ("electronic", "90", date(2026, 9, 10), date(2026, 9, 10)),  # arrival in the recipient's system
        ("post", "91", date(2026, 9, 10), date(2026, 9, 10)),  # day on the return slip
        ("entrusted", "91", date(2026, 9, 10), date(2026, 9, 10)),
        ("transferred", "92, 93, 94", date(2026, 9, 10), date(2026, 9, 10)),  # when the recipient signed, not the unit
        ("public_notice", "95", date(2026, 9, 10), date(2026, 10, 10)),  # thirty days after publication
        ("public_notice", "95", date(2026, 1, 31), date(2026, 3, 2)),
        ("public_notice", "95", date(2026, 9, 3), date(2026, 10, 8)),  # 3 October lies in the holiday, art. 85(3)
        ("post", "91", None, None),  # on its way
    ],
)
def test_the_day_a_service_takes_effect(method, article, entered, effective):
    assert effective_day(method, entered) == effective
    assert all(number in citation(method) for number in article.split(", "))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"method": "in_person"}, "day-missing"),
        ({"method": "in_person", "served_on": "2026-09-07"}, "before-issue"),
        ({"method": "in_person", "served_on": "2026-09-21"}, "future"),
        ({"method": "in_person", "served_on": "2026-09-10", "receiver_name": "王五"}, "relation-missing"),
        ({"method": "left_behind", "served_on": "2026-09-10"}, "no-witness"),
        ({"method": "electronic", "served_on": "2026-09-10"}, "no-consent"),
        ({"method": "post", "sent_on": "2026-09-10"}, "no-postal-number"),
        (
            {"method": "post", "sent_on": "2026-09-12", "served_on": "2026-09-10", "postal_number": "1"},
            "before-sending",
        ),
        ({"method": "post", "postal_number": "1"}, "day-missing"),
        ({"method": "public_notice", "served_on": "2026-09-10", "note": "公告网"}, "no-notice-ground"),
        ({"method": "public_notice", "served_on": "2026-09-10", "notice_ground": "unknown"}, "no-notice-record"),
    ],
)
def test_what_is_refused(office, paper, data, code):
    with pytest.raises(GuardRefused) as refused:
        serve(office, paper, **data)
    assert code in [refusal.code for refusal in refused.value.refusals]
    assert all(refusal.message for refusal in refused.value.refusals)
    assert not paper.services.exists()
    assert fresh(paper.case).events.filter(kind="copy_served").count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"method": "in_person", "served_on": "2026-09-10"},
        {"method": "in_person", "served_on": "2026-09-10", "receiver_name": "王五", "relation": "收发室"},
        {"method": "in_person", "served_on": "2026-09-10", "receiver_name": "王五", "receiver_kind": "mail_room"},
        {"method": "left_behind", "served_on": "2026-09-10", "witness": "社区 赵六", "refused_because": "称不服处理"},
        {"method": "left_behind", "served_on": "2026-09-10", "is_recorded": True},
        {"method": "electronic", "served_on": "2026-09-10"},
        {"method": "post", "sent_on": "2026-09-09", "served_on": "2026-09-10", "postal_number": "EA123"},
        {"method": "entrusted", "served_on": "2026-09-10", "via": "东胜区人民政府行政复议机构"},
    ],
)
def test_what_takes_effect_at_once_starts_the_period(office, paper, data):
    consent(paper)
    served = serve(office, paper, **data)
    case = fresh(paper.case)
    event = case.events.get(kind="copy_served")
    assert (event.occurred_on, event.party, event.data["document"]) == (
        date(2026, 9, 10),
        part_of(case, "respondent").party,
        paper.pk,
    )
    assert case.deadlines.get(rule="R-REPLY").start_on == date(2026, 9, 10)
    assert served.unserved_count == 0


def test_post_on_its_way_takes_effect_with_the_return_slip(office, paper):
    serve(office, paper, method="post", sent_on="2026-09-09", postal_number="EA123")
    assert not fresh(paper.case).events.filter(kind="copy_served").exists()
    with pytest.raises(InvalidInput):
        serve(office, paper, method="in_person", served_on="2026-09-10")
    service = paper.services.get()
    done = perform(
        "document.confirm_service", paper, {"service": service.pk, "served_on": "2026-09-14"}, office.officer, TODAY
    )
    assert fresh(paper.case).events.get(kind="copy_served").occurred_on == date(2026, 9, 14)
    assert done.unserved_count == 0


def test_after_a_failed_attempt_another_way_is_open(office, paper):
    serve(office, paper, method="post", sent_on="2026-09-09", postal_number="EA123")
    service = paper.services.get()
    perform("document.service_failed", paper, {"service": service.pk, "reason": "退回"}, office.officer, TODAY)
    serve(office, paper, method="in_person", served_on="2026-09-15")
    assert sorted(paper.services.values_list("state", flat=True)) == ["EFFECTIVE", "FAILED"]


def test_public_notice_takes_effect_by_the_sweep_thirty_days_later(office):
    case = under_review(office)
    decision = office.paper(case, "decision", DECIDED, DECISION)
    office.serve(decision, DECIDED, role="respondent")
    data = {
        "participation": part_of(case, "applicant").pk,
        "method": "public_notice",
        "served_on": DECIDED.isoformat(),
        "notice_ground": "unknown",
        "published_in": "website",
        "published_name": "达拉特旗人民政府网站",
        "note": "在旗政府网站公告；此前两次上门、一次邮寄均未果",
    }
    perform("document.serve", decision, data, office.officer, DECIDED)
    due = DECIDED + timedelta(days=30)
    assert complete_due(due - timedelta(days=1)) == 0
    assert fresh(case).state == "DECIDED"
    assert complete_due(due) == 1
    assert complete_due(due) == 0
    case = fresh(case)
    assert case.state == "SERVED"
    applicants_day = case.events.get(kind="decision_served", party=part_of(case, "applicant").party).occurred_on
    assert applicants_day == due
    assert Document.objects.get(pk=decision.pk).unserved_count == 0


def test_a_notice_found_late_takes_effect_on_its_own_day(office, paper):
    serve(
        office, paper, today=date(2026, 12, 1), method="public_notice", served_on="2026-09-10",
        notice_ground="unknown", note="旗政府网站", published_in="website", published_name="旗政府网站",
    )  # fmt: skip
    assert fresh(paper.case).events.get(kind="copy_served").occurred_on == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("content", "name", "is_kept"),
    [
        (a_pdf("receipt"), "阿拉腾乌拉签收.pdf", True),
        (a_picture("JPEG"), "photo.jpg", True),
        (a_picture("PNG"), "x.png", True),
        (b"<html>not a pdf", "x.pdf", False),
        (b"PK\x03\x04", "x.docx", False),
    ],
)
def test_proof_is_known_by_its_first_bytes(office, paper, content, name, is_kept):
    files = {"proof": SimpleUploadedFile(name, content)}
    if not is_kept:
        with pytest.raises(InvalidInput):
            serve(office, paper, files=files, method="in_person", served_on="2026-09-10")
        return
    serve(office, paper, files=files, method="in_person", served_on="2026-09-10")
    service = paper.services.get()
    assert (service.proof_size, len(service.proof_sha256)) == (len(content), 64)
    assert "阿拉腾" not in service.proof_file


def test_a_file_over_twenty_megabytes_is_refused(office, paper):
    files = {"proof": SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024))}
    with pytest.raises(InvalidInput):
        serve(office, paper, files=files, method="in_person", served_on="2026-09-10")


def test_unserved_papers_of_ones_scope(office, paper):
    assert list(unserved_papers(office.officer, TODAY)) == [paper]
    assert list(unserved_papers(office.stranger, TODAY)) == []
    serve(office, paper, method="in_person", served_on="2026-09-10")
    assert list(unserved_papers(office.officer, TODAY)) == []


def test_a_stranger_cannot_serve(office, paper):
    recipient = paper.kind_info.recipients(paper.case)[0]
    data = {"participation": recipient.pk, "method": "in_person", "served_on": "2026-09-10"}
    with pytest.raises(NotVisible):
        perform("document.serve", paper, data, office.stranger, TODAY)


def test_the_page_of_unserved_papers_goes_on_after_its_first_rows(client, office, paper, monkeypatch):
    office.paper(a_case(office), "receipt", TODAY, {"materials": "行政复议申请书，2份"})
    monkeypatch.setattr("casemgr.pages.pagination.paginate.__kwdefaults__", {"size": 1})
    client.force_login(office.officer)
    first = client.get("/documents/unserved/").context["page"]
    assert [len(first), first.previous, bool(first.next)] == [1, None, True]
    second = client.get("/documents/unserved/", first.next).context["page"]
    assert {first.items[0].pk, second.items[0].pk} >= {paper.pk}
    assert first.items[0].pk != second.items[0].pk


def test_the_signed_receipt_is_scanned_after_the_service_was_recorded(office, paper):
    """In the field people sign on paper; the scan comes later and changes nothing that was recorded."""
    served = serve(office, paper, method="in_person", served_on=date(2026, 9, 10))
    (service,) = served.services.all()
    files = {"proof": SimpleUploadedFile("回证.jpg", a_picture())}
    perform("document.add_proof", served, {"service": service.pk}, office.officer, TODAY, files=files)
    kept = Document.objects.get(pk=paper.pk)
    (service,) = kept.services.all()
    assert service.proof_sha256 and (service.state, service.effective_on) == ("EFFECTIVE", date(2026, 9, 10))
    assert fresh(kept.case).events.filter(kind="copy_served").count() == 1
    with pytest.raises(InvalidInput):
        files = {"proof": SimpleUploadedFile("other.jpg", a_picture())}
        perform("document.add_proof", kept, {"service": service.pk}, office.officer, TODAY, files=files)


def test_a_proof_belongs_to_a_service_that_took_effect(office, paper):
    sent = serve(office, paper, method="post", sent_on=date(2026, 9, 9), postal_number="1180000000115")
    with pytest.raises(InvalidInput):
        files = {"proof": SimpleUploadedFile("回证.jpg", a_picture())}
        perform("document.add_proof", sent, {"service": sent.services.get().pk}, office.officer, TODAY, files=files)
