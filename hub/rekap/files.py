"""A rekap as a file: any table of regions and figures that an office has (docs/berkas.md), in one of two layouts:

wide   a row per region, a column per figure: titles are codes ("BAN01", "REH01[lingkup=gabungan]") or names ("KPM PKH")
long   a row per figure: region, element, breakdown, value, status
"""

from dataclasses import replace
from pathlib import Path

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError
from hub.base.periode import Periode
from hub.lembar.files import content_of, read_sheets
from hub.rekap.draft import Envelope, RekapDraft
from hub.rekap.file_reading import NOTHING_KNOWN, FileReading, Known, read_file


def read_rekap(file: Path, envelope: Envelope, known: Known = NOTHING_KNOWN) -> RekapDraft:
    """The draft in a file. Raises InvalidInputError naming what is wrong with the file itself."""
    return rekap_from(file.name, content_of(file), envelope, known)


def rekap_from(name: str, content: bytes, envelope: Envelope, known: Known = NOTHING_KNOWN) -> RekapDraft:
    """The same for a file at hand: its name and content."""
    periode = periode_of(envelope)  # before the file is opened
    return draft_of(read_file(name, read_sheets(name, content), replace(known, periode=periode)), envelope, periode)


def periode_of(envelope: Envelope) -> Periode:
    """Raises InvalidInputError."""
    try:
        return Periode.read(envelope.periode)
    except ValueError as error:
        raise InvalidInputError(str(error)) from None


def draft_of(reading: FileReading, envelope: Envelope, periode: Periode) -> RekapDraft:
    return RekapDraft(
        kode_wilayah.dotted(envelope.pelapor),
        envelope.formulir.strip().upper(),
        periode,
        envelope.kunci_idempoten,
        None,
        tuple(reading.cells),
        tuple(reading.total),
        found=tuple(reading.temuan),
    )
