"""The course of a hearing, step by step, as its screen leads through it and its record tells it (dossier §7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Participation
from reconsideration.models import Hearing, HearingParty


@dataclass(frozen=True)
class Step:
    """`kind`: a text, the attendance, the items of evidence, or the signatures. `heading`: in the printed record.

    `proposal` is what is usually said, from the case; the recorder changes it to what was said.
    """

    code: str
    label: str | Promise
    heading: str
    kind: str = "text"
    help: str | Promise = ""
    proposal: Callable[[Hearing], str] = lambda hearing: ""
    only_with_third_party: bool = False
    is_optional: bool = False


RIGHTS = (
    "主持人核对到场人员身份，宣布听证纪律。告知：本次听证由下列人员组成；当事人有权申请回避，有权陈述意见、举证、质证和申辩，"
    "应当遵守听证秩序、如实陈述。询问各方是否听清、是否申请回避。各方答："
)
MEDIATION = "主持人询问双方是否愿意在合法、自愿的前提下进行调解。"
CHECKED = "听证笔录经各方核对无误后签名或者盖章。"


def _case(hearing: Hearing) -> str:
    case = hearing.case
    act = case.act
    number = f"（{act.number}）" if act is not None and act.number else ""
    title = act.title if act is not None and act.title else case.title
    return f"主持人介绍案由：{case.title}（{case.number}），涉及的行政行为为{title}{number}。{hearing.matters}"


def _claim(hearing: Hearing) -> str:
    facts = hearing.case.reconsideration_facts
    return "\n".join(filter(None, (f"申请人请求：{facts.requests}", f"事实和理由：{facts.reasons}")))


STEPS: tuple[Step, ...] = (
    Step("attendance", gettext_lazy("Who is there"), "到场情况", "attendance"),
    Step(
        "rights", gettext_lazy("Identity checked, rights told"), "核对身份、告知权利义务",
        proposal=lambda hearing: RIGHTS,
    ),
    Step("case", gettext_lazy("The presiding officer states the case"), "主持人介绍案情", proposal=_case),
    Step("claim", gettext_lazy("The applicant's claim"), "申请人陈述", proposal=_claim),
    Step("reply", gettext_lazy("The respondent's reply"), "被申请人答辩"),
    Step("third_party", gettext_lazy("The third party's statement"), "第三人陈述", only_with_third_party=True),
    Step(
        "evidence", gettext_lazy("Evidence shown and questioned, item by item"), "举证、质证", "evidence",
        gettext_lazy(
            "What the respondent gathered by itself during the reconsideration proves nothing for its act (article 46)."
        ),
    ),
    Step("questions", gettext_lazy("Questions of the panel, debate"), "询问和辩论"),
    Step("last_words", gettext_lazy("Last words"), "最后陈述"),
    Step(
        "mediation", gettext_lazy("Asked whether they would mediate"), "征询调解意愿",
        proposal=lambda hearing: MEDIATION,
    ),
    Step("remarks", gettext_lazy("Anything else"), "其他事项", is_optional=True),
    Step("signatures", pgettext_lazy("hearing", "Record checked and signed"), "核对、签名", "signatures"),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}
TEXT_STEPS = tuple(step for step in STEPS if step.kind == "text")


def steps_of(parties: Sequence[HearingParty]) -> list[Step]:
    """Those of this hearing: nobody is asked where there is no third party."""
    has_third = any(row.participation.role == Participation.Role.THIRD_PARTY for row in parties)
    return [step for step in STEPS if has_third or not step.only_with_third_party]


def is_written(hearing: Hearing, step: Step) -> bool:
    return bool(hearing.record.get(step.code))


def open_steps(hearing: Hearing, parties: Sequence[HearingParty]) -> list[Step]:
    """What the record does not say yet; attendance and signatures are asked for by themselves."""
    return [
        step
        for step in steps_of(parties)
        if step.kind in ("text", "evidence") and not step.is_optional and not is_written(hearing, step)
    ]


def items_of(hearing: Hearing) -> list[dict[str, Any]]:
    """The items of evidence in the order in which they were shown."""
    return list(hearing.record.get("evidence", ()))
