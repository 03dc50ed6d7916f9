"""Codes of flaws that procedures read their own grounds as, with the names an installation begins with."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    FACTS = "facts"
    BASIS = "basis"
    PROCEDURE = "procedure"
    POWER = "power"
    UNREASONABLE = "unreasonable"
    INACTION = "inaction"
    NO_EVIDENCE = "no-evidence"
    VOID = "void"
    AGREEMENT = "agreement"
    COMPENSATION = "compensation"
    OTHER = "other"


UNRECORDED = ""
"""Of a finding whose record names no flaw."""
SEED: tuple[tuple[Code, str], ...] = (
    (Code.FACTS, "事实不清、证据不足"),
    (Code.BASIS, "适用依据错误"),
    (Code.PROCEDURE, "违反法定程序"),
    (Code.POWER, "超越或者滥用职权"),
    (Code.UNREASONABLE, "明显不当"),
    (Code.INACTION, "不履行法定职责"),
    (Code.NO_EVIDENCE, "未依法答复或者举证"),
    (Code.VOID, "重大且明显违法"),
    (Code.AGREEMENT, "行政协议违法或者违约"),
    (Code.COMPENSATION, "赔偿、补偿不当"),
    (Code.OTHER, "其他"),
)
"""Exceeding and abusing power are one flaw here: article 64(1)(4) of the Reconsideration Law names them in one item."""

__all__ = ["SEED", "UNRECORDED", "Code"]
