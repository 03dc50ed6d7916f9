"""A year's oral agreements of one committee as one file."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from pypdf import PdfReader

from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.documents.services import issue_form
from casemgr.jobs.models import Job
from casemgr.jobs.runner import run_job
from casemgr.organisation.models import Unit
from mediation.models import Agreement
from mediation.oral_files.job import remove_old
from tests.support.mediation import committee, dispute, mediator
from tests.support.mediation_papers import AGREED, REGISTERED, TODAY, in_state
from tests.support.register import person
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db


def closed_orally(actor, with_sheet: bool = True):
    case = dispute(REGISTERED, REGISTERED, handler=actor)
    Agreement.objects.create(
        case=case, number=f"{case.number}-1", form="oral", status="effective", made_on=AGREED, content="互相道歉"
    )
    case = in_state(case, "CLOSED", stage="closed", outcome="agreed", closed_on=TODAY)
    if with_sheet:
        paper = issue_form(case, "oral_register", {}, actor, TODAY)
        data = {"kind": "stamped_copy", "received_on": TODAY, "differs": True}
        sheet = SimpleUploadedFile(f"{case.pk}.pdf", a_pdf(f"sheet {case.pk}"))
        perform("document.attach_copy", paper, data, actor, TODAY, files=MultiValueDict({"files": [sheet]}))
    return case


def bound(client: Client, **asked) -> str:
    """Asks for a part and lets the worker bind it: where the file is."""
    assert client.post(reverse("oral_files"), asked).status_code == 302
    job = Job.objects.latest("pk")
    assert "every 3s" in client.get(reverse("oral_files")).text
    assert client.post(reverse("oral_files"), asked).status_code == 302
    assert Job.objects.latest("pk") == job, "who waits already does not wait twice"
    job = run_job(job.pk)
    assert job.status == "done", job.error
    page = client.get(reverse("oral_files")).text
    assert job.result["url"] in page and "every 3s" not in page
    return job.result["url"]


def test_the_sheets_are_bound_in_the_order_of_their_numbers_with_cover_list_and_what_is_lacking() -> None:
    actor = mediator()
    first, second, bare = closed_orally(actor), closed_orally(actor), closed_orally(actor, with_sheet=False)
    client, stranger = Client(), Client()
    client.force_login(actor)
    stranger.force_login(person("stranger", "officer"))
    asked = {"committee": committee().pk, "year": 2026}
    assert stranger.post(reverse("oral_files"), asked).status_code == 403
    page = client.get(reverse("oral_files"), {"year": 2026})
    assert "树林召镇人民调解委员会" in page.text and [list(parts) for _unit, _n, parts in page.context["rows"]] == [[1]]
    address = bound(client, **asked)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(client.get(address).content)).pages]
    whole = ["".join(page.split()) for page in pages]
    assert "口头协议合订卷" in whole[0] and "3件" in whole[0]
    assert whole[2].index(first.number) < whole[2].index(second.number) and bare.number not in whole[2]
    assert pages.index(next(p for p in pages if f"sheet {first.pk} 1" in p)) < pages.index(
        next(p for p in pages if f"sheet {second.pk} 1" in p)
    )
    assert any(f"缺少口头协议登记表：{bare.number}" in page for page in whole)
    assert client.post(reverse("oral_files"), {**asked, "part": 2}).status_code == 404
    assert stranger.get(address).status_code == 403
    first.__class__.objects.filter(pk=first.pk).update(confidentiality="restricted")
    client.get(address)
    assert list(AccessLog.objects.filter(kind="case_opened").values_list("subject_id", flat=True)) == [first.pk]


def test_only_who_asked_opens_it_and_only_while_its_cases_are_theirs(django_capture_on_commit_callbacks) -> None:
    actor, case = mediator(), closed_orally(mediator("other"))
    client, colleague = Client(), Client()
    client.force_login(actor)
    colleague.force_login(mediator("colleague"))
    address = bound(client, committee=committee().pk, year=2026)
    assert (client.get(address).status_code, colleague.get(address).status_code) == (200, 404)
    with django_capture_on_commit_callbacks(execute=True):
        remove_old(timezone.localdate() + timedelta(days=14))
    assert client.get(address).status_code == 200
    type(case).objects.filter(pk=case.pk).update(unit=Unit.objects.get(code="150621101"))
    assert client.get(address).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        remove_old(timezone.localdate() + timedelta(days=16))
    assert client.get(address).status_code == 404
