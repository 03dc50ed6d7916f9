"""Text in a sheet that stays text: marked going out where a spreadsheet would calculate it, as it was coming in."""

from __future__ import annotations

import re
from typing import Any

MARK = "'"
CALCULATED = ("=", "+", "-", "@", "\t", MARK)
"""What a text to be marked begins with; the mark too, so that ours is told from one that was there."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""No workbook may hold them."""


def one_spelling(text: str) -> str:
    """Line breaks as a sheet keeps them; what a page sent has others."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def as_text(value: Any) -> str:
    """A cell that runs nothing; None is an empty one, nought is a number."""
    text = "" if value is None else one_spelling(str(value))
    if not text.isprintable():
        text = _FORBIDDEN.sub("", text)
    return MARK + text if text.startswith(CALCULATED) else text


def as_it_was(cell: str) -> str:
    """The text of a cell without the mark."""
    return cell.removeprefix(MARK)


__all__ = ["as_it_was", "as_text", "one_spelling"]
