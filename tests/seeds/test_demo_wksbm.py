"""The demo's networks: plainly samples, complete, entered by the rules, the same when entered again."""

import asyncio
import tomllib
from pathlib import Path
from typing import Any

from hub.base.actor import Actor, Peran
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from seeds.demo_wksbm import load_networks
from tests.client import Klien
from tests.sumber_daya.rows import tambah

BERKAS = Path(__file__).parents[2] / "seeds" / "contoh" / "wksbm.toml"
KANTOR = {k: Actor(Peran.KABUPATEN, k, f"uji {k}") for k in ("53.14", "36.73")}
TANYA = """{ daftarWksbm { edges { node { id nama contoh tahap versi anggota { nama } riwayatTahap { tahap }
  hubungan { masuk tujuan { __typename ... on MitraLuar { nama } } } } } } }"""


def _muat(url: str) -> None:
    async def jalan() -> None:
        db = Database(url, 2)
        await db.open()
        try:
            await load_networks(db, KatalogCache(db), KANTOR)
        finally:
            await db.close()

    asyncio.run(jalan())


def _semua(hub: Klien) -> list[Any]:
    return [e["node"] for e in hub.tanya(TANYA)["daftarWksbm"]["edges"]]


def test_every_sample_says_so_and_every_phase_is_there(hub_baca: Klien) -> None:
    isi = tomllib.loads(BERKAS.read_text(encoding="utf-8"))
    semua = _semua(hub_baca)
    assert {w["id"] for w in semua} == {j["id"] for j in isi["jejaring"]}
    assert all(w["contoh"] and w["nama"].startswith("Contoh ") for w in semua)
    assert all("contoh" in a["nama"] for w in semua for a in w["anggota"])
    assert all("contoh" in h["tujuan"]["nama"].lower() for w in semua for h in w["hubungan"] if "nama" in h["tujuan"])
    assert {w["tahap"] for w in semua} == {"PENUMBUHAN", "PEMANTAPAN", "PENGEMBANGAN"}
    assert hub_baca.tanya('{ calonHubungan(wilayah: "53.14") { totalCount } }')["calonHubungan"]["totalCount"] > 0


def test_entering_them_again_adds_only_what_was_missing(hub: Klien) -> None:
    sebelum = _semua(hub)
    sumber = sum(h["tujuan"]["__typename"] == "Panti" for w in sebelum for h in w["hubungan"])
    _muat(hub.url)
    assert _semua(hub) == sebelum
    if not sumber:  # the demo has no panti of its own yet
        tambah(hub, 1, "PANTI")
        _muat(hub.url)
        assert sum(h["tujuan"]["__typename"] == "Panti" for w in _semua(hub) for h in w["hubungan"]) == 1
