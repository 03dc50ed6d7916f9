"""The cases: who applies, over what, and how far the office has come with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reconsideration.demo.people import Person


@dataclass(frozen=True)
class Story:
    """One case. `received` is the receipt, in working days before today; or `accepted` in calendar days before it.

    `until` is the last step done (see `walk`); the gaps are working days.
    """

    matter: str
    people: tuple[Person, ...]
    until: str
    received: int = 0
    accepted: int = 0
    handler: str = "officer"
    method: str = "in_person"
    known_after: int = 2
    filed_after: int = 25
    accept_gap: int = 3
    copy_gap: int = 2
    reply_gap: int = 7
    opinion_gap: int = 3
    draft_gap: int = 4
    simplified: str = ""
    deemed: bool = False
    correction: str = ""
    refusal: tuple[str, str, str] = ("", "", "")
    """Condition of art. 30(1), reasons, competent authority."""
    no_reply: bool = False
    performs: bool = False
    repeats: int | None = None
    """Number of the story whose applicant comes again over the same act."""
    by_post: bool = False
    brings: bool = False
    """Whether the case keeps scans of what was brought."""
    slip: tuple[str, str] = ("", "")
    """What the decision's evidence says by a slip of the pen, and what it should say: corrected by a notice."""
    words: bool = False
    """Whether the office words a passage of its own while the case is handled."""


def _one(name: str, address: str, village: str = "", **more) -> tuple[Person, ...]:
    return (Person(name, address, village, **more),)


