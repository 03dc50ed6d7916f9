"""Invented plaintiffs, creditors and leaders: names only, no number of anybody."""

from __future__ import annotations

import random
from typing import Any

SURNAMES = "张王李刘赵陈杨高郭白贾韩武温折訾苗边乔奇"
GIVEN = (
    "永胜", "秀英", "建国", "改莲", "海军", "玉梅", "振华", "春燕", "占奎", "丽霞", "志刚", "美枝",
    "文祥", "翠林", "利民", "凤仙", "世明", "巧云", "瑞平", "俊英", "二小", "三女", "福", "强",
)  # fmt: skip
MONGOLIAN = ("朝鲁门", "萨仁高娃", "阿拉腾巴根", "其木格", "乌云毕力格", "哈斯巴根", "娜仁花", "奇·额尔登")
FIRMS = (
    "鄂尔多斯市宏泰建筑有限公司", "内蒙古正达路桥工程有限公司", "达拉特旗顺通土方有限公司", "包头市远大钢结构有限公司",
    "达拉特旗绿源园林绿化有限公司", "鄂尔多斯市恒信监理有限公司", "内蒙古天骄勘测设计有限公司",
    "达拉特旗万家办公用品商行", "达拉特旗新视点广告部", "鄂尔多斯市安泰机电设备有限公司",
)  # fmt: skip


def name_by(chance: random.Random) -> str:
    """A name; one in fourteen Mongolian."""
    if chance.random() < 1 / 14:
        return chance.choice(MONGOLIAN)
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def is_firm(name: str) -> bool:
    return name.endswith(("公司", "商行", "部", "合作社", "饭店"))


def plaintiff(name: str) -> dict[str, Any]:
    """The row of the registration form."""
    return {
        "name": name,
        "role": "applicant",
        "is_another": "on",
        "kind": "organisation" if is_firm(name) else "person",
    }


__all__ = ["FIRMS", "is_firm", "name_by", "plaintiff"]
