"""Whoever attacks: from another loopback address than those who watch, as a stranger is. Every call ends by itself."""

import contextlib
import http.client
import json
import socket
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

STRANGER = "127.0.0.66"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """A served hub with the demo. `tokens`: the demo's, by region; `log`: what it has written."""

    url: str
    tokens: dict[str, str]
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        assert parts.hostname is not None
        assert parts.port is not None
        return parts.hostname, parts.port

    def socket(self) -> socket.socket:
        s = socket.create_connection(self.address, timeout=_PATIENCE, source_address=(STRANGER, 0))
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def post(self, body: bytes, content_type: str = "application/json", token: str | None = None) -> tuple[int, bytes]:
        """(status, body) of one POST to /graphql; (0, why) where no answer came. A server may answer before it has read the
        body, so what it said counts also where it takes no more."""
        head = {"Content-Type": content_type, "Content-Length": str(len(body))}
        if token is not None:
            head["Authorization"] = f"Bearer {token}"
        lines = "".join(f"{k}: {v}\r\n" for k, v in head.items())
        try:
            with self.socket() as s:
                with contextlib.suppress(ConnectionError):
                    s.sendall(
                        f"POST /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n{lines}\r\n".encode() + body
                    )
                answer = http.client.HTTPResponse(s, method="POST")
                answer.begin()
                return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return 0, repr(error).encode()

    def ask(self, query: str, variables: dict[str, Any] | None = None, token: str | None = None) -> tuple[int, bytes]:
        return self.post(json.dumps({"query": query, "variables": variables or {}}).encode(), token=token)

    def upload(self, query: str, variables: dict[str, Any], name: str, content: bytes, token: str) -> tuple[int, bytes]:
        """A mutation whose variable `b` is that file."""
        mark = uuid.uuid4().hex
        operations = json.dumps({"query": query, "variables": {"b": None, **variables}})
        parts = [
            ("operations", operations.encode(), ""),
            ("map", b'{"0":["variables.b"]}', ""),
            ("0", content, f'; filename="{name}"'),
        ]
        body = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{part}"{more}\r\n\r\n'.encode() + text + b"\r\n"
            for part, text, more in parts
        )
        return self.post(body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}", token)
