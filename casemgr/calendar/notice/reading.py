"""Reads the wording of a holiday notice, as the notices of 2007 to 2026 have it. Pure Python.

An item names a holiday and says which days are off and which weekend days are worked in exchange:
「二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。」
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOLIDAY, WORKING = "holiday", "working_weekend"
"""The kinds of `CalendarDay` a notice can order."""
WEEKDAYS = "一二三四五六日"
NAMES = {
    "元旦": "元旦", "新年": "元旦", "春节": "春节", "清明节": "清明节", "清明": "清明节", "劳动节": "劳动节",
    "“五一”": "劳动节", "五一": "劳动节", "端午节": "端午节", "端午": "端午节", "中秋节": "中秋节", "中秋": "中秋节",
    "国庆节": "国庆节", "“十一”": "国庆节", "国庆": "国庆节",
}  # fmt: skip
NUMBERS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_HEADING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?)?\s*([^：:，。]{2,40})[：:]")
_TITLE_YEAR = re.compile(r"(\d{4})年(?:部分|春节|元旦|节假日|放假)")
_PAREN = r"(?:[（(][^）)]*[）)])?"
_DATE = re.compile(rf"(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日({_PAREN})")
_JOINT = re.compile(r"\s*(至|到|—+|－+|-+|–+|~|～|、|和|及|与)\s*")
_COUNT = re.compile(r"(?:共|放假)\s*(\d+|[一二三四五六七八九十])\s*天")
_EXPLAINS = re.compile(r"法定(?:节)?假日|公休|鼓励|其中|调至|倡导|照常休息")
_OFF = re.compile(r"放假|补休|调休|连休")
_ON = re.compile(r"上班|正常工作")
RANGE = frozenset("至到—－-–~～")
DAY = timedelta(days=1)
LONGEST = 31


@dataclass(frozen=True)
class Finding:
    """A contradiction (`is_error`) or a doubt, said with the words of the notice it concerns."""

    is_error: bool
    message: str | Promise
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.detail}".strip()


@dataclass(frozen=True, order=True)
class NoticeDay:
    """One day the notice orders: off, or a weekend day that is worked."""

    day: date
    kind: str
    name: str


@dataclass
class Reading:
    """What was understood."""

    days: list[NoticeDay] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Found:
    days: list[date]
    is_range: bool


def read(text: str, year: int) -> Reading:
    """The days a notice for `year` orders, and where its text contradicts itself. Never raises."""
    text = text.replace("\u3000", " ").replace("\r", "\n").split("节假日期间")[0]
    reading = Reading()
    title = _TITLE_YEAR.search(text)
    if title and int(title[1]) != year:
        reading.findings.append(
            Finding(True, _("The notice is for another year than the one chosen:"), f"{title[1]} ≠ {year}")
        )
    for name, body in _items(text):
        _read_item(name, body, year, reading)
    if not reading.days:
        reading.findings.append(Finding(True, _("No holiday could be read from this text. Enter the days by hand.")))
    reading.days = sorted(set(reading.days))
    return reading


def _items(text: str) -> Iterator[tuple[str, str]]:
    """Each holiday with its sentences; what stands before the first and after the last item orders nothing."""
    name, body = "", ""
    for line in re.split(r"\n+|(?=[（(]?[一二三四五六七八九十][)）]?、)|(?=[（(][一二三四五六七八九十][）)])", text):
        heading = _HEADING.match(line)
        title = _holiday(heading[1]) if heading else ""
        if heading and title:
            if name:
                yield name, body
            name, body = title, line[heading.end() :]
        elif name and line.strip() and not re.match(r"\s*(国务院办公厅|各地区|各单位)", line):
            body += line
        elif name:
            yield name, body
            name, body = "", ""
    if name:
        yield name, body


def _holiday(title: str) -> str:
    """The holiday's usual name; of 国庆节、中秋节 the first; one the regulation does not know stays as written."""
    title = title.strip(" 、")
    for part in re.split(r"[、和及]", title):
        for known, name in NAMES.items():
            if known in part:
                return name
    return title if title.endswith(("节", "纪念日")) else ""


