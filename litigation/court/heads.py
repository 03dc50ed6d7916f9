"""Whether a post is one of the agency that is sued (Appearance Provisions 2020, art. 2). Pure."""

from __future__ import annotations

import re

_OWN_POST = re.compile(r"[旗县市区盟乡镇]长|苏木达|主席|街道办事处(副)?主任")
_OF_A_BUREAU = re.compile(r"局|委员会|办公室|中心|大队|支队")


def speaks_for_government(agency: str) -> bool:
    """Whether the agency is a people's government: its bureaus are bodies below it."""
    return agency.endswith("人民政府")


def is_own_post(post: str) -> bool:
    """Whether the post can be one of a government: a bureau's alone is not, a head of both bodies is."""
    return not _OF_A_BUREAU.search(post) or bool(_OWN_POST.search(post))
