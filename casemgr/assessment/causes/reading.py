"""Findings and letters of all procedures, with what the office said of those that name no flaw; what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from casemgr.assessment.causes.definition import Cause, Finding, SentLetter, sources
from casemgr.assessment.models import CauseRecord
from casemgr.cases.models import Case

One = TypeVar("One", Finding, SentLetter)


def findings(user: Any, today: date, first: date | None, last: date | None) -> list[Finding]:
    """Of the cases the person may see, the newest first."""
    found = [one for source in sources().values() for one in source.findings(_seen(user, today), first, last)]
    return sorted(_completed(found), key=lambda one: (one.on, one.case_id), reverse=True)


def letters(user: Any, today: date, first: date | None, last: date | None) -> list[SentLetter]:
    """Sent within the days, the newest first; one whose day nobody recorded stands last."""
    found = [one for source in sources().values() for one in source.letters(_seen(user, today), first, last)]
    return sorted(_completed(found), key=lambda one: (one.sent_on or date.min, one.case_id), reverse=True)


def _seen(user: Any, today: date) -> Any:
    return Case.objects.all() if getattr(user, "is_system", False) else Case.objects.visible_to(user, today)


def _completed(found: Sequence[One]) -> list[One]:
    """What the office entered stands in for what the record does not say."""
    open_ones = {one.case_id for one in found if not one.flaws}
    entered = CauseRecord.objects.filter(case_id__in=open_ones).in_bulk(field_name="case_id") if open_ones else {}
    return [_with(one, entered[one.case_id]) if one.case_id in entered and not one.flaws else one for one in found]


def _with(one: One, said: CauseRecord) -> One:
    articles = [cause.article for cause in one.causes if cause.article]
    article = said.article or "、".join(articles)
    return replace(one, causes=tuple(Cause(article, flaw) for flaw in said.flaws))


def came_back(letter: SentLetter, found: Iterable[Finding]) -> list[Finding]:
    """Acts of the same agency with a flaw the letter was about, made after it was answered.

    The letter's own case never counts. An act made before the answer does not, whenever it was corrected: the agency
    could not know better yet.
    """
    if letter.answered_on is None or not letter.flaws:
        return []
    return [
        one
        for one in found
        if one.agency.key == letter.agency.key
        and one.case_id != letter.case_id
        and one.made_on > letter.answered_on
        and one.flaws & letter.flaws
    ]


@dataclass(frozen=True)
class LetterLine:
    """A letter with where its answer stands and what came back since."""

    letter: SentLetter
    is_late: bool
    back: tuple[Finding, ...]


def letter_lines(sent: Sequence[SentLetter], user: Any, today: date) -> list[LetterLine]:
    """With findings since the earliest answer, read once for all."""
    answered = [one.answered_on for one in sent if one.answered_on is not None and one.flaws]
    later = findings(user, today, min(answered), None) if answered else []
    return [LetterLine(one, _is_late(one, today), tuple(came_back(one, later))) for one in sent]


def _is_late(letter: SentLetter, today: date) -> bool:
    return letter.owes_answer and letter.due_on is not None and (letter.answered_on or today) > letter.due_on


__all__ = ["LetterLine", "came_back", "findings", "letter_lines", "letters"]
