"""A rekap as a file that goes back with its findings: what uji would say of it, at the cells that it is about. Writes nothing."""

from collections.abc import Iterable

from hub.base.actor import Actor
from hub.base.off_loop import FILES
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.lembar.annotate_places import KnownTable
from hub.lembar.annotation import AnnotatedFile, FileAnnotation
from hub.rekap.file_columns import PlacedColumn
from hub.rekap.file_reading import ReadTable
from hub.rekap.file_words import ColumnUse
from hub.rekap.service import RekapWorkflow
from hub.rekap.upload import RekapUpload, SentFile


async def annotated_rekap(
    db: Database, katalog: KatalogCache, rekap: RekapWorkflow, actor: Actor, file: SentFile
) -> AnnotatedFile:
    """Raises NotAuthorisedError; InvalidInputError where there is no file to write in: nobody can open it, or its form or period is
    wrong."""
    annotation = FileAnnotation()
    found, read = await RekapUpload(db, katalog, rekap, annotation.read).examined(actor, file)
    return await FILES.run(annotation.make, file.name, file.content, found, known_tables(read))


def known_tables(read: Iterable[ReadTable]) -> list[KnownTable]:
    """Where the titles and the regions of tables stand."""
    return [_known(t) for t in read]


def _known(read: ReadTable) -> KnownTable:
    titles: dict[str, int] = {}
    for c in read.columns.columns:
        if c.title:
            titles.setdefault(c.title, c.place)
    codes = read.columns.of(ColumnUse.KODE_WILAYAH)
    names = [
        *sorted(read.columns.of(ColumnUse.NAMA_WILAYAH), key=_fineness, reverse=True),
        *read.columns.of(ColumnUse.NAMA_KECAMATAN),
    ]
    code_columns: dict[int, int] = {}
    name_columns: dict[int, int] = {}
    for row in read.rows:
        for columns, kept in ((codes, code_columns), (names, name_columns)):
            filled = (c.place for c in columns if c.place < len(row.row.cells) and row.row.cells[c.place])
            if (place := next(filled, None)) is not None:
                kept[row.row.number] = place
    return KnownTable(read.table.sheet.name, read.table.header, titles, code_columns, name_columns)


def _fineness(column: PlacedColumn) -> int:
    """Columns of desa before those of kabupaten; what may be either between them."""
    return 3 if column.meaning.level is None else int(column.meaning.level)
