"""The demo's social resources: what seeds/contoh/sumber_daya.toml names, and sample rows that add up to what it counts."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shapely import MultiPolygon

from geo.sample_areas import scatter
from hub.base.actor import Actor
from hub.base.errors import MasukanTidakSahError
from hub.base.temuan import Ditolak
from hub.db.database import Database
from hub.gudang.closing import ledgers
from hub.lembar.files import baca_daftar
from hub.sumber_daya.draft import SumberDayaDraft
from hub.sumber_daya.list_import import SumberDayaImport
from hub.sumber_daya.service import SumberDayaService

_SUMBER = {"36": "Dinas Sosial Banten 2020", "53": "Profil Dinas Sosial Rote Ndao 2020"}
_BERKAS = Path(__file__).parent / "contoh" / "sumber_daya.toml"


@dataclass(frozen=True, slots=True)
class BarisContoh:
    """One row. `contoh`: made up of a number, not an institution somebody named. `sumber` None: the document of its province."""

    jenis: str
    nama: str
    pemilik: str
    desa: str
    contoh: bool
    isi: dict[str, Any] = field(default_factory=dict)
    sumber: str | None = None


async def load_resources(
    db: Database, desa: dict[str, str], pemilik: Sequence[Actor], area: Mapping[str, MultiPolygon]
) -> None:
    """Store them through the service's own checks, each office what lies in its reach; what is there already stays.
    `desa`: code → name of every desa they may stand in. `area`: code → sample area (EPSG:4326); warehouses get a point in the
    finest one that their desa lies in, so that their distances can be told."""
    impor = SumberDayaImport(db, baca_daftar, SumberDayaService(db, ledgers))
    sejak: date = tomllib.loads(_BERKAS.read_text(encoding="utf-8"))["sejak"]
    semua = sample_resources(desa)
    for actor in pemilik:
        draft = [
            SumberDayaDraft(
                b.jenis, b.nama, b.pemilik, b.desa, sejak, contoh=b.contoh, sumber=b.sumber or _SUMBER[b.desa[:2]], isi=b.isi,
                titik=_titik(b, area) if b.jenis == "GUDANG_BENCANA" else None,
            )
            for b in semua
            if actor.menjangkau(b.desa)
        ]  # fmt: skip
        hasil = await impor.put(actor, draft)
        if isinstance(hasil, Ditolak):
            raise MasukanTidakSahError("sumber_daya.toml: " + "; ".join(t.pesan for t in hasil.temuan))


def _titik(b: BarisContoh, area: Mapping[str, MultiPolygon]) -> dict[str, Any] | None:
    """A GeoJSON point, lon, lat; None where the map shows nothing of its kabupaten. Always the same one."""
    kode = next((k for k in (b.desa, b.desa[:8], b.desa[:5]) if k in area), None)
    if kode is None:
        return None
    (titik,) = scatter(area[kode], 1, b.nama)
    return {"type": "Point", "coordinates": [titik.x, titik.y]}


def sample_resources(desa: dict[str, str]) -> list[BarisContoh]:
    """All of them; the same rows every time. `desa`: code → name of every desa they may stand in."""
    isi = tomllib.loads(_BERKAS.read_text(encoding="utf-8"))
    baris = [
        BarisContoh(b["jenis"], b["nama"], b["pemilik"], b["desa"], False, b.get("isi", {}))
        for b in isi["lembaga"]
        if b["desa"] in desa
    ]
    for k in isi["kelompok"]:
        tempat = _sebar(sorted(d for d in desa if d.startswith(k["di"] + ".")), k["banyak"], k.get("per_desa"))
        lebih = _bagi(k["lebih"]["jumlah"], len(tempat)) if "lebih" in k else []
        for nomor, kode in enumerate(tempat):
            khusus = {k["lebih"]["kolom"]: lebih[nomor]} if lebih else {}
            nama = f"Contoh {k['nama']} {nomor + 1}, {desa[kode]}"
            baris.append(
                BarisContoh(k["jenis"], nama, k["pemilik"], kode, True, {**k.get("isi", {}), **khusus}, k.get("sumber"))
            )
    return baris


def _sebar(desa: Sequence[str], banyak: int, per_desa: int | None) -> list[str]:
    """So many places: each kabupaten/kota gets its share by its number of desa, one at least where there are enough."""
    per_kab: dict[str, list[str]] = defaultdict(list)
    for d in desa:
        per_kab[d[:5]].append(d)
    if not desa or (per_desa is not None and banyak > per_desa * len(desa)):
        raise ValueError(f"{banyak} rows do not fit into {len(desa)} desa")
    if banyak < len(per_kab):
        per_kab = {k: per_kab[k] for k in sorted(per_kab, key=lambda k: (-len(per_kab[k]), k))[:banyak]}
    sisa = banyak - len(per_kab)
    semua = sum(map(len, per_kab.values()))
    tepat = {k: sisa * len(d) / semua for k, d in per_kab.items()}
    jatah = {k: 1 + int(t) for k, t in tepat.items()}
    urut = sorted(per_kab, key=lambda k: (int(tepat[k]) - tepat[k], k))
    for k in urut[: banyak - sum(jatah.values())]:
        jatah[k] += 1
    if per_desa is not None:
        _rapikan(jatah, {k: per_desa * len(d) for k, d in per_kab.items()})
    return [d[i * len(d) // n % len(d)] for k, d in per_kab.items() for n in (jatah[k],) for i in range(n)]


def _rapikan(jatah: dict[str, int], muat: dict[str, int]) -> None:
    """Move what does not fit to where there is room."""
    lebih = sum(max(0, jatah[k] - muat[k]) for k in jatah)
    for k in jatah:
        jatah[k] = min(jatah[k], muat[k])
    for k in jatah:
        tambah = min(lebih, muat[k] - jatah[k])
        jatah[k] += tambah
        lebih -= tambah


def _bagi(jumlah: int, ke: int) -> list[int]:
    """`jumlah` in so many whole parts, as equal as can be."""
    return [jumlah * (i + 1) // ke - jumlah * i // ke for i in range(ke)]
