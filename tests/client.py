"""A small GraphQL client, as a user's program would have one."""

import asyncio
import json
from types import TracebackType
from typing import Any

import httpx
import psycopg

from hub.akses.service import TokenService
from hub.db.database import Database


class Klien:
    """`alamat`: where the hub listens; `url`: its database, for tests that look behind it."""

    def __init__(self, alamat: str, url: str) -> None:
        self.alamat = alamat
        self.url = url
        self._http = httpx.Client(base_url=alamat, timeout=30)
        self._token: dict[str, str] = {}
        self._pemilik: psycopg.Connection[tuple[Any, ...]] | None = None

    def __enter__(self) -> "Klien":
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, salah: BaseException | None, jejak: TracebackType | None
    ) -> None:
        self._http.close()
        if self._pemilik is not None:
            self._pemilik.close()

    def token(self, wilayah: str) -> str:
        """A token that reaches that code: ADMIN for "", PROVINSI for two digits, KABUPATEN else. Made once."""
        if wilayah not in self._token:
            peran = "ADMIN" if not wilayah else "PROVINSI" if len(wilayah) == 2 else "KABUPATEN"
            self._token[wilayah] = asyncio.run(_buat(self.url, peran, wilayah))
        return self._token[wilayah]

    def kirim(self, query: str, variables: dict[str, Any] | None = None, sebagai: str | None = None) -> httpx.Response:
        """The raw response. `sebagai`: the code whose token is sent; None: the public."""
        kepala = {} if sebagai is None else {"Authorization": f"Bearer {self.token(sebagai)}"}
        return self._http.post("/graphql", json={"query": query, "variables": variables or {}}, headers=kepala)

    def tanya(self, query: str, variables: dict[str, Any] | None = None, sebagai: str | None = None) -> Any:
        """The `data` of an answer that must be free of errors."""
        jawab = self.kirim(query, variables, sebagai).json()
        assert "errors" not in jawab, jawab["errors"]
        return jawab["data"]

    def unggah(
        self,
        query: str,
        variables: dict[str, Any],
        berkas: dict[str, tuple[str, bytes]],
        sebagai: str | None = None,
    ) -> Any:
        """The `data` of a request with files by the GraphQL multipart request. `berkas`: variable → (name, content)."""
        operasi = {"query": query, "variables": {**variables, **dict.fromkeys(berkas)}}
        jawab = self.multipart(operasi, {n: [f"variables.{n}"] for n in berkas}, berkas, sebagai).json()
        assert "errors" not in jawab, jawab["errors"]
        return jawab["data"]

    def multipart(
        self, operasi: Any, peta: Any, berkas: dict[str, tuple[str, bytes]], sebagai: str | None = None
    ) -> httpx.Response:
        """The raw response to operations, map and files as they are; None is left out."""
        kepala = {} if sebagai is None else {"Authorization": f"Bearer {self.token(sebagai)}"}
        bagian = {n: json.dumps(isi) for n, isi in (("operations", operasi), ("map", peta)) if isi is not None}
        return self._http.post("/graphql", data=bagian, files=berkas, headers=kepala)

    def galat(self, query: str, variables: dict[str, Any] | None = None, sebagai: str | None = None) -> list[Any]:
        """The `errors` of an answer that must have some."""
        jawab = self.kirim(query, variables, sebagai).json()
        assert jawab.get("errors"), jawab
        isi: list[Any] = jawab["errors"]
        return isi

    def get(self, jalur: str, **kwargs: Any) -> httpx.Response:
        return self._http.get(jalur, **kwargs)

    def post(self, jalur: str, **kwargs: Any) -> httpx.Response:
        return self._http.post(jalur, **kwargs)

    def sql(self, perintah: str, *nilai: Any) -> list[tuple[Any, ...]]:
        """What the database itself says, as its owner. Over one connection that is kept: a new one starts a process of the
        server, which reads its catalogue and loads PostGIS anew."""
        if self._pemilik is None:
            self._pemilik = psycopg.connect(self.url, autocommit=True, prepare_threshold=None)
        kursor = self._pemilik.execute(perintah, nilai or None)
        return kursor.fetchall() if kursor.description else []


async def _buat(url: str, peran: str, wilayah: str) -> str:
    db = Database(url, 2)
    await db.open()
    try:
        _, token = await TokenService(db).create(peran, wilayah, f"uji {peran} {wilayah}")
        return token
    finally:
        await db.close()
