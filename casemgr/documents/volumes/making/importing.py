"""Taking pages out of other PDF files. What acts (scripts, links, forms, attached files) is left behind: the volume
shows, and the original file keeps everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from casemgr.documents.volumes.making.writing import PdfFile, Ref, dictionary, name, stream

PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/Group", "/UserUnit")
ANNOTATION_KEYS = ("/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/C", "/CA", "/BS", "/Border")
HIDDEN_ANNOTATIONS = ("/Link", "/Popup", "/FileAttachment", "/Movie", "/Screen", "/RichMedia", "/3D", "/Sound")
LEFT_BEHIND = ("/Page", "/Pages", "/Catalog", "/StructTreeRoot", "/StructElem", "/Filespec", "/EmbeddedFile", "/Action")
"""Objects a page may lead to that do not belong to its looks."""
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)
"""What pypdf raises for a damaged file."""


class Unreadable(Exception):
    """The file is no PDF that can be shown page by page: damaged, or closed with a password."""


@contextmanager
def opened(file: BinaryIO) -> Iterator[PdfReader]:
    """:raises Unreadable:"""
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("password")
        len(reader.pages)
    except BROKEN as error:
        raise Unreadable(str(error)) from error
    yield reader


def count_pages(file: BinaryIO) -> int:
    """:raises Unreadable: also when a page cannot be taken over, so that it is known before numbers are given."""
    with opened(file) as reader:
        try:
            for page in reader.pages:
                box_of(page)
                page.get("/Resources")
                page.get("/Contents")
            return len(reader.pages)
        except BROKEN as error:
            raise Unreadable(str(error)) from error


class Importer:
    """Copies objects of one reader into the file; what several pages share is copied once."""

    def __init__(self, reader: PdfReader, out: PdfFile) -> None:
        self._reader, self._out = reader, out
        self._known: dict[tuple[int, int], Ref] = {}
        self._waiting: list[tuple[Ref, IndirectObject]] = []

    def value(self, found: PdfObject) -> PdfObject:
        """The same value for the new file; what it refers to follows with `drain`."""
        if isinstance(found, IndirectObject):
            key = (found.idnum, found.generation)
            if key not in self._known:
                self._known[key] = self._out.reserve()
                self._waiting.append((self._known[key], found))
            return self._known[key]
        if isinstance(found, StreamObject):
            made = stream(found._data)
            made.update({key: self.value(item) for key, item in found.items() if key != "/Length"})
            return made
        if isinstance(found, DictionaryObject):
            return DictionaryObject({key: self.value(found.raw_get(key)) for key in found})
        if isinstance(found, ArrayObject):
            return ArrayObject(self.value(item) for item in list.__iter__(found))
        return found

    def drain(self) -> None:
        """Write everything referred to so far."""
        while self._waiting:
            ref, source = self._waiting.pop()
            try:
                found = self._reader.get_object(source)
            except BROKEN:
                found = None
            if found is None or (isinstance(found, DictionaryObject) and found.get("/Type") in LEFT_BEHIND):
                found = NullObject()
            self._out.put(ref, self.value(found))

    def form(self, page: DictionaryObject) -> Ref:
        """The page as a form that other pages can draw."""
        box = box_of(page)
        values = {
            "Type": name("XObject"),
            "Subtype": name("Form"),
            "BBox": ArrayObject(FloatObject(edge) for edge in box),
            "Resources": self.value(page.raw_get("/Resources")),
        }
        contents = page.get_contents()
        made = self._out.add(stream(contents.get_data() if contents is not None else b"", values))
        self.drain()
        return made

    def page(self, page: DictionaryObject, parent: Ref, stamp: Ref | None = None, at: str = "right") -> Ref:
        """The page in the new file, with the stamp at its upper outer corner as it is seen."""
        values = {NameObject(key): self.value(page.raw_get(key)) for key in PAGE_KEYS if key in page}
        resources = page.get("/Resources")
        resources = DictionaryObject({key: resources.raw_get(key) for key in resources}) if resources else {}
        copied = DictionaryObject({key: self.value(item) for key, item in resources.items()})
        contents = self._contents(page)
        if stamp is not None:
            forms = resources.get("/XObject")
            forms = forms.get_object() if forms is not None else None
            known = {key: self.value(forms.raw_get(key)) for key in forms} if forms else {}
            copied[name("XObject")] = DictionaryObject({**known, name("CasemgrPage"): stamp})
            contents = ArrayObject(
                [self._out.add(stream(b"q\n")), *contents, self._out.add(stream(_stamping(page, at)))]
            )
        annotations = self._annotations(page)
        made = {
            name("Type"): name("Page"),
            name("Parent"): parent,
            name("Resources"): copied,
            name("Contents"): contents,
            **values,
            **({name("Annots"): annotations} if annotations else {}),
        }
        ref = self._out.add(DictionaryObject(made))
        self.drain()
        return ref

    def _contents(self, page: DictionaryObject) -> ArrayObject:
        if "/Contents" not in page:
            return ArrayObject()
        raw = page.raw_get("/Contents")
        found = raw.get_object()
        if isinstance(found, ArrayObject):
            return ArrayObject(self.value(item) for item in list.__iter__(found))
        return ArrayObject([self.value(raw) if isinstance(raw, IndirectObject) else self._out.add(self.value(found))])

    def _annotations(self, page: DictionaryObject) -> ArrayObject:
        """What is seen of stamps, signatures and marks; nothing that reacts."""
        found = page.get("/Annots")
        kept = ArrayObject()
        for item in found if isinstance(found, ArrayObject) else ():
            one = item.get_object()
            if isinstance(one, DictionaryObject) and "/AP" in one and one.get("/Subtype") not in HIDDEN_ANNOTATIONS:
                kept.append(
                    DictionaryObject(
                        {NameObject(key): self.value(one.raw_get(key)) for key in ANNOTATION_KEYS if key in one}
                    )
                )
        return kept


def box_of(page: DictionaryObject) -> tuple[float, float, float, float]:
    """What is seen of the page before it is turned: left, bottom, right, top."""
    box = page.cropbox
    left, right = sorted((float(box.left), float(box.right)))
    bottom, top = sorted((float(box.bottom), float(box.top)))
    return left, bottom, right, top


STAMP_WIDTH, STAMP_HEIGHT = 90.0, 24.0
MARGIN_X, MARGIN_Y = 28.0, 20.0


def _stamping(page: DictionaryObject, at: str) -> bytes:
    """Draw the stamp near the upper corner, however the page is turned and whatever its size is."""
    left, bottom, right, top = box_of(page)
    width, height = right - left, top - bottom
    turn = int(page.get("/Rotate", 0) or 0) % 360
    seen_width, seen_height = (height, width) if turn in (90, 270) else (width, height)
    x = seen_width - MARGIN_X - STAMP_WIDTH if at == "right" else MARGIN_X
    y = seen_height - MARGIN_Y - STAMP_HEIGHT
    turned = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, left + width, bottom),
        180: (-1, 0, 0, -1, left + width, bottom + height),
        270: (0, -1, 1, 0, left, bottom + height),
    }[turn if turn in (90, 180, 270) else 0]
    matrix = " ".join(f"{number:g}" if isinstance(number, int) else f"{number:.3f}" for number in turned)
    return f"\nQ\nq {matrix} cm 1 0 0 1 {x:.3f} {y:.3f} cm /CasemgrPage Do Q\n".encode()


def blank_page(out: PdfFile, parent: Ref, width: float, height: float) -> Ref:
    """An empty page, so that what follows begins on the front of a sheet."""
    box = ArrayObject([NumberObject(0), NumberObject(0), FloatObject(width), FloatObject(height)])
    return out.add(dictionary({"Type": name("Page"), "Parent": parent, "MediaBox": box, "Resources": dictionary({})}))
