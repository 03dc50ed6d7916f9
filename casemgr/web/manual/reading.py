"""The manual's chapters as Markdown files hold them: docs/manual/README.md names them in order.

Under a heading stands what only the program reads, in a comment that no reader sees:

- under the chapter's title `<!-- en: … -->` says it in a line for English readers, `<!-- roles: … -->` whose own it is;
- under a section's title `<!-- anchor: pages … -->` (or `<!-- anchor -->`) names the section for links, and the pages
  whose help it is (see `casemgr.web.manual.addresses`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "docs" / "manual"
PICTURES = FOLDER / "pictures"
CONTENTS = "README"
ENGLISH = {"operation": FOLDER.parent / "operation.md", "configuration": FOLDER.parent / "configuration.md"}
"""What the operator reads in English; it is served beside the manual."""

_NOTE = re.compile(r"^<!-- ([a-z][a-z0-9-]*)(?:: (.*))? -->$", re.MULTILINE)
_LINK = re.compile(r"\]\(([a-z-]+)\.md\)")


@dataclass(frozen=True)
class Section:
    """What stands under one title of the second order."""

    anchor: str
    title: str
    text: str
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One file. `english` sums it up for those who read no Chinese."""

    code: str
    title: str
    introduction: str
    sections: tuple[Section, ...]
    english: str = ""
    roles: tuple[str, ...] = ()
    is_english: bool = False


@cache
def chapters() -> dict[str, Chapter]:
    """Every chapter by its code, in the order of the table of contents; the English ones last."""
    contents = (FOLDER / f"{CONTENTS}.md").read_text(encoding="utf-8")
    codes = dict.fromkeys(_LINK.findall(contents))
    found = {code: parsed(code, (FOLDER / f"{code}.md").read_text(encoding="utf-8")) for code in codes}
    return found | {code: parsed(code, path.read_text(encoding="utf-8"), True) for code, path in ENGLISH.items()}


@cache
def contents() -> Chapter:
    """The table of contents."""
    return parsed(CONTENTS, (FOLDER / f"{CONTENTS}.md").read_text(encoding="utf-8"))


def parsed(code: str, source: str, is_english: bool = False) -> Chapter:
    """A chapter from its Markdown."""
    head, *rest = re.split(r"^## ", source, flags=re.MULTILINE)
    title, _, introduction = head.partition("\n")
    notes = dict(_NOTE.findall(introduction))
    return Chapter(
        code,
        title.removeprefix("# ").strip(),
        _NOTE.sub("", introduction).strip(),
        tuple(_section(text) for text in rest),
        notes.get("en", ""),
        tuple(notes.get("roles", "").split()),
        is_english,
    )


def _section(source: str) -> Section:
    title, _, text = source.partition("\n")
    note = _NOTE.match(text)
    anchor, pages = (note[1], tuple((note[2] or "").split())) if note else (slug(title), ())
    return Section(anchor, title.strip(), _NOTE.sub("", text).strip(), pages)


def slug(title: str) -> str:
    """A title as an anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
