"""Demo cases whose trial stops, is lengthened, or ends without a decision on the matter."""

from __future__ import annotations

from typing import Any

from casemgr.cases.models import Participation
from casemgr.cases.models.referrals import Dock
from casemgr.cases.referrals.receivers import roster_of
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
        yield self.on(2)
        self.ask_for_help()

    def ask_for_help(self) -> None:
        """Of the first organisation that is neutral, if the demo has any."""
        clerk = self.clerk
        neutral = [row for row in roster_of(clerk.case, Dock.RECONSIDERATION, clerk.day) if not row.conflict]
        if not neutral:
            return
        parts = clerk.case.participations.filter(role__in=("applicant", "respondent", "third_party"))
        clerk.step(
            "officer",
            "ask_help",
            organisation=neutral[0].unit_id,
            issues="宅基地四至与邻户院墙的界限",
            civil_part="申请人与邻户因院墙界限发生的相邻纠纷",
            administrative_part="被申请人作出的处理行为是否合法",
            agreeing=[part.pk for part in parts],
            consent_paper=f"{clerk.day.month}月{clerk.day.day}日各方书面同意书",
            suspend="no",
            shared=[paper.pk for paper in clerk.case.documents.filter(kind="extension_notice", state="ISSUED")],
        )

    def to_be_annexed(self):
        clerk = self.clerk
        yield self.on(1)
        clerk.step(
            "officer",
            "annex_open",
            asked="later",
            late_reason="被申请人提交的答复书中才提到该文件",
            title="达拉特旗动物调运管理办法",
            number="达农发〔2025〕12号",
            maker="达拉特旗农牧局",
            rank="government",
            clauses="第六条",
            reasons="把自家食用的牲畜也列为应当附检疫证明的调运，没有上位法依据",
            is_competent="yes",
        )
        yield self.on(1)
        clerk.serve(
            clerk.paper(
                "suspension_notice",
                ground="annexed_review",
                cause="申请人请求一并审查《达拉特旗动物调运管理办法》第六条",
                is_competent="yes",
            )
        )
        clauses = "《达拉特旗动物调运管理办法》（达农发〔2025〕12号）第六条"
        clerk.paper("annex_notice", organ="达拉特旗农牧局", clauses=clauses)
        yield self.on(1)
        clerk.step("officer", "annex_notify", organ="达拉特旗农牧局", clauses=clauses)
        yield self.on(5)
        clerk.step("officer", "annex_answer", content="第六条系参照外地做法制定，未见上位法明确依据。")
        yield self.on(3)
        review = clerk.case.annexed_reviews.get()
        result = {f"result_{review.pk}": "without_basis"}
        clerk.step("officer", "annex_conclude", content="第六条增设证明义务，没有法律、法规、规章依据", **result)
        yield self.on(1)
        clerk.paper("resumption_notice", cause="规范性文件审查完毕")

    def to_be_taken_up(self):
        clerk = self.clerk
        yield self.on(2)
        superior = "鄂尔多斯市人民政府"
        clerk.paper("superior_request", ground="public", organ=superior, cause="本案征收范围涉及三个旗区，社会关注度高")
        yield self.on(4)
        paper = f"鄂府复提〔{clerk.day.year}〕3号提级审理通知书"
        clerk.step("officer", "superior_answered", result="takes", organ=superior, paper=paper)
        yield self.on(1)
        clerk.serve(clerk.paper("taken_up_notice"))
        clerk.paper("handover_letter")
        yield self.on(2)
        clerk.step("officer", "superior_received", note="市司法局行政复议科签收。")

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
        clerk.step(
            "officer",
            "record_settlement",
            content="被申请人撤回原决定并退还收缴的物品，双方签订和解协议书",
            is_lawful="on",
        )
        clerk.paper("settlement_agreement", agreed="被申请人撤回原决定\n被申请人于十日内退还收缴的物品")
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
        clerk.step(
            "officer",
            "record_mediation",
            place="旗司法局听证室",
            mediators="李志强",
            present="申请人，被申请人的工作人员",
            wishes="双方都愿意调解，争议只在青苗补偿的标准",
            proposals="按实际种植面积补足差额",
            concessions="申请人表示可以不再主张误工损失",
            agreed="十五日内补足青苗补偿款",
            result="agreed",
            signatures="双方和承办人均已签名",
        )
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
