"""The organ's letter as a file of its referral: before there is a case, for who sees the referral and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from casemgr.actions.errors import InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.sealing import seal_all
from casemgr.audit.verification import verify
from casemgr.cases.models import Referral
from casemgr.documents.referral_letters.models import ReferralLetter
from casemgr.documents.uploads.models import MaterialSealed
from tests.support.register import OFFICE, OTHER, person, unit
from tests.support.upload_files import a_pdf, a_picture

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 25)


@pytest.fixture
def officer():
    return person("letter-officer", "officer")


@pytest.fixture
def referral(officer) -> Referral:
    letter = {"dock": "court", "kind": "delegated", "organ": "达拉特旗人民法院", "received_on": "2026-09-01",
              "procedure": "reconsideration", "unit": unit(OFFICE).pk, "summary": "相邻关系纠纷"}  # fmt: skip
    return perform("referral.register", None, letter, officer, TODAY)


def bring(referral: Referral, actor: Any, *sent: tuple[str, bytes], **data: Any) -> Referral:
    files = MultiValueDict({"files": [SimpleUploadedFile(name, content) for name, content in sent]})
    referral = Referral.objects.get(pk=referral.pk)
    return perform("referral.add_letter", referral, {"received_on": "2026-09-01", **data}, actor, TODAY, files=files)


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_letter_is_kept_shown_and_given_back_before_there_is_a_case(referral, officer) -> None:
    bring(
        referral,
        officer,
        ("委派调解函.pdf", a_pdf()),
        ("第1页.jpg", a_picture()),
        ("第2页.jpg", a_picture(colour="red")),
    )
    assert referral.case_id is None
    letter, photos = ReferralLetter.objects.order_by("pk")
    assert (letter.title, letter.received_on, photos.pages, photos.media_type) == (
        "委派调解函", date(2026, 9, 1), 2, "application/pdf",
    )  # fmt: skip
    client = browser(officer)
    page = client.get(referral.get_absolute_url()).content.decode()
    assert f'href="/referral-letters/{letter.pk}/file/">委派调解函</a>' in page
    answer = client.get(f"/referral-letters/{letter.pk}/file/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, a_pdf())
    assert client.get(f"/referral-letters/{photos.pk}/file/?original")["Content-Disposition"].startswith("attachment")
    stranger = person("letter-stranger", "officer", at=OTHER)
    assert browser(stranger).get(f"/referral-letters/{letter.pk}/file/").status_code == 404
    with pytest.raises(NotVisible):
        bring(referral, stranger, ("函.pdf", a_pdf()))
    seal_all(timezone.now())
    assert verify().is_sound


def test_the_form_takes_files_and_refuses_what_is_no_letter(referral, officer) -> None:
    client, address = browser(officer), f"{referral.get_absolute_url()}actions/referral.add_letter/"
    assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
    sent = {"files": SimpleUploadedFile("函.pdf", a_pdf()), "received_on": "2026-09-01", "title": "旗法院委派函"}
    assert client.post(address, {**sent, "version": referral.version}).status_code == 302
    assert ReferralLetter.objects.get().title == "旗法院委派函"
    with pytest.raises(InvalidInput) as refused:
        bring(referral, officer, ("函.pdf", b"MZ\x90\x00" + b"\0" * 200))
    assert "files" in refused.value.form.errors
    with pytest.raises(InvalidInput) as refused:
        bring(referral, officer, ("函.pdf", a_pdf()), received_on="2026-09-26")
    assert "received_on" in refused.value.form.errors
    assert ReferralLetter.objects.count() == 1


def test_the_wrong_letter_is_withdrawn_and_never_deleted(referral, officer) -> None:
    bring(referral, officer, ("错件.pdf", a_pdf()))
    letter = ReferralLetter.objects.get()
    client = browser(officer)
    step = f"/referral-letters/{letter.pk}/actions/referral_letter.withdraw/"
    assert client.post(step, {"reason": "传错", "version": letter.version}).status_code == 302
    page = client.get(referral.get_absolute_url()).content.decode()
    assert "<s>错件</s>" in page and "传错" in page
    assert client.get(f"/referral-letters/{letter.pk}/file/").status_code == 404
    letter.refresh_from_db()
    with pytest.raises(WrongState):
        perform("referral_letter.withdraw", letter, {"reason": "再撤"}, officer, TODAY)
    with pytest.raises(MaterialSealed):
        letter.delete()
