"""The order of the volume of an administrative suit: what the agency gives and gets, in the course of the suit
(dossier §5.2, row “litigation”). The rules of what must be in it come with the procedure itself."""

from casemgr.documents.volumes.order import INTERNAL, Slot, VolumeOrder

VOLUME = VolumeOrder(
    name="行政应诉案卷",
    slots=(
        Slot("summons", "应诉通知书、起诉状、传票", materials=("application",)),
        Slot("assignment", "应诉交办单"),
        Slot("identity", "法定代表人身份证明、授权委托书", materials=("identity",)),
        Slot("answer", "答辩状"),
        Slot("evidence", "证据目录、证据", materials=("evidence",)),
        Slot("motions", "延期举证、管辖异议等申请"),
        Slot("head", "负责人出庭材料、不能出庭情况说明"),
        Slot("records", "庭审笔录、代理词", materials=("transcript",)),
        Slot("judgment", "裁判文书"),
        Slot("appeal", "上诉状、二审、再审材料"),
        Slot("performance", "履行方案、履行报告"),
        Slot("advice", "司法建议、检察建议及回复"),
        Slot("receipts", "送达回证"),
        Slot("others", "其他材料", materials=("other",)),
        Slot("approvals", "审批表", INTERNAL),
        Slot("analysis", "庭审情况报告、裁判分析报告", INTERNAL),
        Slot("inner", "内部材料", INTERNAL),
    ),
    others="others",
    internal_others="inner",
    approvals="approvals",
    services="receipts",
    needs=lambda case: (),
)
