"""Demo cases whose trial stops, is lengthened, or ends without a decision on the matter."""

from __future__ import annotations

from typing import Any

from casemgr.cases.models import Participation
from reconsideration.demo.clerk import Clerk


class SpecialCourse:
    """Mixin of the walker: one step per `Story.until` that the ordinary way does not know."""

    clerk: Clerk

    def special(self) -> Any:
        """The steps of this story's special course, or None."""
        return getattr(self, f"to_be_{self.story.until}", None)

    def to_be_suspended(self):
        yield self.on(2)
        paper = self.clerk.paper(
            "suspension_notice",
            ground="other_case",
            cause="申请人与第三人之间的土地承包经营权纠纷正由达拉特旗人民法院审理，本案须以该案的审理结果为依据",
        )
        self.clerk.serve(paper)

    def to_be_resumed(self):
        yield self.on(2)
        clerk = self.clerk
        clerk.step("officer", "begin_excluded_time", kind="appraisal", paper="鉴定委托书，委托测绘机构重新测量面积")
        yield self.on(5)
        clerk.step("officer", "end_excluded_time", kind="appraisal", paper="测绘成果报告")
        yield self.on(1)
        agreed = f"{clerk.day.year}年{clerk.day.month}月{clerk.day.day}日双方书面同意"
        clerk.paper("suspension_notice", ground="mediation", cause="双方愿意调解", agreed_by=agreed)
        yield self.on(4)
        clerk.paper("resumption_notice", cause="双方未能就补偿数额达成一致，调解终止")

    def to_be_extended(self):
        yield self.on(18)
        paper = self.clerk.paper(
            "extension_notice", days=30, cause="涉案地块权属资料年代久远，需要进一步调查核实", approved_by="陈海龙"
        )
        self.clerk.serve(paper)

    def to_be_converted(self):
        yield self.on(2)
        self.clerk.paper("conversion_notice", cause="申请人提交新的证据，案件事实需要进一步查明", approved_by="陈海龙")

    def to_be_stopped(self):
        clerk = self.clerk
        yield self.on(1)
        clerk.step("officer", "ask_stop", party=clerk.parties("applicant")[0].pk, content="房屋一旦拆除无法恢复原状")
        yield self.on(1)
        clerk.paper("stop_order", ground="on_application", cause="房屋拆除后难以恢复原状，停止执行不损害公共利益")

    def to_be_terminated(self):
        clerk = self.clerk
        yield self.on(3)
        for party in clerk.parties("applicant"):
            clerk.step("officer", "withdraw", party=party.pk, after_settlement="on",
                       content="被申请人已自行纠正，双方和解，自愿撤回申请")  # fmt: skip
        yield self.on(1)
        paper = clerk.paper("termination", ground="withdrawn", cause="申请人自愿书面撤回行政复议申请，不违反法律规定")
        yield self.on(2)
        clerk.serve(paper)

    def to_be_dismissed(self):
        clerk = self.clerk
        yield self.on(4)
        reasons = (
            "申请人与被投诉的经营者之间没有消费关系，投诉事项不涉及申请人自身合法权益，"
            "申请人与被申请行政复议的行政行为没有利害关系。"
        )
        paper = clerk.paper("dismissal", ground="2", reasons=reasons)
        yield self.on(2)
        clerk.serve(paper)

    def to_be_mediated(self):
        clerk = self.clerk
        yield self.on(4)
        signed = "\n".join(
            f"{party.name}，{clerk.day.year}年{clerk.day.month}月{clerk.day.day}日"
            for party in clerk.parties(Participation.Role.APPLICANT, Participation.Role.RESPONDENT)
        )
        paper = clerk.draft(
            "mediation_paper",
            facts_found="被申请人征收申请人承包地2.6亩，双方对青苗补偿标准有争议。",
            result="一、被申请人于本调解书生效之日起十五日内补足青苗补偿款。\n二、申请人对补偿不再提出其他请求。",
            signatures=signed,
        )
        paper = clerk.sign(clerk.review(clerk.submit(paper)))
        yield self.on(1)
        paper = clerk.issue(paper)
        clerk.serve(paper)
