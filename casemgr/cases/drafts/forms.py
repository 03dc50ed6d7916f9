"""Which registration forms keep drafts: each procedure names its own in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class KeptForm:
    """`action`: what the form performs; `url_name`: its page, which takes `?draft=`.

    `title` says in a few words what the entries are about, for the person's list of drafts: of the entries, for whom
    and on which day, since a draft may name a party by its id and must show no more of it than the look-up does.
    """

    action: str
    url_name: str
    title: Callable[[Mapping[str, Any], Any, date], str]


_forms: dict[str, KeptForm] = {}


def register(form: KeptForm) -> None:
    _forms[form.action] = form


def kept_form(action: str) -> KeptForm | None:
    return _forms.get(action)


def kept_actions() -> tuple[str, ...]:
    """Names of the actions whose forms keep drafts."""
    return tuple(_forms)
