"""Made-up requests, sent in the process: no failure of the server, and every answer as its description says.

The description is the source of the requests; ids and action names are drawn from what there is, and the body of an
action from its own schema, so that the requests get further than the first 404.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from casemgr.actions import registry
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.api.schema import MOST_CHOICES
from casemgr.pages.clock import today as clock_today
from casemgr.web.api.resources import every as resources
from tests.support.api import token_of
from tests.support.papers import a_case, an_office
from tests.support.register import OFFICE, person, unit

pytestmark = pytest.mark.django_db

CASES = 300
"""On each of the two databases."""
CASES_OF_THE_LONG_RUN = 10_000
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=2)),
    max_leaves=4,
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request must not close the connection that holds the test's transaction; Django's test client does the same."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def world() -> dict[str, Any]:
    """A case and a paper, and somebody who may do much."""
    today, office = clock_today(), an_office()
    case = a_case(office, received_on=today, today=today)
    user = person("all", "officer", "head", "authority", "archive")
    for role in ("admin", "auditor"):
        RoleAssignment.objects.create(user=user, role=role, unit=unit("150621"))
    paper = office.paper(case, "receipt", today, {"materials": "行政复议申请书，2份"})
    known = {"case": case.pk, "document": paper.pk, "party": case.participations.first().party_id, "user": user.pk}
    return {"ids": [*known.values(), unit(OFFICE).pk, 1], "user": user, "case": case, "paper": paper, "today": today}


def entries_of(world: Mapping[str, Any]) -> dict[str, st.SearchStrategy[Any]]:
    """For every action a body: some of its entries, likely or not."""
    bodies = {}
    for name, action in registry.every().items():
        fields = getattr(action.form, "base_fields", {})
        bodies[name] = st.fixed_dictionaries({}, optional={entry: _value(field) for entry, field in fields.items()})
    return bodies


def _value(field: Any) -> st.SearchStrategy[Any]:
    choices = [value for value, label in getattr(field, "_choices", None) or () if not isinstance(label, list | tuple)]
    likely = st.sampled_from(choices[:MOST_CHOICES]) if choices else st.one_of(st.integers(0, 3), st.just("2026-11-02"))
    return st.one_of(likely, JUNK)


def run(world: Mapping[str, Any], most: int) -> dict[str, int]:
    """Send about `most` requests, in one transaction that each operation gives back; returns how many by status."""
    load_all_checks()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    token, bodies, counted = token_of(world["user"]).secret, entries_of(world), {}
    for number, operation in enumerate(operations):
        each = max(1, most // len(operations) // len(MODES))
        for mode in MODES:
            with transaction.atomic():
                _send(operation, mode, each, token, world["ids"], bodies, counted, seed=number)
                transaction.set_rollback(True)
    return counted


def _send(operation, mode, each, token, ids, bodies, counted, seed) -> None:
    method, path = operation.method.upper(), operation.path
    names = sorted(bodies)

    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(mode))
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
        parameters = dict(case.path_parameters or {})
        for name in parameters:
            if name.endswith("_id") and data.draw(st.integers(0, 3)):
                parameters[name] = data.draw(st.sampled_from(ids))
        if method == "POST" and path.endswith("/actions/{name}") and data.draw(st.integers(0, 5)):
            fitting = [name for name in names if fits(name, path)] or names
            parameters["name"] = data.draw(st.sampled_from(fitting))
            case.body, case.media_type = data.draw(bodies[parameters["name"]]), "application/json"
        case.path_parameters = parameters
        with transaction.atomic():
            response = case.call()
            counted[response.status_code] = counted.get(response.status_code, 0) + 1
            case.validate_response(response, checks=CHECKS)

    send()


def fits(name: str, path: str) -> bool:
    """Whether the action belongs under the address."""
    action, part = registry.get(name), path.removeprefix("/api/v1").split("/")[1]
    resource = next((one for one in resources() if one.name == part), None)
    if resource is None:
        model = {"cases": "case", "documents": "document", "parties": "party"}.get(part, "")
        return action.model is not None and action.model._meta.model_name.endswith(model)
    return name in resource.creating or action.model is resource.model


def test_some_hundred_requests_find_no_failure(world) -> None:
    counted = run(world, CASES)
    assert sum(counted.values()) > CASES / 2
    assert {200, 404, 422} <= counted.keys()


@pytest.mark.long
def test_ten_thousand_requests_find_no_failure(world) -> None:
    assert sum(run(world, CASES_OF_THE_LONG_RUN).values()) > CASES_OF_THE_LONG_RUN / 2
