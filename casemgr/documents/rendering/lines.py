"""Breaking a paragraph into lines by the rules of Chinese setting (禁则).

No ，。、）》 at the start of a line and no （《 at its end; numbers, dates and Latin words stay whole; what would just
overflow is drawn into the line; a line that falls short is spread to the full measure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casemgr.documents.fonts import Stack
from casemgr.documents.rendering.wording import MISSING

CLOSING = "，。、；：？！）〕》”’」』】〉］｝…—～·,.;:?!)]}%％‰℃"
OPENING = "（〔《“‘「『【〈［｛([{"
# Marks whose right half is blank: at the end of a line it may stand outside the measure.
HALF_BLANK = "，。、；：）〕》」』】〉］”’"
_WORD = r"[0-9A-Za-z][0-9A-Za-z.,:/&@_+\-#=~?%'×]*[年月日号条款项]?"
_TOKEN = re.compile(rf"[{re.escape(OPENING)}]*(?:{_WORD}|[{re.escape(OPENING)}]|.)[{re.escape(CLOSING)}]*", re.DOTALL)
_WORD_BREAKS = "/@.-_?&="
_LONG_WORD = 12  # a longer Latin word may be broken when it would leave a gap
_MAX_SQUEEZE = 0.5  # ems a full line may be tightened by
_MAX_SPREAD = 0.25  # ems a character; a line with a wider gap stays ragged


@dataclass(frozen=True)
class Line:
    """One set line: pieces of one font each and where it starts.

    `spacing` is added after each full-width character, `tracking` after the letters and figures of a word.
    """

    pieces: tuple[tuple[str, str], ...]
    spacing: float
    start: float
    width: float
    tracking: float = 0.0

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(text for _, text in self.pieces)


@dataclass(frozen=True)
class Measure:
    """Width and type of a column: `pitch` is the grid step of a full-width character, `size` its height."""

    width: float
    size: float
    pitch: float
    indent: float = 0.0  # of the first line
    hang: float = 0.0  # of the others
    spread: bool = True


class _Setter:
    """The line being filled."""

    def __init__(self, measure: Measure) -> None:
        self.measure, self.lines = measure, []
        self.tracking = measure.pitch - measure.size
        self._open()

    def _open(self) -> None:
        self.start = self.measure.hang if self.lines else self.measure.indent
        self.room = self.measure.width - self.start
        self.used, self.count, self.pieces = 0.0, 0, []

    def add(self, glyphs: Sequence[tuple[str, str, float]]) -> None:
        """Put the characters of one token into the line, or open the next one for them."""
        if not self.count and self.lines and glyphs[0][1].isspace():
            return
        width = self._width(glyphs)
        over = self.used + width - self.room
        if over > 0.01 and not self._squeezes(glyphs, over):
            if self.count and not self._must_break(glyphs, width):
                self._close()
                self.add(glyphs)
                return
            if len(glyphs) > 1:
                self._break(glyphs)
                return
            if self.count:
                self._close()
        self._take(glyphs, width)

    def _width(self, glyphs: Sequence[tuple[str, str, float]]) -> float:
        return sum(glyph[2] for glyph in glyphs) * self.measure.size + len(glyphs) * self.tracking

    def _squeezes(self, glyphs: Sequence[tuple[str, str, float]], over: float) -> bool:
        outside = 0.5 if glyphs[-1][1] in HALF_BLANK else 0.0
        return self.count >= 8 and over <= (outside + _MAX_SQUEEZE) * self.measure.size

    def _must_break(self, glyphs: Sequence[tuple[str, str, float]], width: float) -> bool:
        if width > self.measure.width - self.measure.hang:
            return True
        is_word = len(glyphs) > _LONG_WORD and any(glyph[1].isascii() and glyph[1].isalpha() for glyph in glyphs)
        return is_word and self.room - self.used > _MAX_SPREAD * self.measure.size * self._full_width()

    def _full_width(self) -> int:
        """Characters of the line that space may be added after: all but letters and figures, dashes too."""
        return max(sum(not glyph[1].isascii() for glyph in self.pieces[:-1]), 1)

    def _break(self, glyphs: Sequence[tuple[str, str, float]]) -> None:
        """Break a long word, after / @ . - where there is one."""
        fitting, used = 0, self.used
        while fitting < len(glyphs) and used + self._width(glyphs[fitting : fitting + 1]) <= self.room + 0.01:
            used += self._width(glyphs[fitting : fitting + 1])
            fitting += 1
        good = [at for at in range(1, fitting + 1) if glyphs[at - 1][1] in _WORD_BREAKS]
        at = good[-1] if good else fitting
        if at > 1 and at < len(glyphs) and glyphs[at][1] in HALF_BLANK:
            at -= 1
        if not self.count:
            at = max(at, 1)
        if at:
            self._take(glyphs[:at], self._width(glyphs[:at]))
        if at < len(glyphs):
            self._close()
            self.add(glyphs[at:])

    def _take(self, glyphs: Sequence[tuple[str, str, float]], width: float) -> None:
        self.pieces.extend(glyphs)
        self.used += width
        self.count += len(glyphs)

    def _close(self, last: bool = False) -> None:
        while self.pieces and self.pieces[-1][1].isspace():
            self.used -= self._width([self.pieces.pop()])
            self.count -= 1
        spacing = self.tracking
        gap = self.room - self.used
        if gap < -0.01:
            hanging = 0.5 * self.measure.size if self.pieces and self.pieces[-1][1] in HALF_BLANK else 0.0
            spacing += min(gap + hanging, 0.0) / max(self.count - 1, 1)
        elif self.measure.spread and not last:
            each = gap / self._full_width()
            spacing += each if each <= _MAX_SPREAD * self.measure.size else 0.0
        self.lines.append(Line(_merged(self.pieces), spacing, self.start, self.used, self.tracking))
        self._open()

    def finish(self) -> list[Line]:
        """The lines set."""
        if self.pieces or not self.lines:
            self._close(last=True)
        return self.lines


def break_lines(runs: Iterable[tuple[str, Stack]], measure: Measure) -> list[Line]:
    """Set text (in runs, each with its stack of fonts) to a measure."""
    setter = _Setter(measure)
    for text, stack in runs:
        for token in _TOKEN.findall(text):
            setter.add([_glyph(stack, character) for character in token])
    return setter.finish()


def _glyph(stack: Stack, character: str) -> tuple[str, str, float]:
    font, width = stack.of(character)
    if not font:
        character = MISSING
        font, width = stack.of(character)
    return font, character, width


def _merged(glyphs: Sequence[tuple[str, str, float]]) -> tuple[tuple[str, str], ...]:
    pieces: list[list] = []
    for font, character, _ in glyphs:
        if pieces and pieces[-1][0] == font:
            pieces[-1][1].append(character)
        else:
            pieces.append([font, [character]])
    return tuple((font, "".join(characters)) for font, characters in pieces)
