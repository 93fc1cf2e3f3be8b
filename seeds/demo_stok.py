"""The demo's stock: what seeds/contoh/stok.toml says came to and went from the sample warehouses, entered into the ledger as
their offices would. Days are counted back from the day the demo is loaded, so that the rates and the expiry of late mean
something."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from hub.base.actor import Actor, Peran
from hub.base.errors import MasukanTidakSahError
from hub.base.temuan import Ditolak
from hub.db.database import Database
from hub.gudang.draft import BarisDraft, MutasiDraft
from hub.gudang.service import StokLedger
from hub.gudang.warehouse import Tercatat
from hub.sumber_daya import demo_statements as store

_BERKAS = Path(__file__).parent / "contoh" / "stok.toml"


async def load_stock(db: Database, hari_ini: date | None = None) -> None:
    """Documents and minimums of every sample warehouse there is, and what they sent each other. What was loaded before, on whatever day, stays as it is."""
    isi = tomllib.loads(_BERKAS.read_text(encoding="utf-8"))
    kini = hari_ini or db.today()
    buku = StokLedger(db)
    async with db.as_owner() as conn:
        gudang = await store.sample_warehouses(conn)
    for nomor, g in enumerate(gudang):
        kali = isi["kali"][g.pemilik]
        penjaga = _penjaga(g)
        for urut, d in enumerate(isi["dokumen"]):
            if d.get("giliran", nomor % isi["giliran"]) == nomor % isi["giliran"]:
                _pastikan(await buku.record(penjaga, _draft(g.id, f"contoh-{urut + 1}-{g.id}", d, kali, kini, db.zona)))
        minimum = [(b["barang"], Decimal(b["jumlah"] * kali)) for b in isi["minimum"]]
        _pastikan(await buku.set_minimum(penjaga, g.id, minimum, isi["minimum_sejak"]))
    keeps = {_penjaga(g).wilayah: g for g in reversed(gudang)}
    for number, k in enumerate(isi["kiriman"], 1):
        if k["dari"] in keeps and k["ke"] in keeps:
            draft = _draft(keeps[k["dari"]].id, f"contoh-kiriman-{number}", {**k, "jenis": "PINDAH"}, 1, kini, db.zona)
            sent = replace(draft, gudang_tujuan=keeps[k["ke"]].id)
            _pastikan(await buku.record(_penjaga(keeps[k["dari"]]), sent))


def _penjaga(g: store.GudangContoh) -> Actor:
    """The office that keeps its ledger."""
    if g.pemilik == "PROVINSI":
        return Actor(Peran.PROVINSI, g.id[:2], f"Dinas Sosial {g.id[:2]} (contoh)")
    return Actor(Peran.KABUPATEN, g.id[:5], f"Dinas Sosial {g.id[:5]} (contoh)")


def _draft(gudang: str, kunci: str, d: Mapping[str, Any], kali: int, kini: date, zona: tzinfo) -> MutasiDraft:
    """`hari`: days before today, at noon; `habis`: days from today."""
    baris = tuple(
        BarisDraft(
            b["barang"], Decimal(b["jumlah"] * kali), b.get("lot"),
            kini + timedelta(days=b["habis"]) if "habis" in b else None, b.get("dana"),
        )
        for b in d["baris"]
    )  # fmt: skip
    pada = datetime.combine(kini - timedelta(days=d["hari"]), time(12), zona)
    return MutasiDraft(gudang, d["jenis"], baris, d["dokumen"], kunci, pada, tujuan=d.get("tujuan"))


def _pastikan(hasil: Tercatat | Ditolak) -> None:
    if isinstance(hasil, Ditolak) and [t.kode for t in hasil.temuan] != ["KUNCI_SUDAH_DIPAKAI"]:
        raise MasukanTidakSahError("stok.toml: " + "; ".join(t.pesan for t in hasil.temuan))
