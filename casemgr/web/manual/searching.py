"""Searching the manual: titles first, then text. Chinese has no spaces: signs and their pairs count, too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casemgr.web.manual.reading import Chapter, Section, chapters

SHOWN = 30
LEAST = 0.7
"""Share of a word's pairs of characters that a section must hold when it does not hold the word."""
AROUND = 40
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
SIGNS_ONLY = re.compile(r"!|```|\|--")
"""Lines that say nothing by themselves: a picture, a fence, the rule under a table's head."""


@dataclass(frozen=True)
class Hit:
    chapter: Chapter
    section: Section
    excerpt: str


def search(words: str) -> list[Hit]:
    """Sections that hold every word, the best first."""
    terms = words.lower().split()
    if not terms:
        return []
    scored = []
    for chapter in chapters().values():
        for section in chapter.sections:
            score = min(_score(term, section) for term in terms)
            if score:
                scored.append((score, Hit(chapter, section, _excerpt(terms, section.text))))
    return [hit for _score_, hit in sorted(scored, key=lambda pair: -pair[0])[:SHOWN]]


def _score(term: str, section: Section) -> float:
    title, text = section.title.lower(), section.text.lower()
    if term in title:
        return 3
    if term in text:
        return 2
    if len(term) > 2 and not term.isascii() and set(term) <= set(title):
        return 1.5
    pairs = [term[at : at + 2] for at in range(len(term) - 1)]
    share = sum((2 if pair in title else pair in text) for pair in pairs) / len(pairs) if len(pairs) > 1 else 0
    return min(share, 1.9) if share >= LEAST else 0


def _excerpt(terms: list[str], text: str) -> str:
    plain = LINK.sub(r"\1", " ".join(line for line in text.splitlines() if line and not SIGNS_ONLY.match(line)))
    plain = plain.replace("**", "").replace("`", "")
    at = max(plain.lower().find(terms[0]), 0)
    return plain[max(at - AROUND, 0) : at + 2 * AROUND].strip()
