"""The demo's networks: plainly samples, complete, entered by the rules, the same when entered again."""

import asyncio
import tomllib
from pathlib import Path
from typing import Any

from hub.base.actor import Actor, Role
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from seeds.demo_wksbm import load_networks
from tests.client import Client
from tests.sumber_daya.rows import add

FILE = Path(__file__).parents[2] / "seeds" / "contoh" / "wksbm.toml"
OFFICES = {k: Actor(Role.KABUPATEN, k, f"uji {k}") for k in ("53.14", "36.73")}
QUERY = """{ daftarWksbm { edges { node { id nama contoh tahap versi anggota { nama } riwayatTahap { tahap }
  hubungan { masuk tujuan { __typename ... on MitraLuar { nama } } } } } } }"""


def _load(url: str) -> None:
    async def run() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            await load_networks(db, KatalogCache(db), OFFICES)
        finally:
            await db.close()

    asyncio.run(run())


def _networks(hub: Client) -> list[Any]:
    return [e["node"] for e in hub.ask(QUERY)["daftarWksbm"]["edges"]]


def test_every_sample_says_so_and_every_phase_is_there(read_hub: Client) -> None:
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
    networks = _networks(read_hub)
    assert {w["id"] for w in networks} == {j["id"] for j in given["jejaring"]}
    assert all(w["contoh"] and w["nama"].startswith("Contoh ") for w in networks)
    assert all("contoh" in a["nama"] for w in networks for a in w["anggota"])
    assert all(
        "contoh" in h["tujuan"]["nama"].lower() for w in networks for h in w["hubungan"] if "nama" in h["tujuan"]
    )
    assert {w["tahap"] for w in networks} == {"PENUMBUHAN", "PEMANTAPAN", "PENGEMBANGAN"}
    assert read_hub.ask('{ calonHubungan(wilayah: "53.14") { totalCount } }')["calonHubungan"]["totalCount"] > 0


def test_entering_them_again_adds_only_what_was_missing(hub: Client) -> None:
    before = _networks(hub)
    panti_links = sum(h["tujuan"]["__typename"] == "Panti" for w in before for h in w["hubungan"])
    _load(hub.url)
    assert _networks(hub) == before
    if not panti_links:  # the demo has no panti of its own yet
        add(hub, 1, "PANTI")
        _load(hub.url)
        assert sum(h["tujuan"]["__typename"] == "Panti" for w in _networks(hub) for h in w["hubungan"]) == 1
