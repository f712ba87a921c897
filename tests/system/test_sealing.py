"""What is sealed can be opened with the right key, as it was, and not otherwise."""

import io

import pytest

from mediation_desktop.system import sealing

PLAIN = bytes(range(256)) * 1000


@pytest.fixture(scope="module")
def key():
    return sealing.new_identity()


def seal(data, *recipients):
    out = io.BytesIO()
    sealing.seal_stream(io.BytesIO(data), out, recipients)
    return out.getvalue()


def unseal(data, identity):
    out = io.BytesIO()
    sealing.unseal_stream(io.BytesIO(data), out, identity)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"x", PLAIN])
def test_what_was_sealed_comes_back(key, data):
    assert unseal(seal(data, key.public), key.secret) == data


def test_each_of_several_recipients_can_open_it(key):
    other = sealing.new_identity()
    sealed = seal(PLAIN, key.public, other.public)
    assert unseal(sealed, key.secret) == unseal(sealed, other.secret) == PLAIN


def test_another_key_opens_nothing(key):
    with pytest.raises(sealing.CannotUnseal):
        unseal(seal(PLAIN, key.public), sealing.new_identity().secret)


@pytest.mark.parametrize("at", [0, 30, 150, 400, 100_000, -1])
def test_a_changed_byte_is_noticed(key, at):
    sealed = bytearray(seal(PLAIN, key.public))
    sealed[at] ^= 1
    with pytest.raises(sealing.CannotUnseal):
        unseal(bytes(sealed), key.secret)


@pytest.mark.parametrize("length", [0, 10, 200, 70_000, -1])
def test_a_missing_end_is_noticed(key, length):
    with pytest.raises(sealing.CannotUnseal):
        unseal(seal(PLAIN, key.public)[:length], key.secret)


def test_an_identity_file_reads_like_that_of_age_keygen(key, clock):
    text = sealing.identity_file(key.secret, clock.now())
    assert text.startswith("# created: 2026-06-19T01:00:00+00:00\n# public key: age1")
    assert sealing.public_keys(text.replace("\n", "\r\n")) == (key.public,)
    assert unseal(seal(PLAIN, key.public), text) == PLAIN


@pytest.mark.parametrize("text", ["", "# nothing\n", "AGE-SECRET-KEY-1NONSENSE", "你好"])
def test_a_text_without_a_key_is_a_bad_key_and_is_not_repeated(text):
    with pytest.raises(sealing.BadKey) as error:
        sealing.public_keys(text)
    assert not text or text not in str(error.value)


def test_a_recipient_must_be_an_age_key(key):
    sealing.check_public(key.public)
    for public in ("", "age1nonsense", key.secret):
        with pytest.raises(sealing.BadKey):
            sealing.check_public(public)
    with pytest.raises(sealing.BadKey):
        seal(PLAIN)


class Fails:
    """Raises its error on any use."""

    def __init__(self, error):
        self.error = error

    def read(self, _size):
        raise self.error

    def write(self, _data):
        raise self.error


@pytest.mark.parametrize("error", [OSError(28, "full"), KeyError("mine"), KeyboardInterrupt()])
def test_what_the_source_or_the_sink_raises_passes_unchanged(key, error):
    sealed = seal(PLAIN, key.public)
    attempts = (
        lambda: sealing.seal_stream(Fails(error), io.BytesIO(), [key.public]),
        lambda: sealing.seal_stream(io.BytesIO(PLAIN), Fails(error), [key.public]),
        lambda: sealing.unseal_stream(Fails(error), io.BytesIO(), key.secret),
        lambda: sealing.unseal_stream(io.BytesIO(sealed), Fails(error), key.secret),
    )
    for attempt in attempts:
        with pytest.raises(type(error)) as raised:
            attempt()
        assert raised.value is error


def test_a_secret_is_not_shown(key):
    assert key.secret not in repr(key)


def test_chunks_are_read_as_one_stream():
    reader = sealing.ChunkReader(iter([b"abc", b"", b"defgh", b"i"]))
    assert [reader.read(4), reader.read(4), reader.read(4), reader.read(4)] == [b"abc", b"defg", b"h", b"i"]
    assert reader.read(4) == b""
