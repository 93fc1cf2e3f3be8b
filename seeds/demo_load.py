"""The demo: regions, a sample map, and the figures of two source documents, entered the way an office enters them.

Rote Ndao's profile of 2020 goes in as twelve rekap by a kabupaten token and is approved by a province token; Banten's
statement of 2020 goes in as the province's own, its target for 2021 under that year. Social resources are those that both documents count (demo_resources).
Figures are those of the documents; WIL06 and WIL07 of Rote Ndao are derived from its printed achievements, and the map is
made up.

The story adds what offices of both provinces are made out to have reported since (seeds/story_plan.py), and draws the rest of the map.
"""

import asyncio
import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shapely import MultiPolygon

from hub.akses.service import TokenService
from hub.anggaran.draft import ProgramRequest
from hub.anggaran.service import ProgramImport
from hub.base.actor import Actor, Role
from hub.base.errors import InvalidInputError
from hub.base.temuan import Refused
from hub.batas.service import BatasSource, import_batas
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.kinerja.draft import OfficeYear
from hub.kinerja.service import PerformanceLists
from hub.lembar.files import content_of, read_list
from hub.rekap.draft import Envelope
from hub.rekap.files import read_rekap
from hub.rekap.service import RekapWorkflow
from hub.sumber_daya import demo_statements as store
from hub.wilayah.draft import ListLine, RegionChange
from hub.wilayah.service import import_wilayah
from seeds.demo_areas import as_features, sample_areas, story_areas
from seeds.demo_resources import load_resources
from seeds.demo_stok import load_stock
from seeds.demo_wksbm import load_networks
from seeds.story_load import load_story

_SAMPLES = Path(__file__).parent / "contoh"
_SOURCE = "contoh"
_2020, _2022 = date(2020, 1, 1), date(2022, 1, 1)  # years of the lists, not dates of the regulations

TOKEN = {
    "53.14": ("KABUPATEN", "Dinas Sosial Rote Ndao (contoh)"),
    "53": ("PROVINSI", "Dinas Sosial NTT (contoh)"),
    "36": ("PROVINSI", "Dinas Sosial Banten (contoh)"),
    "36.73": ("KABUPATEN", "Dinas Sosial Kota Serang (contoh)"),
}

Announce = Callable[[str], None]


async def load_demo(
    db: Database,
    katalog: KatalogCache,
    rekap: RekapWorkflow,
    token: TokenService,
    announce: Announce,
    *,
    story: bool = False,
) -> dict[str, str] | None:
    """Load the demo, or the rest of it after a cut; every step can be done again. Returns the demo tokens by region
    code, shown this once; None where the demo is complete or the database holds regions of its own.
    """
    old_list, new_list, changes = _lists()
    async with db.as_owner() as conn:
        present = await store.loaded(
            conn, [b.kode for b in (*old_list, *new_list)], [name for _, name in TOKEN.values()]
        )
    if present.has_others or len(present.token) == len(TOKEN):
        return None
    announce("wilayah contoh: daftar 2020 dan 2022")
    if present.newest is None or present.newest <= _2020:
        await import_wilayah(db, old_list, _2020, source=_SOURCE)
    await import_wilayah(db, new_list, _2022, changes, source=_SOURCE)
    announce("peta contoh (bukan batas resmi)")
    earlier, current = _areas([b.kode for b in new_list], changes, story=story)
    await asyncio.gather(  # the map is examined in a process of its own; nothing else waits for it
        _import_maps(db, earlier, current),
        _figures_and_resources(db, katalog, rekap, announce, _Regions(new_list, current, story)),
    )
    announce("token contoh")
    return {kode: (await token.create(role, kode, name))[1] for kode, (role, name) in TOKEN.items()}


@dataclass(frozen=True, slots=True)
class _Regions:
    newest: list[ListLine]
    area: dict[str, MultiPolygon]  # by code
    story: bool


async def _figures_and_resources(
    db: Database, katalog: KatalogCache, rekap: RekapWorkflow, announce: Announce, regions: _Regions
) -> None:
    announce("rekap Rote Ndao 2020")
    kabupaten = Actor(Role.KABUPATEN, "53.14", TOKEN["53.14"][1])
    provinsi = Actor(Role.PROVINSI, "53", TOKEN["53"][1])
    await _programs(db, katalog, kabupaten)
    for file in sorted(_SAMPLES.glob("rote_ndao_*/F*.csv")):
        await _submit(rekap, file, kabupaten, provinsi)
    await _performance_lists(PerformanceLists(db, katalog, read_list), kabupaten)
    announce("pernyataan Banten 2020")
    for file in sorted(_SAMPLES.glob("banten_*/F*.csv")):
        await _submit(rekap, file, Actor(Role.PROVINSI, "36", TOKEN["36"][1]), None)
    announce("sumber daya contoh")
    desa_names = {b.kode: b.name for b in regions.newest if len(b.kode) == 13}
    owners = [kabupaten, Actor(Role.PROVINSI, "36", TOKEN["36"][1])]
    await load_resources(db, desa_names, owners, regions.area, all_placed=regions.story)
    announce("stok gudang contoh")
    await load_stock(db)
    announce("jejaring WKSBM contoh")
    await load_networks(db, katalog, {k: Actor(Role.KABUPATEN, k, TOKEN[k][1]) for k in ("53.14", "36.73")})
    if regions.story:
        await load_story(db, katalog, _offices(regions.newest), sorted(desa_names), announce)


