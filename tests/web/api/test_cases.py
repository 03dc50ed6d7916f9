"""Cases through the API: what one may see, what can be done, and what is refused."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgr.actions import registry
from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case, Participation
from casemgr.pages.clock import today as clock_today
from tests.support.api import Program
from tests.support.flow import application
from tests.support.register import OTHER, applicant, person, received_case

pytestmark = pytest.mark.django_db

KEYS = {"id", "procedure", "number", "state", "stage", "version", "parties", "deadlines", "documents", "links"}
DEADLINE_KEYS = {"rule", "start", "due", "status", "calendar_status", "citation", "party"}


def registered(program, **changes):
    return program.post("/reconsideration/cases", {**application(clock_today()), **changes})


def test_a_case_is_registered_and_found_again(program, office) -> None:
    schema = program.get("/reconsideration/cases/schema")
    assert schema.status_code == 200 and schema.json()["type"] == "object"
    answer = registered(program)
    assert answer.status_code == 201, answer.json()
    made = answer.json()
    assert answer["Location"].endswith(f"/api/v1/cases/{made['id']}")
    assert made["state"] == "RECEIVED" and made["stage"] == "intake"
    assert made["parties"][0]["name"].startswith("申请人") and "*" in made["parties"][0]["masked_number"]
    listed = program.get("/cases", {"q": made["number"]}).json()["items"]
    assert [row["id"] for row in listed] == [made["id"]]


def test_a_case_has_the_keys_of_the_contract(program, case) -> None:
    answer = program.get(f"/cases/{case.pk}")
    found = answer.json()
    assert KEYS | {"available_actions"} <= found.keys()
    assert found["deadlines"] and all(row.keys() >= DEADLINE_KEYS for row in found["deadlines"])
    running = next(row for row in found["deadlines"] if row["rule"] == "R-ACC")
    assert running["status"] == "open" and running["citation"]
    assert {"name", "label", "possible", "refusals"} <= found["available_actions"][0].keys()
    assert answer["ETag"] == f'"{case.version}"'
    events = program.get(f"/cases/{case.pk}/timeline").json()["items"]
    assert events[0]["kind"] == "received"


def test_what_is_outside_the_scope_does_not_exist(case) -> None:
    stranger = Program(person("elsewhere", "officer", at=OTHER))
    for path in ("", "/timeline", "/actions/reconsideration.examine"):
        answer = stranger.get(f"/cases/{case.pk}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert stranger.post(f"/cases/{case.pk}/actions/reconsideration.examine").status_code == 404
    assert stranger.get("/cases").json() == {"items": [], "next": None}


def test_who_only_reads_is_forbidden_to_act(case) -> None:
    watcher = Program(person("watcher", "auditor", at="150621"))
    assert watcher.get(f"/cases/{case.pk}").status_code == 200
    assert watcher.get(f"/cases/{case.pk}/actions/reconsideration.examine").status_code == 403
    assert watcher.post(f"/cases/{case.pk}/actions/cases.correct_date").status_code == 403


def test_the_list_is_paged_and_its_queries_do_not_grow(program, office) -> None:
    today = clock_today()
    numbers = [received_case(today, today, handler=office.officer).number for _ in range(12)]

    def queries_of(limit: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            answer = program.get("/cases", {"limit": limit})
        assert len(answer.json()["items"]) == limit
        return len(caught)

    program.get("/cases")
    assert queries_of(2) == queries_of(10) <= 9
    seen, address = [], "/cases?limit=5"
    while address:
        page = program.get(address).json()
        seen += [row["number"] for row in page["items"]]
        address = page["next"]
    assert seen == numbers[::-1]
    assert [row["number"] for row in program.get("/cases", {"page": "2", "limit": 5}).json()["items"]] == seen[5:10]


def test_a_case_of_many_costs_no_more_queries(program, case) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert program.get(f"/cases/{case.pk}").status_code == 200
        return len(caught)

    program.get(f"/cases/{case.pk}")
    before = queries()
    for number in range(12):
        party = applicant(f"申请人{number}")
        Participation.objects.create(case=case, party=party, name=party.name, role="applicant", order=number + 5)
    assert queries() == before


@pytest.mark.parametrize(
    "params",
    [{"state": "NOWHERE"}, {"due_before": "yesterday"}, {"limit": "0"}, {"unit": "x"}, {"q": "15062119900307002X"}],
)
def test_a_condition_that_cannot_be_read_is_refused_by_name(program, params) -> None:
    answer = program.get("/cases", params)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == list(params)


def test_an_unknown_page_is_refused(program) -> None:
    for page in ("nonsense", "W10", "9999999", "W1tbW1tbXV1d", "WzFlOTk5XQ"):
        assert program.get("/cases", {"page": page}).status_code == 400, page


def test_a_step_is_described_performed_once_and_then_refused(office, case) -> None:
    head, path = Program(office.head), f"/cases/{case.pk}/actions/cases.note"
    asked = head.get(path).json()
    assert asked["possible"] and "content" in asked["schema"]["properties"] and asked["version"] == case.version
    sent, key = {"content": "已电话联系", "version": case.version}, {"Idempotency-Key": "once-1"}
    first, again = head.post(path, sent, **key), head.post(path, sent, **key)
    assert first.status_code == again.status_code == 200, first.json()
    assert first.json()["version"] == again.json()["version"] == case.version + 1
    assert case.events.filter(kind="note").count() == 1
    stale = head.post(path, {"content": "再次联系"}, **{"If-Match": f'"{case.version}"'})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale-version")


def test_a_wrong_state_and_an_unknown_step_are_told_apart(program, case) -> None:
    refused = program.post(f"/cases/{case.pk}/actions/reconsideration.reply_received", {})
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "wrong-state")
    assert problem["refusals"][0]["message"] in problem["detail"]
    assert refused["Content-Type"] == "application/problem+json"
    assert program.post(f"/cases/{case.pk}/actions/nothing.at_all", {}).status_code == 404


def test_a_legal_guard_is_refused_with_its_article(office, case) -> None:
    sent = {"on": clock_today(), "track": "ordinary"}
    answer = Program(office.head).post(f"/cases/{case.pk}/actions/reconsideration.accept", sent)
    problem = answer.json()
    assert answer.status_code == 409, problem
    assert problem["article"].startswith("30") and problem["refusals"][0]["basis"].endswith("art. 30(1)")
    offer = next(row for row in Program(office.head).get(f"/cases/{case.pk}").json()["available_actions"]
                 if row["name"] == "reconsideration.accept")  # fmt: skip
    assert not offer["possible"] and offer["refusals"][0]["code"] == problem["code"]


def test_errors_of_a_form_name_their_entries(program) -> None:
    answer = registered(program, received_on="2199-13-45", people=[{"name": "", "identity_number": "12"}])
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert "received_on" in errors and any(name.startswith("people.0.") for name in errors), errors
    assert Case.objects.count() == 0


def test_a_misspelt_entry_is_not_dropped(program) -> None:
    answer = registered(program, aplicants=[{"name": "x"}], tittle="x")
    assert answer.status_code == 422
    assert "tittle" in answer.json()["errors"]["*"][0] and "aplicants" in answer.json()["errors"]["*"][0]


def test_the_same_key_registers_once_and_never_something_else(program) -> None:
    sent = application(clock_today())
    first = program.post("/reconsideration/cases", sent, **{"Idempotency-Key": "k-1"})
    again = program.post("/reconsideration/cases", sent, **{"Idempotency-Key": "k-1"})
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"] and Case.objects.count() == 1
    other = program.post("/reconsideration/cases", {**sent, "title": "另一件"}, **{"Idempotency-Key": "k-1"})
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert program.post("/reconsideration/cases", sent, **{"Idempotency-Key": "a b"}).status_code == 400


def test_opening_a_restricted_case_is_on_record(program, office, case) -> None:
    case.confidentiality = Case.Confidentiality.RESTRICTED
    case.save()
    program.get(f"/cases/{case.pk}")
    assert AccessLog.objects.filter(kind="case_opened", actor_id=office.officer.pk, subject_id=case.pk).count() == 1


def test_every_step_of_every_state_is_described_without_an_error(office, case) -> None:
    """Also where the state forbids it: the schema is asked for before the time has come."""
    head = Program(office.head)
    wrong = {}
    for name, action in registry.every().items():
        if action.creates or action.nested_only or not isinstance(case, action.model or ()):
            continue
        status = head.get(f"/cases/{case.pk}/actions/{name}").status_code
        if status not in (200, 403):
            wrong[name] = status
    assert wrong == {}
