"""The issued text with its redactions: what is to be cut, what would be read, what must not be left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casemgr.documents.reading import Reading, reading_of
from casemgr.documents.redaction.cutting import Cut, Segment, cut_out, lines
from casemgr.documents.redaction.finding import Known, Proposal, propose, still_there
from casemgr.documents.redaction.persons import KnownWords, known_words
from casemgr.documents.redaction.pieces import pieces, rewritten
from casemgr.documents.rendering import DocumentText, texts
from reconsideration.models import Publication, Redaction


@dataclass(frozen=True)
class Line:
    """One line of the text, to be shown twice: with what is cut marked, and with what stands there instead."""

    segments: list[Segment]

    @property
    def is_changed(self) -> bool:
        return any(one.cut for one in self.segments)


@dataclass(frozen=True)
class Row:
    """A redaction with the words it is about, read from the paper."""

    redaction: Redaction
    words: str
    count: int


class Sheet:
    """:raises FileDamaged: the kept text is gone or is not the issued one."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.reading: Reading = reading_of(publication.document)
        self.texts = pieces(self.reading.printed)

    @cached_property
    def redactions(self) -> list[Redaction]:
        return list(self.publication.redactions.select_related("judged_by"))

    @cached_property
    def persons(self) -> KnownWords:
        return known_words(self.publication.case)

    @property
    def cuts(self) -> list[Cut]:
        """Of everything that nobody decided to leave: what is not judged yet is shown as it would be."""
        return [
            Cut([tuple(place) for place in one.places], one.replacement, one)
            for one in self.redactions
            if one.verdict != Redaction.Verdict.LEAVE
        ]

    def rows(self) -> list[Row]:
        return [Row(one, self.words_of(one), len(one.places)) for one in self.redactions]

    def words_of(self, redaction: Redaction) -> str:
        piece, start, end = redaction.places[0]
        return self.texts[piece][start:end]

    def lines(self) -> list[Line]:
        cuts = self.cuts
        return [Line(line) for number, text in enumerate(self.texts) for line in lines(text, number, cuts)]

    def proposals(self) -> list[Proposal]:
        persons = self.persons
        return propose(self.texts, persons.known, exempt=persons.exempt, with_schools=persons.has_minor)

    def redacted(self) -> DocumentText:
        """The paper as the public reads it."""
        cuts = self.cuts
        return rewritten(self.reading.printed, lambda piece, text: cut_out(text, piece, cuts))

    def left(self) -> list[Known]:
        """What the case knows about its persons and the public would still read."""
        return still_there(list(texts(self.redacted())), self.persons.known)


def in_effect_since(publication_or_document) -> date | None:
    """The last day on which the paper reached one of its recipients."""
    document = getattr(publication_or_document, "document", publication_or_document)
    days = [one.effective_on for one in document.services.all() if one.effective_on]
    return max(days, default=None)


__all__ = ["Line", "Row", "Sheet", "in_effect_since"]
