"""What facts and clues can be about. A procedure registers its sources in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions.topics import Topic
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep
from casemgr.cases.procedure import Text
from casemgr.organisation.scope import scope


@dataclass(frozen=True)
class About:
    """One thing facts are about: its name as the letter says it, and whose it is.

    `unit_id`: the office that hands over; its roles see the record. `concerned`: the departments it is about, which
    never do.
    """

    text: str
    unit_id: int
    concerned: tuple[int, ...] = ()
    case_id: int | None = None


@dataclass(frozen=True)
class Source:
    """A kind of thing facts can be about.

    `find(user, pk, today)` gives it if the person sees it; `authors` draft, `readers` release, and see what others
    drafted. `issuer(day)` is who hands over; `basis` the articles proposed, as the letter cites them.
    """

    code: str
    label: Text
    find: Callable[[Any, int, date], About | None]
    authors: tuple[str, ...]
    readers: tuple[str, ...]
    issuer: Callable[[date], str]
    basis: str = ""
    of_case: Callable[[Case], int | None] = lambda case: None
    """The id under which a case is a thing of this kind: then its page offers the step."""


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    _sources.update({source.code: source for source in sources})


def every() -> tuple[Source, ...]:
    return tuple(_sources.values())


def get(code: str) -> Source:
    """KeyError for a code that nobody registered."""
    return _sources[code]


def key_of(source: Source, pk: int) -> str:
    """How an address and the API name one thing: suit:17."""
    return f"{source.code}:{pk}"


def found(key: str, user: Any, today: date) -> tuple[Source, int, About] | None:
    """The thing of this name, if the person sees it and may draft about it."""
    code, _colon, number = key.partition(":")
    source = _sources.get(code)
    if source is None or not (number.isascii() and number.isdigit()) or len(number) > 18:
        return None
    about = source.find(user, int(number), today)
    if about is None or not may_draft(source, about.unit_id, about.concerned, user, today):
        return None
    return source, int(number), about


def may_draft(source: Source, unit_id: int, concerned: Iterable[int], user: Any, today: date) -> bool:
    """Authors of the office that hands over, unless it is about a unit of their own."""
    reach = scope(user, today)
    is_own = bool(reach.held_unit_ids.intersection(concerned))
    return reach.has_role((*source.authors, *source.readers), unit=unit_id) and not is_own


def takes_part(user: Any, today: date) -> bool:
    """Whether some role of the person has to do with such records at all."""
    codes = {role for source in every() for role in (*source.authors, *source.readers)}
    return scope(user, today).has_role(codes)


def draft_steps(case: Case, user: Any, today: date) -> Iterator[NextStep]:
    """On a case's page; costs no query. The form looks whom the facts are about."""
    for source in every():
        pk = source.of_case(case)
        if pk is not None and may_draft(source, case.unit_id, (), user, today):
            url = f"{reverse('clue_new')}?about={key_of(source, pk)}"
            yield NextStep(label=_("Hand facts and clues over to a supervision organ"), url=url, topic=Topic.LINKS)


__all__ = ["About", "Source", "draft_steps", "every", "found", "get", "key_of", "may_draft", "register", "takes_part"]
