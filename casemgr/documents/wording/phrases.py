"""Phrases offered while people write: the program's own and the office's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casemgr.cases.procedure import get_procedure
from casemgr.documents.wording.models import Phrase

OPINION, RETURN = Phrase.Part.OPINION, Phrase.Part.RETURN
OWN: tuple[tuple[str, str, str], ...] = (
    ("", OPINION, "同意。"),
    ("", OPINION, "拟同意，请领导审定。"),
    ("", OPINION, "同意，按程序办理。"),
    ("", RETURN, "请修改后再报。"),
    ("", RETURN, "请补充事实和证据后再报。"),
    ("", RETURN, "请核对法律依据后再报。"),
)
"""Kind (empty: every paper), part, text."""


@dataclass(frozen=True)
class Group:
    """The phrases of one part, under its name."""

    label: str
    texts: tuple[str, ...]


def offered(procedure: str, kind: str, parts: Iterable[str]) -> list[Group]:
    """What can be inserted into a paper of this kind, by part; the office's phrases after the program's."""
    wanted = tuple(parts)
    if not wanted:
        return []
    own = (*OWN, *get_procedure(procedure).extra.get("phrases", ()))
    rows = Phrase.objects.filter(procedure=procedure, kind__in=("", kind), is_offered=True)
    entered = [(row.kind, row.part, row.text) for row in rows]
    groups = []
    for part in wanted:
        texts = [text for of, where, text in (*own, *entered) if where == part and of in ("", kind)]
        if texts:
            groups.append(Group(str(Phrase.Part(part).label), tuple(dict.fromkeys(texts))))
    return groups


FOR_TEXT = (Phrase.Part.FACTS, Phrase.Part.REASONS, Phrase.Part.REMEDY, Phrase.Part.CLOSING)
