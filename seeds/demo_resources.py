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
from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.temuan import Refused
from hub.db.database import Database
from hub.gudang.closing import ledgers
from hub.lembar.files import read_list
from hub.sumber_daya.draft import SumberDayaDraft
from hub.sumber_daya.list_import import SumberDayaImport
from hub.sumber_daya.service import SumberDayaService

_SOURCES = {"36": "Dinas Sosial Banten 2020", "53": "Profil Dinas Sosial Rote Ndao 2020"}
_FILE = Path(__file__).parent / "contoh" / "sumber_daya.toml"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One row. `sample`: made up of a number, not an institution somebody named. `source` None: the document of its province."""

    kind: str
    name: str
    owner: str
    desa: str
    sample: bool
    content: dict[str, Any] = field(default_factory=dict)
    source: str | None = None


async def load_resources(
    db: Database,
    desa: dict[str, str],
    owners: Sequence[Actor],
    area: Mapping[str, MultiPolygon],
    *,
    all_placed: bool = False,
) -> None:
    """Store them through the service's own checks, each office what lies in its reach; what is there already stays.
    `desa`: code → name of every desa they may stand in. `area`: code → sample area (EPSG:4326); warehouses get a point in the
    finest one that their desa lies in, so that their distances can be told; `all_placed`: so does everything else."""
    importer = SumberDayaImport(db, read_list, SumberDayaService(db, ledgers))
    since: date = tomllib.loads(_FILE.read_text(encoding="utf-8"))["sejak"]
    rows = sample_resources(desa)
    for actor in owners:
        draft = [
            SumberDayaDraft(
                b.kind, b.name, b.owner, b.desa, since, contoh=b.sample, sumber=b.source or _SOURCES[b.desa[:2]], values=b.content,
                titik=_point(b, area) if all_placed or b.kind == "GUDANG_BENCANA" else None,
            )
            for b in rows
            if izin.may(actor, izin.WRITE_SUMBER_DAYA, b.desa)
        ]  # fmt: skip
        result = await importer.put(actor, draft)
        if isinstance(result, Refused):
            raise InvalidInputError("sumber_daya.toml: " + "; ".join(t.pesan for t in result.temuan))


def _point(b: SampleRow, area: Mapping[str, MultiPolygon]) -> dict[str, Any] | None:
    """A GeoJSON point, lon, lat; None where the map shows nothing of its kabupaten. Always the same one."""
    kode = next((k for k in (b.desa, b.desa[:8], b.desa[:5]) if k in area), None)
    if kode is None:
        return None
    (point,) = scatter(area[kode], 1, b.name)
    return {"type": "Point", "coordinates": [point.x, point.y]}


def sample_resources(desa: dict[str, str]) -> list[SampleRow]:
    """All of them; the same rows every time. `desa`: code → name of every desa they may stand in."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    rows = [
        SampleRow(b["jenis"], b["nama"], b["pemilik"], b["desa"], False, b.get("isi", {}))
        for b in content["lembaga"]
        if b["desa"] in desa
    ]
    for k in content["kelompok"]:
        places = _spread(sorted(d for d in desa if d.startswith(k["di"] + ".")), k["banyak"], k.get("per_desa"))
        extra = _divide(k["lebih"]["jumlah"], len(places)) if "lebih" in k else []
        for number, kode in enumerate(places):
            special = {k["lebih"]["kolom"]: extra[number]} if extra else {}
            name = f"Contoh {k['nama']} {number + 1}, {desa[kode]}"
            rows.append(
                SampleRow(k["jenis"], name, k["pemilik"], kode, True, {**k.get("isi", {}), **special}, k.get("sumber"))
            )
    return rows


def _spread(desa: Sequence[str], count: int, per_desa: int | None) -> list[str]:
    """So many places: each kabupaten/kota gets its share by its number of desa, one at least where there are enough."""
    per_kab: dict[str, list[str]] = defaultdict(list)
    for d in desa:
        per_kab[d[:5]].append(d)
    if not desa or (per_desa is not None and count > per_desa * len(desa)):
        raise ValueError(f"{count} rows do not fit into {len(desa)} desa")
    if count < len(per_kab):
        per_kab = {k: per_kab[k] for k in sorted(per_kab, key=lambda k: (-len(per_kab[k]), k))[:count]}
    rest = count - len(per_kab)
    desa_count = sum(map(len, per_kab.values()))
    exact = {k: rest * len(d) / desa_count for k, d in per_kab.items()}
    quotas = {k: 1 + int(t) for k, t in exact.items()}
    order = sorted(per_kab, key=lambda k: (int(exact[k]) - exact[k], k))
    for k in order[: count - sum(quotas.values())]:
        quotas[k] += 1
    if per_desa is not None:
        _fit(quotas, {k: per_desa * len(d) for k, d in per_kab.items()})
    return [d[i * len(d) // n % len(d)] for k, d in per_kab.items() for n in (quotas[k],) for i in range(n)]


def _fit(quotas: dict[str, int], room: dict[str, int]) -> None:
    """Move what does not fit to where there is room."""
    excess = sum(max(0, quotas[k] - room[k]) for k in quotas)
    for k in quotas:
        quotas[k] = min(quotas[k], room[k])
    for k in quotas:
        added = min(excess, room[k] - quotas[k])
        quotas[k] += added
        excess -= added


def _divide(amount: int, parts: int) -> list[int]:
    """`amount` in so many whole parts, as equal as can be."""
    return [amount * (i + 1) // parts - amount * i // parts for i in range(parts)]
