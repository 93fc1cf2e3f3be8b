"""Lists of programmes brought in: one file, one year, one transaction, or nothing.

The same list again changes nothing. What it says otherwise replaces what was; what it lacks, of a source that it names, is closed.
"""

from dataclasses import replace
from datetime import date, timedelta

from hub.akses import izin
from hub.anggaran import statements as store
from hub.anggaran.checks import check_programs, check_year, closed_programs
from hub.anggaran.draft import KeptProgram, Program, ProgramRequest, ProgramsImported, WrittenList
from hub.anggaran.files import assumed_source, read_programs
from hub.anggaran.register import PAGU, SOURCE
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.off_loop import FILES
from hub.base.questions import valid_year
from hub.base.temuan import ERROR, Refused, Temuan, by_gravity, has_error
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import RincianDimension
from hub.lembar.sheet import ReadSheets, file_temuan


class ProgramImport:
    """`read`: opens files. Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, read: ReadSheets, katalog: KatalogCache) -> None:
        self._db = db
        self._read = read
        self._katalog = katalog

    async def upload(
        self, actor: Actor, name: str, content: bytes, request: ProgramRequest
    ) -> ProgramsImported | Refused:
        """A file: its name and content."""
        izin.require(actor, izin.WRITE_PROGRAM, request.wilayah)
        if not kode_wilayah.is_office(request.wilayah):
            message = (
                f'"{request.wilayah}" bukan kode kabupaten/kota atau provinsi; sebutkan kantor yang daftarnya ini.'
            )
            return Refused((Temuan("KABUPATEN_BUKAN_KODE", ERROR, message, nilai=request.wilayah),))
        sources = (await self._katalog.get()).elemen[PAGU].dimension(SOURCE)
        assert sources is not None, "the catalogue's ceilings are told apart by source"
        source = sources.listed(request.sumber) if request.sumber else sources.pilihan[0]
        if source is None:
            message = f'"{request.sumber}" bukan sumber anggaran; sumbernya: {", ".join(sources.pilihan)}.'
            return Refused((Temuan("SUMBER_TAK_DIKENAL", ERROR, message, nilai=request.sumber),))
        try:
            if request.berlaku:
                valid_year(request.berlaku.year)
            written, programs, temuan = await FILES.run(self._open, name, content, sources, source)
        except InvalidInputError as error:
            return Refused((file_temuan(error, name),))
        if not request.sumber and (assumed := assumed_source(written.rows, source)):
            temuan.append(assumed)
        said, wrong_year = check_year(written, request.berlaku.year if request.berlaku else None)
        temuan += wrong_year
        if has_error(temuan):
            return Refused(by_gravity(temuan))
        since = request.berlaku or date(said or self._db.today().year, 1, 1)
        async with self._db.as_actor(actor) as conn:
            await store.lock(conn, request.wilayah, since.year)
            return await _put(conn, actor, programs, since, request, temuan)

    def _open(
        self, name: str, content: bytes, sources: RincianDimension, source: str
    ) -> tuple[WrittenList, list[Program], list[Temuan]]:
        written = read_programs(self._read(name, content), sources.listed)
        programs, temuan = check_programs(written, source)
        return written, programs, [*written.temuan, *temuan]


async def _put(
    conn: Conn, actor: Actor, programs: list[Program], since: date, request: ProgramRequest, temuan: list[Temuan]
) -> ProgramsImported:
    kept = {(k.program.sumber, k.program.kunci): k for k in await store.of_year(conn, request.wilayah, since.year)}
    listed = {(p.sumber, p.kunci): p for p in programs}
    sources = {p.sumber for p in programs}
    new = [p for key, p in listed.items() if key not in kept]
    changed = [
        k for key, p in listed.items() if key in kept and (k := _as_listed(kept[key], p, since)) != kept[key]
    ]  # fmt: skip
    until = since - timedelta(days=1)
    closed = [
        replace(k, berlaku_sampai=until)
        for key, k in kept.items()
        if key not in listed and k.program.sumber in sources and k.berlaku_sampai is None
    ]
    temuan += closed_programs([k.program.nama for k in closed], until.isoformat())
    if not request.uji:
        await store.insert(conn, request.wilayah, since.year, new, since, actor.name)
        await store.update(conn, request.wilayah, since.year, [*changed, *closed], actor.name)
    same = len(listed) - len(new) - len(changed)
    return ProgramsImported(since.year, len(new), len(changed), same, len(closed), by_gravity(temuan))


def _as_listed(kept: KeptProgram, program: Program, since: date) -> KeptProgram:
    """What a programme becomes; one that was closed is in force again, as if it had not been."""
    return KeptProgram(program, min(kept.berlaku_sejak, since), None)
