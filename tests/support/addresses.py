"""Every address of the site, with objects filled in, for walks as different people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    url: str


def patterns() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Route, name and parameters of every page there is; the API's addresses are walked by tests/web/api."""
    yield from (found for found in _walk(get_resolver(), "") if not found[0].startswith("api/"))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.name or "", tuple(entry.pattern.converters)


def addresses(values: Mapping[str, Mapping[str, object]], queries: Mapping[str, str] | None = None) -> list[Address]:
    """Every pattern once; `values` gives parameters by name, or by the first part of the route (`cases`, …)."""
    found = []
    for route, name, parameters in patterns():
        known = values.get(name) or values.get(route.split("/")[0], {})
        filled = {parameter: known[parameter] for parameter in parameters}
        found.append(Address(name, route, reverse(name, kwargs=filled) + (queries or {}).get(name, "")))
    return found


def stay_logged_in(client: Client, user) -> None:
    """Some addresses end the session: log in again where one did."""
    if SESSION_KEY not in client.session:
        client.force_login(user)
