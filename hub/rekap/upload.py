"""A rekap that comes as a file over the network: read, told how it was read, submitted or kept as a draft."""

from dataclasses import dataclass, field
from datetime import date

import orjson

from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.many_findings import told
from hub.base.off_loop import FILES, let_go, no_full_collection
from hub.base.temuan import ERROR, Refused, Temuan
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Katalog
from hub.lembar.sheet import ReadSheets, file_temuan
from hub.rekap import file_mapping_statements as mapping_store
from hub.rekap import moves
from hub.rekap.draft import Envelope, RekapDraft
from hub.rekap.examination import read_regions
from hub.rekap.file_mapping import NO_MAPPING, FileMapping
from hub.rekap.file_preview import findings, preview
from hub.rekap.file_reading import FileReading, Known, ReadTable, read_file
from hub.rekap.files import draft_of, periode_of
from hub.rekap.service import Receipt, RekapWorkflow, check_head
from hub.wilayah.region_index import RegionIndex

_OF_CELLS = frozenset(
    ("ANGKA_TAK_TERBACA", "STATUS_BERTENTANGAN", "TOTAL_TAK_TERBACA", "TOTAL_BERLAINAN", "TOTAL_BEDA")
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file with what its sender says of it. `mapping`: what its columns and rows are."""

    name: str
    content: bytes = field(repr=False)
    envelope: Envelope
    mapping: FileMapping = NO_MAPPING


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file was read. `document`: {lembar, temuan} as JSON; `as_of`: the day by which its regions are named."""

    document: str
    as_of: date


@dataclass(frozen=True, slots=True)
class _Background:
    """What a file is read by."""

    head: RekapDraft
    katalog: Katalog
    regions: RegionIndex
    known: Known


class RekapUpload:
    """`read`: opens files. Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, katalog: KatalogCache, rekap: RekapWorkflow, read: ReadSheets) -> None:
        self._db = db
        self._katalog = katalog
        self._rekap = rekap
        self._read = read

    async def submit(
        self, actor: Actor, file: SentFile, *, dry_run: bool = False, keep: bool = False
    ) -> Receipt | Refused:
        """Submit what the file holds, or keep it as a draft (`keep`); nobody's file is opened who may not submit. What the sender
        said of its columns and rows is remembered once it was submitted, or understood but for single cells."""
        moves.require(actor, file.envelope.pelapor, moves.SUBMIT)
        with no_full_collection():
            try:
                beside = await self._background(actor, file)
                if isinstance(beside, Refused):
                    return beside
                draft, used = await FILES.run(self._draft, file, beside)
            except InvalidInputError as error:
                return Refused((file_temuan(error, file.name, file.envelope.pelapor),))
            drafts = [draft]
            del draft
            try:
                if keep and not dry_run:
                    result = await self._rekap.save_draft(actor, drafts[0])
                else:
                    result = await self._rekap.submit(actor, drafts[0], dry_run=dry_run)
            finally:
                await let_go(len(drafts[0].cells), drafts)
        is_understood = isinstance(result, Receipt) or (keep and _is_of_cells(result))
        if is_understood and not dry_run and (used.columns or used.rows):
            async with self._db.as_actor(actor) as conn:
                await mapping_store.remember(conn, beside.head.pelapor, beside.head.formulir, used)
        return result

    async def examined(self, actor: Actor, file: SentFile) -> tuple[tuple[Temuan, ...], list[ReadTable]]:
        """What submitting the file would say of it, and the tables that were found in it; writes nothing."""
        moves.require(actor, file.envelope.pelapor, moves.SUBMIT)
        with no_full_collection():
            tables: list[ReadTable] = []
            try:
                beside = await self._background(actor, file)
                if isinstance(beside, Refused):
                    return beside.temuan, tables
                drafts = [await FILES.run(self._draft_keeping, file, beside, tables)]
            except InvalidInputError as error:
                return (file_temuan(error, file.name, file.envelope.pelapor),), tables
            try:
                result = await self._rekap.submit(actor, drafts[0], dry_run=True)
            finally:
                await let_go(len(drafts[0].cells), drafts)
        return result.temuan, tables

    async def preview(self, actor: Actor, file: SentFile) -> Preview:
        """How the file is read; writes nothing."""
        moves.require(actor, file.envelope.pelapor, moves.SUBMIT)
        beside = None
        try:
            beside = await self._background(actor, file)
            if isinstance(beside, Refused):
                return _preview([], list(beside.temuan), self._db.today())
            return await FILES.run(self._tell, file, beside)
        except InvalidInputError as error:
            temuan = [file_temuan(error, file.name, file.envelope.pelapor)]
            return _preview([], temuan, self._db.today())

    def _draft(self, file: SentFile, beside: _Background) -> tuple[RekapDraft, FileMapping]:
        """The draft, and what of the mapping it used. What was read for it is let go here, beside the event loop."""
        reading = self._take_in(file, beside.known)
        return draft_of(reading, file.envelope, beside.head.periode), reading.used

    def _draft_keeping(self, file: SentFile, beside: _Background, tables: list[ReadTable]) -> RekapDraft:
        """The draft; what it was read from goes into `tables`."""
        reading = self._take_in(file, beside.known)
        tables += reading.tables
        return draft_of(reading, file.envelope, beside.head.periode)

    def _take_in(self, file: SentFile, known: Known) -> FileReading:
        return read_file(file.name, self._read(file.name, file.content), known)

    def _tell(self, file: SentFile, beside: _Background) -> Preview:
        reading = self._take_in(file, beside.known)
        return _preview(preview(reading, beside.katalog, beside.regions), reading.temuan, beside.regions.as_of)

    async def _background(self, actor: Actor, file: SentFile) -> _Background | Refused:
        """What the file is read by; refused where form, period or key are wrong. Raises InvalidInputError."""
        periode = periode_of(file.envelope)
        katalog = await self._katalog.get()
        head = draft_of(FileReading(), file.envelope, periode)
        formulir = katalog.formulir.get(head.formulir)
        wrong = check_head(head, formulir, katalog, self._db.today())
        if wrong or formulir is None:
            return Refused(tuple(wrong))
        async with self._db.as_actor(actor) as conn:
            regions = await read_regions(conn, head)
            remembered = await mapping_store.remembered(conn, head.pelapor, head.formulir)
        return _Background(head, katalog, regions, Known(katalog, formulir, regions, periode, remembered, file.mapping))


def _is_of_cells(refused: Refused) -> bool:
    """Whether nothing is wrong but what single cells say: what was said of columns and rows holds."""
    return all(t.kode in _OF_CELLS for t in refused.temuan if t.tingkat == ERROR)


def _preview(tables: list[dict[str, object]], temuan: list[Temuan], as_of: date) -> Preview:
    document = orjson.dumps({"lembar": tables, "temuan": findings(told(temuan))}).decode()
    return Preview(document.replace("\\u0000", ""), as_of)
