"""Sums of money as papers write them: in figures, and in the capitals that nobody alters (大写)."""

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def figures(amount: Decimal) -> str:
    """12,300元, with fen 12,300.50元."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}元" if whole else f"{amount:,.2f}元"


def capitals(amount: Decimal) -> str:
    """壹万贰仟叁佰元整, by the rules for bills (支付结算办法, annex 1).

    :raises ValueError: below 0, parts of a fen, or a trillion yuan and more.
    """
    fen = amount * 100
    if amount < 0 or fen != fen.to_integral_value() or amount >= Decimal(10) ** 12:
        raise ValueError(f"no sum of money that papers write: {amount}")
    yuan, rest = divmod(int(fen), 100)
    jiao, fen = divmod(rest, 10)
    said = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{said}整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif said:
        said += "零"
    return said + (f"{_DIGITS[fen]}分" if fen else "整")


def in_both(amount: Decimal) -> str:
    """人民币12,300元（大写：壹万贰仟叁佰元整）"""
    return f"人民币{figures(amount)}（大写：{capitals(amount)}）"


def _whole(number: int) -> str:
    """A whole number in capitals: one 零 for each gap, in four digits or between them."""
    if not number:
        return _DIGITS[0]
    said, gap = "", False
    for group in range(len(_GROUPS) - 1, -1, -1):
        four = number // 10_000**group % 10_000
        if not four:
            gap = gap or bool(said)
            continue
        if said and (gap or four < 1000):
            said += _DIGITS[0]
        said += _four(four) + _GROUPS[group]
        gap = False
    return said


def _four(number: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += (_DIGITS[0] if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return said
