"""Templates of forms: what was asked for, checked all at once; what it is made of, read as the caller may; the workbook."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError, ParametersError, UnknownNameError
from hub.base.off_loop import BULK
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Formulir, Katalog
from hub.lembar.template_book import TemplateBook
from hub.rekap.draft import Envelope, RekapDraft
from hub.rekap.examination import read_regions
from hub.rekap.file_reading import FileReading
from hub.rekap.files import draft_of
from hub.rekap.template_explanation import write_explanation
from hub.rekap.template_layout import FormTemplate, form_template
from hub.rekap.template_sheets import Known, write_compared, write_sheet
from hub.rekap.template_statements import figures
from hub.wilayah.region_list import RegionList

T = TypeVar("T")
_LAYOUT = 1  # counted up when the same template is written otherwise
_YEARS_AHEAD = 1  # of the period: which regions there will be then nobody knows


@dataclass(frozen=True, slots=True)
class TemplateWish:
    """What is asked for, as written. `compared`: the period before beside it."""

    formulir: str
    pelapor: str | None
    periode: str | None
    compared: bool = False


@dataclass(frozen=True, slots=True)
class ReadyTemplate:
    """Everything a workbook is written from. `tag`: equal ones have the same; `known`: figures of the period before, None: not asked."""

    template: FormTemplate
    katalog: Katalog
    known: Known | None
    tag: str

    @property
    def file_name(self) -> str:
        return self.template.file_name

    def content(self) -> bytes:
        """The workbook. Blocks: not for the event loop."""
        t = self.template
        book = TemplateBook(f"{t.formulir.kode} {t.formulir.nama}, {t.office}, {t.periode}", str(t.mark))
        for asked in t.sheets:
            write_sheet(book, t, asked, self.katalog)
        write_explanation(book, t)
        if self.known is not None:
            for asked in t.sheets:
                write_compared(book, t, asked, self.katalog, self.known)
        return book.content()


class RekapTemplates:
    """Regions and forms are everybody's; figures are read as `actor` may see them, and by nobody else's eyes."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    async def ready(self, actor: Actor, wish: TemplateWish, also: tuple[str, ...] = ()) -> ReadyTemplate:
        """`also`: what else there are templates of, to be named beside the forms. Raises UnknownNameError for a form that is none,
        ParametersError naming everything else that is wrong."""
        katalog = await self._katalog.get()
        formulir = katalog.formulir.get(wish.formulir.strip().upper())
        if formulir is None:
            raise unknown_template(wish.formulir, (*sorted(katalog.formulir), *also))
        wrong: list[tuple[str, str]] = []
        pelapor = _read(wrong, "pelapor", wish.pelapor, read_office)
        periode = _read(wrong, "periode", wish.periode, lambda text: self._periode(text, formulir))
        regions = None
        if pelapor is not None:
            regions = await self._regions(pelapor, periode or Periode.read(str(self._db.today().year)))
            if pelapor not in regions.in_force:
                when = f"pada {periode}" if periode is not None else "sekarang"
                wrong.append(("pelapor", f"Tidak ada kabupaten/kota atau provinsi berkode {pelapor} {when}."))
        if wrong or pelapor is None or periode is None or regions is None:
            raise ParametersError(wrong)
        template = form_template(formulir, katalog, regions, periode)
        known = None
        if wish.compared:
            known = await figures(self._db, actor, RekapKey(pelapor, formulir.kode, str(periode.previous)))
        return ReadyTemplate(template, katalog, known, _tag(template, katalog, known))

    async def content(self, ready: ReadyTemplate) -> bytes:
        """The workbook, written beside the event loop. Raises PlaceLimitError where this caller waits for too much already."""
        return await BULK.run(ready.content)

    def _periode(self, text: str, formulir: Formulir) -> Periode:
        periode = Periode.read(text)
        if periode.kind < formulir.periode_tersingkat:
            shortest = formulir.periode_tersingkat.name.lower()
            raise ValueError(f"Formulir {formulir.kode} dilaporkan paling sering per {shortest}, bukan {periode}.")
        if periode.year > self._db.today().year + _YEARS_AHEAD:
            raise ValueError(f"Periode {periode} masih terlalu jauh; paling jauh tahun depan.")
        return periode

    async def _regions(self, pelapor: str, periode: Periode) -> RegionList:
        async with self._db.as_owner() as conn:  # what every caller may read, and no figure
            return await read_regions(conn, _empty(pelapor, periode))


def unknown_template(name: str, known: tuple[str, ...]) -> UnknownNameError:
    return UnknownNameError(f'Tidak ada templat "{name[:60]}"; yang ada: {", ".join(known)}.')


def read_office(text: str) -> str:
    """A kabupaten's or province's code. Raises InvalidInputError."""
    kode = kode_wilayah.dotted(text)
    if not kode_wilayah.is_office(kode):
        raise InvalidInputError(f'"{text[:60]}" bukan kode kabupaten/kota atau provinsi; tulis seperti 53.14 atau 53.')
    return kode


_SAMPLES = {"pelapor": "53.14", "periode": "2025-TW1"}


def _read(wrong: list[tuple[str, str]], name: str, text: str | None, read: Callable[[str], T]) -> T | None:
    if text is None or not text.strip():
        wrong.append((name, f"Parameter {name} belum ada; sebutkan, misalnya {name}={_SAMPLES[name]}."))
        return None
    try:
        return read(text)
    except (ValueError, InvalidInputError) as error:
        wrong.append((name, str(error)))
        return None


def _empty(pelapor: str, periode: Periode) -> RekapDraft:
    return draft_of(FileReading(), Envelope(pelapor, "", str(periode), ""), periode)


def _tag(template: FormTemplate, katalog: Katalog, known: Known | None) -> str:
    shown = None if known is None else sorted((k, str(v)) for k, v in known.items())
    text = repr((_LAYOUT, template, sorted(katalog.satuan.items()), shown))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
