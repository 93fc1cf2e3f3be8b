"""A province's hub and a node that it may ask live, each served over a database of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.simpul.keys import node_key
from hub.simpul.live_ask import LiveAsker
from hub.simpul.live_breaker import Breakers
from tests.client import Client
from tests.hub_server import SETTINGS, Server

ASK = """query($k: [KodeWilayah!]!, $b: Int) { langsung(kabupaten: $k, batasWaktuMs: $b) {
  kode sumber pada umurDetik alasan kabupaten { kode nama gudang { nama stok { kode jumlah } } } } }"""


@contextmanager
def served(url: str, home: Path, wilayah: str) -> Iterator[Client]:
    with serving(url, home, wilayah) as (client, _):
        yield client


@contextmanager
def serving(url: str, home: Path, wilayah: str) -> Iterator[tuple[Client, LiveAsker]]:
    """With what asks nodes there."""
    settings = Settings(home=home, wilayah=wilayah, kunci_peran=SecretStr(role_key(SETTINGS).decode()))
    server = Server(url, settings)
    server.start()
    try:
        with Client(server.address, url) as client:
            yield client, server.app.state.live
    finally:
        server.stop()


def be_node(node: Client, province_home: Path, kab: str = "53.14", mode: str = "TARIK") -> None:
    """The node has joined and was handed over; it knows the province's key."""
    node.sql(
        "INSERT INTO simpul (kode_kab, mode, mode_diminta, induk, kode_induk, bergabung_pada, serah_pada) "
        "VALUES (%s, %s, %s, 'https://provinsi.example', '53', now(), now())", kab, mode, mode,
    )  # fmt: skip
    key = node_key(province_home)
    node.sql(
        "INSERT INTO simpul_kunci (kode_kab, sidik, kunci, sejak) VALUES ('53', %s, %s, now())", key.id, key.public
    )


def register(province: Client, kab: str, url: str | None, mode: str = "TARIK") -> None:
    """At the province: that kabupaten has a node, and was in contact a minute ago."""
    province.sql(
        "INSERT INTO simpul (kode_kab, mode, mode_diminta, url, kode_induk, bergabung_pada, serah_pada, terakhir_kontak, versi_wilayah) "
        "VALUES (%s, %s, 'TARIK', %s, '53', now(), now(), now() - interval '1 minute', current_date) "
        "ON CONFLICT (kode_kab) DO UPDATE SET url = excluded.url, mode = excluded.mode", kab, mode, url,
    )  # fmt: skip


def ask(
    province: Client, codes: Sequence[str], limit: int = 3_000, whom: str | None = "53", query: str = ASK
) -> list[Any]:
    """What `langsung` answers, free of errors."""
    answers: list[Any] = province.ask(query, {"k": list(codes), "b": limit}, whom)["langsung"]
    return answers


def forget(hub: Client, asker: LiveAsker) -> None:
    """No node was ever asked, and none is there."""
    hub.sql("DELETE FROM simpul")
    hub.sql("DELETE FROM simpul_langsung")
    asker.breakers = Breakers(asker.db)
    asker.schemas.forget_all()
