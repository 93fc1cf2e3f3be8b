"""The demo's networks (WKSBM): what seeds/contoh/wksbm.toml names, entered the way an office enters it."""

import tomllib
from pathlib import Path
from typing import Any

from hub.base.actor import Actor
from hub.base.errors import MasukanTidakSahError
from hub.base.temuan import Ditolak
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.sumber_daya import statements as sumber_daya_statements
from hub.wksbm.draft import AnggotaDraft, HubunganDraft, KegiatanDraft, MitraDraft, WksbmDraft
from hub.wksbm.hubungan_service import HubunganService
from hub.wksbm.service import WksbmService

_BERKAS = Path(__file__).parent / "contoh" / "wksbm.toml"
_SUMBER = "contoh"


async def load_networks(db: Database, katalog: KatalogCache, kantor: dict[str, Actor]) -> None:
    """Enter them, or what is left of them after a cut. `kantor`: who writes, per kabupaten code; networks of others are left
    out."""
    isi = tomllib.loads(_BERKAS.read_text(encoding="utf-8"))
    jejaring, hubungan = WksbmService(db, katalog), HubunganService(db)
    for j in isi["jejaring"]:
        if (siapa := kantor.get(j["id"][:5])) is None:
            continue
        _pasti(await jejaring.save(siapa, _draft(j, isi)))
        for p in j["pindah"]:
            hasil = await jejaring.move(siapa, j["id"], p["tahap"], p["sejak"])
            if not (isinstance(hasil, Ditolak) and "SEJAK_TERLALU_DINI" in {t.kode for t in hasil.temuan}):
                _pasti(hasil)  # too early: it went on from there the last time
    for h in isi["hubungan"]:
        siapa = kantor.get(h["dari"][:5])
        tujuan = h.get("ke")
        if "sumber" in h:
            tujuan = await _sumber_daya(db, **h["sumber"])
        if siapa is None or (tujuan is None and "mitra" not in h) or (tujuan and tujuan[:5] not in kantor):
            continue
        mitra = MitraDraft(**h["mitra"]) if "mitra" in h else None
        _pasti(
            await hubungan.link(
                siapa, HubunganDraft(h["dari"], h["jenis"], h["skala"], h["sejak"], tujuan, mitra, h.get("sampai"))
            )
        )


def _draft(j: dict[str, Any], isi: dict[str, Any]) -> WksbmDraft:
    kegiatan = [KegiatanDraft(hari, kode) for tahap in j["capai"] for kode, hari in isi[tahap].items()]
    kegiatan += [KegiatanDraft(**k) for k in j.get("kegiatan", ())]
    return WksbmDraft(
        j["nama"], j["desa"], j["sejak"], j["id"], None, j.get("sampai"), balai=j.get("balai"), dokumen=j.get("dokumen"),
        sumber=_SUMBER, anggota=tuple(AnggotaDraft(**a) for a in j["anggota"]), kegiatan=tuple(kegiatan), contoh=True,
    )  # fmt: skip


async def _sumber_daya(db: Database, jenis: str, di: str) -> str | None:
    async with db.as_owner() as conn:
        ada = sorted(await sumber_daya_statements.standing(conn, di[:5], jenis), key=lambda s: (s[1], s[0]))
    return next((f"{di[:5]}:{id_}" for id_, desa, _ in ada if desa.startswith(di)), None)


def _pasti(hasil: object) -> None:
    if isinstance(hasil, Ditolak):
        raise MasukanTidakSahError(
            f"{_BERKAS.name}: " + "; ".join(t.pesan for t in hasil.temuan if t.tingkat == "GALAT")
        )
