"""A file that goes back with its findings: opened once for whoever reads it, annotated after that."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from hub.base.errors import InvalidInputError, QueueFullError
from hub.base.temuan import Temuan, by_gravity
from hub.lembar.annotate_child import annotate_in_child
from hub.lembar.annotate_places import KnownTable, Places, notes_of
from hub.lembar.annotated import Opened
from hub.lembar.files import is_spreadsheet, open_file
from hub.lembar.merged_cells import fill_down
from hub.lembar.sheet import Sheet

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.12",
    "csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class AnnotatedFile:
    """`media_type`: as HTTP has it; `found`: what is said in it."""

    name: str
    content: bytes = field(repr=False)
    media_type: str
    found: tuple[Temuan, ...]


class FileAnnotation:
    """One file on its way. `read` and `read_list` are what readers of files are handed; what they opened is annotated."""

    def __init__(self) -> None:
        self._opened: Opened | None = None

    def read(self, name: str, content: bytes) -> list[Sheet]:
        """Raises InvalidInputError."""
        self._opened = open_file(name, content)
        return self._opened.sheets

    def read_list(self, name: str, content: bytes) -> list[Sheet]:
        """The same for lists: a cell merged over several rows stands in each of them. Raises InvalidInputError."""
        sheets = self.read(name, content)
        for sheet in sheets:
            fill_down(sheet)
        return sheets

    def make(
        self, name: str, content: bytes, found: Iterable[Temuan], tables: Iterable[KnownTable] = ()
    ) -> AnnotatedFile:
        """The file with what was found. `tables`: where they are known. Blocks: not for the event loop. Raises InvalidInputError, with
        what was found where nobody opened the file."""
        found, opened = by_gravity(found), self._opened
        if opened is None:
            message = " ".join(dict.fromkeys(t.pesan for t in found))
            busy = any(t.kode == QueueFullError.kode for t in found)
            raise QueueFullError(message) if busy else InvalidInputError(message)
        places = Places(opened.sheets, tables)
        notes = notes_of(found, places, opened)
        header = None if is_spreadsheet(name, content) else places.header_of(name)
        made, ending = annotate_in_child(name, content, notes, opened.earlier, header)
        stem = PurePath(name).stem.removesuffix("_temuan") or "berkas"
        return AnnotatedFile(f"{stem}_temuan.{ending}", made, _KINDS[ending], found)
