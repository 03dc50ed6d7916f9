"""Court numbers of the published cases and of the rules, in every spelling."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from litigation.court_numbers import key_of, parse
from litigation.terms import Level

REAL = yaml.safe_load((Path(__file__).parents[1] / "data" / "real-cases.yaml").read_text())["litigation"]
LEVELS = {"一审": Level.FIRST, "二审": Level.SECOND, "再审": Level.RETRIAL}


@pytest.mark.parametrize("case", [case for case in REAL if case["number"]], ids=lambda case: case["id"])
def test_every_published_number_is_read_with_its_instance(case):
    number = parse(case["number"])
    assert number is not None
    assert number.level == LEVELS[case["level"][:2]]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("（2026）内0621行初12号", (2026, "内0621", "行初", 12)),
        ("(2026) 内 0621 行初 12 号", (2026, "内0621", "行初", 12)),
        ("(2014)韶乐法行初字第16号", (2014, "韶乐法", "行初", 16)),
        ("（2025）内06执恢3号", (2025, "内06", "执恢", 3)),
        ("(2021)内0621执1234号", (2021, "内0621", "执", 1234)),
        ("（2024）内0621行赔初2号", (2024, "内0621", "行赔初", 2)),
        ("（2024）最高法行申123号", (2024, "最高法", "行申", 123)),
    ],
)
def test_a_number_is_taken_apart(text, parts):
    number = parse(text)
    assert (number.year, number.court, number.type, number.serial) == parts


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("（2023）内0621行审9号", Level.REVIEW),
        ("（2025）内06执恢3号", Level.RESUMED),
        ("（2021）内0621执1234号", Level.EXECUTION),
        ("（2024）最高法行申123号", Level.RETRIAL_REVIEW),
        ("（2024）内行再3号", Level.RETRIAL),
        ("（2024）内0621行赔初2号", Level.FIRST),
        ("（2016）豫行指51号", None),
    ],
)
def test_the_type_says_which_instance_it_is(text, level):
    assert parse(text).level == level


def test_two_spellings_are_one_number():
    assert key_of("(2014)韶乐法行初字第16号") == key_of("（2014）韶乐法行初16号")


@pytest.mark.parametrize("text", ["", "案号不可见", "2026年第12号", "（2026）行初号"])
def test_what_is_no_number_stands_as_it_was_written(text):
    assert parse(text) is None
    assert key_of(text) == text
