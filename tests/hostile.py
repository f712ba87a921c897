"""Bundles that an admitted office could never have written with this program."""

import hashlib
import io
import zipfile

from carrying import Ends

from mediation_desktop.exchange import signing, writing
from mediation_desktop.exchange.container import write_container
from mediation_desktop.exchange.header import SignedHeader
from mediation_desktop.system import sealing


def good_bag(content) -> dict[str, bytes]:
    """Return the members of a good bag."""
    gauge = writing._Gauge(0, lambda _done, _all: None, lambda: False)
    return {name: b"".join(chunks) for name, chunks in writing._members(content, content.records, gauge)}


def listed_anew(bag: dict[str, bytes]) -> dict[str, bytes]:
    """Return the bag with manifests and Payload-Oxum that agree with its other members."""
    bag = {name: data for name, data in bag.items() if not name.endswith("manifest-sha256.txt")}
    data = {name: content for name, content in bag.items() if name.startswith("bag/data/")}
    info = bag["bag/bag-info.txt"].decode().splitlines()
    info[-1] = f"Payload-Oxum: {sum(map(len, data.values()))}.{len(data)}"
    bag["bag/bag-info.txt"] = "".join(f"{each}\n" for each in info).encode()
    bag["bag/manifest-sha256.txt"] = manifest(data)
    tags = {name: content for name, content in bag.items() if name not in data}
    return {**bag, "bag/tagmanifest-sha256.txt": manifest(tags)}


def manifest(members: dict[str, bytes]) -> bytes:
    lines = sorted((name[4:], hashlib.sha256(data).hexdigest()) for name, data in members.items())
    return "".join(f"{digest}  {name}\n" for name, digest in lines).encode()


def zipped(members, *, method=zipfile.ZIP_STORED, comment=b"") -> bytes:
    """Return a ZIP of (name or ZipInfo, bytes) pairs or of a dict."""
    pairs = members.items() if isinstance(members, dict) else members
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.comment = comment
        for name, data in pairs:
            archive.writestr(name, data, method)
    return out.getvalue()


def sealed(path, ends: Ends, content, plain: bytes):
    """Write a well-formed, rightly signed bundle around any plain bytes."""
    out = io.BytesIO()
    sealing.seal_stream(io.BytesIO(plain), out, [ends.county.sealing_public])
    return signed_around(path, ends, content, out.getvalue())


def signed_around(path, ends: Ends, content, payload: bytes):
    """Write a well-formed, rightly signed bundle around any payload."""
    signed = SignedHeader(content.header, ends.office.signing_public, ends.office.sealing_public)
    with path.open("wb") as stream:
        write_container(
            stream,
            lambda sink: sink.write(payload),
            lambda digest: signing.sign(ends.office.signing_secret, digest, signed.to_comment()),
        )
    return path
