"""Fonts of official documents: roles, their order of preference, and the fallback for each character.

A role (`title`, `body`, `kai`, `hei`, `latin`) is a stack of fonts: the office's own, the open font, then the wide
fonts of the system. Every character goes to the first font that has it; one that none has is named before issue.
"""

import logging
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from casemgr.documents import font_files

logger = logging.getLogger(__name__)

# Noto has no Kai: level （一） then falls back to the body's serif.
OPEN_FONTS = {"title": "serif", "body": "serif", "kai": "serif", "hei": "sans"}
# Scripts whose letters join or stack: single glyphs in a row would be wrong, so they count as missing.
JOINED_SCRIPTS = ((0x0590, 0x08FF), (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1800, 0x18AF), (0x11660, 0x1167F))
# reportlab's font objects keep a reading position: one document at a time is written out in a process.
writing = threading.RLock()


class _Face(TTFontFace):
    """A face that keeps its tables: subsetting otherwise copies the whole outline table each time."""

    _tables: dict

    def get_table(self, tag):
        tables = self.__dict__.setdefault("_tables", {})
        if tag not in tables:
            tables[tag] = super().get_table(tag)
        return tables[tag]


class OfficeFont(TTFont):
    """An embedded, subset font whose text can be searched and copied, characters beyond the BMP included."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), asciiReadable=False, shapable=False)
        face = _Face.__new__(_Face)
        face.__dict__.update(self.face.__dict__)
        self.face = face

    def addObjects(self, doc) -> None:
        subsets = [list(subset) for subset in self._assignState(doc).subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = self._base_name(number)
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, subset)

    def _base_name(self, number: int) -> str:
        from reportlab.pdfbase.ttfonts import SUBSETN

        return b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")


def _to_unicode(name: str, subset: list[int]) -> str:
    """The table that gives the text back: reportlab's own writes characters beyond the BMP wrongly."""
    pairs = [(code, chr(character)) for code, character in enumerate(subset) if character]
    lines = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in pairs]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@dataclass
class Stack:
    """The fonts of one role in order of preference, with every character looked up once."""

    fonts: tuple[OfficeFont, ...]
    is_office: bool = False
    _found: dict[str, tuple[str, float]] = field(default_factory=dict)

    def of(self, character: str) -> tuple[str, float]:
        """Font name and width (in ems) for a character; an empty name when no font has it."""
        if character not in self._found:
            self._found[character] = self._look_up(character)
        return self._found[character]

    def _look_up(self, character: str) -> tuple[str, float]:
        code = ord(character)
        if not _joined(code):
            for font in self.fonts:
                if code in font.face.charToGlyph:
                    return font.fontName, font.face.getCharWidth(code) / 1000
        return "", 1.0

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text cut where the font changes."""
        runs: list[tuple[str, str]] = []
        for character in text:
            name = self.of(character)[0] or self.fonts[0].fontName
            if runs and runs[-1][0] == name:
                runs[-1] = (name, runs[-1][1] + character)
            else:
                runs.append((name, character))
        return runs

    def width(self, text: str) -> float:
        """Width of a text in ems."""
        return sum(self.of(character)[1] for character in text)

    def missing(self, text: str) -> list[str]:
        """Characters of the text that no font can print, each once, in order."""
        seen = dict.fromkeys(character for character in text if character not in "\n\r\t\u3000")
        return [character for character in seen if not self.of(character)[0]]


def _joined(code: int) -> bool:
    return any(first <= code <= last for first, last in JOINED_SCRIPTS)


def stack(role: str) -> Stack:
    """The stack of a role: `title`, `body`, `kai` or `hei`. Prepares and registers the fonts at first use."""
    return stacks()[role]


@lru_cache(maxsize=1)
def stacks() -> dict[str, Stack]:
    """All stacks, registered once per process."""
    with writing:
        if any(not conversion.target.exists() for conversion in font_files.open_fonts().values()):
            font_files.prepare()
        opened = {name: _register(conversion.target) for name, conversion in font_files.open_fonts().items()}
        wide = tuple(font for path in font_files.wide_files() if (font := _registered_or_none(path)))
        return {role: _stack(role, opened, wide) for role in OPEN_FONTS}


def _stack(role: str, opened: dict[str, OfficeFont], wide: tuple[OfficeFont, ...]) -> Stack:
    path = font_files.office_file(role)
    office = _registered_or_none(path) if path else None
    first = opened[OPEN_FONTS[role]]
    others = tuple(font for font in opened.values() if font is not first)
    return Stack((*([office] if office else []), first, *others, *wide), is_office=office is not None)


def missing_glyphs(text: str) -> list[str]:
    """Characters of the text that no installed font can print; empty when the text can be issued."""
    return stack("body").missing(text)


def forget() -> None:
    """Look for fonts anew at the next use (after the office's folder changed, and in tests)."""
    stacks.cache_clear()


def _register(path: Path) -> OfficeFont:
    font = OfficeFont(f"casemgr-{path.stem}", path)
    pdfmetrics.registerFont(font)
    return font


def _registered_or_none(path: Path) -> OfficeFont | None:
    try:
        return _register(path)
    except (TTFError, OSError) as error:
        logger.warning("font %s cannot be used: %s", path, error)
        return None
