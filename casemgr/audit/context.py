"""Who is doing what, and why: the values every history row takes, set once by `actions.perform` and by web requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class AuditContext:
    """People are known here by value (id and name), so that audit imports nobody."""

    actor_id: int | None = None
    actor_name: str = ""
    action: str = ""
    reason: str = ""
    ip_address: str = ""


_NOBODY = AuditContext()
_current: ContextVar[AuditContext] = ContextVar("audit_context", default=_NOBODY)


def current() -> AuditContext:
    """The context of the running request, job or action; empty outside of one."""
    return _current.get()


@contextmanager
def audited(**values: object) -> Iterator[AuditContext]:
    """Run a block with the given values over the surrounding context."""
    context = replace(_current.get(), **values)
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
