"""One volume from its contents: numbers given, sheets made, everything merged into one file with its manifest."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, NullObject, NumberObject

from casemgr.documents import files
from casemgr.documents.rendering.style import PAGE_HEIGHT, PAGE_WIDTH
from casemgr.documents.volumes.contents import PDF, Content
from casemgr.documents.volumes.making import sheets
from casemgr.documents.volumes.making.importing import (
    Importer,
    Unreadable,
    blank_page,
    count_pages,
    opened,
)
from casemgr.documents.volumes.making.pictures import picture_page
from casemgr.documents.volumes.making.stamps import overlay, side_of
from casemgr.documents.volumes.making.writing import PdfFile, Ref, dictionary, name, text
from casemgr.documents.volumes.models import Carrier

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Placed:
    """A content with its numbers in the volume. `made`: bytes shown instead of the file, or without one."""

    content: Content
    first: int
    last: int
    carrier: str
    made: bytes = b""

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass
class Assembled:
    """The volume as a temporary file at its beginning; close it."""

    file: BinaryIO
    sha256: str
    size: int
    pages: int
    placed: list[Placed] = field(default_factory=list)


@dataclass(frozen=True)
class Sheets:
    """What stands before and behind the papers, made once the numbers are known."""

    title: str
    cover: Callable[[Sequence[Placed]], bytes]
    note: Callable[[Sequence[Placed]], bytes]
    case_number: str
    back: Callable[[], bytes] | None = None


def place(contents: Sequence[Content], first_page: int, progress: Progress) -> list[Placed]:
    """Count what is not counted yet, and give every content its pages. :raises FileDamaged: a file is not whole."""
    placed, next_page = [], first_page
    for done, content in enumerate(contents, 1):
        one = _counted(content, next_page)
        placed.append(one)
        next_page = one.last + 1
        progress(done, len(contents) * 2)
    return placed


def _counted(content: Content, first: int) -> Placed:
    if content.carrier in (Carrier.PAPER, Carrier.DISC):
        return Placed(content, first, first + (content.pages or 1) - 1, content.carrier)
    made = content.make() if content.make else b""
    if made:
        content = replace(content, sha256=hashlib.sha256(made).hexdigest(), size=len(made), media_type=PDF)
    if content.carrier == Carrier.INERT:
        with files.opened(content.file, content.sha256):
            return Placed(content, first, first, Carrier.INERT)
    try:
        with _source(content, made) as file:
            if content.media_type != PDF:
                made = picture_page(file)
                file = io.BytesIO(made)
            count = count_pages(file)
    except Unreadable:
        return Placed(content, first, first, Carrier.INERT)
    return Placed(content, first, first + max(count, 1) - 1, Carrier.ELECTRONIC, made)


@contextmanager
def _source(content: Content, made: bytes) -> Iterator[BinaryIO]:
    if made:
        yield io.BytesIO(made)
    else:
        with files.opened(content.file, content.sha256) as file:
            yield file


def assemble(placed: list[Placed], front: Sheets, progress: Progress) -> Assembled:
    """One PDF with bookmarks and page labels; memory is bounded by the largest single file."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller
    try:
        return _assemble(out, placed, front, progress)
    except BaseException:
        out.close()
        raise


