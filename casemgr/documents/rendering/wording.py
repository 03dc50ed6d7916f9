"""Words the layout itself adds. Documents are in Chinese whatever the language of the pages."""

from datetime import date

from casemgr.pages.practice import MARK

LANGUAGE = "zh-CN"
ATTACHMENT = "附件："
COPIES_TO = "抄送："
PRINTED = "印发"
DRAFT = "草稿"
PRACTICE = MARK
SEAL = "印"
CODE = ("扫码登录系统查看本案", "仅供办案人员使用")  # beside the QR code, a line each
BLANK_DATE = "　　年　　月　　日"
MISSING = "〓"  # the printer's mark for a character that has no type


def chinese_date(on: date | None) -> str:
    """2026年11月5日, without leading zeros; room for the day when there is none."""
    return f"{on.year}年{on.month}月{on.day}日" if on else BLANK_DATE
