"""A paper of a sample case in the wording in force and in the new one: nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casemgr.cases.models import Case
from casemgr.documents import text
from casemgr.documents.approvals.reading import ChangedPart, parts_between
from casemgr.documents.approvals.rounds import text_of
from casemgr.documents.kinds import DocumentKind
from casemgr.documents.models import Document
from casemgr.documents.wording.models import Wording
from casemgr.documents.wording.passages import spoken
from casemgr.documents.wording.versions import wording_on


@dataclass(frozen=True)
class Trial:
    """Both papers; `changed` is what differs."""

    kind: DocumentKind
    before: Document
    after: Document
    changed: list[ChangedPart]


def try_on(wording: Wording, kind: DocumentKind, case: Case, person: Any) -> Trial:
    """The kind's paper as it would be drafted for this case, with the entries of the latest paper of that kind."""
    day = wording.effective_on
    earlier = case.documents.filter(kind=kind.code, corrects=None).order_by("-pk").first()
    data = dict(earlier.data) if earlier is not None else {}
    now = wording_on(day, kind.passages)
    before = _paper(kind, case, data, wording, person, now)
    new = {code: words for code, words in now.items() if code != wording.passage}
    if wording.text:
        new[wording.passage] = wording.text
    after = _paper(kind, case, data, wording, person, new)
    return Trial(kind, before, after, parts_between(kind, text_of(before), text_of(after)))


def _paper(
    kind: DocumentKind, case: Case, data: dict[str, Any], wording: Wording, person: Any, words: dict[str, str]
) -> Document:
    with spoken(words):
        composed = kind.compose(case, data, wording.effective_on)
    document = Document(case=case, kind=kind.code, title=kind.title, addressee=composed.addressee, data=data)
    document.sections = text.drafted(composed)
    document.author, document.drafted_on = person, wording.effective_on
    return document
