"""Putting a catalogue into force: checked as a whole, versioned by content.

A form whose content changed gets the next version number; the earlier ones stay in katalog_riwayat. Installing the
same content again changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

from hub.base.errors import InvalidInputError
from hub.base.periode import PeriodeKind
from hub.base.region_names import name_key
from hub.db.database import Conn, Database
from hub.katalog import statements as store
from hub.katalog.draft import AturanDraft, CodeListDraft, EntryDraft, FormulirDraft, IndikatorDraft, KatalogDraft
from hub.katalog.formula import ANY, WORDS, Rincian, Term, read_formula

LEVELS = {"P": 1, "B": 2, "K": 3, "D": 4, "F": 4}
FREQUENCIES = {"E": "KEJADIAN", "M": "BULAN", "T": "TRIWULAN", "S": "SEMESTER", "Y": "TAHUN"}
# how figures add up over areas / over time
AGGREGATIONS = {
    "S/L": ("JUMLAH", "TERAKHIR"),
    "S/S": ("JUMLAH", "JUMLAH"),
    "S/U": ("JUMLAH", "UNIK"),
    "C": ("HITUNG", "TERAKHIR"),
    "N": ("TIDAK", "TIDAK"),
    "R": ("HITUNG_ULANG", "TIDAK"),
}
_STAYS = ("S/L", "C", "N")  # aggregations of what is usually the same again


@dataclass(slots=True)
class LaporanKatalog:
    """What an installation did. `temuan`: (level, text) about code lists that are sound but need a second look. `sensitivities`: of
    elements that there were before and that are more or less sensitive now, one line each."""

    new: list[str] = field(default_factory=list)
    unchanged: int = 0
    temuan: list[tuple[str, str]] = field(default_factory=list)
    sensitivities: list[str] = field(default_factory=list)


async def install_katalog(db: Database, draft: KatalogDraft, *, of_office: bool = False) -> LaporanKatalog:
    """Check and install; `of_office`: an office's own, which the shipped one does not replace by itself.

    Raises InvalidInputError listing everything that is wrong; then nothing is changed."""
    laporan = _checked(draft)
    async with db.as_owner() as conn:
        await store.lock(conn)
        await store.put_origin(conn, of_office=of_office)
        await _install(conn, draft, laporan)
    return laporan


async def install_shipped(db: Database, draft: KatalogDraft) -> LaporanKatalog | None:
    """Install the catalogue that comes with this version of the hub. None: an office's own is in force, and stays."""
    laporan = _checked(draft)
    async with db.as_owner() as conn:
        await store.lock(conn)
        if await store.is_of_office(conn):
            return None
        await _install(conn, draft, laporan)
    return laporan


def _checked(draft: KatalogDraft) -> LaporanKatalog:
    faults = list(check_katalog(draft))
    if faults:
        raise InvalidInputError("Katalog tidak dapat dipasang:\n" + "\n".join(f"- {s}" for s in faults))
    return LaporanKatalog(temuan=list(review_code_lists(draft.daftar)))


async def _install(conn: Conn, draft: KatalogDraft, laporan: LaporanKatalog) -> None:
    sensitivities = await store.sensitivities(conn)
    for f in draft.formulir:
        content = _formulir_content(f, draft)
        version, is_new = await store.record(conn, "FORMULIR", f.kode, fingerprint(content), content)
        _record(laporan, is_new, f"formulir {f.kode} versi {version}")
        if is_new:
            shortest = f.periode_tersingkat or f.periode
            await store.put_formulir(
                conn, (f.kode, f.nama, version, fingerprint(content), f.periode, f.tenggat_hari, shortest)
            )
            await store.put_elemen(conn, f.kode, list(_elemen_rows(f)), list(_rincian_rows(f, draft)))
            await store.put_aturan(conn, f.kode, list(_aturan_rows(f)))
    indikator = [i.model_dump() for i in draft.indikator]
    version, is_new = await store.record(conn, "INDIKATOR", "", fingerprint(indikator), indikator)
    _record(laporan, is_new, f"indikator versi {version}")
    if is_new:
        await store.put_indikator(conn, list(_indikator_rows(draft)), list(_term_rows(draft)))
    for d in draft.daftar:
        version, is_new = await store.record(conn, "DAFTAR_KODE", d.daftar, fingerprint(d.model_dump()), d.model_dump())
        _record(laporan, is_new, f"daftar {d.daftar} {d.versi} (versi {version})")
        if is_new:
            await store.put_code_list(conn, d.daftar, d.versi, list(_code_list_rows(d)))
    content = draft.kewajaran.model_dump()
    version, is_new = await store.record(conn, "KEWAJARAN", "", fingerprint(content), content)
    _record(laporan, is_new, f"kewajaran versi {version}")
    if is_new:
        await store.put_plausibility(conn, list(_unit_rows(draft)), draft.kewajaran.batas.model_dump())
    if laporan.new:
        await store.put_ranges(conn, list(_range_rows(draft)))
        await store.open_anew(conn, sensitivities)
        now = await store.sensitivities(conn)
        laporan.sensitivities = [f"{e} {n} → {now[e]}" for e, n in sorted(sensitivities.items()) if now.get(e, n) != n]