def _read_item(name: str, body: str, year: int, reading: Reading) -> None:
    off: set[date] = set()
    said: int | None = None
    for sentence in re.split(r"[。；;]", body):
        if re.match(r"\s*(鼓励|倡导)", sentence):
            continue
        pending: list[date] = []
        for phrase in _phrases(sentence):
            found = _dates(phrase, name, year, reading)
            rest = _DATE.sub("", phrase)
            if count := _COUNT.search(phrase):
                said = said or NUMBERS.get(count[1]) or int(count[1])
            if _ON.search(rest):
                reading.days += [NoticeDay(day, WORKING, name) for day in found or pending]
                pending = []
            elif _EXPLAINS.search(rest) and not re.search(r"放假$|上班$", rest):
                pending = []
            elif _OFF.search(rest):
                off.update(found or pending)
                pending = []
            else:
                pending = found
    reading.days += [NoticeDay(day, HOLIDAY, name) for day in off]
    if not off:
        reading.findings.append(Finding(True, _("No day off could be read for:"), name))
    elif said is not None and said != len(off):
        detail = f"{name}：共{said}天，{min(off)}～{max(off)} = {len(off)}"
        reading.findings.append(Finding(True, _("The number of days does not match the days named:"), detail))


def _phrases(sentence: str) -> list[str]:
    """Split at commas, but not within brackets."""
    return re.split(r"[，,](?![^（(]*[）)])", sentence)


def _dates(phrase: str, name: str, year: int, reading: Reading) -> list[date]:
    """The days a phrase names, with ranges filled and the weekdays in brackets compared."""
    days: list[date] = []
    start: date | None = None
    last_end = 0
    near: tuple[int, int] | None = None
    for match in _DATE.finditer(phrase):
        day = _day(match, name, year, near, reading)
        if day is None:
            continue
        joint = _JOINT.fullmatch(phrase, last_end, match.start()) if start else None
        if joint and joint[1][0] in RANGE and start is not None:
            if day < start:
                day = _next_year(day)
            if (day - start).days > LONGEST:
                reading.findings.append(Finding(True, _("The span of days is too long:"), phrase.strip()))
                continue
            days += [start + DAY * step for step in range(1, (day - start).days + 1)]
        else:
            days.append(day)
        _compare_weekdays(match[4], days, day, match[0], reading)
        start, last_end, near = day, match.end(), (day.year, day.month)
    return days


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day


def _day(match: re.Match, name: str, year: int, near: tuple[int, int] | None, reading: Reading) -> date | None:
    month = int(match[2]) if match[2] else near[1] if near else None
    if month is None:
        return None
    if match[1]:
        on = int(match[1])
    elif not match[2] and near:
        on = near[0]
    else:
        on = year - 1 if name == "元旦" and month == 12 else year
    if on not in (year, year - 1) or (on == year - 1 and name != "元旦"):
        reading.findings.append(Finding(True, _("A day lies in another year than the notice:"), match[0]))
    try:
        return date(on, month, int(match[3]))
    except ValueError:
        reading.findings.append(Finding(True, _("This day does not exist:"), match[0]))
        return None


def _compare_weekdays(brackets: str, days: list[date], day: date, written: str, reading: Reading) -> None:
    signs = re.findall(r"(?:周|星期|礼拜)([一二三四五六日天])", brackets or "")
    compared = [day] if len(signs) == 1 else days[-len(signs) :] if signs else []
    for sign, on in zip(signs, compared, strict=False):
        wanted = WEEKDAYS[on.weekday()]
        if sign.replace("天", "日") != wanted:
            detail = f"{written}：{on.isoformat()} 是周{wanted}"
            reading.findings.append(Finding(True, _("The weekday in brackets does not match the day:"), detail))
