"""The names of the national holidays in the reader's language; names typed by the office stay as they are."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOLIDAYS: dict[str, str | Promise] = {
    "元旦": _("New Year's Day"),
    "春节": _("Spring Festival"),
    "清明节": _("Tomb-sweeping Day"),
    "劳动节": _("Labour Day"),
    "端午节": _("Dragon Boat Festival"),
    "国庆节": _("National Day"),
    "中秋节": _("Mid-autumn Festival"),
    "抗战胜利七十周年纪念日": _("70th anniversary of victory in the war of resistance"),
}


def holiday_name(name: str) -> str:
    return str(HOLIDAYS.get(name, name))
