"""An office's objectives and its scale, brought in as whole lists. One call, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.off_loop import FILES
from hub.base.questions import valid_year
from hub.base.temuan import Refused, Temuan, has_error
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.kinerja import statements as store
from hub.kinerja.checks import read_objectives, read_scale
from hub.kinerja.draft import Objective, OfficeYear, Step, WrittenLine
from hub.kinerja.files import OBJECTIVE_COLUMNS, SCALE_COLUMNS, Columns, read_lines
from hub.lembar.sheet import ReadSheets, file_temuan


@dataclass(frozen=True, slots=True)
class ListWritten:
    """The list as it stands now (with a dry run: as it would). `changed`: it was another, or there was none."""

    rows: Sequence[Objective] | Sequence[Step]
    changed: bool
    temuan: tuple[Temuan, ...]


class PerformanceLists:
    """`read`: opens files. Raises NotAuthorisedError, InvalidInputError for an office or a year that is none; everything else
    that is wrong is in Refused."""

    def __init__(self, db: Database, katalog: KatalogCache, read: ReadSheets) -> None:
        self._db = db
        self._katalog = katalog
        self._read = read

    async def put_objectives(
        self, actor: Actor, office: OfficeYear, name: str, content: bytes, *, dry_run: bool = False
    ) -> ListWritten | Refused:
        """Make this the office's list from that year on, until its next list."""
        _require(actor, office)
        opened = await self._lines(office, name, content, OBJECTIVE_COLUMNS)
        if isinstance(opened, Refused):
            return opened
        objectives, temuan = read_objectives(opened[0], await self._katalog.get())
        temuan = [*opened[1], *temuan]
        if has_error(temuan):
            return Refused(tuple(temuan))
        async with self._db.as_actor(actor) as conn:
            await store.lock(conn, office)
            changed = await store.objectives_of(conn, office) != objectives
            if changed and not dry_run:
                await store.replace_objectives(conn, office, objectives, actor.name)
        return ListWritten(objectives, changed, tuple(temuan))

    async def put_scale(
        self, actor: Actor, office: OfficeYear, name: str, content: bytes, *, dry_run: bool = False
    ) -> ListWritten | Refused:
        """Make this the office's scale from that year on, until its next scale."""
        _require(actor, office)
        opened = await self._lines(office, name, content, SCALE_COLUMNS)
        if isinstance(opened, Refused):
            return opened
        steps, temuan = read_scale(opened[0])
        temuan = [*opened[1], *temuan]
        if has_error(temuan):
            return Refused(tuple(temuan))
        async with self._db.as_actor(actor) as conn:
            await store.lock(conn, office)
            changed = await store.scale_of(conn, office) != steps
            if changed and not dry_run:
                await store.replace_scale(conn, office, steps, actor.name)
        return ListWritten(steps, changed, tuple(temuan))

    async def _lines(
        self, office: OfficeYear, name: str, content: bytes, columns: Columns
    ) -> tuple[list[WrittenLine], list[Temuan]] | Refused:
        try:
            return await FILES.run(self._open, name, content, columns)
        except InvalidInputError as error:
            return Refused((file_temuan(error, name, office.pelapor),))

    def _open(self, name: str, content: bytes, columns: Columns) -> tuple[list[WrittenLine], list[Temuan]]:
        return read_lines(name, self._read(name, content), columns)


def _require(actor: Actor, office: OfficeYear) -> None:
    if not kode_wilayah.is_office(office.pelapor):
        raise InvalidInputError(f'"{office.pelapor}" bukan kode kabupaten/kota atau provinsi.')
    valid_year(office.tahun)
    izin.require(actor, izin.WRITE_PERFORMANCE, office.pelapor)
