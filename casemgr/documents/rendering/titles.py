"""Breaking a long title into balanced lines without cutting a word (GB/T 9704-2012, 7.3.1: 词意完整，排列对称)."""

from functools import lru_cache

from casemgr.documents.rendering.lines import CLOSING, OPENING

# Words a title's line must not cut; places where it likes to end or to begin.
WORDS = (
    "人民政府",
    "自治区",
    "达拉特旗",
    "鄂尔多斯市",
    "内蒙古",
    "行政复议",
    "行政应诉",
    "行政处罚",
    "行政机关",
    "复议申请",
    "复议请求",
    "规范性文件",
    "申请材料",
    "负责人",
    "委员会",
    "办公室",
    "司法局",
    "公安局",
    "决定书",
    "通知书",
    "告知书",
    "意见书",
    "建议书",
    "调解书",
    "答复书",
    "转送函",
    "不予受理",
    "受理",
    "补正",
    "停止执行",
    "恢复审理",
    "延期",
    "中止",
    "终止",
    "驳回",
    "责令",
    "履行",
    "听证",
    "第三人",
    "受送达人",
    "代收人",
    "见证人",
    "委托代理人",
    "法定代表人",
    "签名",
    "盖章",
    "或者",
    "材料",
    "事项",
    "名称",
    "文号",
    "日期",
    "理由",
    "回证",
    "回执",
    "笔录",
    "关于",
    "通知",
    "决定",
    "规定",
    "办法",
    "意见",
    "报告",
    "请示",
)
_GOOD_ENDS = ("人民政府", "委员会", "办公室", "局", "厅", "部", "院", "的", "、")
_GOOD_STARTS = ("关于", "行政复议", "申请", "通知", "决定", "签名", "或者")
_BAD_STARTS = "的和与及或等之"


@lru_cache(maxsize=256)
def title_lines(title: str, most: int) -> tuple[str, ...]:
    """The title in as few lines of at most `most` characters as it needs. Line breaks the author made are kept."""
    lines: list[str] = []
    for part in title.split("\n"):
        lines.extend(_balanced(part.strip(), most))
    return tuple(lines)


def _balanced(text: str, most: int) -> list[str]:
    count = -(-len(text) // most)
    if count <= 1:
        return [text]
    ideal = len(text) / count
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for line in range(1, count + 2):
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - most), end):
                if (line - 1, start) not in best:
                    continue
                cost, cuts = best[line - 1, start]
                cost += (end - start - ideal) ** 2 + (_cost(text, end) if end < len(text) else 0.0)
                if (line, end) not in best or cost < best[line, end][0]:
                    best[line, end] = (cost, [*cuts, end])
    ways = [best[line, len(text)] for line in (count, count + 1) if (line, len(text)) in best]
    _, cuts = min(ways)
    return [text[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]


def _cost(text: str, at: int) -> float:
    before, after = text[:at], text[at:]
    if after[0] in CLOSING or before[-1] in OPENING or _inside_word(text, at):
        return 1000.0
    cost = 40.0 if after[0] in _BAD_STARTS else 0.0
    if before.endswith(_GOOD_ENDS):
        cost -= 12.0
    if after.startswith(_GOOD_STARTS):
        cost -= 8.0
    return cost


def _inside_word(text: str, at: int) -> bool:
    if text[at - 1].isascii() and text[at].isascii() and text[at - 1].isalnum() and text[at].isalnum():
        return True
    for word in WORDS:
        start = text.find(word, max(0, at - len(word) + 1))
        if 0 <= start < at < start + len(word):
            return True
    return False
