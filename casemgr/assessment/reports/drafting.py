"""What a report says before anybody edits it: read from the figures and the root causes, for the whole banner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.actions.system import system_actor
from casemgr.assessment.causes.matrix import Matrix, by_agency, by_article
from casemgr.assessment.causes.reading import findings, letter_lines, letters
from casemgr.assessment.models import Flaw
from casemgr.assessment.models.report import ReportKind
from casemgr.cases.procedure import Procedure, procedures
from casemgr.documents.rendering import Cell, Section, Table
from casemgr.documents.rendering.definition import Pictures
from casemgr.indicators.definition import Dimension, Kind, indicators
from casemgr.indicators.figures import Figure, table
from casemgr.indicators.ground import LOAD
from casemgr.indicators.overview import overview
from casemgr.indicators.period import year_of
from casemgr.pages.charts import Chart, Series
from casemgr.pages.charts import Kind as Shape

SMALL = 3
"""Counts below it are not published (docs/decisions/0046)."""
HIDDEN = "*"
NUMERALS = "一二三四五六七八九"
PLACEHOLDER = re.compile("（请在此填写[^）]*）")
"""Words of a draft that somebody has to replace, or take out, before the report is issued."""


@dataclass(frozen=True)
class Asked:
    kind: str
    year: int
    quarter: int
    as_of: date

    @property
    def is_public(self) -> bool:
        return self.kind == ReportKind.PUBLIC

    @property
    def days(self) -> tuple[date, date]:
        if not self.quarter:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        first = date(self.year, self.quarter * 3 - 2, 1)
        after = date(self.year + 1, 1, 1) if self.quarter == 4 else date(self.year, self.quarter * 3 + 1, 1)
        return first, after - timedelta(days=1)

    @property
    def title(self) -> str:
        if self.kind == ReportKind.QUARTERLY:
            return f"{self.year}年第{NUMERALS[self.quarter - 1]}季度行政复议纠错和行政诉讼败诉原因分析报告"
        return f"{self.year}年度行政争议预防化解工作报告"


def drafted(asked: Asked, today: date) -> list[Section]:
    return list(_analysis(asked, today) if asked.kind == ReportKind.QUARTERLY else _chapters(asked, today))


def _chapters(asked: Asked, today: date) -> Iterator[Section]:
    """A chapter for each procedure; what is to be said in words is left to people."""
    period = year_of(asked.year, asked.as_of)
    before = year_of(asked.year - 1, min(date(asked.year - 1, 12, 31), asked.as_of))
    load = table(LOAD, period, system_actor, today, Dimension.PROCEDURE)
    came = {line.key: line.figure for line in load.lines}
    rates = [one for one in indicators().values() if one.kind == Kind.RATE and len(one.procedures) == 1]
    now, then = (overview(rates, span, system_actor, today) for span in (period, before))
    for number, procedure in enumerate(procedures()):
        pairs = [
            (one.total, earlier.total)
            for one, earlier in zip(now, then, strict=True)
            if one.indicator.procedures == (procedure.code,)
        ]
        text = _opening(asked, procedure, came.get(procedure.code))
        blocks = (_table(pairs, asked), Pictures.of(_picture(procedure, pairs, asked))) if pairs else ()
        yield Section(text, blocks, f"{NUMERALS[number]}、{procedure.name}", procedure.code)
    closing = f"{NUMERALS[len(list(procedures()))]}、存在的问题和下一步措施"
    yield Section("（请在此填写存在的问题和下一步措施。）", (), closing, "closing")


def _opening(asked: Asked, procedure: Procedure, figure: Figure | None) -> str:
    opened, closed = (figure.opened, figure.closed) if figure is not None else (0, 0)
    counts = [_count(number, asked) for number in (opened, closed)]
    said = f"{asked.year}年，{procedure.name}新收案件{counts[0]}件，办结{counts[1]}件"
    return f"{said}（含未受理和移送的案件，按收案日、结案日统计，误录案件不计）。主要指标如下："


def _count(number: int, asked: Asked) -> str:
    return HIDDEN if asked.is_public and 0 < number < SMALL else str(number)


def _is_small(figure: Figure) -> bool:
    return any(0 < number < SMALL for number in (figure.numerator, figure.denominator, figure.missed))


def _rate(figure: Figure, asked: Asked) -> str:
    if figure.rate is None:
        return "—"
    return HIDDEN if asked.is_public and _is_small(figure) else f"{figure.rate:f}"


def _table(pairs: list[tuple[Figure, Figure]], asked: Asked) -> Table:
    """A small count hides its whole line: what is left would tell it."""
    head = tuple(Cell(text, label=True) for text in ("指标", "件数", "总数", "比率（%）", "目标值（%）", "上年（%）"))
    rows = []
    for now, before in pairs:
        hidden = asked.is_public and _is_small(now)
        counts = (HIDDEN, HIDDEN) if hidden else (str(now.numerator), str(now.denominator))
        target = "—" if now.target is None else f"{now.target:f}"
        texts = (str(now.indicator.name), *counts, _rate(now, asked), target, _rate(before, asked))
        rows.append(tuple(Cell(text) for text in texts))
    return Table((head, *rows), widths=(4, 1.3, 1.3, 1.7, 1.9, 1.7), header_rows=1)


def _picture(procedure: Procedure, pairs: list[tuple[Figure, Figure]], asked: Asked) -> Chart:
    def shown(figure: Figure):
        return None if asked.is_public and _is_small(figure) else figure.rate

    return Chart(
        code=f"rates-{procedure.code}",
        title=f"{procedure.name}主要指标（%）",
        kind=Shape.BARS,
        head="指标",
        labels=tuple(str(now.indicator.name) for now, _before in pairs),
        series=(
            Series.of(f"{asked.year}年", [shown(now) for now, _before in pairs]),
            Series.of(f"{asked.year - 1}年", [shown(before) for _now, before in pairs]),
        ),
    )


def _analysis(asked: Asked, today: date) -> Iterator[Section]:
    found = findings(system_actor, today, *asked.days)
    sent = letter_lines(letters(system_actor, today, *asked.days), system_actor, today)
    names = dict(Flaw.objects.values_list("code", "name"))
    agencies, articles = by_agency(found, names), by_article(found, names)
    text = (
        f"本季度行政复议纠错（含认定行政协议责任、决定赔偿）和行政诉讼败诉案件共{agencies.foot.total}件，"
        f"涉及{len(agencies.lines)}个行政机关。"
    )
    blocks = (_matrix(agencies, "行政机关"), Pictures.of(_by_agency(agencies))) if found else ()
    yield Section(text, blocks, "一、总体情况", "overview")
    yield Section(
        "按决定、裁判所依据的条款统计如下：", (_matrix(articles, "条款"),) if found else (), "二、条款分布", "articles"
    )
    answered, back = sum(one.letter.answered_on is not None for one in sent), sum(bool(one.back) for one in sent)
    said = f"本季度发出、收到意见书和建议书{len(sent)}份，已回复{answered}份，回复后同类问题复发{back}份。"
    rows = tuple(
        tuple(Cell(text) for text in (one.letter.number, one.letter.agency.name, _day(one.letter.answered_on),
                                      "、".join(each.number for each in one.back) or "—"))
        for one in sent
    )  # fmt: skip
    head = tuple(Cell(text, label=True) for text in ("文书", "接收单位", "回复日期", "同类问题复发案件"))
    listed = (Table((head, *rows), widths=(3, 3, 2, 3), header_rows=1),) if rows else ()
    yield Section(said, listed, "三、意见书和建议书", "letters")
    yield Section("（请在此填写原因分析和改进建议。）", (), "四、原因分析和改进建议", "closing")


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else "—"


def _matrix(matrix: Matrix, head: str) -> Table:
    titles = tuple(Cell(text, label=True) for text in (head, *(name or "未记录" for _c, name in matrix.flaws), "合计"))
    lines = (*matrix.lines, matrix.foot)
    rows = tuple(
        (Cell("合计" if line is matrix.foot else line.label or "未记录"),
         *(Cell(str(number)) for number in (*line.cells, line.total)))
        for line in lines
    )  # fmt: skip
    return Table((titles, *rows), widths=(3.0,) + (1.2,) * (len(titles) - 1), header_rows=1)


def _by_agency(matrix: Matrix) -> Chart:
    return Chart(
        code="agencies",
        title="各行政机关被纠错和败诉案件（件）",
        kind=Shape.BARS,
        head="行政机关",
        labels=tuple(line.label for line in matrix.lines),
        series=(Series.of("件数", [line.total for line in matrix.lines]),),
    )


__all__ = ["PLACEHOLDER", "Asked", "drafted"]
