"""What the page of a paper shows of its approval: the entries, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from casemgr.documents.approvals.differences import Line, compare, lines_between
from casemgr.documents.approvals.models import Approval
from casemgr.documents.approvals.rounds import Round, Text, judged_before, proposed, rounds_of, text_of
from casemgr.documents.internal import may_read_internal
from casemgr.documents.kinds import DocumentKind
from casemgr.documents.models import Document
from casemgr.documents.part_names import part_label
from casemgr.documents.states import DocumentState

NOW = "now"
MARKED = "p"
"""What follows the number of a round in the name of the version that its examiner proposed."""


@dataclass(frozen=True)
class ChangedPart:
    """A part that differs, under its name."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Changes:
    """What one version has that the other has not, and the names of the two for the page that shows them."""

    before: str
    after: str
    parts: list[ChangedPart]


@dataclass(frozen=True)
class SheetPane:
    """The approval sheet on the page of a paper."""

    rows: list[Approval]
    versions: list[tuple[str, str]]
    proposal: Changes | None
    since: Changes | None
    since_round: int


def versions_of(document: Document) -> dict[str, tuple[str, Text]]:
    """Every version that can be compared, by name, the oldest first: handed in, marked by examiners, as it stands now.

    While nobody has touched the text since it was returned, the marks are newer than what stands now.
    """
    found: dict[str, tuple[str, Text]] = {}
    for one in rounds_of(document):
        if one.text is not None:
            found[str(one.number)] = (_("Round %(number)s, as submitted") % {"number": one.number}, one.text)
        if one.proposal is not None:
            label = _("Round %(number)s, with the examiner's marks") % {"number": one.number}
            found[f"{one.number}{MARKED}"] = (label, one.proposal)
    if found:
        now = (_("The text as it stands now"), text_of(document))
        marked = found.popitem() if _is_untouched(found, now[1]) else None
        found[NOW] = now
        if marked is not None:
            found[marked[0]] = marked[1]
    return found


def _is_untouched(found: Mapping[str, tuple[str, Text]], now: Text) -> bool:
    """Whether the last version is an examiner's proposal for the very text that stands now."""
    *_earlier, last = found
    submitted = last.removesuffix(MARKED)
    return last.endswith(MARKED) and submitted in found and found[submitted][1] == now


def latest_pair(versions: Mapping[str, tuple[str, Text]]) -> tuple[str, str]:
    """The newest version, and the one before it that reads otherwise."""
    *earlier, after = versions
    others = [name for name in earlier if versions[name][1] != versions[after][1]]
    return (others or earlier or [after])[-1], after


def changes(document: Document, before: str, after: str) -> Changes | None:
    """Between two versions by name; None when there is no such version."""
    known = versions_of(document)
    if before not in known or after not in known:
        return None
    (old_label, old), (new_label, new) = known[before], known[after]
    return Changes(old_label, new_label, parts_between(document.kind_info, old, new))


def parts_between(kind: DocumentKind, old: Text, new: Text) -> list[ChangedPart]:
    """The parts that differ, named; first the entries that the case will be moved by."""
    numbers = {section["code"]: n for n, section in enumerate(new.get("sections", ()), 1)}
    entries = tuple(lines_between(_entries(kind, old.get("data", {})), _entries(kind, new.get("data", {}))))
    found = []
    if any(line.is_changed for line in entries):
        lines = tuple(line for line in entries if line.is_changed)
        found.append(ChangedPart(_("What the paper rests on"), lines))
    for part in compare(old, new):
        found.append(ChangedPart(part_label(numbers.get(part.code, 0), part.code), part.lines))
    return found


def _entries(kind: DocumentKind, data: Mapping[str, Any]) -> list[str]:
    """The kind's short entries as label and value; long texts stand in the parts."""
    lines = []
    for name, field in kind.form.base_fields.items():
        if name in data and not isinstance(field.widget, forms.Textarea):
            lines.append(f"{field.label}：{_value(field, data[name])}")
    return lines


def _value(field: forms.Field, value: Any) -> str:
    words = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    values = value if isinstance(value, list) else [value]
    return "、".join(words.get(str(one), str(one)) for one in values)


def sheet_pane(document: Document, user: Any, today: date) -> SheetPane | None:
    """For `approvals/_sheet.html`; None for who may not read inner papers: opinions are some."""
    if not may_read_internal(user, document.case, today):
        return None
    rounds = rounds_of(document)
    marked = proposed(document)
    proposal = None
    if marked is not None:
        proposal = changes(document, NOW, f"{rounds[-1].number}{MARKED}")
    earlier = _earlier(document, user)
    return SheetPane(
        rows=[row for one in rounds for row in one.rows],
        versions=[(name, label) for name, (label, _text) in versions_of(document).items()],
        proposal=proposal,
        since=changes(document, str(earlier.number), NOW) if earlier is not None else None,
        since_round=earlier.number if earlier is not None else 0,
    )


def _earlier(document: Document, user: Any) -> Round | None:
    """The version whose reader wants to know what changed: of a paper that was returned once."""
    if document.state in (DocumentState.IN_REVIEW, DocumentState.REVIEWED, DocumentState.DRAFT):
        return judged_before(document, user)
    return None
