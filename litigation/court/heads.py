"""Whether a post is one of the agency that is sued (Appearance Provisions 2020, art. 2). Pure."""

from __future__ import annotations

import re

from litigation.terms import HeadCategory

_OWN_POST = re.compile(r"[旗县市区盟乡镇]长|苏木达|主席|街道办事处(副)?主任")
_OF_A_BUREAU = re.compile(r"局|委员会|办公室|中心|大队|支队")


def speaks_for_government(agency: str) -> bool:
    """Whether the agency is a people's government: its bureaus are bodies below it."""
    return agency.endswith("人民政府")


def is_own_post(post: str) -> bool:
    """Whether the post can be one of a government: a bureau's alone is not, a head of both bodies is."""
    return not _OF_A_BUREAU.search(post) or bool(_OWN_POST.search(post))


_NO_HEAD = re.compile(r"工作人员|科员|办事员|干事|科长|股长|调研员|法律顾问|律师")
_BELOW = re.compile(r"大队|支队|中队|派出所|分局|所长|站长")
_FIRST = re.compile(r"局长|主任|[旗县市区盟乡镇]长|苏木达|主席|部长|台长|行长|院长|书记")


def category_of(post: str, agency: str) -> str:
    """Which head bears a post that a ledger tells; of an unknown one, a head who is in charge of the act."""
    if _NO_HEAD.search(post):
        return HeadCategory.STAFF
    if _BELOW.search(post) or (post and speaks_for_government(agency) and not is_own_post(post)):
        return HeadCategory.SUBORDINATE
    if "副" in post:
        return HeadCategory.DEPUTY
    return HeadCategory.PRINCIPAL if _FIRST.search(post) else HeadCategory.IN_CHARGE
