"""Levels, line breaks and titles."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casemgr.documents.fonts import stack
from casemgr.documents.rendering.levels import read
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.titles import title_lines

NOT_FIRST = "，。、；：？！）〕》”’」』】"
NOT_LAST = "（〔《“‘「『【"
MEASURE = Measure(442.2, 16, 442.2 / 28, 2 * 442.2 / 28)


def lines(text: str, measure: Measure = MEASURE) -> list[str]:
    return [line.text for line in break_lines([(text, stack("body"))], measure)]


def printed_end(line) -> float:
    """Where the last character of a line ends."""
    letters = sum(character.isascii() for character in line.text[:-1])
    others = len(line.text) - 1 - letters
    tracking = min(line.tracking, line.spacing)
    return line.start + stack("body").width(line.text) * 16 + others * line.spacing + letters * tracking


@pytest.mark.parametrize(
    ("text", "level", "heading"),
    [
        ("一、认定事实不清", 1, "一、认定事实不清"),
        ("十二、其他事项", 1, "十二、其他事项"),
        ("一、撤销被申请人作出的《处理决定》；", 1, ""),
        ("二、责令被申请人自收到本决定书之日起60日内重新作出处理。", 1, ""),
        ("（一）没有勘测。《处理决定》所附示意图不准。", 2, "（一）没有勘测。"),
        ("(二)程序违法", 2, "(二)程序违法"),
        ("1. 草牧场承包合同；", 3, ""),
        ("3．证据目录", 3, "3．证据目录"),
        ("1.5万元的罚款", 0, ""),
        ("2026.11.5收到申请。", 0, ""),
        ("（1）嘎查委员会的证明；", 4, ""),
        ("（以下简称《处理决定》）", 0, ""),
        ("一审判决已经生效。", 0, ""),
        ("申请人称：", 0, ""),
    ],
)
def test_levels_are_recognised(text, level, heading):
    paragraph = read(text)
    assert (paragraph.level, paragraph.heading) == (level, heading)
    assert paragraph.heading + paragraph.rest == text


CHINESE = "申请人不服被复议机关达拉特旗作出的决定"
TEXT = st.lists(
    st.one_of(
        st.sampled_from(list(CHINESE)),
        st.sampled_from(
            ["，", "。", "》", "）", "、", "“", "（", "《", "2026年", "11月25日", "326.5", "ABC", "〔2026〕12号", "——"]
        ),
    ),
    min_size=1,
    max_size=160,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(TEXT)
@example("申" * 12 + "2026年11月25日————申2026年")
def test_no_text_is_lost_and_no_line_is_too_long(text):
    broken = break_lines([(text, stack("body"))], MEASURE)
    assert "".join(line.text for line in broken) == text
    for line in broken:
        assert printed_end(line) <= MEASURE.width + 16 * 0.5 + 1


def test_no_mark_begins_a_line_and_no_bracket_ends_one():
    text = "申请人，（即乌云）：《决定》“已经”送达；被申请人。" * 30
    for shift in range(28):
        for line in lines("国" * shift + text):
            assert line[0] not in NOT_FIRST
            assert line[-1] not in NOT_LAST


def test_dates_and_numbers_stay_whole():
    for shift in range(40):
        joined = "\n".join(lines("国" * shift + "于2026年11月25日缴纳4,826.50元，达政复决字〔2026〕12号" + "国" * 30))
        for whole in ("2026年", "11月", "25日", "4,826.50", "〔2026〕", "12号"):
            assert whole in joined


def test_a_long_address_is_broken_after_a_stroke():
    url = "https://www.example.gov.cn/documents/2026/normative-documents/a-very-long-name-of-a-page.html"
    broken = lines("参见" + url + "。")
    assert "".join(broken) == f"参见{url}。"
    assert all(line[-1] in "/.-。" for line in broken)


def test_full_lines_reach_the_right_edge():
    text = "被申请人于2026年3月2日受理申请，直至2026年7月16日才作出决定，超过了规定的期限。" * 3
    for line in break_lines([(text, stack("body"))], MEASURE)[:-1]:
        assert printed_end(line) == pytest.approx(MEASURE.width, abs=9)


def test_a_short_title_is_one_line():
    assert title_lines("行政复议决定书", 18) == ("行政复议决定书",)


@pytest.mark.parametrize(
    "title",
    [
        "关于转送《达拉特旗草原生态保护补助奖励资金发放办法》附带审查申请的函",
        "达拉特旗人民政府行政复议办公室关于责令达拉特旗自然资源局履行行政复议决定的通知书",
        "鄂尔多斯市达拉特旗人民政府驳回行政复议申请决定书",
    ],
)
def test_a_long_title_is_balanced_and_cuts_no_word(title):
    broken = title_lines(title, 18)
    assert "".join(broken) == title
    assert all(len(line) <= 18 for line in broken)
    assert max(map(len, broken)) - min(map(len, broken)) <= 8
    for word in ("人民政府", "行政复议", "达拉特旗", "办公室", "通知书", "决定书", "申请", "附带审查"):
        assert title.count(word) == sum(line.count(word) for line in broken)


def test_breaks_made_by_the_author_are_kept():
    assert title_lines("达拉特旗人民政府\n行政复议决定书", 18) == ("达拉特旗人民政府", "行政复议决定书")
