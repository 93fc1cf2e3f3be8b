"""Requests and answers between hubs, signed: RFC 9421 with Content-Digest (RFC 9530) and Ed25519.

A request's signature covers where it goes, to whom, what it brings and what its sender says of himself; an answer's covers its status,
what it brings and the signature it answers, so that neither stands for another. Heads are checked before a body is read. What a
signature's time means is decided by who knows the clocks: here it is only read.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import http_sf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    ContentDigest,
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
    VerifyResult,
    algorithms,
)

from hub.simpul.keys import NodeKey
from hub.simpul.refusals import WrongSignatureError

TAG = "hub-simpul"
VALID_FOR = timedelta(minutes=5)
TO, CLOCK, STATE = "Simpul-Untuk", "Simpul-Jam", "Simpul-Keadaan"
"""Heads of ours: the recipient's code, the sender's own clock (ISO 8601), what he says of himself (JSON)."""
KEYS = "Simpul-Kunci"
"""A head of answers that needs no other signature than its own: by which keys the answering province came to the one it signs with."""
ON_BEHALF = "Simpul-Atas-Nama"
"""Of a live question: for whom it is asked (JSON)."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a signature is made for: none of one is taken for another. `covered`: what it must cover; `valid`: for how long it is good."""

    tag: str
    covered: tuple[str, ...]
    valid: timedelta


_DELIVERY = Purpose(
    TAG,
    (
        "@method",
        "@path",
        "content-digest",
        "content-type",
        "content-encoding",
        TO.lower(),
        CLOCK.lower(),
        STATE.lower(),
    ),
    VALID_FOR,
)
_ANSWER = Purpose(TAG, ("@status", "content-digest", "content-type", "content-encoding", '"signature";req'), VALID_FOR)
QUESTION = Purpose(
    "hub-langsung",
    ("@method", "@path", "content-digest", "content-type", TO.lower(), ON_BEHALF.lower()),
    timedelta(seconds=30),
)
"""A province asks a node live."""
_ANY_HOST = "http://simpul"  # where a hub is reached is no part of what is signed: proxies change it


class Heads(Protocol):
    """Heads of a message, all lines of them."""

    def items(self) -> Iterable[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good signature says. `covered`: the parts it covers, as they were."""

    key_id: str
    created: datetime
    expires: datetime
    nonce: str
    covered: Mapping[str, str]

    def check_body(self, body: bytes) -> None:
        """Raises WrongSignatureError where that is not the body which was signed."""
        try:
            same = ContentDigest.verify_components(self.covered, body)
        except HTTPMessageSignaturesException:
            same = False
        if not same:
            raise WrongSignatureError("Isi kiriman bukan yang ditandatangani (Content-Digest); kirim ulang.")


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    headers: Any


@dataclass(frozen=True, slots=True)
class _Answer:
    status_code: int
    headers: Any
    request: _Request


class _Verifier(HTTPMessageVerifier):
    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Left to who knows how far the clocks are apart."""


def sign_request(
    key: NodeKey, path: str, body: bytes, heads: Mapping[str, str], created: datetime, purpose: Purpose = _DELIVERY
) -> dict[str, str]:
    """All heads of a POST. `heads`: those that are covered, Content-Type among them."""
    request = _Request("POST", _ANY_HOST + path, dict(heads))
    _sign(key, request, purpose, body, created)
    return dict(request.headers)


def sign_answer(
    key: NodeKey, request: tuple[str, Heads], status: int, body: bytes, heads: Mapping[str, str]
) -> dict[str, str]:
    """All heads of an answer, made now. `request`: path and heads of what it answers. Raises WrongSignatureError where that bears no
    signature, and so has no answer of ours."""
    path, asked = request
    answer = _Answer(status, dict(heads), _Request("POST", _ANY_HOST + path, asked))
    _sign(key, answer, _ANSWER, body, datetime.now(UTC))
    return dict(answer.headers)


def _sign(key: NodeKey, message: _Request | _Answer, purpose: Purpose, body: bytes, created: datetime) -> None:
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519, key_resolver=MappingKeyResolver(public_keys={}, private_keys={key.id: key.private})
    )  # fmt: skip
    try:
        signer.sign(
            message, key_id=key.id, created=created, expires=created + purpose.valid, nonce=secrets.token_urlsafe(16), tag=purpose.tag,
            label="simpul", covered_component_ids=purpose.covered, body=body,
        )  # fmt: skip
    except HTTPMessageSignaturesException:
        raise WrongSignatureError("Kiriman tidak bertanda tangan, atau tanda tangannya tidak terbaca.") from None


def key_named(heads: Heads, purpose: Purpose = _DELIVERY) -> str:
    """Which key the signature says it is of; nothing is checked by that. Raises WrongSignatureError."""
    line = ", ".join(value for name, value in heads.items() if name.lower() == "signature-input")
    try:
        members: Any = http_sf.parse(line.encode("ascii"), tltype="dictionary")
        named = [params.get("keyid") for _, params in members.values() if params.get("tag") == purpose.tag]
    except (ValueError, TypeError, AttributeError, KeyError):
        named = []
    if len(named) != 1 or not isinstance(named[0], str):
        raise WrongSignatureError("Kiriman tidak bertanda tangan simpul (Signature-Input dengan keyid).")
    return named[0]


def verify_request(path: str, heads: Heads, public: bytes, purpose: Purpose = _DELIVERY) -> Signed:
    """Raises WrongSignatureError."""
    return _verify(_Request("POST", _ANY_HOST + path, heads), purpose, key_named(heads, purpose), public)


def verify_answer(request: tuple[str, Heads], status: int, heads: Heads, public: bytes) -> Signed:
    """`request`: path and heads of what was asked. Raises WrongSignatureError."""
    path, asked = request
    answer = _Answer(status, heads, _Request("POST", _ANY_HOST + path, asked))
    return _verify(answer, _ANSWER, key_named(heads), public)


def _verify(message: _Request | _Answer, purpose: Purpose, key_id: str, public: bytes) -> Signed:
    verifier = _Verifier(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(
            public_keys={key_id: Ed25519PublicKey.from_public_bytes(public)}, private_keys={}
        ),
    )
    try:
        (result,) = verifier.verify(message, max_age=None, expect_tag=purpose.tag, require_components=purpose.covered)
        return _signed(result)
    except (HTTPMessageSignaturesException, ValueError, TypeError, KeyError, AttributeError):
        raise WrongSignatureError(
            "Tanda tangan kiriman salah, atau tidak mencakup semua yang harus ditandatangani."
        ) from None


def _signed(result: VerifyResult) -> Signed:
    """Raises KeyError, TypeError, ValueError where the signature does not say all of it."""
    p = result.parameters
    created, expires = (datetime.fromtimestamp(int(p[name]), UTC) for name in ("created", "expires"))
    if not result.nonce or len(result.nonce) > 64:
        raise ValueError(result.nonce)
    return Signed(str(p["keyid"]), created, expires, result.nonce, result.covered_components)
