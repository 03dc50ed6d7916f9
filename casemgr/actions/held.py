"""What a running action has read of the rows it has locked: nobody reads it a second time.

Whoever locks a row, or makes it, says `hold(key, reading)`; whoever reads asks `of(key)`. What is held lives as long as
the outermost action: nothing outlives its transaction, and outside of actions nothing is held.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol


class Reading(Protocol):
    def forget(self) -> None:
        """What was read may be gone: read it again when it is asked for."""


_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("held_readings", default=None)


def hold(key: Hashable, reading: Reading) -> None:
    """Keep the reading of a row whose lock the running action has; the first one stays."""
    if (held := _held.get()) is not None:
        held.setdefault(key, reading)


def of(key: Hashable) -> Any | None:
    """The reading of the row; None where no action runs, or holds it."""
    held = _held.get()
    return held.get(key) if held is not None else None


@contextmanager
def action() -> Iterator[None]:
    """Around each `perform`: a nested one shares what the outer one holds, and leaves nothing behind when it fails."""
    outer = _held.get()
    if outer is None:
        with _as({}):
            yield
        return
    before = set(outer)
    try:
        yield
    except BaseException:
        for key in outer.keys() - before:
            del outer[key]  # its lock went with the savepoint
        for reading in outer.values():
            reading.forget()
        raise


@contextmanager
def apart() -> Iterator[None]:
    """A block whose changes are taken back: it reads for itself, and what is held hears nothing of it."""
    with _as(None):
        yield


@contextmanager
def _as(held: dict[Hashable, Any] | None) -> Iterator[None]:
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)


__all__ = ["Reading", "action", "apart", "hold", "of"]