def copy_of(placed: list[Placed], heading: Sequence[tuple[str, str]], title: str) -> Assembled:
    """A copy of some papers for somebody outside: a list of what it holds, then their pages, numbered anew."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller
    try:
        made = _Volume(out)
        made.add("复制件目录", sheets.copy_list(heading, [_line(one) for one in placed]))
        made.stamp(_labels(placed))
        for number, one in enumerate(placed, 1):
            _add(made, number, one, said=_said_in_copy)
        sha256 = made.finish(title)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return Assembled(out, sha256, made.file.size, len(made.pages), placed)


def _assemble(out: BinaryIO, placed: list[Placed], front: Sheets, progress: Progress) -> Assembled:
    made = _Volume(out)
    made.add("封面", front.cover(placed))
    made.blank_back()
    lines = [_line(one) for one in placed]
    made.add("卷内目录", sheets.catalogue(front.title, front.case_number, lines))
    made.blank_back()
    made.stamp(_labels(placed))
    for done, one in enumerate(placed, 1):
        _add(made, done, one)
        progress(len(placed) + done, len(placed) * 2)
    made.add("卷内备考表", front.note(placed))
    if front.back is not None:
        made.blank_back()
        made.add("封底", front.back())
    sha256 = made.finish(front.title)
    out.seek(0)
    return Assembled(out, sha256, made.file.size, len(made.pages), placed)


def _add(made: _Volume, number: int, one: Placed, said: Callable[[Placed], list[str]] | None = None) -> None:
    heading = f"{number} {one.content.title}"
    if one.carrier != Carrier.ELECTRONIC:
        sheet = sheets.stand_in(one.content.title, one.carrier, one.pages, (said or _said)(one))
        made.add(heading, sheet, labels=[one.pages], first=one.first)
        return
    labels = [str(page) for page in range(one.first, one.last + 1)]
    if one.made:
        made.add(heading, one.made, labels=labels, first=one.first)
    else:
        with files.opened(one.content.file, one.content.sha256) as file:
            made.add(heading, file, labels=labels, first=one.first)


def _said(one: Placed) -> list[str]:
    content = one.content
    if one.carrier in (Carrier.PAPER, Carrier.DISC):
        found = [f"原件在纸质案卷第{one.pages}页，本电子卷以此页代替。"]
    else:
        found = [
            f"原文件随卷保存，类型：{content.media_type}，大小：{content.size}字节。",
            f"SHA-256：{content.sha256}",
        ]
    return [*found, *([f"备注：{content.note}"] if content.note else [])]


def _said_in_copy(one: Placed) -> list[str]:
    """Outsiders are not told of our storage: it was shown to them, or copied by hand."""
    if one.carrier in (Carrier.PAPER, Carrier.DISC):
        return ["原件在纸质案卷中，已当面提供查阅；需要复制的另行复印，本复制件以此页代替。"]
    return ["该件不能按页显示，已当面提供查阅或者另行拷贝，本复制件以此页代替。", f"SHA-256：{one.content.sha256}"]


def _line(one: Placed) -> sheets.Line:
    content = one.content
    note = content.note or ("" if one.carrier == Carrier.ELECTRONIC else sheets.CARRIER_WORDS[one.carrier])
    return sheets.Line(content.title, content.number_text, content.author, content.dated_on, one.pages, note)


def _labels(placed: Sequence[Placed]) -> list[tuple[str, str]]:
    found = []
    for one in placed:
        if one.carrier != Carrier.ELECTRONIC:
            found.append((one.pages, side_of(one.first)))
        else:
            found += [(str(page), side_of(page)) for page in range(one.first, one.last + 1)]
    return found


class _Volume:
    """The file being written: pages, bookmarks and labels so far."""

    def __init__(self, out: BinaryIO) -> None:
        self.file = PdfFile(out)
        self.tree = self.file.reserve()
        self.pages: list[Ref] = []
        self.labels: list[str] = []
        self._marks: list[tuple[str, int]] = []
        self._stamps: dict[tuple[str, str], Ref] = {}

    def stamp(self, labels: Sequence[tuple[str, str]]) -> None:
        """Prepare the numbers that pages will carry."""
        if not labels:
            return
        reader = PdfReader(io.BytesIO(overlay(labels)))
        importer = Importer(reader, self.file)
        for label, page in zip(labels, reader.pages, strict=True):
            self._stamps[label] = importer.form(page)

    def add(self, heading: str, source: bytes | BinaryIO, labels: Sequence[str] = (), first: int = 0) -> None:
        self._marks.append((heading, len(self.pages)))
        with opened(io.BytesIO(source) if isinstance(source, bytes) else source) as reader:
            importer = Importer(reader, self.file)
            for number, page in enumerate(reader.pages):
                label = labels[number] if number < len(labels) else ""
                side = side_of(first + number)
                self.pages.append(importer.page(page, self.tree, self._stamps.get((label, side)), side))
                self.labels.append(label)

    def blank_back(self) -> None:
        """What follows begins on the front of a sheet when the volume is printed on both sides."""
        if len(self.pages) % 2:
            self.pages.append(blank_page(self.file, self.tree, PAGE_WIDTH, PAGE_HEIGHT))
            self.labels.append("")

    def finish(self, title: str) -> str:
        catalogue = {
            "Lang": text("zh-CN"),
            "PageMode": name("UseOutlines"),
            "ViewerPreferences": dictionary({"DisplayDocTitle": BooleanObject(True)}),
            "Outlines": self._outlines(),
            "PageLabels": dictionary({"Nums": self._numbers()}),
        }
        return self.file.finish(self.pages, self.tree, catalogue, title)

    def _outlines(self) -> Ref:
        root = self.file.reserve()
        refs = [self.file.reserve() for _mark in self._marks]
        for number, (heading, page) in enumerate(self._marks):
            values = {
                "Title": text(heading),
                "Parent": root,
                "Dest": ArrayObject([self.pages[page], name("XYZ"), NullObject(), NullObject(), NullObject()]),
            }
            if number:
                values["Prev"] = refs[number - 1]
            if number + 1 < len(refs):
                values["Next"] = refs[number + 1]
            self.file.put(refs[number], dictionary(values))
        ends = {"First": refs[0], "Last": refs[-1], "Count": NumberObject(len(refs))}
        return self.file.put(root, dictionary({"Type": name("Outlines"), **ends}))

    def _numbers(self) -> ArrayObject:
        """Readers show the numbers that are printed; a sheet for several pages shows them as text."""
        found, expected = ArrayObject(), None
        for index, label in enumerate(self.labels):
            if label.isdigit() and expected is not None and int(label) == expected:
                expected += 1
                continue
            if label.isdigit():
                values = {"S": name("D"), "St": NumberObject(int(label))}
                expected = int(label) + 1
            else:
                values, expected = ({"P": text(label)} if label else {"P": text("—")}), None
            found.extend((NumberObject(index), dictionary(values)))
        return found
