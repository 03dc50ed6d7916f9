"""The Personal Information Protection Law (2021), art. 44–50, as far as requests go."""

from __future__ import annotations

from collections.abc import Mapping

from casemgr.pages.articles import named
from casemgr.parties.models.requests import DataRequest

Kind, Ground = DataRequest.Kind, DataRequest.Ground
LAW = "《个人信息保护法》"
GUARDIAN_BELOW = 14
"""Art. 31(1): below this age the guardian decides about the child's data, so the guardian asks."""

BASIS: Mapping[str, str] = {
    Kind.SEE: "45",
    Kind.COPY: "45",
    Kind.CORRECT: "46",
    Kind.DELETE: "47",
    Kind.EXPLAIN: "48",
}
REFUSAL_ARTICLES: Mapping[str, str] = {
    Ground.NOT_IDENTIFIED: "50",
    Ground.NOT_HELD: "44",
    Ground.SECRECY: "45(1)、18(1)",
    Ground.DUTY: "45(1)、35",
    Ground.IS_CORRECT: "46(2)",
    Ground.NO_GROUND: "47(1)",
    Ground.RETENTION: "47(2)",
}
REFUSALS: Mapping[str, tuple[str, ...]] = {
    Kind.SEE: (Ground.NOT_IDENTIFIED, Ground.NOT_HELD, Ground.SECRECY, Ground.DUTY),
    Kind.COPY: (Ground.NOT_IDENTIFIED, Ground.NOT_HELD, Ground.SECRECY, Ground.DUTY),
    Kind.CORRECT: (Ground.NOT_IDENTIFIED, Ground.NOT_HELD, Ground.IS_CORRECT),
    Kind.DELETE: (Ground.NOT_IDENTIFIED, Ground.NOT_HELD, Ground.NO_GROUND, Ground.RETENTION),
    Kind.EXPLAIN: (Ground.NOT_IDENTIFIED,),
}
SUIT = "50(2)"
"""A refused person may sue in court; every refusal says so."""


def cited(articles: str) -> str:
    """ "45(1)、35" → 《个人信息保护法》第45条第1款、第35条"""
    return LAW + "、".join(_one(article) for article in articles.split("、"))


def _one(article: str) -> str:
    number, _sep, paragraph = article.removesuffix(")").partition("(")
    return named([(number, paragraph, "")])
