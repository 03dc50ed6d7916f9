"""Invented people of the demo's disputes: names of every script and length, numbers under a code no place has."""

from __future__ import annotations

import random
from binascii import crc32
from datetime import date, timedelta
from typing import Any

from casemgr.parties.invented import credit_number, resident_number

SURNAMES = "张王李刘赵陈杨高郭白贾韩武温折訾苗边乔奇"
GIVEN = (
    "永胜", "秀英", "建国", "改莲", "海军", "玉梅", "振华", "春燕", "占奎", "丽霞", "志刚", "美枝",
    "文祥", "翠林", "利民", "凤仙", "世明", "巧云", "瑞平", "俊英", "二小", "三女", "福", "强",
)  # fmt: skip
MONGOLIAN = ("朝鲁门", "萨仁高娃", "阿拉腾巴根", "其木格", "那仁满都拉", "乌云毕力格", "哈斯巴根", "苏日娜", "娜仁花")
DOTTED = ("奇·额尔登", "巴音·孟和")
RARE = ("刘䶮", "赵㛃", "王𬭚")
MONGOLIAN_SHARE, DOTTED_SHARE, RARE_SHARE = 0.045, 0.005, 0.003
"""Of all names (dossier §7.3): one in twenty Mongolian, some of these with the dot; a few of rare characters."""


def name_by(chance: random.Random) -> str:
    """A name by the shares of the banner."""
    lot = chance.random()
    if lot < DOTTED_SHARE:
        return chance.choice(DOTTED)
    if lot < DOTTED_SHARE + MONGOLIAN_SHARE:
        return chance.choice(MONGOLIAN)
    if lot < DOTTED_SHARE + MONGOLIAN_SHARE + RARE_SHARE:
        return chance.choice(RARE)
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


DAYS, STRIDE, UPPER_HALF = 19_000, 7_919, 250
"""Days of birth, a stride that meets each of them once, and the first sequence that reconsideration leaves free."""


def identity_of(serial: int, sex: str) -> str:
    """A resident number that no other serial has, nor anybody of reconsideration's demo."""
    born = date(1950, 1, 1) + timedelta(days=serial * STRIDE % DAYS)
    return resident_number(UPPER_HALF + serial // DAYS, born, sex)


def entry(name: str, role: str, serial: int, sex: str, address: str) -> dict[str, Any]:
    """A row of the registration form. `serial` tells people apart; a firm is the same by its name."""
    if is_firm(name):
        serial = crc32(name.encode())
    row: dict[str, Any] = {"name": name, "role": role, "is_another": "on", "address": address}
    row["phone"] = f"1380000{serial % 10_000:04d}"
    if is_firm(name):
        return row | {
            "kind": "organisation",
            "identity_number": credit_number(serial, "MB9"),
            "legal_representative": SURNAMES[serial % len(SURNAMES)] + GIVEN[serial % len(GIVEN)],
            "representative_post": "经理",
        }
    return row | {
        "kind": "person",
        "identity_number": identity_of(serial, sex),
        "ethnicity": "蒙古族" if name in (*MONGOLIAN, *DOTTED) else "汉族",
    }


def is_firm(name: str) -> bool:
    return name.endswith(("公司", "合作社", "饭店", "中心"))


__all__ = ["entry", "is_firm", "name_by"]
