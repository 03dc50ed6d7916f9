"""Fonts: prepared once, the office's own first, a missing character named."""

import json
import shutil
import time
from io import StringIO

import pytest
from django.core.management import call_command

from casemgr.documents import font_files, fonts


@pytest.fixture
def anew():
    """Fonts are looked for again, and once more after the test."""
    fonts.forget()
    yield
    fonts.forget()


def test_preparing_again_is_quick_and_changes_nothing():
    fonts.stacks()
    before = {conversion.target: conversion.target.stat().st_mtime_ns for conversion in font_files.wanted()}
    started = time.monotonic()
    call_command("prepare_fonts", stdout=StringIO())
    assert time.monotonic() - started < 1
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_command_reports_in_json():
    fonts.stacks()
    out = StringIO()
    call_command("prepare_fonts", json=True, stdout=out)
    report = json.loads(out.getvalue())
    assert report["made"] == []
    assert len(report["ready"]) >= 2


def test_the_office_fonts_come_first(settings, tmp_path, anew):
    source = font_files.open_fonts()["sans"]
    fonts.stacks()
    shutil.copy(source.target, tmp_path / "仿宋_GB2312.ttf")
    shutil.copy(source.target, tmp_path / "方正小标宋简体.TTF")
    settings.OFFICE_FONT_DIR = str(tmp_path)
    fonts.forget()
    assert fonts.stack("body").fonts[0].fontName == "casemgr-仿宋_GB2312"
    assert fonts.stack("title").is_office
    assert not fonts.stack("kai").is_office


def test_an_office_font_reportlab_cannot_embed_is_passed_over(settings, tmp_path, anew):
    shutil.copy(font_files.open_fonts()["serif"].source, tmp_path / "仿宋_GB2312.otf")
    (tmp_path / "楷体_GB2312.ttf").write_bytes(b"\x00\x01\x00\x00 broken")
    settings.OFFICE_FONT_DIR = str(tmp_path)
    assert not fonts.stack("body").is_office
    assert not fonts.stack("kai").is_office


def test_fonts_are_registered_once_per_process():
    assert fonts.stack("body") is fonts.stack("body")


def test_what_the_serif_lacks_comes_from_another_font():
    body = fonts.stack("body")
    assert fonts.missing_glyphs("·〔〕䶮㛃〓年") == []
    assert fonts.missing_glyphs("甲\ue123乙\ue123") == ["\ue123"]
    assert body.of("\ue123")[0] == ""


@pytest.mark.long
def test_a_fresh_machine_prepares_its_fonts(settings, tmp_path, anew):
    settings.FONT_DIR = tmp_path / "fonts"
    made = font_files.prepare()
    assert {path.parent for path in made} == {settings.FONT_DIR}
    assert font_files.missing() == []
    assert fonts.missing_glyphs("达拉特旗") == []
    assert not list(settings.FONT_DIR.glob(".*.ttf.*"))
