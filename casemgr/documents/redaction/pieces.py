"""The strings of a paper in a fixed order, and the same paper with each of them rewritten."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from casemgr.documents.rendering import DocumentText

Rewrite = Callable[[int, str], str]
"""`(place of the string, string)` → what stands there instead."""


def pieces(printed: DocumentText) -> list[str]:
    """Every string people wrote or that tells of the case. The issuer is an organ, and is no piece."""
    found: list[str] = []

    def keep(_place: int, text: str) -> str:
        found.append(text)
        return text

    rewritten(printed, keep)
    return found


def rewritten(printed: DocumentText, rewrite: Rewrite) -> DocumentText:
    """For readers outside the office: without code, copies and print line, whose subject line is the title."""
    places = count()

    def put(text: str) -> str:
        return rewrite(next(places), text)

    data = printed.as_json()
    for name in ("title", "number", "addressee"):
        data[name] = put(data[name])
    for section in data["sections"]:
        section["heading"], section["text"] = put(section["heading"]), put(section["text"])
        for block in section["blocks"]:
            _put_block(block, put)
    data["attachments"] = [put(text) for text in data["attachments"]]
    return DocumentText.from_json(
        data | {"copies_to": [], "printed_by": "", "address": "", "subject": "", "seal_place": False}
    )


def _put_block(block: dict[str, Any], put: Callable[[str], str]) -> None:
    match block["type"]:
        case "table":
            for cell in (cell for row in block["rows"] for cell in row):
                cell["text"] = put(cell["text"])
        case "key_values":
            block["pairs"] = [[key, put(value)] for key, value in block["pairs"]]
        case "sign_lines":
            block["labels"] = [put(label) for label in block["labels"]]


__all__ = ["pieces", "rewritten"]