def fingerprint(content: object) -> str:
    """SHA-256 of the content in one fixed spelling (keys sorted), hex."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _formulir_content(f: FormulirDraft, draft: KatalogDraft) -> dict[str, Any]:
    """A form with everything its meaning depends on: a code list that grows makes a new version of the forms that use it."""
    rincian: dict[str, Any] = {}
    for r in (r for e in f.elemen for r in e.rincian):
        rincian[r] = draft.rincian[r].model_dump() | {"pilihan": draft.pilihan(r)}
        entries = draft.butir(r)
        if any(b.nama != b.kode or b.alias for b in entries):
            rincian[r]["butir"] = [b.model_dump() for b in entries]
    return f.model_dump() | {"rincian": rincian}


def _record(laporan: LaporanKatalog, is_new: bool, what: str) -> None:
    if is_new:
        laporan.new.append(what)
    else:
        laporan.unchanged += 1


# ---------- checking what the shape does not say ----------


def check_katalog(draft: KatalogDraft) -> Iterator[str]:
    """Everything that would make the catalogue unusable, one line each, naming the place."""
    yield from _duplicates("formulir", (f.kode for f in draft.formulir))
    yield from _duplicates("elemen", (e.kode for f in draft.formulir for e in f.elemen))
    yield from _duplicates("aturan", (a.kode for f in draft.formulir for a in f.aturan))
    yield from _duplicates("indikator", (f"{i.kode}.{i.varian}" if i.varian else i.kode for i in draft.indikator))
    yield from _duplicates("daftar kode", (d.daftar for d in draft.daftar))
    for d in draft.daftar:
        yield from _duplicates(f"daftar {d.daftar}: butir", (b.kode for b in d.butir))
        yield from _ambiguous(f"daftar {d.daftar}", d.butir)
        for b in d.butir:
            if b.jendela is not None and b.jendela[0] > b.jendela[1]:
                yield f"daftar {d.daftar}: butir {b.kode}: jendela mulai tanggal {b.jendela[0]}, sesudah berakhir tanggal {b.jendela[1]}"
    code_lists = {d.daftar for d in draft.daftar}
    for name, r in draft.rincian.items():
        if (r.daftar is None) == (r.pilihan is None):
            yield f"rincian {name}: isi pilihan atau daftar, salah satu saja"
        if r.daftar is not None and r.daftar not in code_lists:
            yield f"rincian {name}: daftar kode {r.daftar} tidak ada"
        if any(c in text for text in (name, *(r.pilihan or ())) for c in "|=,[]"):
            yield f"rincian {name}: nama dan pilihan tidak boleh memuat | = , [ ]"
        for field_name, words in (("label", r.label), ("alias", r.alias)):
            if unlisted := [p for p in words if p not in (r.pilihan or ())]:
                yield f"rincian {name}: {field_name} menyebut {', '.join(unlisted)}, yang bukan pilihannya"
        if r.terbaru and r.menjumlah:
            yield f"rincian {name}: terbaru dan menjumlah tidak dapat bersama"
        if r.daftar is None:
            yield from _ambiguous(f"rincian {name}", draft.butir(name))
    for f in draft.formulir:
        if f.periode_tersingkat is not None and PeriodeKind[f.periode_tersingkat] > PeriodeKind[f.periode]:
            yield f"formulir {f.kode}: periode_tersingkat {f.periode_tersingkat} lebih panjang daripada periode {f.periode}"
        for e in f.elemen:
            yield from _duplicates(f"elemen {e.kode}: rincian", e.rincian)
            for name in e.rincian:
                if name not in draft.rincian:
                    yield f"elemen {e.kode}: rincian {name} tidak ada di rincian.toml"
            yield from _check_range(f"elemen {e.kode}", e.minimum, e.maksimum)
        for a in f.aturan:
            yield from _check_formulas(f"aturan {a.kode}", (a.kiri, a.kanan), draft, ANY)
            yield from _check_any(a)
    yield from _duplicates("satuan", (s.kode for s in draft.kewajaran.satuan))
    for s in draft.kewajaran.satuan:
        yield from _check_range(f"satuan {s.kode}", s.minimum, s.maksimum)
    for i in draft.indikator:
        yield from _check_indikator(i, draft)


def _check_range(place: str, minimum: str | None, maksimum: str | None) -> Iterator[str]:
    if minimum is not None and maksimum is not None and Decimal(minimum) > Decimal(maksimum):
        yield f"{place}: minimum {minimum} melebihi maksimum {maksimum}"


def _check_any(a: AturanDraft) -> Iterator[str]:
    """ "*" where it would mean nothing."""
    try:
        left, right = (read_formula(side).terms() for side in (a.kiri, a.kanan))
    except ValueError:
        return  # told elsewhere
    at_left, at_right = ({n for s in side for n, p in s.rincian if p == ANY} for side in (left, right))
    compares = a.operator in ("<=", ">=", "<", ">") and len(left) == len(right) == 1
    if at_right - at_left or (at_left and not compares):
        yield f"aturan {a.kode}: * hanya dalam perbandingan dua elemen, di kanan hanya untuk rincian yang juga * di kiri"


def _duplicates(what: str, kode: Iterable[str]) -> Iterator[str]:
    for k, count in Counter(kode).items():
        if count > 1:
            yield f"{what} {k}: kembar"


def _ambiguous(place: str, entries: Iterable[EntryDraft]) -> Iterator[str]:
    """Words that would be read as two choices: of codes, names and other names no two are the same in letters and digits."""
    kode_of: dict[str, str] = {}
    for b in entries:
        for text in (b.kode, b.nama, *b.alias):
            known = kode_of.setdefault(name_key(text) or text, b.kode)
            if known != b.kode:
                yield f'{place}: "{text}" berarti {known} dan juga {b.kode}'


def _check_indikator(i: IndikatorDraft, draft: KatalogDraft) -> Iterator[str]:
    name = f"indikator {i.kode}{'.' + i.varian if i.varian else ''}"
    needed = {"RASIO": (i.pembilang, i.penyebut), "CACAH_KABUPATEN": (i.pembilang,)}.get(i.jenis, ())
    if None in needed:
        yield f"{name}: {'pembilang' if i.pembilang is None else 'penyebut'} tidak ada"
    yield from _check_formulas(name, [s for s in (i.pembilang, i.penyebut) if s is not None], draft)
    for side in (i.pembilang, i.penyebut):
        try:
            list(_single_terms(side or ""))
        except ValueError as error:
            if side is not None and "hanya boleh" in str(error):
                yield f"{name}: {error}"


def _check_formulas(
    place: str, formulas: Iterable[str], draft: KatalogDraft, wildcard: str | None = None
) -> Iterator[str]:
    elemen = {e.kode: e for f in draft.formulir for e in f.elemen}
    for text in formulas:
        try:
            terms = read_formula(text).terms()
        except ValueError as error:
            yield f"{place}: {error}"
            continue
        for s in terms:
            if s.kode in WORDS:
                continue
            if s.kode not in elemen:
                yield f"{place}: elemen {s.kode} tidak ada"
                continue
            for name, pilihan in s.rincian:
                r = draft.rincian.get(name)
                if name not in elemen[s.kode].rincian or r is None:
                    yield f"{place}: elemen {s.kode} tidak mempunyai rincian {name}"
                elif pilihan != wildcard and not r.terbuka and pilihan not in draft.pilihan(name):
                    yield f"{place}: {pilihan} bukan pilihan rincian {name}"


def review_code_lists(code_lists: Iterable[CodeListDraft]) -> Iterator[tuple[str, str]]:
    """What an editor of a code list should look at: sources that disagree, headings among the criteria."""
    for d in code_lists:
        for b in d.butir:
            place = f"{d.daftar} {b.kode} {b.nama}"
            ages = {x.umur: x.sumber for x in b.definisi if x.umur is not None}
            if len(ages) > 1:
                differing = "; ".join(f"{u[0]}-{u[1]} tahun ({s})" for u, s in ages.items())
                yield "PERINGATAN", f"{place}: batas umur berlainan menurut sumbernya: {differing}"
            for x in b.definisi:
                for number, text in enumerate(x.kriteria, 1):
                    if text.rstrip().endswith(":"):
                        yield "INFO", f'{place}: butir {number} "{text}" adalah judul, bukan kriteria'


# ---------- rows ----------


def _elemen_rows(f: FormulirDraft) -> Iterator[tuple[object, ...]]:
    for order, e in enumerate(f.elemen, 1):
        wilayah, over_time = AGGREGATIONS[e.agregasi]
        registry = LEVELS[e.registri] if e.registri else None
        yield (
            e.kode, f.kode, order, e.nama, e.satuan, LEVELS[e.tingkat], e.tingkat == "F", FREQUENCIES[e.frekuensi], wilayah,
            over_time, e.sensitif, True, e.arah, e.kelompok, registry, e.definisi, e.kode_ref, e.kode_sipd,
            list(e.alias),
        )  # fmt: skip


def _range_rows(draft: KatalogDraft) -> Iterator[tuple[object, ...]]:
    for e in (e for f in draft.formulir for e in f.elemen):
        unit = draft.unit(e.satuan)
        seldom = e.agregasi in _STAYS if e.jarang_berubah is None else e.jarang_berubah
        yield (
            e.kode, unit.bulat if e.bulat is None else e.bulat, e.minimum or unit.minimum, e.maksimum or unit.maksimum,
            e.di_luar or unit.tingkat, e.kumulatif, seldom,
        )  # fmt: skip


def _unit_rows(draft: KatalogDraft) -> Iterator[tuple[object, ...]]:
    for s in draft.kewajaran.satuan:
        yield (s.kode, s.bulat, s.minimum, s.maksimum, s.tingkat)


def _rincian_rows(f: FormulirDraft, draft: KatalogDraft) -> Iterator[tuple[object, ...]]:
    for e in f.elemen:
        for order, kode in enumerate(e.rincian, 1):
            r = draft.rincian[kode]
            units = orjson.dumps(r.satuan).decode()
            entries = orjson.dumps([b.model_dump(exclude_none=True) for b in draft.butir(kode)]).decode()
            yield (e.kode, kode, order, r.nama, draft.pilihan(kode), r.terbuka, units, r.menjumlah, entries, r.terbaru)


def _aturan_rows(f: FormulirDraft) -> Iterator[tuple[object, ...]]:
    for order, a in enumerate(f.aturan, 1):
        yield (
            a.kode,
            f.kode,
            order,
            a.nama,
            a.kiri,
            a.operator,
            a.kanan,
            a.tingkat,
            a.pelapor,
            a.toleransi,
            a.per_rincian,
        )


def _indikator_rows(draft: KatalogDraft) -> Iterator[tuple[object, ...]]:
    for order, i in enumerate(draft.indikator, 1):
        yield (i.kode, i.varian, order, i.nama, i.jenis, i.satuan, i.faktor, i.definisi, i.kode_ref)


def _term_rows(draft: KatalogDraft) -> Iterator[tuple[object, ...]]:
    for i in draft.indikator:
        for side, formula in (("PEMBILANG", i.pembilang), ("PENYEBUT", i.penyebut)):
            if formula is None:
                continue
            for pilihan, order, kode, rincian in _single_terms(formula):
                yield (i.kode, i.varian, side, pilihan, order, kode, orjson.dumps(dict(rincian)).decode())


def _single_terms(text: str) -> Iterator[tuple[int, int, str, Rincian]]:
    """An indicator's formula is a plain sum of figures, so that SQL can add it up. Raises ValueError when it is not."""
    for number, products in enumerate(read_formula(text).pilihan, 1):
        for order, (sign, factors) in enumerate(products, 1):
            term = factors[0]
            if (
                sign != 1
                or len(factors) != 1
                or not isinstance(term, Term)
                or term.kode in WORDS
                or term.may_be_missing
            ):
                raise ValueError(f'rumus indikator "{text}" hanya boleh menjumlahkan elemen')
            yield number, order, term.kode, term.rincian


def _code_list_rows(d: CodeListDraft) -> Iterator[tuple[object, ...]]:
    for order, b in enumerate(d.butir, 1):
        definitions = orjson.dumps([x.model_dump(exclude_none=True) for x in b.definisi]).decode()
        yield (b.kode, order, b.nama, b.satuan, b.sensitif, list(b.alias), definitions)
