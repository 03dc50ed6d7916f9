"""The other ways of which the parties are told when mediation does not help (art. 26), with the periods to mind."""

from __future__ import annotations

from collections.abc import Iterable

from mediation.conditions import LAND_ARBITRATION
from mediation.course.advice import advice_for
from mediation.documents.casefile import CaseFile
from mediation.terms import DisputeType, Route


def sentences(file: CaseFile, codes: Iterable[str]) -> tuple[str, ...]:
    """Numbered, in the order of `Route`."""
    wanted = set(codes)
    said = [_SAID[route](file) for route in Route if route.value in wanted]
    return tuple(f"{number}. {text}{'。' if number == len(said) else '；'}" for number, text in enumerate(said, 1))


def usual(file: CaseFile) -> list[str]:
    """What is proposed while nobody has chosen: what must be told; for an ordinary dispute also the government."""
    must = [advice.route.value for advice in advice_for(file.case)]
    return [*must, Route.BASE_GOVERNMENT.value] if must == [Route.COURT.value] else must


LABOUR = "《中华人民共和国劳动争议调解仲裁法》第二十七条"
LAND = "《中华人民共和国农村土地承包经营纠纷调解仲裁法》第十八条"


def _arbitration(file: CaseFile) -> str:
    from_when = "从知道或者应当知道权利被侵害之日起计算"
    if file.facts.dispute_type == DisputeType.LABOUR:
        return f"向劳动人事争议仲裁委员会申请仲裁，申请仲裁的时效期间为一年，{from_when}（{LABOUR}）"
    if file.facts.sub_type in LAND_ARBITRATION:
        return f"向农村土地承包仲裁委员会申请仲裁，申请仲裁的时效期间为二年，{from_when}（{LAND}）"
    return "有仲裁协议的，向仲裁委员会申请仲裁"


_COURT = (
    "向有管辖权的人民法院提起诉讼，向人民法院请求保护民事权利的诉讼时效期间一般为三年"
    "（《中华人民共和国民法典》第一百八十八条）"
)
_RECONSIDERATION = (
    "对行政行为不服的，依法申请行政复议或者提起行政诉讼；申请行政复议，一般自知道或者应当知道该行政行为之日起"
    "六十日内提出（《中华人民共和国行政复议法》第二十条）"
)
_PAYMENT_ORDER = "请求给付金钱、有价证券的，依法向人民法院申请支付令（《中华人民共和国民事诉讼法》第二百二十五条）"
_SAID = {
    Route.ARBITRATION: _arbitration,
    Route.ADMINISTRATIVE: lambda file: "请求有权处理的行政机关依法处理",
    Route.COURT: lambda file: _COURT,
    Route.RECONSIDERATION: lambda file: _RECONSIDERATION,
    Route.POLICE: lambda file: "向公安机关报案",
    Route.BASE_GOVERNMENT: lambda file: "请求基层人民政府处理（《人民调解委员会组织条例》第九条）",
    Route.PAYMENT_ORDER: lambda file: _PAYMENT_ORDER,
    Route.OTHER_COMMITTEE: lambda file: "向其他有关的人民调解委员会申请调解",
}
