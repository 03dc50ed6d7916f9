"""Papers, parties and figures through the API."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party, PartySplit
from tests.support.api import Program
from tests.support.flow import application, resident_number
from tests.support.papers import RECEIPT
from tests.support.register import OTHER, person
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db


def test_an_issued_paper_is_the_same_bytes_every_time(program, office, case) -> None:
    paper = office.paper(case, "receipt", clock_today(), RECEIPT)
    found = program.get(f"/documents/{paper.pk}").json()
    assert found["state"] == "ISSUED" and found["sha256"] == paper.sha256 and found["text"]
    first = program.get(f"/documents/{paper.pk}/file?format=pdf")
    assert hashlib.sha256(first.content).hexdigest() == paper.sha256
    assert first["ETag"] == f'"{paper.sha256}"' and first["Content-Type"] == "application/pdf"
    again = program.get(f"/documents/{paper.pk}/file", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    listed = program.get(f"/cases/{case.pk}").json()["documents"]
    assert [(row["id"], row["number"]) for row in listed] == [(paper.pk, paper.number_text)]
    word = program.get(f"/documents/{paper.pk}/file?format=docx")
    assert word.status_code == 200 and hashlib.sha256(word.content).hexdigest() == paper.word_sha256
    assert word["ETag"] == f'"{paper.word_sha256}"' and word.content[:2] == b"PK"
    assert program.get(f"/documents/{paper.pk}/file?format=exe").status_code == 422


def test_a_paper_is_drafted_edited_and_served_with_a_proof(program, office, case) -> None:
    made = program.post(f"/cases/{case.pk}/actions/document.draft", {"kind": "correction_notice"})
    assert made.status_code == 200, made.json()
    draft = made.json()["documents"][-1]["id"]
    assert program.get(f"/documents/{draft}/file").json()["code"] == "not-issued"
    edited = program.post(f"/documents/{draft}/actions/document.edit", {"title": "补正通知书（一）"})
    assert edited.status_code == 200 and edited.json()["title"] == "补正通知书（一）"
    paper = office.paper(case, "receipt", clock_today(), RECEIPT)
    served = {
        "participation": case.participations.get(role="applicant").pk,
        "method": "in_person",
        "served_on": clock_today().isoformat(),
        "proof": SimpleUploadedFile("p.pdf", a_pdf()),
    }
    answer = program.upload(f"/documents/{paper.pk}/actions/document.serve", served)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["services"][0]["has_proof"] is True


def test_papers_of_others_do_not_exist(office, case) -> None:
    paper = office.paper(case, "receipt", clock_today(), RECEIPT)
    stranger = Program(person("elsewhere", "officer", at=OTHER))
    for path in ("", "/file", "/actions/document.serve"):
        assert stranger.get(f"/documents/{paper.pk}{path}").status_code == 404
    assert stranger.post(f"/documents/{paper.pk}/actions/document.serve").status_code == 404


def test_opening_a_paper_of_a_restricted_case_is_on_record(program, office, case) -> None:
    paper = office.paper(case, "receipt", clock_today(), RECEIPT)
    Case.objects.filter(pk=case.pk).update(confidentiality="restricted")
    program.get(f"/documents/{paper.pk}/file")
    assert AccessLog.objects.filter(kind="document_opened", subject_id=paper.pk).count() == 1


def test_a_party_is_entered_once_found_masked_and_seen_in_full_with_a_reason(program, office) -> None:
    number = resident_number(77, clock_today().replace(year=1980), "M")
    sent = {"kind": "person", "name": "巴特尔", "identity_number": number, "phone": "13900001234"}
    made = program.post("/parties", sent)
    assert made.status_code == 201, made.json()
    pk = made.json()["id"]
    assert program.post("/parties", sent).json()["id"] == pk
    for q in ("巴特", "bte"):
        found = program.get("/parties", {"q": q}).json()["items"]
        assert [row["id"] for row in found] == [pk], q
    assert found[0]["masked_number"] == number[:4] + "*" * 10 + number[-4:]
    for told in (number, "13900001234"):  # an address is kept in logs: a number never stands in one
        refused = program.get("/parties", {"q": told})
        assert refused.status_code == 422 and told not in refused.content.decode()
    assert [row["id"] for row in program.post("/parties/search", {"q": number}).json()["items"]] == [pk]
    assert number not in program.get(f"/parties/{pk}").content.decode()
    assert AccessLog.objects.filter(kind="party_opened", subject_id=pk).exists()
    Party.objects.filter(pk=pk).update(registered_by=person("x", "officer").role_assignments.get().unit)
    assert program.post(f"/parties/{pk}/number", {"what": "number"}).status_code == 422
    assert program.post(f"/parties/{pk}/number", {"what": "number", "reason": "核对"}).json()["number"] == number
    assert AccessLog.objects.filter(kind="full_number_seen", subject_id=pk, reason="核对").exists()
    stranger = Program(person("elsewhere", "officer", at=OTHER))
    assert stranger.post(f"/parties/{pk}/number", {"what": "number", "reason": "x"}).status_code == 403
    assert stranger.get(f"/parties/{pk}").json()["name"] != "巴特尔"


def test_wrong_numbers_are_refused_at_their_entry(program) -> None:
    answer = program.post("/parties", {"kind": "person", "name": "巴特尔", "identity_number": "150621199001010000"})
    assert answer.status_code == 422 and "identity_number" in answer.json()["errors"]
    assert Program(person("reader", "auditor", at="150621")).post("/parties", {}).status_code == 403


def test_figures_explain_themselves_and_list_what_they_count(program) -> None:
    made = program.post("/reconsideration/cases", application(clock_today())).json()
    listed = program.get("/indicators", {"year": clock_today().year}).json()["items"]
    keys = {"numerator", "denominator", "rate", "target", "reached", "needed", "formula", "as_of", "link"}
    assert listed and all(keys <= row.keys() for row in listed)
    load = program.get("/indicators/load", {"year": clock_today().year}).json()
    assert load["numerator"] == 1 and load["lines"]
    rows = program.get(load["link"].replace("http://testserver", "")).json()
    assert [row["case"]["id"] for row in rows["items"]] == [made["id"]]
    assert len(rows["items"]) + rows["hidden"] == load["numerator"]
    assert program.get("/indicators/nothing").status_code == 404
    assert program.get("/indicators/load", {"year": "20260"}).status_code == 422
    assert Program(person("payer", "finance", at="150621")).get("/indicators").status_code == 403


def test_a_decided_split_tells_the_new_records_name_within_scope_only(office, case) -> None:
    source = case.participations.get(role="applicant").party
    created = Party.objects.create(kind="person", name="阿拉腾花")
    split = PartySplit.objects.create(
        source=source, created=created, name=created.name, state="APPROVED", reason="两人合为一条",
        proposed_by=office.officer, proposed_on=clock_today(),
    )  # fmt: skip
    assert Program(office.officer).get(f"/splits/{split.pk}").json()["name"] == "阿拉腾花"
    told = Program(person("split-boss", "admin", at="150621")).get(f"/splits/{split.pk}")
    assert told.status_code == 200 and "阿拉腾花" not in told.content.decode()
