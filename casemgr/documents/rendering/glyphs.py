"""Characters of a document that no installed font can print: which, where they stand, and what to do about them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.documents import fonts
from casemgr.documents.rendering.definition import DocumentText
from casemgr.documents.rendering.outline import texts

AROUND = 10
"""How many characters before and after are quoted."""


class MissingGlyphs(GuardRefused):
    """A document holds characters no installed font can print: `characters`; the refusal says where they stand."""

    def __init__(self, definition: DocumentText) -> None:
        self.characters = missing_glyphs(definition)
        super().__init__(refusals=unprintable(definition))


def missing_glyphs(definition: DocumentText) -> list[str]:
    """Characters of the document that no installed font can print, each once; empty when it can be issued."""
    return fonts.missing_glyphs("".join(texts(definition)))


def refuse_unprintable(definition: DocumentText) -> None:
    """:raises MissingGlyphs: a character of the document cannot be printed"""
    if missing_glyphs(definition):
        raise MissingGlyphs(definition)


def unprintable(definition: DocumentText) -> list[Refusal]:
    """The refusal that names each such character with the words around it; empty when there is none."""
    missing = missing_glyphs(definition)
    if not missing:
        return []
    message = _(
        "No font of this machine can print: %(characters)s. If that is a typing mistake, correct it where it was "
        "entered: a name in its record, words of the paper in its draft. If it is right, ask the administrator to "
        "install a font that has it (OFFICE_FONT_DIR)."
    )
    named = "；".join(_named(character, definition) for character in missing)
    return [Refusal("missing-glyphs", message % {"characters": named})]


def _named(character: str, definition: DocumentText) -> str:
    text = next(text for text in texts(definition) if character in text)
    at = text.index(character)
    quoted = text[max(0, at - AROUND) : at + 1 + AROUND].strip()
    code = f"U+{ord(character):04X}"
    return _("“%(character)s” (%(code)s) in “%(words)s”") % {"character": character, "code": code, "words": quoted}


__all__ = ["MissingGlyphs", "missing_glyphs", "refuse_unprintable", "unprintable"]
