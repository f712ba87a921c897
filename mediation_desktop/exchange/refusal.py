"""Why a bundle is refused: one code and one Chinese sentence for each reason."""

from enum import StrEnum

from mediation_desktop.domain.errors import UserError


class Reason(StrEnum):
    """The closed list of reasons; the values are stable and may stand in logs and receipts."""

    NOT_A_BUNDLE = "not_a_bundle"
    NEWER_FORMAT = "newer_format"
    NOT_CANONICAL = "not_canonical"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_SIGNER = "unknown_signer"
    WRONG_OFFICE = "wrong_office"
    CANNOT_UNSEAL = "cannot_unseal"
    BAD_ARCHIVE = "bad_archive"
    BAD_NAME = "bad_name"
    TOO_LARGE = "too_large"
    BAD_BAG = "bad_bag"
    BAD_FILE = "bad_file"
    BAD_RECORD = "bad_record"


_AGAIN = "请让对方重新导出一份；不要使用这个文件。"

_WORDS: dict[Reason, tuple[str, str]] = {
    Reason.NOT_A_BUNDLE: ("这个文件不是数据包。", "请选择扩展名为 .tjb 的文件。"),
    Reason.NEWER_FORMAT: ("这个数据包由更新版本的程序做成。", "请先升级本程序，再打开它。"),
    Reason.NOT_CANONICAL: ("数据包的外层内容被改动或损坏。", _AGAIN),
    Reason.BAD_SIGNATURE: ("数据包的签名不对，内容被改动或损坏。", _AGAIN),
    Reason.UNKNOWN_SIGNER: (
        "数据包的签名人还没有登记。",
        "请对照对方交接单上的指纹，在信任名单中登记后再打开。",
    ),
    Reason.WRONG_OFFICE: ("签名人登记的单位与数据包写的单位不一致。", "请与对方核实，不要使用这个文件。"),
    Reason.CANNOT_UNSEAL: (
        "这把密钥打不开这个数据包。",
        "请确认数据包是发给本单位的，并选用本单位的密钥文件。",
    ),
    Reason.BAD_ARCHIVE: ("数据包的内层压缩文件不合规定。", _AGAIN),
    Reason.BAD_NAME: ("数据包里有不允许的文件名。", _AGAIN),
    Reason.TOO_LARGE: ("数据包超过规定的大小。", "请让对方分成几个较小的数据包重新导出。"),
    Reason.BAD_BAG: ("数据包的清单与内容不一致。", _AGAIN),
    Reason.BAD_FILE: ("数据包里有类型不符或不允许的附件。", _AGAIN),
    Reason.BAD_RECORD: ("数据包里有不合规定的记录。", _AGAIN),
}


class BundleRefused(UserError):
    """A bundle is not accepted.

    ``reason`` is the code; ``detail`` names the place (a member, a line, a field) and never a value.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        text, advice = _WORDS[reason]
        super().__init__(f"{text[:-1]}（{detail}）。" if detail else text, advice)
        self.reason = reason
        self.detail = detail