def _lists() -> tuple[list[ListLine], list[ListLine], list[RegionChange]]:
    old_list: list[ListLine] = []
    new_list: list[ListLine] = []
    changes: list[RegionChange] = []
    with (_SAMPLES / "wilayah.csv").open(encoding="utf-8", newline="") as file:
        for number, b in enumerate(csv.DictReader(file), 2):
            kode, name = b["kode_2022"] or b["kode_2020"], b["nama_2022"] or b["nama_2020"]
            if b["kode_2020"]:
                old_list.append(ListLine(number, b["kode_2020"], b["nama_2020"]))
            new_list.append(ListLine(number, kode, name))
            if b["kode_2020"] and b["kode_2020"] != kode:
                changes.append(RegionChange(number, "pindah", b["kode_2020"], kode))
            elif not b["kode_2020"]:
                changes.append(RegionChange(number, "tambah", "", kode))
    return old_list, new_list, changes


def _offices(regions: list[ListLine]) -> dict[str, str]:
    """Code of every kabupaten and province → name of its office, which says that it is a sample."""
    named = {b.kode: f"Dinas Sosial {b.name} (contoh)" for b in regions if len(b.kode) <= 5}
    return named | {kode: name for kode, (_, name) in TOKEN.items()}


def _areas(
    new_kode: list[str], changes: list[RegionChange], *, story: bool
) -> tuple[dict[str, MultiPolygon], dict[str, MultiPolygon]]:
    """Two maps, code → area: as of 2020 Loaholu is still part of Rote Barat Laut; and today's."""
    current = sample_areas([k for k in new_kode if len(k) == 13 and k.startswith("53.14.")])
    earlier = dict(current)
    for p in changes:
        if p.kode_lama:
            earlier[p.kode_lama] = current[p.kode_baru]
    for p in changes:
        earlier.pop(p.kode_baru, None)
    united = current["53.14.02"].union(current["53.14.11"])
    earlier["53.14.02"] = united if united.geom_type == "MultiPolygon" else type(current["53.14.02"])([united])
    earlier.pop("53.14.11", None)
    if story:
        current = story_areas(new_kode)
    return earlier, current


async def _import_maps(db: Database, earlier: dict[str, MultiPolygon], current: dict[str, MultiPolygon]) -> None:
    for area, valid_from in ((earlier, _2020), (current, _2022)):
        source = BatasSource("contoh buatan, bukan batas resmi", "contoh", is_sample=True)
        await import_batas(db, as_features(area), valid_from, source)


async def _performance_lists(lists: PerformanceLists, office: Actor) -> None:
    """Its objectives and the words of its scale, as its profile of 2020 has them."""
    folder, since = _SAMPLES / "rote_ndao_2020", OfficeYear(office.wilayah, 2020)
    for file, put in ((folder / "sasaran.csv", lists.put_objectives), (folder / "skala.csv", lists.put_scale)):
        result = await put(office, since, file.name, file.read_bytes())
        if isinstance(result, Refused):
            raise InvalidInputError(f"{file.name}: " + "; ".join(t.pesan for t in result.temuan))


async def _programs(db: Database, katalog: KatalogCache, pelapor: Actor) -> None:
    """What the tables of its budget list, before figures name it."""
    file = _SAMPLES / "rote_ndao_2020" / "program.csv"
    request = ProgramRequest(pelapor.wilayah, _2020)
    result = await ProgramImport(db, read_list, katalog).upload(pelapor, file.name, content_of(file), request)
    if isinstance(result, Refused):
        raise InvalidInputError(f"{file.name}: " + "; ".join(t.pesan for t in result.temuan if t.tingkat == "GALAT"))


async def _submit(rekap: RekapWorkflow, file: Path, pelapor: Actor, approver: Actor | None) -> None:
    """A file says its form by its name, its year by its folder's."""
    formulir, year = file.stem, file.parent.name[-4:]
    key = f"contoh-{pelapor.wilayah}-{formulir}-{year}"
    draft = read_rekap(file, Envelope(pelapor.wilayah, formulir, year, key))
    result = await rekap.submit(pelapor, draft)
    if isinstance(result, Refused):
        raise InvalidInputError(f"{file.name}: " + "; ".join(t.pesan for t in result.temuan if t.tingkat == "GALAT"))
    if approver is not None:
        assert result.kunci is not None
        await rekap.approve(approver, result.kunci, result.revisi)
