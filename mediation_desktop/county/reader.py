"""What the command line does with a bundle: verify it, or open it into a folder."""

from pathlib import Path

from msgspec import Struct

from mediation_desktop.exchange.bundle import VerifiedBundle, open_bundle, verify_bundle
from mediation_desktop.exchange.trust import read_trust
from mediation_desktop.system import files


class BundleReport(Struct, frozen=True):
    """What was found. ``revisions`` and ``files`` are known only after opening."""

    bundle: VerifiedBundle
    revisions: int | None = None
    files: tuple[Path, ...] = ()
    folder: Path | None = None

    def lines(self) -> list[str]:
        """Return the result in words, one line each; no personal data."""
        header, signer = self.bundle.header, self.bundle.signer
        words = [
            f"单位：{signer.office_name}（{signer.office_code}）",
            f"数据包：第{header.serial}号，{header.made_on.isoformat()}，编号 {header.bundle_id}",
            f"签名有效，签名人指纹 {signer.fingerprint}。",
        ]
        if self.folder is not None:
            words += [f"记录 {self.revisions} 条，文件 {len(self.files)} 个。", f"已放在 {self.folder}"]
        return words


def verify(path: Path, trust_path: Path) -> BundleReport:
    """Check who signed a bundle and that nothing in it changed; no key is needed.

    Raises:
        BundleRefused: it is not acceptable.
        UserError: the trust file is malformed.
        EnvironmentProblem: a file cannot be read.
    """
    return BundleReport(verify_bundle(path, read_trust(trust_path)))


def open_to(path: Path, trust_path: Path, identity_path: Path, folder: Path) -> BundleReport:
    """Verify a bundle and lay its content out in an empty or new folder.

    Raises:
        BundleRefused: it is not acceptable, or the identity does not open it.
        UserError: the folder is not empty, or the trust or identity file is malformed.
        EnvironmentProblem: the machine refused.
    """
    trust = read_trust(trust_path)
    try:
        identity = identity_path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise files.problem(error, identity_path) from error
    opened = open_bundle(path, trust, identity, folder)
    return BundleReport(opened.verified, opened.revisions, opened.files, folder)
