"""The addresses of one kind of record: the list, one record, its actions, and the actions that make one.

`GET /{name}` · `GET /{name}/{id}` · `GET|POST /{name}/{id}/actions/{action}` · `GET|POST /{name}/actions/{action}`:
the last pair is for actions without a record before them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field, create_model

from casemgr.actions import registry
from casemgr.actions.api import action_on, described, offer_rows, perform_sent
from casemgr.actions.api_schemas import ActionOut
from casemgr.actions.resources import Resource, shape_of
from casemgr.pages.api.auth import bearer, need_scope
from casemgr.pages.api.operations import Id, sends
from casemgr.pages.api.paging import PageQuery, page_of, slice_of
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today


def router_of(resource: Resource) -> Router:
    """A router with the operations of one resource, each named after it."""
    router = Router(auth=bearer(resource.reading))
    item = resource.item_schema()
    _add_reading(router, resource, item)
    _add_actions(router, resource)
    if resource.creating:
        _add_creating(router, resource)
    return router


def _add_reading(router: Router, resource: Resource, item: type[Schema]) -> None:
    whole = resource.whole_schema(item)
    listed = create_model(f"{item.__name__}Page", __base__=Schema, items=(list[item], ...), next=(str | None, ...))

    def list_records(request: HttpRequest, query: Any) -> Any:
        """What the caller may see, never more."""
        today = clock_today()
        rows = resource.visible(request.user, today)
        lookups = {name: name for name in resource.filters} | dict(resource.through)
        asked = {lookup: getattr(query, name) for name, lookup in lookups.items()}
        if narrowed := {name: value for name, value in asked.items() if value is not None}:
            rows = rows.filter(**narrowed)

        if isinstance(rows, list | tuple):
            page = slice_of(request, rows)
        else:
            page = page_of(request, rows, resource.order)
        return page | {"items": resource.items(page["items"], request.user, today)}

    def get_record(request: HttpRequest, response: HttpResponse, record_id: Id) -> Any:
        """One record and what can be done with it. Its ETag is its version."""
        today = clock_today()
        return whole_record(resource, request, response, resource.one(request.user, record_id, today), today)

    list_records.__annotations__["query"] = Query[_query_of(resource)]
    _add(router, "GET", "", list_records, f"list_{resource.word}", response=listed)
    _add(router, "GET", "/{record_id}", get_record, f"get_{resource.word}", response=whole)


def _query_of(resource: Resource) -> type[Schema]:
    """The page asked for, and what narrows the list."""
    narrowing: dict[str, Any] = {}
    for name in resource.filters:
        kind = shape_of(resource.model._meta.get_field(name))
        bounds = {"ge": 1, "le": 2**63 - 1} if kind is int else {"max_length": 80}
        narrowing[name] = (kind | None, Field(None, **bounds))
    for name in resource.through:
        narrowing[name] = (int | None, Field(None, ge=1, le=2**63 - 1))
    return create_model(f"{resource.word.title()}Query", __base__=PageQuery, **narrowing)


def _add_actions(router: Router, resource: Resource) -> None:
    def get_action(request: HttpRequest, record_id: Id, name: str) -> Any:
        """The JSON schema of the action's input, and why it is refused now, if it is."""
        record = resource.one(request.user, record_id, today := clock_today())
        return described(action_on(record, name), record, request.user, today)

    def perform_action(request: HttpRequest, response: HttpResponse, record_id: Id, name: str) -> Any:
        """Perform the action. 204 when it was done and the record is not the caller's to see since."""
        record = resource.one(request.user, record_id, today := clock_today())
        need_scope(request, resource.writing_scope(record))
        pk = record.pk
        result = perform_sent(request, action_on(record, name).name, record, today)
        return _after(resource, request, response, pk, result)

    path = "/{record_id}/actions/{name}"
    _add(router, "GET", path, get_action, f"get_{resource.word}_action", response=ActionOut, by_alias=True)
    _add(
        router,
        "POST",
        path,
        perform_action,
        f"perform_{resource.word}_action",
        auth=bearer(None),
        response={200: dict[str, Any], 204: None},
        openapi_extra=sends(with_files=True, with_version=True),
    )


def _add_creating(router: Router, resource: Resource) -> None:
    def creating(name: str) -> Any:
        if name not in resource.creating:
            raise Problem(404, _("There is no such step for this record."), code="no-such-action")
        return registry.get(name)

    def get_creating(request: HttpRequest, name: str) -> Any:
        """The JSON schema of what makes a new record."""
        return described(creating(name), None, request.user, clock_today())

    def perform_creating(request: HttpRequest, response: HttpResponse, name: str) -> Any:
        """Make a record: 201 with it, or 204 when it is not the caller's to see."""
        need_scope(request, resource.writing_scope(None))
        made = perform_sent(request, creating(name).name, None, clock_today())
        if not isinstance(made, resource.model):
            return Status(204, None)
        answer = _after(resource, request, response, made.pk, made, created=True)
        response.headers["Location"] = request.build_absolute_uri(f"/api/v1/{resource.name}/{made.pk}")
        return answer

    path = "/actions/{name}"
    _add(router, "GET", path, get_creating, f"get_{resource.word}_creating", response=ActionOut, by_alias=True)
    _add(
        router,
        "POST",
        path,
        perform_creating,
        f"perform_{resource.word}_creating",
        auth=bearer(None),
        response={201: dict[str, Any], 204: None},
        openapi_extra=sends(with_files=True),
    )


def _add(router: Router, method: str, path: str, view: Any, name: str, **options: Any) -> None:
    view.__name__ = name
    router.add_api_operation(path, [method], view, **options)


def _after(
    resource: Resource, request: HttpRequest, response: HttpResponse, pk: int, result: Any, *, created: bool = False
) -> Any:
    """The record as it is now, if it is still to be seen, with what only this answer tells."""
    today = clock_today()
    told_once = resource.told_once(result) if resource.told_once else {}
    try:
        record = resource.one(request.user, pk, today)
    except (Http404, PermissionDenied):
        return Status(204, None)
    told = whole_record(resource, request, response, record, today)
    return Status(201 if created else 200, told | told_once)


def whole_record(
    resource: Resource, request: HttpRequest, response: HttpResponse, record: Any, today: date
) -> dict[str, Any]:
    """A record with its version and the steps that the caller may take."""
    if resource.opened is not None:
        resource.opened(request.user, record)
    version = getattr(record, "version", None)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    offers = offer_rows(record, request.user, today)
    return {**resource.item(record, request.user, today), "version": version, "available_actions": offers}
