"""Offices and their province as they talk to a hub over HTTP: one connection each, kept open."""

import contextlib
import http.client
import socket
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
import psycopg

from hub.akses.service import hash_of, new_token
from hub.base.uuid7 import uuid7

_TEMUAN = "temuan { kode tingkat pesan wilayah elemen nilai usulan }"
SUBMIT = (
    "mutation ($m: RekapMasukan!) { ajukanRekap(masukan: $m) { __typename "
    "... on RekapDiterima { rekap { id } revisi ulangan perubahan { baru berubah tetap dihapus } " + _TEMUAN + " } "
    "... on RekapDitolak { " + _TEMUAN + " } ... on BentrokRevisi { revisiTerbaru } } }"
)
APPROVE = (
    "mutation ($id: ID!, $r: Int!) { setujuiRekap(id: $id, revisi: $r) { __typename "
    "... on RekapDiterima { revisi } ... on RekapDitolak { " + _TEMUAN + " } } }"
)
UPLOAD = (
    "mutation ($b: Upload!, $p: KodeWilayah!, $f: String!, $t: Periode!, $k: String!) { unggahRekap(berkas: $b, pelapor: $p, "
    "formulir: $f, periode: $t, kunciIdempoten: $k, draf: true) { __typename ... on RekapDiterima { revisi "
    + _TEMUAN
    + " } "
    "... on RekapDitolak { " + _TEMUAN + " } } }"
)
_IDLE = 2.0  # seconds after which a kept connection is opened anew: the server ends idle ones


@dataclass(frozen=True, slots=True)
class Answer:
    """`seconds`: from the first byte sent to the last received."""

    status: int
    body: bytes
    seconds: float

    def data(self, field: str) -> dict[str, Any]:
        """The answer to that field. Raises RuntimeError where there is none."""
        told = orjson.loads(self.body) if self.status == 200 else {}
        if "errors" in told or not told.get("data"):
            raise RuntimeError(f"{self.status}: {self.body[:600]!r}")
        answer: dict[str, Any] = told["data"][field]
        return answer


class Caller:
    """Somebody with a token, or without one. Not for two threads at once."""

    def __init__(self, url: str, token: str | None = None, patience: float = 120) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self._http = http.client.HTTPConnection(parts.hostname, parts.port, timeout=patience)
        self._used = 0.0
        self._head = {} if token is None else {"Authorization": f"Bearer {token}"}

    def close(self) -> None:
        self._http.close()

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Answer:
        return self.post(orjson.dumps({"query": query, "variables": variables or {}}), "application/json")

    def upload(self, query: str, variables: Mapping[str, Any], name: str, content: bytes) -> Answer:
        """A mutation whose variable `b` is that file, by the GraphQL multipart request."""
        operations = orjson.dumps({"query": query, "variables": {"b": None, **variables}})
        return self.form("/graphql", {"operations": operations, "map": b'{"0":["variables.b"]}'}, "0", (name, content))

    def form(self, path: str, fields: Mapping[str, bytes], place: str, file: tuple[str, bytes]) -> Answer:
        """A form with one file in the field `place`."""
        mark = uuid.uuid4().hex
        parts = [(name, text, "") for name, text in fields.items()]
        parts.append((place, file[1], f'; filename="{file[0]}"'))
        body = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + text + b"\r\n"
            for name, text, more in parts
        )
        return self.post(body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}", path)

    def post(self, body: bytes, content_type: str, path: str = "/graphql") -> Answer:
        """Raises OSError and http.client.HTTPException; the next call opens a new connection."""
        if time.monotonic() - self._used > _IDLE:
            self._http.close()
        try:
            start = time.perf_counter()
            if self._http.sock is None:
                self._http.connect()
                assert self._http.sock is not None
                self._http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._http.request("POST", path, body, {**self._head, "Content-Type": content_type})
            response = self._http.getresponse()
            told = response.read()
            self._used = time.monotonic()
            return Answer(response.status, told, time.perf_counter() - start)
        except BaseException:
            self._http.close()
            raise


@contextlib.contextmanager
def calling(url: str, token: str | None = None) -> Iterator[Caller]:
    caller = Caller(url, token)
    try:
        yield caller
    finally:
        caller.close()


def make_tokens(database_url: str, regions: Mapping[str, str]) -> dict[str, str]:
    """Tokens of those regions, {kode: role}; `database_url`: as its owner."""
    tokens = {kode: new_token() for kode in regions}
    with psycopg.connect(database_url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada) VALUES (%s, %s, %s, %s, %s, now())",
            [(uuid7(), f"bench {kode}", role, kode, hash_of(tokens[kode])) for kode, role in regions.items()],
        )
    return tokens
