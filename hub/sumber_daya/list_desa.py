"""The desa of the rows of a list, kabupaten by kabupaten, and desa of the register under the codes in force."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.off_loop import off_loop
from hub.base.temuan import has_error
from hub.db.database import Conn
from hub.lembar.written_row import WrittenRow
from hub.sumber_daya.batch_statements import kabupaten_of
from hub.sumber_daya.list_places import Kabupaten, read_desa, read_kabupaten
from hub.sumber_daya.service import KabupatenRegions
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import NoMatchError, RegionMatch


class ListRegions:
    """`kab`: the kabupaten that the rows name."""

    def __init__(self, in_force: dict[str, RegionIndex]) -> None:
        self._in_force = in_force
        self.kab = sorted(in_force)

    @classmethod
    async def of(
        cls, conn: Conn, kode: str, today: date, rows: Sequence[WrittenRow], keep: Callable[[WrittenRow, str], None]
    ) -> "ListRegions":
        """`kode`: the kabupaten or province that the list is of; `keep`: told of each row's kabupaten, where it can be told."""
        allowed = Kabupaten.of(await kabupaten_of(conn, kode_wilayah.kode_prov(kode), today), kode)
        found = await off_loop(len(rows), _all_kabupaten, rows, allowed, keep)
        regions = KabupatenRegions(conn)
        await regions.load(found)
        return cls({k: regions.as_of(k, today) for k in found})

    def place(self, b: WrittenRow, kab: str) -> tuple[RegionMatch | None, bool]:
        """(the desa a row names, whether what it says of it is wrong, which was told)."""
        before = len(b.temuan)
        match = read_desa(b, self._in_force[kab])
        return match, has_error(b.temuan[before:])

    def code_in_force(self, kode: str) -> str:
        """Of a desa's code of any time; as it is, where none can be told."""
        try:
            return self._in_force[kode_wilayah.kode_kab(kode)].match_kode(kode).kode
        except (KeyError, NoMatchError):
            return kode


def _all_kabupaten(
    rows: Iterable[WrittenRow], allowed: Kabupaten, keep: Callable[[WrittenRow, str], None]
) -> list[str]:
    found = set()
    for b in rows:
        kab = read_kabupaten(b, allowed)
        if kab is not None:
            keep(b, kab)
            found.add(kab)
    return sorted(found)
