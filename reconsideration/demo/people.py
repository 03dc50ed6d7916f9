"""Invented people and firms: numbers with valid checksums under an address code that no place has."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.parties.invented import credit_number, resident_number

SURNAMES = "张王李刘赵陈杨高郭白贾韩武温折訾苗边乔奇"
GIVEN = (
    "永胜", "秀英", "建国", "改莲", "海军", "玉梅", "振华", "春燕", "占奎", "丽霞",
    "志刚", "美枝", "文祥", "翠林", "利民", "凤仙", "世明", "巧云", "瑞平", "俊英",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody in a case. `firm` makes it an organisation, with `head` as its legal representative."""

    name: str
    address: str
    village: str = ""
    sex: str = "M"
    ethnicity: str = "汉族"
    mongolian_name: str = ""
    role: str = "applicant"
    firm: bool = False
    head: str = ""
    electronic: bool = False

    def row(self, serial: int, born: date) -> dict[str, str]:
        """The row of the registration form; `serial` tells everybody apart."""
        row = {
            "role": self.role,
            "kind": "organisation" if self.firm else "person",
            "name": self.name,
            "address": self.address,
            "phone": f"1380000{serial % 10_000:04d}",
            "is_another": "on",
        }
        if self.electronic:
            row |= {"consents_to_electronic_service": "on", "electronic_address": "内蒙古自治区行政复议服务平台"}
        if self.firm:
            return row | {
                "identity_number": credit_number(serial),
                "legal_representative": self.head,
                "representative_post": "经理",
            }
        return row | {
            "identity_number": resident_number(serial, born, self.sex),
            "village": self.village,
            "ethnicity": self.ethnicity,
            "mongolian_name": self.mongolian_name,
        }


def birthday(chance: random.Random) -> date:
    return date(1955, 1, 1) + timedelta(days=chance.randrange(15_000))


def invented_name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


__all__ = ["GIVEN", "SURNAMES", "Person", "birthday", "credit_number", "invented_name", "resident_number"]
