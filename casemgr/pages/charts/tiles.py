"""One number in large type, with what it is, where it leads and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from casemgr.pages.charts.svg import sparkline

Text = str | Promise


@dataclass(frozen=True)
class Tile:
    """`words` is the number as it is said. `note`: a second line, such as the target; `tone`: `late`, `soon`, `ok` or
    grey, always beside words in the note that say the same. `course`: the last values, oldest first."""

    label: Text
    words: Text
    href: str = ""
    note: Text = ""
    tone: Literal["", "late", "soon", "ok"] = ""
    course: tuple[float, ...] = ()

    @property
    def spark(self) -> SafeString:
        return sparkline(self.course)
