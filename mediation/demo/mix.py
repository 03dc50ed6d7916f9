"""The mix of the banner's disputes (dossier §7.3): shares in percent, amounts, days and people, by chance."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

TYPES: Mapping[str, float] = {
    "02": 19, "0401": 11, "04": 7, "01": 13, "0701": 4, "0702": 4, "07": 4, "14": 10, "06": 9, "1001": 5, "1009": 2,
    "13": 4, "03": 2, "08": 1.5, "05": 1.5, "11": 1, "12": 0.7, "09": 0.3, "99": 1,
}  # fmt: skip
SOURCES: Mapping[str, float] = {
    "patrol": 15, "grid": 14, "mediator": 11, "campaign": 5, "oral": 22, "written": 20,
    "court_delegated": 4, "court_entrusted": 2, "police": 4, "petition": 1.5, "arbitration": 0.7, "other_organ": 0.8,
}  # fmt: skip
OWN_MOTION = ("patrol", "grid", "mediator", "campaign")
BY_COURT = ("court_delegated", "court_entrusted")
FORMS_WRITTEN = 0.57
"""Where the law leaves it open, so that 65 % are written together with those that must be."""
MONTHS = (1.15, 0.75, 1, 1.15, 1.1, 1, 0.95, 0.95, 1, 0.95, 1, 1)
NO_AMOUNT, MEDIAN_YUAN, SPREAD = 0.40, 8000, 1.8
"""Forty percent without a sum; the others about a median of 8,000 yuan, with a mean near 40,000."""
DAYS = (((0, 0), 25), ((1, 7), 35), ((8, 30), 40))
PEOPLE = (((2, 2), 86), ((3, 5), 11), ((6, 9), 2), ((10, 40), 1))
SUMMARIES: Mapping[str, str] = {
    "01": "家庭成员之间因赡养、抚养或家务发生争执。",
    "02": "邻里之间因通行、排水或噪声发生争执。",
    "03": "宅基地界址或房屋使用发生争执。",
    "04": "合同款项到期未付，双方协商未成。",
    "05": "合伙经营账目和设备分配发生争执。",
    "06": "人身或财产受损，赔偿数额未谈拢。",
    "07": "承包地、草牧场的界线或流转费发生争执。",
    "08": "征收补偿款在家庭成员之间分配发生争执。",
    "09": "养殖粪污影响周边住户。",
    "10": "工资未按时结清。",
    "11": "商品或服务与约定不符。",
    "12": "患者对诊疗结果有异议。",
    "13": "交通事故损害赔偿数额未谈拢。",
    "14": "物业费缴纳与服务质量发生争执。",
    "99": "双方因琐事发生争执。",
}


def amount_by(chance: random.Random) -> str:
    """The sum in dispute, empty for none."""
    if chance.random() < NO_AMOUNT:
        return ""
    yuan = math.exp(chance.gauss(math.log(MEDIAN_YUAN), SPREAD))
    return f"{max(100, min(round(yuan, -2), 3_000_000)):.2f}"


def days_by(chance: random.Random, *, limit: int) -> int:
    """From acceptance to the outcome; at most `limit`."""
    (least, most), _share = chance.choices(DAYS, [share for _span, share in DAYS])[0]
    return min(chance.randint(least, most), limit)


def people_by(chance: random.Random) -> int:
    (least, most), _share = chance.choices(PEOPLE, [share for _span, share in PEOPLE])[0]
    return chance.randint(least, most)
