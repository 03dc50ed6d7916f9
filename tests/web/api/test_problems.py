"""What cannot be read is refused in the same form everywhere, and never ends in a 5xx."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from casemgr.pages.clock import today as clock_today
from tests.support.api import Program
from tests.support.papers import a_case, an_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def program(office):
    return Program(office.officer)


def test_the_description_is_valid_openapi_3_1_and_open_to_all() -> None:
    answer = Program().get("/openapi.json")
    document = answer.json()
    OpenAPIV31SpecValidator(document).validate()
    operations = [one for path in document["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert document["openapi"].startswith("3.1") and len(names) == len(set(names))
    assert all("default" in one["responses"] for one in operations)
    assert [one["operationId"] for one in operations if "security" not in one] == ["issue_token"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/nowhere", 404),
        ("get", "/", 404),
        ("get", "/cases/", 404),
        ("get", "/cases/0", 404),
        ("get", "/cases/abc", 404),
        ("get", f"/cases/{10**30}", 404),
        ("get", f"/documents/{2**63}", 404),
        ("delete", "/cases", 405),
        ("put", "/token", 405),
        ("get", "/cases?q=%00", 400),
        ("get", "/cases/%00", 400),
        ("get", "/parties/1/actions/%F0%9F", 404),
        ("get", "/indicators?year=٢٠٢٦", 422),
    ],
)
def test_addresses_that_do_not_exist_are_problems(program, method, path, status) -> None:
    answer = program.client.generic(method.upper(), f"/api/v1{path}", headers=program.headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance", "code"} <= problem.keys() and problem["status"] == status
    if status == 405:
        assert answer["Allow"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b'{"content": NaN}', 400),
        (b'{"content": "\\u0000"}', 400),
        (b'{"content": "\\ud800"}', 400),
        (b'{"a":' * 2000 + b"1" + b"}" * 2000, 400),
        (b'{"content": ' + b"9" * 5000 + b"}", 400),
        (b'{"content": {"deep": {"er": {"and": {"deeper": {"x": 1}}}}}}', 400),
        (b'{"version": "soon"}', 422),
        (b'{"version": 99999999999999999999}', 422),
        (b'{"content": true}', 422),
        (b'{"content": [[1]]}', 422),
        (b'{"content": [{"a": 1}, 2]}', 422),
        (b'{"bad name": 1}', 422),
        (b'{"content": ""}', 422),
    ],
)
def test_bodies_that_cannot_be_read_are_problems(program, office, body, status) -> None:
    today = clock_today()
    case = a_case(office, received_on=today, today=today)
    answer = program.post(f"/cases/{case.pk}/actions/cases.note", body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    assert not case.events.filter(kind="note").exists()


def test_ids_no_database_takes_are_field_errors(program, office) -> None:
    today = clock_today()
    case = a_case(office, received_on=today, today=today)
    for value in (10**25, str(10**25), -1, 1.5, "1e3", [10**25], {"x": 1}):
        answer = program.post(
            f"/cases/{case.pk}/actions/cases.correct_date", {"event": value, "on": "x", "reason": "y"}
        )
        assert answer.status_code == 422, (value, answer.content)


def test_other_kinds_of_content_and_too_much_of_it_are_refused(program, settings) -> None:
    sent = program.client.post("/api/v1/parties", "name=x", content_type="text/plain", headers=program.headers)
    assert sent.status_code == 415
    settings.API_MAX_JSON_BYTES = 10
    assert program.post("/parties", {"name": "x" * 50}).status_code == 413
    broken = program.client.post(
        "/api/v1/parties",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=" + "y" * 300,
        headers=program.headers,
    )
    assert broken.status_code == 400 and broken["Content-Type"] == "application/problem+json"


def test_messages_are_in_the_callers_language(office) -> None:
    titles = {
        language: Program(office.officer, language=language).get("/cases/1").json()["title"]
        for language in ("zh-hans", "en", "fr", "")
    }
    assert titles["en"] == "Nothing to see at this address"
    assert titles["zh-hans"] == titles["fr"] == titles[""] != titles["en"]
