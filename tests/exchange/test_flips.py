"""One changed bit anywhere, a missing end or an added byte: always refused, never half accepted."""

import pytest
from carrying import Ends

from mediation_desktop.exchange.bundle import BundleRefused, Reason, verify_bundle


def refused(path, ends: Ends) -> Reason | None:
    try:
        verify_bundle(path, ends.trust)
    except BundleRefused as refusal:
        return refusal.reason
    return None


@pytest.mark.slow
def test_a_flipped_bit_in_any_byte_is_refused(ends, tmp_path):
    path = ends.write(tmp_path / "b.tjb", documents=(), attachments=())
    data = path.read_bytes()
    accepted = []
    with path.open("r+b", buffering=0) as stream:
        for at, byte in enumerate(data):
            stream.seek(at)
            stream.write(bytes([byte ^ 1 << at % 8]))
            if refused(path, ends) is None:
                accepted.append(at)
            stream.seek(at)
            stream.write(bytes([byte]))
    assert accepted == []
    assert refused(path, ends) is None


def test_every_bit_of_the_signature_is_watched(ends, bundle):
    data = bundle.read_bytes()
    start = data.index(b"untrusted comment")
    end = data.index(b"PK\x01\x02", start)
    with bundle.open("r+b", buffering=0) as stream:
        for at in range(start, end):
            for bit in range(8):
                stream.seek(at)
                stream.write(bytes([data[at] ^ 1 << bit]))
                assert refused(bundle, ends), (at, bit)
            stream.seek(at)
            stream.write(data[at : at + 1])


def test_a_cut_file_is_refused(ends, bundle):
    data = bundle.read_bytes()
    for length in [*range(0, len(data), 97), len(data) - 1]:
        bundle.write_bytes(data[:length])
        assert refused(bundle, ends), length


@pytest.mark.parametrize("extra", [b"\0", b"PK\x05\x06" + bytes(18), b"x" * 1000])
def test_added_bytes_are_refused(ends, bundle, extra):
    data = bundle.read_bytes()
    bundle.write_bytes(data + extra)
    assert refused(bundle, ends) is Reason.NOT_CANONICAL
    bundle.write_bytes(extra + data)
    assert refused(bundle, ends)
