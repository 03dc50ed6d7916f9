"""The mark of the practice system on what leaves it: file names, sheets; pages and papers have theirs by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from openpyxl import Workbook

MARK = "练习"
HEADER = "Content-Disposition"
_ENCODED = re.compile(r"filename\*=utf-8''([^;]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename="((?:[^"\\]|\\.)*)"')
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31


def add_sheet(book: Workbook, title: str):
    """A new sheet of the book; in the practice system its tab and the head of every printed page say so.

    No row is added: a ledger that was written out is read in again.
    """
    title = _FORBIDDEN.sub("-", f"{MARK} {title}" if settings.PRACTICE else title)
    sheet = book.create_sheet(title[:LONGEST_TITLE])
    if settings.PRACTICE:
        for header in (sheet.oddHeader, sheet.evenHeader, sheet.firstHeader):
            header.center.text, header.center.size = MARK, 24
    return sheet


class PracticeMarkMiddleware:
    """Every file that is loaded down from the practice system bears the mark in its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.PRACTICE and HEADER in response.headers:
            response.headers[HEADER] = marked(response.headers[HEADER])
        return response


def marked(disposition: str) -> str:
    """The header with the mark before the file's name."""
    mark = quote(f"{MARK}-")
    if _ENCODED.search(disposition):
        return _ENCODED.sub(lambda found: f"filename*=utf-8''{mark}{found[1]}", disposition)
    plain = _PLAIN.search(disposition)
    if plain is None:
        return disposition
    name = re.sub(r"\\(.)", r"\1", plain[1])
    return disposition.replace(plain[0], f"filename*=utf-8''{mark}{quote(name)}")
