"""Templates hold to the strict content security policy and to translated text before a browser finds out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

INLINE = {
    "an inline style": re.compile(r"<[^>{]*\sstyle\s*="),
    "an event handler": re.compile(r"<[^>{]*\son[a-z]+\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)"),
    "a style element": re.compile(r"<style\b"),
    "a foreign address": re.compile(r"(?:src|href)=[\"']https?://"),
}
CHINESE = re.compile(r"[一-鿿]{2,}")
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
# The language switch names each language in itself.
OWN_NAME = "中文"

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_a_page_brings_no_code_or_style_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [name for name, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_chinese_stands_in_the_catalogue_and_not_in_the_page(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8")).replace(OWN_NAME, "")
    assert not CHINESE.findall(text)
