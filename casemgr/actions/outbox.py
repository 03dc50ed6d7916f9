"""Telling people something: any row may `tell`; the notices row listens and delivers.

Called inside the transaction of what happened, so that the telling is kept exactly when the happening is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice, declared by the package that sends it.

    `text(data)` says it in one sentence, in the reader's language and without personal numbers; `data` is what `tell`
    was given. `is_urgent`: also sent at once by the reader's other channels, not only with the digest.
    `concerns_work`: about somebody's work although about no single case; it also reaches who stands in for them.
    """

    code: str
    label: Text
    text: Callable[[Mapping[str, Any]], Text]
    is_urgent: bool = False
    concerns_work: bool = False


@dataclass(frozen=True)
class Telling:
    """One `tell`: `once` makes it happen at most once per recipient."""

    kind: NoticeKind
    recipient_ids: tuple[int, ...]
    subject: models.Model | None = None
    once: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Listener = Callable[[Sequence[Telling]], None]
"""Takes what is told together, so that a sweep of many thousand costs a few queries."""
_quiet: ContextVar[frozenset[str]] = ContextVar("quiet_kinds", default=frozenset())
_kinds: dict[str, NoticeKind] = {}
_listeners: dict[str, Listener] = {}


def declare(*kinds: NoticeKind) -> None:
    """Make kinds of notice known; called from `AppConfig.ready()` of the package that sends them."""
    _kinds.update({kind.code: kind for kind in kinds})


def declared() -> dict[str, NoticeKind]:
    return dict(_kinds)


def listen(name: str, listener: Listener) -> None:
    """Subscribe a deliverer; the same name replaces the earlier one."""
    _listeners[name] = listener


def tell(
    kind: str, recipient_ids: Iterable[int], *, subject: models.Model | None = None, once: str = "", **data: Any
) -> None:
    """Tell users something about a subject (a case, a document …). `data`: plain JSON values, never personal numbers.

    :raises KeyError: nobody declared the kind.
    """
    tell_all([telling_of(kind, recipient_ids, subject=subject, once=once, **data)])


def telling_of(
    kind: str, recipient_ids: Iterable[int], *, subject: models.Model | None = None, once: str = "", **data: Any
) -> Telling:
    """What `tell` would tell, for `tell_all`. :raises KeyError: nobody declared the kind."""
    return Telling(_kinds[kind], tuple(dict.fromkeys(recipient_ids)), subject, once, data)


def tell_all(tellings: Iterable[Telling]) -> None:
    """Tell many things at once."""
    quiet = _quiet.get()
    told = [telling for telling in tellings if telling.recipient_ids and telling.kind.code not in quiet]
    if not told:
        return
    for listener in _listeners.values():
        listener(told)


@contextmanager
def quiet(*kinds: str) -> Iterator[None]:
    """Keep these kinds untold within the block: the caller sums them up in one notice of its own."""
    token = _quiet.set(_quiet.get() | frozenset(kinds))
    try:
        yield
    finally:
        _quiet.reset(token)
