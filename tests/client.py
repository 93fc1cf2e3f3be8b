"""A small GraphQL client, as a user's program would have one."""

import json
import ssl
from types import TracebackType
from typing import Any

import httpx
import psycopg

from hub.akses.service import hash_of, new_token
from hub.base.uuid7 import uuid7

# nothing here is asked by TLS, and a client that makes its own reads the list of all authorities first, which takes longer than
# most tests ask
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Client:
    """`address`: where the hub listens; `url`: its database, for tests that look behind it."""

    def __init__(self, address: str, url: str) -> None:
        self.address = address
        self.url = url
        self._http = httpx.Client(base_url=address, timeout=30, verify=NO_TLS)
        self._token: dict[str, str] = {}
        self._owner: psycopg.Connection[tuple[Any, ...]] | None = None

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        if self._owner is not None:
            self._owner.close()

    def token(self, wilayah: str) -> str:
        """A token that reaches that code: ADMIN for "", PROVINSI for two digits, KABUPATEN else. Made once."""
        if wilayah not in self._token:
            role = "ADMIN" if not wilayah else "PROVINSI" if len(wilayah) == 2 else "KABUPATEN"
            self._token[wilayah] = self._make_token(role, wilayah)
        return self._token[wilayah]

    def another_token(self, wilayah: str) -> str:
        """One more, for whoever does something to it."""
        return self._make_token("PROVINSI" if len(wilayah) == 2 else "KABUPATEN", wilayah)

    def _make_token(self, role: str, wilayah: str) -> str:
        """As `hub token create` does, over the connection that is kept: hundreds of tests have a database of their own."""
        token = new_token()
        self.sql(
            "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada) VALUES (%s, %s, %s, %s, %s, now())",
            uuid7(), f"uji {role} {wilayah}", role, wilayah, hash_of(token),
        )  # fmt: skip
        return token

    def send(self, query: str, variables: dict[str, Any] | None = None, as_whom: str | None = None) -> httpx.Response:
        """The raw response. `as_whom`: the code whose token is sent; None: the public."""
        headers = {} if as_whom is None else {"Authorization": f"Bearer {self.token(as_whom)}"}
        return self._http.post("/graphql", json={"query": query, "variables": variables or {}}, headers=headers)

    def ask(self, query: str, variables: dict[str, Any] | None = None, as_whom: str | None = None) -> Any:
        """The `data` of an answer that must be free of errors."""
        answer = self.send(query, variables, as_whom).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def upload(
        self,
        query: str,
        variables: dict[str, Any],
        file: dict[str, tuple[str, bytes]],
        as_whom: str | None = None,
    ) -> Any:
        """The `data` of a request with files by the GraphQL multipart request. `file`: variable → (name, content)."""
        operations = {"query": query, "variables": {**variables, **dict.fromkeys(file)}}
        answer = self.multipart(operations, {n: [f"variables.{n}"] for n in file}, file, as_whom).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def multipart(
        self, operations: Any, peta: Any, file: dict[str, tuple[str, bytes]], as_whom: str | None = None
    ) -> httpx.Response:
        """The raw response to operations, map and files as they are; None is left out."""
        headers = {} if as_whom is None else {"Authorization": f"Bearer {self.token(as_whom)}"}
        parts = {n: json.dumps(value) for n, value in (("operations", operations), ("map", peta)) if value is not None}
        return self._http.post("/graphql", data=parts, files=file, headers=headers)

    def errors(self, query: str, variables: dict[str, Any] | None = None, as_whom: str | None = None) -> list[Any]:
        """The `errors` of an answer that must have some."""
        answer = self.send(query, variables, as_whom).json()
        assert answer.get("errors"), answer
        errors: list[Any] = answer["errors"]
        return errors

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        return self._http.get(path, **kwargs)

    def post(self, path: str, **kwargs: Any) -> httpx.Response:
        return self._http.post(path, **kwargs)

    def sql(self, statement: str, *nilai: Any) -> list[tuple[Any, ...]]:
        """What the database itself says, as its owner. Over one connection that is kept: a new one starts a process of the
        server, which reads its catalogue and loads PostGIS anew."""
        if self._owner is None:
            self._owner = psycopg.connect(self.url, autocommit=True, prepare_threshold=None)
        cursor = self._owner.execute(statement, nilai or None)
        return cursor.fetchall() if cursor.description else []
