"""What belongs into the internal volume (副卷) stays with the house: sharing a case opens none of it."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from casemgr.actions.errors import NotVisible
from casemgr.actions.perform import perform
from casemgr.cases.models import CaseAccess
from casemgr.documents.internal import internal_cases
from casemgr.documents.uploads.models import Material
from casemgr.pages.clock import today as clock_today
from tests.support.api import Program
from tests.support.papers import CORRECTION, RECEIVED, a_case, an_office
from tests.support.register import person
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def case(office):
    return a_case(office)


@pytest.fixture
def guest(case):
    """An officer elsewhere, with whose unit the case is shared."""
    found = person("inner-guest", "officer", at="150621-GAJ")
    CaseAccess.objects.create(case_id=case.pk, unit=found.role_assignments.get().unit, level="read")
    return found


def a_material(case, office, title: str, *, is_secret: bool) -> Material:
    content = a_pdf(title)
    name = default_storage.save("materials/2026/inner.pdf", ContentFile(content))
    return Material.objects.create(
        case_id=case.pk, kind="evidence", title=title, received_on=RECEIVED, added_by=office.officer, file=name,
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type="application/pdf", pages=1,
        is_secret=is_secret,
    )  # fmt: skip


class TestSecretMaterials:
    def test_pages_and_api_show_them_to_the_house_alone(self, client: Client, office, case, guest) -> None:
        open_one = a_material(case, office, "公开材料", is_secret=False)
        secret = a_material(case, office, "涉密材料", is_secret=True)
        for user, sees in ((office.officer, True), (guest, False)):
            client.force_login(user)
            expected = 200 if sees else 404
            for path in ("", "file/"):
                assert client.get(f"/materials/{secret.pk}/{path}").status_code == expected
                assert client.get(f"/materials/{open_one.pk}/{path}").status_code == 200
            for page in (f"/cases/{case.pk}/materials/", f"/cases/{case.pk}/"):
                text = client.get(page).content.decode()
                assert "公开材料" in text and ("涉密材料" in text) is sees, page
            program = Program(user)
            assert program.get(f"/materials/{secret.pk}").status_code == expected
            assert program.get(f"/materials/{secret.pk}/file").status_code == expected
            listed = {row["id"] for row in program.get("/materials", {"case": case.pk}).json()["items"]}
            assert listed == ({open_one.pk, secret.pk} if sees else {open_one.pk})

    def test_no_step_on_them_from_elsewhere(self, office, case, guest) -> None:
        secret = a_material(case, office, "涉密材料", is_secret=True)
        with pytest.raises(NotVisible):
            perform("material.withdraw", secret, {"reason": "试"}, guest, clock_today())


def test_the_approval_sheet_is_an_inner_paper(client: Client, office, case, guest) -> None:
    paper = perform("document.draft", case, {"kind": "correction_notice", **CORRECTION}, office.officer, RECEIVED)
    paper = perform("document.submit", paper, {"opinion": "拟同意发出"}, office.officer, RECEIVED)
    perform("document.return_for_changes", paper, {"opinion": "案情尚未查清"}, office.head, RECEIVED)
    for user, sees in ((office.officer, True), (guest, False)):
        client.force_login(user)
        assert client.get(f"/documents/{paper.pk}/approval/").status_code == (200 if sees else 403)
        assert client.get(f"/documents/{paper.pk}/changes/").status_code == (200 if sees else 403)
        page = client.get(f"/documents/{paper.pk}/")
        assert page.status_code == 200
        assert ("案情尚未查清" in page.content.decode()) is sees
        assert ("拟同意发出" in page.content.decode()) is sees


def test_a_role_that_may_not_read_inner_papers_reaches_none_through_lists() -> None:
    """A department's liaison sees the suits of the department, not what the house wrote about them."""
    liaison, department = person("inner-liaison", "liaison"), person("inner-department", "department")
    today = clock_today()
    assert "litigation" in str(internal_cases(liaison, today))
    assert "litigation" not in str(internal_cases(department, today))
