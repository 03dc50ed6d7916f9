"""Which registration forms keep drafts: each procedure names its own in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casemgr.cases.drafts.titles import Entries, Names


@dataclass(frozen=True)
class KeptForm:
    """`action`: what the form performs; `url_name`: its page, which takes `?draft=`.

    `title` says in a few words what the entries are about, for the person's list of drafts. A draft may name a party
    by its id, so `title` gets the names of those that the rows of `blocks` chose, and no more than the look-up shows.
    """

    action: str
    url_name: str
    title: Callable[[Entries, Names], str]
    blocks: tuple[str, ...] = ("people",)


_forms: dict[str, KeptForm] = {}


def register(form: KeptForm) -> None:
    _forms[form.action] = form


def kept_form(action: str) -> KeptForm | None:
    return _forms.get(action)


def kept_actions() -> tuple[str, ...]:
    """Names of the actions whose forms keep drafts."""
    return tuple(_forms)
