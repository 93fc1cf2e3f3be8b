"""Signed requests and answers: the standard's own example, and everything that is signed cannot be changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from hub.base.errors import BodyLimitError, InvalidInputError
from hub.simpul.keys import NodeKey, key_id
from hub.simpul.refusals import WrongSignatureError
from hub.simpul.wire_frames import LARGEST, Frame, pack, unpack
from hub.simpul.wire_signatures import (
    CLOCK,
    STATE,
    TO,
    key_named,
    sign_answer,
    sign_request,
    verify_answer,
    verify_request,
)

PATH = "/simpul/kirim"
KEY, OTHER = (NodeKey(Ed25519PrivateKey.generate()) for _ in range(2))
BODY = pack(Frame({"a": 1}, b"isi"))
HEADS = {
    "Content-Type": "application/x", "Content-Encoding": "zstd", TO: "53", CLOCK: "2026-01-01T00:00:00+00:00", STATE: "{}",
}  # fmt: skip


@dataclass
class Lines:
    """Heads as they arrive: a name may come twice."""

    lines: list[tuple[str, str]]

    def items(self) -> Iterable[tuple[str, str]]:
        return self.lines


@dataclass
class _Example:
    method: str
    url: str
    headers: dict[str, str]


def test_the_example_of_the_standard() -> None:
    """RFC 9421, B.2.6: its key, its message, its signature (deterministic, as Ed25519 is)."""
    pem = b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n"
    private = load_pem_private_key(pem, None)
    assert isinstance(private, Ed25519PrivateKey)
    message = _Example(
        "POST",
        "https://example.com/foo?param=Value&Pet=dog",
        {"Date": "Tue, 20 Apr 2021 02:07:55 GMT", "Content-Type": "application/json", "Content-Length": "18"},
    )
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={"test-key-ed25519": private}),
    )
    signer.sign(
        message, key_id="test-key-ed25519", created=datetime.fromtimestamp(1618884473, UTC), label="sig-b26", include_alg=False,
        covered_component_ids=("date", "@method", "@path", "@authority", "content-type", "content-length"),
    )  # fmt: skip
    assert message.headers["Signature"] == (
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
    )


def test_a_digest_is_of_the_body_as_it_travels() -> None:
    """RFC 9530, appendix D."""
    from http_message_signatures import ContentDigest

    assert ContentDigest.create(b'{"hello": "world"}\n') == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


def _request(**changed: str) -> dict[str, str]:
    return {**sign_request(KEY, PATH, BODY, HEADS, datetime.now(UTC)), **changed}


def test_a_request_says_who_when_and_to_whom() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    heads = _request()
    assert key_named(Lines(list(heads.items()))) == KEY.id == key_id(KEY.public)
    signed = verify_request(PATH, Lines(list(heads.items())), KEY.public)
    assert before <= signed.created <= datetime.now(UTC)
    assert (signed.expires - signed.created).total_seconds() == 300
    signed.check_body(BODY)
    assert len({_request()["Signature-Input"] for _ in range(3)}) == 3, "each with a nonce of its own"


@pytest.mark.parametrize(
    "name", [TO, CLOCK, STATE, "Content-Type", "Content-Encoding", "Content-Digest", "Signature-Input"]
)
def test_what_is_signed_cannot_be_changed_doubled_or_left_out(name: str) -> None:
    heads = _request()
    changed = {**heads, name: heads[name].replace("5", "6") + "x"}
    without = {n: v for n, v in heads.items() if n != name}
    for wrong in (
        Lines(list(changed.items())),
        Lines(list(without.items())),
        Lines([*heads.items(), (name, heads[name])]),
    ):
        with pytest.raises(WrongSignatureError):
            verify_request(PATH, wrong, KEY.public)


def test_neither_another_path_nor_another_key_nor_another_body() -> None:
    heads = Lines(list(_request().items()))
    with pytest.raises(WrongSignatureError):
        verify_request("/simpul/kunci", heads, KEY.public)
    with pytest.raises(WrongSignatureError):
        verify_request(PATH, heads, OTHER.public)
    signed = verify_request(PATH, heads, KEY.public)
    for body in (b"", BODY[:-1], BODY + b"x"):
        with pytest.raises(WrongSignatureError):
            signed.check_body(body)


def test_a_signature_that_covers_less_is_none() -> None:
    message = _Example("POST", "http://simpul/simpul/kirim", dict(HEADS))
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={KEY.id: KEY.private}),
    )
    now = datetime.now(UTC)
    signer.sign(
        message,
        key_id=KEY.id,
        created=now,
        expires=now,
        nonce="n",
        tag="hub-simpul",
        covered_component_ids=("@method", "@path"),
    )
    with pytest.raises(WrongSignatureError):
        verify_request(PATH, Lines(list(message.headers.items())), KEY.public)


@pytest.mark.parametrize("line", [None, "x", 'a=("@method");keyid="k"', 'a=("@method");tag="hub-simpul"', "a;tag=1"])
def test_what_is_not_signed_by_a_hub(line: str | None) -> None:
    with pytest.raises(WrongSignatureError):
        key_named(Lines([] if line is None else [("Signature-Input", line), ("Signature", "a=:YQ==:")]))


def test_what_bears_no_signature_has_no_signed_answer() -> None:
    with pytest.raises(WrongSignatureError):
        sign_answer(KEY, (PATH, Lines([])), 200, b"", {"Content-Type": "x", "Content-Encoding": "zstd"})


def test_an_answer_is_of_its_request_alone() -> None:
    asked, other = (Lines(list(_request().items())) for _ in range(2))
    said = {"Content-Type": "x", "Content-Encoding": "zstd"}
    answer = Lines(list(sign_answer(KEY, (PATH, asked), 200, BODY, said).items()))
    verify_answer((PATH, asked), 200, answer, KEY.public).check_body(BODY)
    for request, status, public in ((other, 200, KEY.public), (asked, 403, KEY.public), (asked, 200, OTHER.public)):
        with pytest.raises(WrongSignatureError):
            verify_answer((PATH, request), status, answer, public)


# ---------- what they carry ----------


def test_a_frame_comes_back_and_carries_any_bytes() -> None:
    content = bytes(range(256)) * 100 + b"\n\n"
    assert unpack(pack(Frame({"a": "é", "b": None}, content))) == Frame({"a": "é", "b": None}, content)
    assert unpack(pack(Frame({}))) == Frame({}, b"")


@pytest.mark.parametrize(
    "body",
    [b"", b"x" * 100, BODY[:8], zstandard.compress(b"[]\n"), zstandard.compress(b"{}"), zstandard.compress(b"{\n")],
)
def test_what_is_no_frame(body: bytes) -> None:
    with pytest.raises(InvalidInputError):
        unpack(body)


def test_little_does_not_become_much() -> None:
    bomb = zstandard.compress(b"{}\n" + bytes(65 * 2**20))
    assert len(bomb) < LARGEST
    with pytest.raises(BodyLimitError):
        unpack(bomb)
