"""What a node sends to its province: signed, over within a bounded time, never led elsewhere; an answer counts only under the province's
signature. Where the clocks differ, the node signs by the province's, as the province's own signed answers show it."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import orjson

from hub.base.errors import InvalidInputError
from hub.simpul.keys import NodeKey
from hub.simpul.refusals import ClockError, NoPeerError, PeerRefusedError, WrongSignatureError
from hub.simpul.wire_frames import ENCODING, LARGEST, MEDIA_TYPE, Frame, pack, unpack
from hub.simpul.wire_signatures import CLOCK, KEYS, STATE, TO, Signed, key_named, sign_request, verify_answer

_TIMEOUT = 60.0  # seconds for one exchange in all: packages are small, lines slow
_LARGEST_PLAIN = 64 * 2**10  # bytes of an answer that nobody signed


@dataclass(slots=True)
class Line:
    """The way to one province. `keys`: what it signs with, by name; `ahead`: its clock minus ours, as far as it has shown; `timeout`:
    seconds for one exchange in all; `learn`: what it tells of another key of its → the keys that are believed then."""

    address: str
    province: str
    key: NodeKey = field(repr=False)
    keys: Mapping[str, bytes] = field(repr=False)
    ahead: timedelta = timedelta()
    timeout: float = _TIMEOUT
    learn: Callable[[str], Awaitable[Mapping[str, bytes]]] | None = None

    async def ask(self, path: str, frame: Frame, state: Mapping[str, Any]) -> Frame:
        """Raises NoPeerError, PeerRefusedError."""
        try:
            return await self._ask(path, frame, state)
        except ClockError:  # it has shown us its clock
            try:
                return await self._ask(path, frame, state)
            except ClockError as error:
                raise PeerRefusedError(error.message, error.kode) from None

    async def _ask(self, path: str, frame: Frame, state: Mapping[str, Any]) -> Frame:
        now = datetime.now(UTC)
        body = pack(frame)
        heads = sign_request(
            self.key,
            path,
            body,
            {
                "Content-Type": MEDIA_TYPE, "Content-Encoding": ENCODING, TO: self.province, CLOCK: now.isoformat(),
                STATE: orjson.dumps(dict(state)).decode(),
            },
            now + self.ahead,
        )  # fmt: skip
        status, said, raw = await post(self.address + path, body, heads, self.timeout)
        signed = await self._checked((path, _Heads(heads)), status, said, raw)
        answer = unpack(raw)
        if abs(signed.created - (datetime.now(UTC) + self.ahead)) > timedelta(seconds=2):
            self.ahead = signed.created - datetime.now(UTC)
        if status == 200:
            return answer
        code, message = str(answer.head.get("kode", "")), str(answer.head.get("pesan", ""))
        if code == ClockError.kode:
            raise ClockError(message)
        raise PeerRefusedError(f"Provinsi menolak: {message}", code)

    async def _checked(self, asked: "tuple[str, _Heads]", status: int, said: "_Heads", raw: bytes) -> Signed:
        try:
            name = key_named(said)
            if name not in self.keys and self.learn is not None:
                self.keys = await self.learn(said.values.get(KEYS.lower(), ""))
            if name not in self.keys:
                raise WrongSignatureError("kunci lain")
            signed = verify_answer(asked, status, said, self.keys[name])
            signed.check_body(raw)
            return signed
        except WrongSignatureError:
            raise NoPeerError(
                f"Yang menjawab di {self.address} (HTTP {status}) tidak bertanda tangan provinsi {self.province}{_plain(said, raw)}; "
                "periksa alamatnya dan proksi di antaranya."
            ) from None


@dataclass(frozen=True, slots=True)
class _Heads:
    values: Mapping[str, str]

    def items(self) -> list[tuple[str, str]]:
        return list(self.values.items())


async def post(url: str, body: bytes, heads: Mapping[str, str], timeout: float) -> tuple[int, _Heads, bytes]:  # noqa: ASYNC109 - of it all
    """Status, heads, and the body as it travelled. Raises NoPeerError."""
    import httpx  # a tenth of a second, which only a node takes

    try:
        # the timeout of the library is per read: one who sends a byte now and then would keep us for ever
        async with asyncio.timeout(timeout):
            client = httpx.AsyncClient(verify=_trust(), trust_env=False, follow_redirects=False, timeout=timeout)
            async with client, client.stream("POST", url, content=body, headers=dict(heads)) as answer:
                raw = b""
                async for piece in answer.aiter_raw():
                    raw += piece
                    if len(raw) > LARGEST:
                        raise NoPeerError(f"Jawaban {url} terlalu panjang; itu bukan hub provinsi.")
                return answer.status_code, _Heads(dict(answer.headers)), raw
    except (TimeoutError, httpx.TimeoutException):
        raise NoPeerError(f"{url} tidak menjawab dalam {timeout:g} detik.") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        why = str(error).strip().split("\n")[0].rstrip(".") or type(error).__name__
        raise NoPeerError(f"{url} tidak dapat dihubungi: {why}.") from None


async def ask_plainly(url: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Send JSON to whom nothing is known of yet, and read JSON. Raises NoPeerError, PeerRefusedError."""
    status, _, raw = await post(
        url, orjson.dumps(dict(content)), {"Content-Type": "application/json", "Accept-Encoding": "identity"}, _TIMEOUT
    )
    answer = _json(raw)
    if status == 200 and answer is not None:
        return answer
    if answer is not None and "pesan" in answer:
        raise PeerRefusedError(str(answer["pesan"]), str(answer.get("kode", "")))
    raise NoPeerError(f"Yang menjawab di {url} (HTTP {status}) bukan hub; periksa alamatnya.")


def _plain(said: _Heads, raw: bytes) -> str:
    """What an answer without a signature says, where it says it as hubs do."""
    answer = _json(raw) if len(raw) <= _LARGEST_PLAIN else None
    if answer is None:
        try:
            answer = dict(unpack(raw).head)
        except InvalidInputError:
            answer = None
    return f' dan berkata: "{str(answer["pesan"])[:200]}"' if answer is not None and "pesan" in answer else ""


def _json(raw: bytes) -> dict[str, Any] | None:
    try:
        content = orjson.loads(raw)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


@cache
def _trust() -> ssl.SSLContext:
    """What the machine trusts (SSL_CERT_FILE, SSL_CERT_DIR)."""
    return ssl.create_default_context()