STORIES: tuple[Story, ...] = (
    Story(
        "grassland",
        _one("郭占山", "达拉特旗恩格贝镇黄母花村", "黄母花村"),
        "archived",
        received=130,
        draft_gap=12,
        brings=True,
        words=True,
    ),
    Story("complaint", _one("赵晓燕", "达拉特旗树林召镇新华南街", sex="F"), "received", received=5, method="online"),
    Story(
        "injury",
        _one("张翠林", "达拉特旗树林召镇东达街", sex="F"),
        "opinions",
        accepted=56,
        reply_gap=9,
        opinion_gap=14,
    ),
    Story("homestead", _one("武建国", "达拉特旗白泥井镇海勒素村", "海勒素村"), "copy_served", received=11),
    Story(
        "demolition",
        _one("孟根达来", "达拉特旗树林召镇草原村", "草原村", ethnicity="蒙古族"),
        "decision_served",
        received=42,
        no_reply=True,
    ),
    Story(
        "neighbour",
        (
            Person("高秀莲", "达拉特旗王爱召镇德胜太村", "德胜太村", sex="F"),
            Person("高二小", "达拉特旗王爱召镇德胜太村", "德胜太村"),
            Person("白文祥", "达拉特旗王爱召镇德胜太村", "德胜太村", role="third_party"),
        ),
        "drafted",
        received=30,
        draft_gap=5,
        handler="head",
    ),
    Story(
        "traffic",
        _one("李利民", "达拉特旗工业街道平安小区"),
        "accepted",
        received=4,
        accept_gap=2,
        simplified="on_the_spot",
    ),
    Story(
        "overload",
        _one("达拉特旗顺捷运输有限责任公司", "达拉特旗树林召镇物流园区", firm=True, head="折海军"),
        "accepted",
        received=11,
    ),
    Story(
        "fence",
        _one(
            "阿拉坦其其格",
            "达拉特旗展旦召苏木哈什拉村",
            "哈什拉村",
            sex="F",
            ethnicity="蒙古族",
            mongolian_name="ᠠᠯᠲᠠᠨᠴᠡᠴᠡᠭ",
        ),
        "reply",
        accepted=64,
        reply_gap=8,
        handler="head",
    ),
    Story(
        "dibao", _one("刘䶮", "达拉特旗昭君镇柴登村", "柴登村"), "copy_served", received=14, method="post", by_post=True
    ),
    Story(
        "market",
        _one("达拉特旗老街坊餐饮店", "达拉特旗白塔街道南园街", firm=True, head="贾凤仙"),
        "signed",
        received=33,
        draft_gap=6,
    ),
    Story(
        "disclosure",
        _one("韩振华", "达拉特旗中和西镇官井村", "官井村"),
        "archived",
        received=75,
        simplified="disclosure",
    ),
    Story("wages", _one("乔世明", "达拉特旗风水梁镇大纳林村", "大纳林村"), "performing", received=46, performs=True),
    Story(
        "water",
        _one("苗占奎", "达拉特旗吉格斯太镇大红奎村", "大红奎村"),
        "copy_served",
        received=16,
        deemed=True,
        copy_gap=1,
    ),
    Story(
        "school",
        _one("达拉特旗晨星托管服务部", "达拉特旗昭君街道锦绣社区", firm=True, head="边丽霞"),
        "correction_served",
        received=8,
        correction="1. 申请人的营业执照复印件\n2. 授权委托书，写明事项、权限和期限\n3. 《责令停止办学通知书》复印件",
    ),
    Story(
        "medical",
        _one("温巧云", "达拉特旗西园街道", sex="F"),
        "refused",
        received=24,
        filed_after=95,
        refusal=(
            "4",
            "申请人在签收《医疗费用不予报销告知书》时已知道该行政行为的内容，告知书载明了申请行政复议的权利、行政复议机关和申请期限。申请人自知道该行政行为之日起超过六十日才提出申请，且没有不可抗力或者其他正当理由。",
            "",
        ),
    ),
    Story(
        "environment",
        _one("内蒙古绿源建材有限公司", "达拉特经济开发区", firm=True, head="訾文祥", electronic=True),
        "opinions",
        accepted=38,
        method="online",
        reply_gap=9,
        opinion_gap=8,
        brings=True,
    ),
    Story("overload", _one("白永胜", "达拉特旗平原街道"), "issued", received=30, draft_gap=8, by_post=True),
    Story(
        "market",
        _one("达拉特旗鑫隆副食超市", "达拉特旗锡尼街道", firm=True, head="王改莲"),
        "decision_served",
        received=36,
    ),
    Story(
        "police",
        _one("奇·苏和巴特尔", "达拉特旗展旦召苏木展旦召嘎查", "展旦召嘎查", ethnicity="蒙古族"),
        "sued",
        received=44,
        draft_gap=6,
        handler="head",
    ),
    Story(
        "expropriation",
        _one("陈玉梅", "达拉特旗王爱召镇杨家营子村", "杨家营子村", sex="F"),
        "performed",
        received=58,
        performs=True,
        slip=("占地丈量标", "占地丈量表"),
    ),
    Story(
        "licence",
        _one("达拉特旗安燃燃气有限公司", "达拉特旗树林召镇迎宾大街", firm=True, head="杨瑞平"),
        "abandoned",
        received=26,
        correction="1. 写明具体的行政复议请求\n2. 《行政许可不予受理通知书》复印件",
    ),
    Story("grassland", (), "not_handled", received=9, repeats=0, filed_after=215),
    Story(
        "animal",
        _one("杭盖", "达拉特旗恩格贝镇乌兰村", "乌兰村", ethnicity="蒙古族"),
        "received",
        received=1,
        method="oral",
    ),
    Story(
        "injury", _one("李俊英", "达拉特旗树林召镇三顷地村", "三顷地村", sex="F"), "accepted", received=4, accept_gap=3
    ),
    Story(
        "homestead",
        _one("贾志刚", "达拉特旗白泥井镇侯家营子村", "侯家营子村"),
        "corrected",
        received=13,
        correction="1. 申请人身份证复印件\n2. 明确被申请人：写明作出通知书的机关",
    ),
    Story(
        "disclosure",
        _one("郭春燕", "达拉特旗中和西镇万太兴村", "万太兴村", sex="F"),
        "reply",
        received=15,
        simplified="disclosure",
        reply_gap=4,
    ),
    Story(
        "complaint", _one("赵晓燕", "达拉特旗树林召镇新华南街", sex="F"), "void", received=4, repeats=1, method="post"
    ),
    Story(
        "petition",
        _one("张美枝", "达拉特旗树林召镇关碾房村", "关碾房村", sex="F"),
        "archived",
        received=64,
        refusal=(
            "5",
            "《信访事项答复意见书》是信访工作机构对信访事项作出的处理意见，对申请人的权利义务不产生实际影响。根据《中华人民共和国行政复议法实施条例》第三十六条的规定，信访处理行为不属于行政复议范围。",
            "",
        ),
    ),
    Story(
        "dibao",
        _one("杨二改", "达拉特旗昭君镇吴四圪堵村", "吴四圪堵村", sex="F"),
        "archived",
        received=88,
        draft_gap=6,
        by_post=True,
    ),
    Story(
        "neighbour",
        _one("王根柱", "达拉特旗王爱召镇新民堡村", "新民堡村"),
        "suspended",
        received=29,
    ),
    Story("expropriation", _one("吕凤英", "达拉特旗王爱召镇东海心村", "东海心村", sex="F"), "resumed", received=34),
    Story("homestead", _one("田喜旺", "达拉特旗白泥井镇道劳村", "道劳村"), "extended", accepted=70),
    Story(
        "traffic",
        _one("斯琴", "达拉特旗展旦召苏木", sex="F", ethnicity="蒙古族"),
        "converted",
        received=14,
        simplified="on_the_spot",
        reply_gap=3,
    ),
    Story("demolition", _one("秦三毛", "达拉特旗树林召镇城塔村", "城塔村"), "stopped", received=19, handler="head"),
    Story(
        "fence",
        _one("巴图", "达拉特旗展旦召苏木哈什拉村", "哈什拉村", ethnicity="蒙古族"),
        "terminated",
        received=31,
    ),
    Story("complaint", _one("冯志远", "达拉特旗树林召镇和平街"), "dismissed", received=30, method="online"),
    Story("expropriation", _one("杜三女", "达拉特旗王爱召镇生成永村", "生成永村", sex="F"), "mediated", received=33),
    Story("animal", _one("苏和", "达拉特旗恩格贝镇乌兰村", "乌兰村", ethnicity="蒙古族"), "annexed", received=34),
    Story("expropriation", _one("贺建忠", "达拉特旗王爱召镇裕太奎村", "裕太奎村"), "taken_up", received=32),
)


def story(number: int) -> Story:
    """The story of case `number`; after the last the paths begin again, with other people."""
    known = STORIES[number % len(STORIES)]
    if known.repeats is None:
        return known
    return replace(known, repeats=number - number % len(STORIES) + known.repeats)
