"""The README of a bundle, Chinese and English: commands of coreutils and grep, no program of ours.

Lines that begin with four blanks are commands; a test runs them literally.
"""

COMMANDS = (
    "sha256sum --quiet -c SHA256SUMS && echo '1 OK'",
    """( for f in volume-*.pdf files/*; do d=$(sha256sum < "$f" | cut -c1-64); """
    """grep -rqF "$d" chain/rows || { echo "NOT RECORDED: $f"; exit 1; }; done; echo '2 OK' )""",
    """( for f in chain/rows/*.json; do d=$(sha256sum < "$f" | cut -c1-64); p=$(basename "$f" .json); """
    """od -An -v -tx1 "chain/parts/${p%-*}.bin" | tr -d ' \\n' | grep -qF "$d" """
    """|| { echo "ROW NOT SEALED: $f"; exit 1; }; done; echo '3 OK' )""",
    """( for f in chain/parts/*.bin; do d=$(sha256sum < "$f" | cut -c1-64); p=$(basename "$f"); """
    """grep -qF "$d" "chain/seals/${p%%-*}.json" || { echo "PART NOT SEALED: $f"; exit 1; }; done; echo '4 OK' )""",
    """( d=; for f in chain/seals/*.json; do [ -z "$d" ] || grep -qF "\\"$d\\"" "$f" """
    """|| { echo "CHAIN BROKEN: $f"; exit 1; }; d=$(sha256sum < "$f" | cut -c1-64); done; echo '5 OK' )""",
    'ls chain/seals | tail -n 1; sha256sum < "chain/seals/$(ls chain/seals | tail -n 1)" | cut -c1-64',
)

_CHINESE = (
    "逐个核对文件：文件清单 SHA256SUMS 列出包内每个文件的摘要，任何一个字节被改动都会报错。",
    "核对卷宗和原文件的摘要是否写在案卷登记记录（chain/rows）中。",
    "核对每条登记记录是否在封存批次（chain/parts）中。封存批次的内容是表名、列名和各行的 SHA-256 摘要。",
    "核对每个封存批次是否写在封存链的一环（chain/seals）中。",
    "核对封存链：每一环都写有前一环的 SHA-256 摘要。",
    "显示最后一环的编号和摘要。请与该机关打印、签字留存的“封存链摘要单”核对：编号相同的一行，摘要必须完全相同。",
)
_ENGLISH = (
    "Every file: SHA256SUMS lists the digest of each file of the bundle; one changed byte is reported.",
    "The digests of the volumes and of the files in them stand in the records of the register (chain/rows).",
    "Every record lies in a sealed batch (chain/parts): names of table and columns, then the SHA-256 of each row.",
    "Every batch is named in a link of the chain (chain/seals).",
    "The chain: every link names the SHA-256 of the link before it.",
    "Number and digest of the last link. Compare them with the head sheet that the office printed, signed and keeps.",
)


def readme(case_number: str, made_on: str, head: str) -> tuple[str, str]:
    """The Chinese and the English text."""
    chinese = [
        f"案卷验证包　{case_number}　{made_on}",
        "",
        "本包可以不用本系统、不用联网，在任何装有 coreutils、grep 和 bash 的电脑上验证。",
        "解压后进入本文件所在的文件夹，按顺序逐行执行下面缩进的命令。前五条显示 OK 即为通过；没有显示 OK 即为未通过。",
        "没有 sha256sum 的电脑，可用 openssl dgst -sha256 文件名 逐个计算后与 SHA256SUMS 比对。",
        "",
        *_steps(_CHINESE),
        f"制作时的最后一环：{head}",
        "内容目录见 catalogue.txt（序号、卷、页号、题名、文件、SHA-256）。",
        "volume-*.pdf 是编好页号的卷宗，files 内是原文件。",
    ]
    english = [
        f"Checkable bundle of a case file: {case_number}, {made_on}",
        "",
        "It can be checked without our software and without a network, wherever coreutils, grep and bash are.",
        "Unpack it, go to the folder of this file and run the indented lines one by one. Each of the first five must",
        "print OK. Without sha256sum: openssl dgst -sha256 FILE, compared with SHA256SUMS.",
        "",
        *_steps(_ENGLISH),
        f"The last link when this was made: {head}",
        "catalogue.txt lists number, volume, pages, title, file, SHA-256. volume-*.pdf are the numbered volumes; the",
        "original files lie in the folder files.",
    ]
    return "\n".join(chinese) + "\n", "\n".join(english) + "\n"


def _steps(words: tuple[str, ...]) -> list[str]:
    found = []
    for number, (line, command) in enumerate(zip(words, COMMANDS, strict=True), 1):
        found += [f"{number}. {line}", f"    {command}", ""]
    return found
