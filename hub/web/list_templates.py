"""Templates of lists: what each is made of, read from the domains whose lists they are."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from hub.base.errors import InvalidInputError, ParametersError
from hub.base.kode import Level, level_of
from hub.base.off_loop import BULK
from hub.db.database import Conn, Database
from hub.gudang import list_statements, statements
from hub.gudang import list_template as stock
from hub.katalog.cache import KatalogCache
from hub.lembar.list_template import ListTemplate
from hub.rekap.template_service import read_office
from hub.sumber_daya import list_template as resources
from hub.sumber_daya.tables import KINDS
from hub.tagana import list_template as tagana
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.region_list import DatedWilayah, RegionList
from hub.wksbm import list_template as wksbm

NAMES = ("sumber_daya", "stok", "tagana", "wksbm")
_LAYOUT = 1  # counted up when the same template is written otherwise


@dataclass(frozen=True, slots=True)
class ReadyList:
    """Everything a workbook is written from. `tag`: equal ones have the same."""

    template: ListTemplate
    file_name: str
    tag: str

    def content(self) -> bytes:
        return self.template.content()


class ListTemplates:
    """Regions, goods and the names of warehouses are everybody's; nothing else is read."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    async def ready(self, name: str, given: Mapping[str, str]) -> ReadyList:
        """`name`: one of NAMES; `given`: parameters, `pelapor` and, of resources, `jenis`. Raises ParametersError naming all that is
        wrong."""
        katalog = await self._katalog.get()
        async with self._db.as_owner() as conn:
            wrong: list[tuple[str, str]] = []
            kind = _kind(given.get("jenis"), wrong) if name == "sumber_daya" else ""
            office, desa = await self._office(conn, given.get("pelapor"), wrong)
            if wrong:
                raise ParametersError(wrong)
            if name == "stok":
                kept = await list_statements.warehouses(conn, office) if office else []
                goods = (await statements.goods(conn)).values()
                template = stock.template(goods, [g.nama for g in kept if g.sampai is None])
            elif name == "sumber_daya":
                template = resources.template(kind, desa)
            else:
                template = tagana.template(desa) if name == "tagana" else wksbm.template(katalog, desa)
        parts = "_".join(p for p in (name, kind, office) if p)
        tag = hashlib.sha256(repr((_LAYOUT, template)).encode()).hexdigest()[:32]
        return ReadyList(template, f"{parts}.xlsx", tag)

    async def content(self, ready: ReadyList) -> bytes:
        """The workbook, written beside the event loop. Raises PlaceLimitError where this caller waits for too much already."""
        return await BULK.run(ready.content)

    async def _office(self, conn: Conn, text: str | None, wrong: list[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
        """The office's code, "" for none, and its desa as they may be written, of a kabupaten's alone."""
        if text is None or not text.strip():
            return "", ()
        try:
            kode = read_office(text)
        except InvalidInputError as error:
            wrong.append(("pelapor", error.message))
            return "", ()
        found, _ = await wilayah_statements.below(conn, kode)
        regions = RegionList(kode, self._db.today(), [DatedWilayah(*w) for w in found])
        if kode not in regions.in_force:
            wrong.append(("pelapor", f"Tidak ada kabupaten/kota atau provinsi berkode {kode} sekarang."))
            return "", ()
        if level_of(kode) is Level.PROVINSI:
            return kode, ()
        return kode, tuple(f"{d.kode} {d.nama}" for d in regions.at_level(Level.DESA))


def _kind(text: str | None, wrong: list[tuple[str, str]]) -> str:
    kind = (text or "").strip().upper().replace(" ", "_").replace("-", "_")
    if not kind:
        wrong.append(("jenis", f"Parameter jenis belum ada; jenisnya: {', '.join(KINDS)}."))
    elif kind not in KINDS:
        wrong.append(("jenis", f'Jenis "{kind[:60]}" tidak dikenal; jenisnya: {", ".join(KINDS)}.'))
    return kind
