"""The demo: regions, a sample map, and the figures of two source documents, entered the way an office enters them.

Rote Ndao's profile of 2020 goes in as twelve rekap by a kabupaten token and is approved by a province token; Banten's
statement of 2020 goes in as the province's own. Social resources are those that both documents count (demo_resources).
Figures are those of the documents; WIL06 and WIL07 of Rote Ndao are derived from its printed achievements, and the map is
made up.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from shapely import MultiPolygon

from hub.akses.service import TokenService
from hub.base.actor import Actor, Peran
from hub.base.errors import MasukanTidakSahError
from hub.base.temuan import Ditolak
from hub.batas.service import import_batas
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.files import baca_rekap
from hub.rekap.service import RekapWorkflow
from hub.sumber_daya import demo_statements as store
from hub.wilayah.draft import BarisDaftar, Perubahan
from hub.wilayah.service import import_wilayah
from seeds.demo_areas import as_features, sample_areas
from seeds.demo_resources import load_resources
from seeds.demo_stok import load_stock
from seeds.demo_wksbm import load_networks

_CONTOH = Path(__file__).parent / "contoh"
_SUMBER = "contoh"
_2020, _2022 = date(2020, 1, 1), date(2022, 1, 1)  # years of the lists, not dates of the regulations

TOKEN = {
    "53.14": ("KABUPATEN", "Dinas Sosial Rote Ndao (contoh)"),
    "53": ("PROVINSI", "Dinas Sosial NTT (contoh)"),
    "36": ("PROVINSI", "Dinas Sosial Banten (contoh)"),
    "36.73": ("KABUPATEN", "Dinas Sosial Kota Serang (contoh)"),
}

Kabar = Callable[[str], None]


async def load_demo(
    db: Database, katalog: KatalogCache, rekap: RekapWorkflow, token: TokenService, kabar: Kabar
) -> dict[str, str] | None:
    """Load the demo, or the rest of it after a cut; every step can be done again. Returns the demo tokens by region
    code, shown this once; None where the demo is complete or the database holds regions of its own.
    """
    lama, baru, perubahan = _daftar()
    async with db.as_owner() as conn:
        ada = await store.loaded(conn, [b.kode for b in (*lama, *baru)], [nama for _, nama in TOKEN.values()])
    if ada.lain or len(ada.token) == len(TOKEN):
        return None
    kabar("wilayah contoh: daftar 2020 dan 2022")
    if ada.terbaru is None or ada.terbaru <= _2020:
        await import_wilayah(db, lama, _2020, sumber=_SUMBER)
    await import_wilayah(db, baru, _2022, perubahan, sumber=_SUMBER)
    kabar("peta contoh (bukan batas resmi)")
    area = await _peta(db, [b.kode for b in baru], perubahan)
    kabar("rekap Rote Ndao 2020")
    kabupaten = Actor(Peran.KABUPATEN, "53.14", TOKEN["53.14"][1])
    provinsi = Actor(Peran.PROVINSI, "53", TOKEN["53"][1])
    for berkas in sorted((_CONTOH / "rote_ndao_2020").glob("F*.csv")):
        await _kirim(rekap, berkas, kabupaten, provinsi)
    kabar("pernyataan Banten 2020")
    for berkas in sorted((_CONTOH / "banten_2020").glob("F*.csv")):
        await _kirim(rekap, berkas, Actor(Peran.PROVINSI, "36", TOKEN["36"][1]), None)
    kabar("sumber daya contoh")
    nama_desa = {b.kode: b.nama for b in baru if len(b.kode) == 13}
    await load_resources(db, nama_desa, [kabupaten, Actor(Peran.PROVINSI, "36", TOKEN["36"][1])], area)
    kabar("stok gudang contoh")
    await load_stock(db)
    kabar("jejaring WKSBM contoh")
    await load_networks(db, katalog, {k: Actor(Peran.KABUPATEN, k, TOKEN[k][1]) for k in ("53.14", "36.73")})
    kabar("token contoh")
    return {kode: (await token.create(peran, kode, nama))[1] for kode, (peran, nama) in TOKEN.items()}


def _daftar() -> tuple[list[BarisDaftar], list[BarisDaftar], list[Perubahan]]:
    lama: list[BarisDaftar] = []
    baru: list[BarisDaftar] = []
    perubahan: list[Perubahan] = []
    with (_CONTOH / "wilayah.csv").open(encoding="utf-8", newline="") as isi:
        for nomor, b in enumerate(csv.DictReader(isi), 2):
            kode, nama = b["kode_2022"] or b["kode_2020"], b["nama_2022"] or b["nama_2020"]
            if b["kode_2020"]:
                lama.append(BarisDaftar(nomor, b["kode_2020"], b["nama_2020"]))
            baru.append(BarisDaftar(nomor, kode, nama))
            if b["kode_2020"] and b["kode_2020"] != kode:
                perubahan.append(Perubahan(nomor, "pindah", b["kode_2020"], kode))
            elif not b["kode_2020"]:
                perubahan.append(Perubahan(nomor, "tambah", "", kode))
    return lama, baru, perubahan


async def _peta(db: Database, kode_baru: list[str], perubahan: list[Perubahan]) -> dict[str, MultiPolygon]:
    """Two maps: as of 2020 Loaholu is still part of Rote Barat Laut. Returns today's: code → area."""
    kini = sample_areas([k for k in kode_baru if len(k) == 13 and k.startswith("53.14.")])
    dahulu = dict(kini)
    for p in perubahan:
        if p.kode_lama:
            dahulu[p.kode_lama] = kini[p.kode_baru]
    for p in perubahan:
        dahulu.pop(p.kode_baru, None)
    gabung = kini["53.14.02"].union(kini["53.14.11"])
    dahulu["53.14.02"] = gabung if gabung.geom_type == "MultiPolygon" else type(kini["53.14.02"])([gabung])
    dahulu.pop("53.14.11", None)
    for area, berlaku in ((dahulu, _2020), (kini, _2022)):
        await import_batas(
            db, as_features(area), berlaku, sumber="contoh buatan, bukan batas resmi", versi="contoh", contoh=True
        )
    return kini


async def _kirim(rekap: RekapWorkflow, berkas: Path, pelapor: Actor, pembina: Actor | None) -> None:
    formulir = berkas.stem
    draft = baca_rekap(berkas, pelapor.wilayah, formulir, "2020", f"contoh-{pelapor.wilayah}-{formulir}-2020")
    hasil = await rekap.submit(pelapor, draft)
    if isinstance(hasil, Ditolak):
        raise MasukanTidakSahError(
            f"{berkas.name}: " + "; ".join(t.pesan for t in hasil.temuan if t.tingkat == "GALAT")
        )
    if pembina is not None:
        assert hasil.kunci is not None
        await rekap.approve(pembina, hasil.kunci, hasil.revisi)
