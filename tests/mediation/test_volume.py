"""The volume of a dispute: what must lie in it, what keeps it open, and how it looks."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from pypdf import PdfReader

from casemgr.actions.errors import GuardRefused
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.documents import files
from casemgr.documents.services import issue_form
from casemgr.documents.volumes.actions.freezing import freeze_refusals
from casemgr.documents.volumes.actions.preparing import lack_fields
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.preparing import keep_volumes
from casemgr.jobs.models import Job
from mediation.agreements.standing import round_subject
from mediation.completeness import missing
from mediation.models import Agreement, Attendee, Obligation
from tests.support.mediation import mediator
from tests.support.mediation_papers import AGREED, REGISTERED, TODAY, in_state, part, settled_dispute
from tests.support.upload_files import a_pdf
from tests.support.volumes import explain

pytestmark = pytest.mark.django_db
EVERYTHING = {"application", "rights", "records", "agreement-1", "performance"}


def sent(name: str) -> MultiValueDict:
    return MultiValueDict({"files": [SimpleUploadedFile(name, a_pdf(name))]})


def codes(case: Any) -> set[str]:
    return {lack.need.code for lack in lacks(case)}


def mediated(case: Any) -> Any:
    """Both parties are known and were told their rights."""
    second = part(case, "respondent").party
    second.identity_note = "没有携带证件，由村委会证明"
    second.save()
    for kind in ("rights_told", "mediation_begun"):
        events.record(case, kind, REGISTERED)
    return case


def signed(case: Any, acts: bool = True) -> Any:
    """Everybody signed the record and the agreement; it is sealed, in effect and performed."""
    Agreement.objects.filter(case=case).update(status="effective", effective_on=AGREED)
    Obligation.objects.filter(agreement__case=case).update(done_on=TODAY)
    if acts:
        Attendee.objects.filter(session__case=case).update(signed_how="signature")
        for role in ("applicant", "respondent"):
            events.record(case, "agreement_signed", AGREED, party=part(case, role).party, subject=round_subject(1))
        for kind in ("agreement_signed_by_mediator", "agreement_sealed"):
            events.record(case, kind, AGREED, subject=round_subject(1))
    return in_state(case, "CLOSED", stage="closed", closed_on=TODAY)


def test_the_course_of_the_dispute_says_what_must_lie_in_the_volume() -> None:
    case = settled_dispute()
    Agreement.objects.filter(case=case).update(status="effective")
    people = {f"identity:{part(case, role).pk}" for role in ("applicant", "respondent")}
    assert codes(case) == EVERYTHING | people
    Agreement.objects.filter(case=case).update(status="draft")
    failed = in_state(case, "FAILED", outcome="failed")
    events.record(failed, "failed", AGREED, ground="no_agreement")
    assert "failure_notice" in codes(failed) and not {"agreement-1", "performance"} & codes(failed)


def test_each_party_is_identified_by_what_it_brought_or_by_one_note_for_all() -> None:
    case = settled_dispute()
    first, second = (part(case, role) for role in ("applicant", "respondent"))
    data = {"kind": "identity", "received_from": first.pk, "received_on": TODAY}
    perform("material.add", case, data, case.lead_handler, TODAY, files=sent("card.pdf"))
    assert f"identity:{first.pk}" not in codes(case) and f"identity:{second.pk}" in codes(case)
    note = issue_form(case, "identity_seen", {}, case.lead_handler, TODAY)
    assert f"identity:{second.pk}" in codes(case), "a print that nobody signed proves nothing"
    data = {"kind": "stamped_copy", "received_on": TODAY, "differs": True}
    perform("document.attach_copy", note, data, case.lead_handler, TODAY, files=sent("note.pdf"))
    assert f"identity:{second.pk}" not in codes(case)


class TestGates:
    def test_what_nobody_signed_keeps_the_volume_open(self) -> None:
        case = mediated(settled_dispute())
        Agreement.objects.filter(case=case).update(status="effective")
        assert {gate.code for gate in missing(case)} == {"acts", "records-signed", "performance"}
        assert {"acts", "records-signed"} <= {refusal.code for refusal in freeze_refusals(signed(case, acts=False))}

    def test_who_refused_to_sign_is_on_record_and_hinders_nothing(self) -> None:
        case = mediated(settled_dispute())
        Attendee.objects.filter(session__case=case).update(refused_to_sign=True)
        assert "records-signed" not in {gate.code for gate in missing(case)}

    def test_an_agreement_lies_in_the_file_in_one_form_only(self) -> None:
        case = signed(mediated(settled_dispute()))
        assert missing(case) == []
        Agreement.objects.filter(case=case).update(form="oral")
        issue_form(case, "oral_register", {}, case.lead_handler, TODAY)
        Agreement.objects.filter(case=case).update(form="written")
        assert [gate.code for gate in missing(case)] == ["one-form"]


def test_paper_kept_by_hand_alone_is_entered_and_archived_in_one_step(client: Client) -> None:
    """Nothing of the case lies in the system: the pages of the paper file are typed, and the same button archives."""
    case, keeper = signed(mediated(settled_dispute())), mediator("keeper", "committee")
    client.force_login(keeper)
    address = f"/cases/{case.pk}/volume/"
    page = client.get(address)
    assert not page.context["parts"] and 'value="volumes.request"' in page.content.decode()
    pages = {lack_fields(lack.need.code)[0]: "2" for lack in lacks(case)}
    sent_in = {
        "action": "volumes.request",
        "archive": "on",
        "on": TODAY.isoformat(),
        "archive_number": "树调档2026-002",
    }
    assert client.post(address, {**sent_in, **pages}).status_code == 302
    job = Job.objects.get(kind="volumes")
    assert job.arguments["case"] == case.pk and job.arguments["archive"]


def test_reasons_alone_make_no_volume(client: Client) -> None:
    case, keeper = signed(mediated(settled_dispute())), mediator("keeper", "committee")
    client.force_login(keeper)
    address = f"/cases/{case.pk}/volume/"
    reasons = {lack_fields(lack.need.code)[1]: "遗失" for lack in lacks(case)}
    answer = client.post(address, {"action": "volumes.request", "archive_number": "树调档2026-003", **reasons})
    assert answer.status_code == 409 and not Job.objects.filter(kind="volumes").exists()


def test_when_the_work_is_over_the_whole_page_is_shown_anew(client: Client) -> None:
    """Only the line on the work was exchanged: the page went on saying that nothing was frozen yet."""
    case, keeper = signed(mediated(settled_dispute())), mediator("keeper", "committee")
    client.force_login(keeper)
    job = Job.objects.create(kind="volumes", arguments={"case": case.pk})
    address = f"/cases/{case.pk}/volume/"
    assert "HX-Refresh" not in client.get(address, headers={"HX-Request": "true"}).headers
    Job.objects.filter(pk=job.pk).update(status=Job.State.DONE, finished_at=timezone.now())
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(address).headers


def test_a_frozen_volume_has_the_cover_of_2010_and_a_back_cover() -> None:
    case, keeper = signed(mediated(settled_dispute())), mediator("keeper", "committee")
    with pytest.raises(GuardRefused) as error:
        keep_volumes(case, keeper, TODAY)
    assert {refusal.code for refusal in error.value.refusals} == {"incomplete", "nothing-to-file"}
    explain(case, keeper, TODAY)
    (volume,) = keep_volumes(case, keeper, TODAY, archive_number="树调档2026-001")
    with files.opened(volume.file, volume.sha256) as file:
        pages = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file.read())).pages]
    cover = pages[0]
    days = "2026年11月2日至2026年11月20日"
    for words in ("树林召镇人民调解委员会", "人民调解卷宗", case.number, "王宝音", "刘根喜", days, "达成调解协议"):
        assert words in cover, words
    assert "卷内目录" in pages[2] and pages[2].index("权利义务告知书") < pages[2].index("调解记录")
    assert case.number in pages[-1] and "卷内备考表" not in pages[-1]
    assert len(pages) % 2 == 1 and any("卷内备考表" in page for page in pages)
    assert volume.frozen_on == date(2026, 11, 29)
