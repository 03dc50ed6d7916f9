"""Too large requests are refused by their announced length, and files while they stream in."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casemgr.documents.uploads.models import Material
from casemgr.documents.uploads.receiving import BodySizeMiddleware
from tests.support.api import token_of
from tests.support.browser import session_cookie
from tests.support.papers import a_case, an_office
from tests.support.upload_files import a_picture

FOUR_HUNDRED = 400 * 1024 * 1024


@pytest.fixture
def office(db):
    return an_office()


def announce(server: str, path: str, length: int, **headers: str) -> tuple[int, str]:
    """A POST that announces a length and sends nothing of it: an answer comes only if nobody waits for the body."""
    line = http.client.HTTPConnection(urlsplit(server).netloc, timeout=10)
    line.putrequest("POST", path)
    for name, value in {"Content-Type": "multipart/form-data; boundary=x", **headers}.items():
        line.putheader(name, value)
    line.putheader("Content-Length", str(length))
    line.endheaders()
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


@pytest.mark.django_db(transaction=True)
def test_four_hundred_megabytes_are_refused_before_they_are_sent(live_server) -> None:
    office = an_office()
    case = a_case(office)
    cookie = session_cookie(office.officer)
    address = reverse("material_add", args=[case.pk])
    status, text = announce(live_server.url, address, FOUR_HUNDRED, Cookie=f"{cookie['name']}={cookie['value']}")
    assert status == 413
    assert f"{settings.UPLOAD_REQUEST_MB}" in text
    assert address in text, "the way back to the form"
    assert announce(live_server.url, reverse("login"), 5 * 1024 * 1024)[0] == 413


class TestByPage:
    def status(self, rf, path: str, megabytes: int, user, **headers: str) -> int:
        request = rf.post(path, **headers)
        request.META["CONTENT_LENGTH"] = str(megabytes * 1024 * 1024)
        request.user = user
        request.session = {}
        passed = BodySizeMiddleware(lambda request: type("Answer", (), {"status_code": 200})())
        return passed(request).status_code

    def test_only_pages_that_take_files_take_large_requests(self, rf, office) -> None:
        assert self.status(rf, "/cases/1/materials/add/", 300, office.officer) == 200
        assert self.status(rf, "/cases/1/materials/add/", 330, office.officer) == 413
        assert self.status(rf, "/materials/1/actions/material.withdraw/", 300, office.officer) == 413
        assert self.status(rf, "/materials/1/actions/material.withdraw/", 60, office.officer) == 200
        assert self.status(rf, "/nowhere/", 60, office.officer) == 413

    def test_the_api_answers_with_a_problem(self, rf, office) -> None:
        request = rf.post("/api/v1/cases/", headers={"Authorization": "Bearer x"})
        request.META["CONTENT_LENGTH"] = str(FOUR_HUNDRED)
        answer = BodySizeMiddleware(lambda request: None)(request)
        assert answer.status_code == 413
        assert answer.headers["Content-Type"] == "application/problem+json"

    def test_a_made_up_token_opens_nothing_larger(self, rf, office) -> None:
        """Files are read before the operation asks who sends them: a stranger's header is not enough."""
        good = f"Bearer {token_of(office.officer).secret}"
        stranger = AnonymousUser()
        path = "/api/v1/cases/1/actions/material.add"
        assert self.status(rf, path, 40, stranger, headers={"Authorization": "Bearer x"}) == 413
        assert self.status(rf, path, 40, office.officer, headers={"Cookie": "sessionid=x"}) == 413
        assert self.status(rf, path, 40, stranger, headers={"Authorization": good}) == 200


def test_a_file_larger_than_its_kind_is_stopped_while_it_streams(client: Client, office, settings) -> None:
    settings.UPLOAD_LIMITS_MB = {**settings.UPLOAD_LIMITS_MB, "photo": 1}
    case = a_case(office)
    client.force_login(office.officer)
    photo = SimpleUploadedFile("a.jpg", a_picture() + bytes(3 * 1024 * 1024))
    answer = client.post(reverse("material_add", args=[case.pk]), {"kind": "evidence", "files": photo})
    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode().replace("1MB", "1 MB")
    assert not Material.objects.exists()
