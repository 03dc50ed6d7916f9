"""Sums of money in figures and in capitals, and the code that leads from a paper to its case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from casemgr.documents.rendering import (
    DocumentText,
    Section,
    SignatureBlock,
    capitals,
    in_both,
    render_pdf,
    render_word,
    texts,
)
from casemgr.documents.rendering.svg import render_svg
from casemgr.documents.rendering.wording import CODE
from tests.support.papers import pdf_text
from tests.support.word import word_text

DIGITS = dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True))
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100200000", "壹亿零贰拾万元整"),
        ("100000001", "壹亿零壹元整"),
        ("0.05", "伍分"),
    ],
)
def test_capitals_as_bills_write_them(amount: str, said: str) -> None:
    assert capitals(Decimal(amount)) == said


def read(said: str) -> int:
    """Fen, from capitals: independent of how they were written."""
    fen, group, digit, yuan = 0, 0, 0, 0
    for character in said:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            group, digit = group + digit * PLACES[character], 0
        elif character in "万亿":
            yuan, group, digit = yuan + (group + digit) * (10**4 if character == "万" else 10**8), 0, 0
        elif character == "元":
            yuan, group, digit = yuan + group + digit, 0, 0
        elif character in "角分":
            fen, digit = fen + digit * (10 if character == "角" else 1), 0
    return yuan * 100 + fen


@given(st.integers(0, 10**14 - 1))
def test_capitals_say_the_sum_and_no_zero_twice(fen: int) -> None:
    said = capitals(Decimal(fen) / 100)
    assert read(said) == fen
    assert "零零" not in said


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000"])
def test_what_is_no_sum_of_money_is_refused(amount: str) -> None:
    with pytest.raises(ValueError):
        capitals(Decimal(amount))


def test_both_ways_of_writing_a_sum() -> None:
    assert in_both(Decimal("12300.50")) == "人民币12,300.50元（大写：壹万贰仟叁佰元伍角整）"


class TestCode:
    PAPER = DocumentText(
        "人民调解协议书",
        (Section("双方自愿达成协议。"),),
        signature_block=SignatureBlock("达拉特旗司法局", date(2026, 11, 29)),
        address="https://casemgr.example/cases/7/",
    )

    def test_what_it_is_for_stands_beside_it_in_pdf_word_and_preview_alike(self) -> None:
        """A code without a word is scanned by anybody, or by nobody."""
        for caption in CODE:
            assert caption in pdf_text(render_pdf(self.PAPER))
            assert "".join(render_svg(self.PAPER, "%(number)d %(count)d")).count(caption) == 1
        printed = "".join("".join(texts(self.PAPER)).split())
        assert word_text(render_word(self.PAPER)) == printed == pdf_text(render_pdf(self.PAPER))
        assert not set(CODE) & set(texts(DocumentText("通知", (Section("正文。"),))))

    def test_it_is_the_same_in_word_pdf_and_preview(self) -> None:
        word = ZipFile(BytesIO(render_word(self.PAPER)))
        picture = Image.open(BytesIO(word.read("word/media/code.png")))
        assert picture.width == picture.height
        assert b"media/code.png" in word.read("word/_rels/document.xml.rels")
        assert b'Extension="png"' in word.read("[Content_Types].xml")
        assert render_pdf(self.PAPER) == render_pdf(self.PAPER)
        first, *others = render_svg(self.PAPER, "%(number)d %(count)d")
        assert "<path" in first and not any("<path" in other for other in others)

    def test_a_paper_without_address_has_none(self) -> None:
        plain = DocumentText("通知", (Section("正文。"),))
        assert "word/media/code.png" not in ZipFile(BytesIO(render_word(plain))).namelist()
