"""Writing a PDF object by object: nothing is held but the places of objects, however large the volume is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, BinaryIO

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

Ref = IndirectObject


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def dictionary(values: Mapping[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({name(key): value for key, value in values.items()})


def stream(data: bytes, values: Mapping[str, PdfObject] | None = None) -> StreamObject:
    made = StreamObject()
    made._data = data
    made.update(dictionary(values or {}))
    return made


class PdfFile:
    """`reserve` a number, `put` its object, `finish` with catalogue and cross references."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self._places: list[int] = []
        self._at = 0
        self.size = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> Ref:
        self._places.append(0)
        return IndirectObject(len(self._places), 0, None)

    def put(self, ref: Ref, value: PdfObject) -> Ref:
        self._places[ref.idnum - 1] = self._at
        self._write(f"{ref.idnum} 0 obj\n".encode())
        value.write_to_stream(self)
        self._write(b"\nendobj\n")
        return ref

    def add(self, value: PdfObject) -> Ref:
        return self.put(self.reserve(), value)

    def write(self, data: bytes | str) -> int:
        """For pypdf's objects, which write themselves to a stream."""
        self._write(data if isinstance(data, bytes) else data.encode("latin-1"))
        return len(data)

    def finish(self, pages: list[Ref], tree: Ref, catalogue: Mapping[str, PdfObject], title: str) -> str:
        """Page tree, catalogue, cross references; returns the SHA-256 of the whole file."""
        self.put(tree, dictionary({"Type": name("Pages"), "Count": NumberObject(len(pages)),
                                   "Kids": ArrayObject(pages)}))  # fmt: skip
        root = self.add(dictionary({"Type": name("Catalog"), "Pages": tree, **catalogue}))
        info = self.add(dictionary({"Title": TextStringObject(title), "Creator": TextStringObject("casemgr")}))
        start = self._at
        self._write(f"xref\n0 {len(self._places) + 1}\n0000000000 65535 f \n".encode())
        for place in self._places:
            self._write(f"{place:010d} 00000 {'n' if place else 'f'} \n".encode())
        trailer = dictionary({"Size": NumberObject(len(self._places) + 1), "Root": root, "Info": info})
        self._write(b"trailer\n")
        trailer.write_to_stream(self)
        self._write(f"\nstartxref\n{start}\n%%EOF\n".encode())
        self.size = self._at
        return self._digest.hexdigest()

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._at += len(data)


def text(value: Any) -> TextStringObject:
    return TextStringObject(str(value))
