"""Translations without GNU gettext: collects strings from code and templates, keeps `django.po`, compiles `django.mo`.

A message id is the English sentence itself, so only Chinese has a catalogue; English needs none.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGE = "zh_Hans"
SOURCES = ("casemgr", "mediation", "reconsideration", "litigation")
HEADER = """\
# casemgr in Simplified Chinese. Written by `manage.py messages`; texts may be edited, order and references are its own.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|\{(\w*)\}|%[sd]")


@dataclass(frozen=True, order=True)
class Key:
    """What gettext looks a text up by."""

    id: str
    context: str = ""
    plural: str = ""

    def __str__(self) -> str:
        return f"{self.context}|{self.id}" if self.context else self.id


@dataclass
class Problems:
    """Why a catalogue is not complete, in lists of readable lines."""

    untranslated: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.untranslated or self.obsolete or self.fuzzy or self.placeholders)


def catalogue_path(root: Path) -> Path:
    """Where the Chinese texts are kept."""
    return root / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extract(root: Path) -> dict[Key, set[str]]:
    """Every string a person can see, with the files it stands in."""
    found: dict[Key, set[str]] = {}
    for path, text in _sources(root):
        for key in _strings(text, path):
            found.setdefault(key, set()).add(path.relative_to(root).as_posix())
    return found


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    from django.utils.translation.template import templatize

    for package in SOURCES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg"}:
            # In brackets, so that the indentation of a page is not read as Python's.
            yield path, f"({templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)"


def _strings(text: str, path: Path) -> Iterator[Key]:
    from babel.messages.extract import extract as babel_extract

    found = babel_extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if not singular:
            raise ValueError(f"{path}:{line}: an empty string cannot be translated")
        yield Key(singular, context or "", plural or "")


def read_catalogue(path: Path) -> tuple[dict[Key, str], set[Key]]:
    """Texts of a .po file by key, and the keys marked fuzzy; nothing when there is no file yet."""
    from babel.messages.pofile import read_po

    if not path.exists():
        return {}, set()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGE)
    texts: dict[Key, str] = {}
    fuzzy: set[Key] = set()
    for message in catalogue:
        if not message.id:
            continue
        singular, plural = _pair(message.id)
        key = Key(singular, message.context or "", plural)
        texts[key] = _pair(message.string or "")[0]
        if message.fuzzy:
            fuzzy.add(key)
    return texts, fuzzy


def _pair(text: str | list[str] | tuple[str, ...]) -> tuple[str, str]:
    """Babel gives one text, or several where a plural belongs to it."""
    if isinstance(text, str):
        return text, ""
    return text[0] or "", text[1] if len(text) > 1 else ""


def read_extra(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Texts of a folder of `{"English": "中文"}` files, and the sentences that two files translate differently."""
    texts: dict[str, str] = {}
    origin: dict[str, str] = {}
    conflicts = []
    for path in sorted(folder.glob("*.json")):
        for english, chinese in json.loads(path.read_text(encoding="utf-8")).items():
            if texts.setdefault(english, chinese) != chinese:
                conflicts.append(f"{english!r}: {texts[english]} ({origin[english]}), {chinese} ({path.name})")
            origin.setdefault(english, path.name)
    return texts, conflicts


def update(root: Path, extra: dict[str, str]) -> Problems:
    """Rewrite the catalogue: exactly the strings in use, sorted; `extra` gives or replaces texts.

    A context says that a string means something else: its text is never taken from one that only reads the same.
    """
    path = catalogue_path(root)
    strings = extract(root)
    known, fuzzy = read_catalogue(path)
    alike = {(key.id, key.context): text for key, text in known.items() if text}
    texts = {}
    for key in strings:
        texts[key] = extra.get(str(key)) or known.get(key) or alike.get((key.id, key.context), "")
    path.parent.mkdir(parents=True, exist_ok=True)
    content = HEADER + _as_po(texts, strings, {key for key in fuzzy if str(key) not in extra})
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")
    return check(root, strings)


def _as_po(texts: dict[Key, str], strings: dict[Key, set[str]], fuzzy: set[Key]) -> str:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=LANGUAGE)
    for key in sorted(texts):
        catalogue.add(
            (key.id, key.plural) if key.plural else key.id,
            (texts[key],) if key.plural else texts[key],
            locations=[(name, 0) for name in sorted(strings[key])],
            flags={"fuzzy"} if key in fuzzy else set(),
            context=key.context or None,
        )
    output = io.BytesIO()
    write_po(output, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return output.getvalue().decode()


def check(root: Path, strings: Iterable[Key] | None = None) -> Problems:
    """Compare the catalogue with the strings in use."""
    used = set(extract(root) if strings is None else strings)
    texts, fuzzy = read_catalogue(catalogue_path(root))
    problems = Problems(fuzzy=sorted(map(str, fuzzy & used)), obsolete=sorted(str(key) for key in texts.keys() - used))
    for key in sorted(used):
        text = texts.get(key, "")
        if not text:
            problems.untranslated.append(str(key))
        elif _placeholders(text) not in (_placeholders(key.id), _placeholders(key.plural or key.id)):
            problems.placeholders.append(f"{key} → {text}")
    return problems


def _placeholders(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def is_stale(root: Path) -> bool:
    """True when the compiled catalogue is missing or older than its source."""
    source = catalogue_path(root)
    compiled = source.with_suffix(".mo")
    return source.exists() and (not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime)


def compile_catalogue(root: Path) -> Path:
    """Write `django.mo` beside `django.po`; the file appears whole, also for a process that reads it meanwhile."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = catalogue_path(root)
    compiled = source.with_suffix(".mo")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGE)
    unfinished = compiled.with_suffix(f".{id(catalogue)}.unfinished")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(compiled)
    return compiled
