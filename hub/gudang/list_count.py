"""What was counted in a warehouse, beside what its ledger held: each row of a list of stock as the correction it comes to. Pure.

A list says what there is (stock opname), so the ledger gets the difference. What it does not name stays as it is, and is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from hub.base.angka import read_angka
from hub.base.dates import read_start
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan, display
from hub.gudang.checks import find_barang, unknown_barang
from hub.gudang.draft import DraftRow
from hub.gudang.statements import Barang, Gudang, Lot
from hub.lembar.list_values import read_choice
from hub.lembar.written_row import WrittenRow

_SOURCES = {
    "APBN": "apbn|kemensos|kementerian sosial|pusat|kementerian",
    "APBD": "apbd|apbd kabupaten|apbd provinsi|apbd kab|apbd i|apbd ii|daerah",
    "HIBAH": "hibah|bantuan|donasi|csr|sumbangan",
}
LotKey = tuple[str, str, str]  # goods, source, lot


@dataclass(frozen=True, slots=True)
class Counted:
    """A row as it was read. `sumber`, `lot` None: not said; `lot` "" : without one."""

    b: WrittenRow
    barang: Barang
    jumlah: Decimal
    sumber: str | None
    lot: str | None
    kedaluwarsa: date | None


def find_warehouse(b: WrittenRow, kept: Sequence[Gudang]) -> Gudang | None:
    """`kept`: those of the office. None, with a finding, where it cannot be told which one is meant."""
    text = b.written.get("gudang")
    key = name_key(text or "")
    found = [g for g in kept if text is None or str(g.id) == text or name_key(g.nama) == key]
    found = [g for g in found if g.sampai is None] or found
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{g.nama} ({g.id})" for g in (found or kept)[:5]) or "tidak ada satu pun"
    what = f'Gudang "{text}"' if text is not None else "Gudang"
    how = (
        "dapat berarti lebih dari satu" if found and text is not None else "tidak dikenal" if text else "tidak disebut"
    )
    message = f"{what} {how}. Gudang kantor ini: {names}. Tulis nama atau id-nya; gudang baru didaftarkan dengan hub import sumber-daya."
    b.add_finding("GUDANG_TAK_JELAS", ERROR, message, "gudang", names)
    return None


def read_counted(b: WrittenRow, goods: Mapping[str, Barang]) -> Counted | None:
    """None, with findings, where it cannot be read."""
    before = len(b.temuan)
    written = b.written.get("barang")
    barang = None if written is None else find_barang(written, goods)
    if written is None:
        b.add_finding("BARANG_TAK_DIKENAL", ERROR, "Barang baris ini tidak ditulis; isi kolom Barang.", "barang")
    elif barang is None:
        b.temuan.append(unknown_barang(written, goods, b.location("barang")))
    if barang is not None and "satuan" in b.written and name_key(b.written["satuan"]) != name_key(barang.satuan):
        message = f"{barang.nama} dihitung per {barang.satuan}, bukan {b.written['satuan']}; hitung dan tulis dalam {barang.satuan}."
        b.add_finding("SATUAN_BERBEDA", ERROR, message, "satuan", barang.satuan)
    amount = _amount(b, barang)
    source = read_choice(b, "sumber", _SOURCES) if "sumber" in b.written else None
    expiry = _expiry(b)
    lot = b.written.get("lot") or (expiry.isoformat() if expiry else None)
    if barang is None or amount is None or any(t.tingkat == ERROR for t in b.temuan[before:]):
        return None
    return Counted(b, barang, amount, source, lot, expiry)


def _amount(b: WrittenRow, barang: Barang | None) -> Decimal | None:
    text = b.written.get("jumlah")
    if text is None:
        b.add_finding("JUMLAH_TAK_TERBACA", ERROR, "Jumlahnya tidak ditulis; tulis 0 bila memang habis.", "jumlah")
        return None
    whole = barang is not None and barang.bulat
    try:
        if "jumlah" in b.exact:
            amount, freely = Decimal(text.replace(",", ".")), False
        else:
            read = read_angka(text, whole)
            amount, freely = read.nilai, read.freely_written
    except (ValueError, InvalidOperation) as error:
        why = f"{error}" if isinstance(error, ValueError) else f'"{text}" bukan angka'
        b.add_finding("JUMLAH_TAK_TERBACA", ERROR, f"Jumlah: {why}.", "jumlah")
        return None
    if amount < 0:
        b.add_finding("JUMLAH_TIDAK_SAH", ERROR, f"Jumlah {display(amount)} kurang dari nol.", "jumlah")
        return None
    if whole and barang is not None and amount != amount.to_integral_value():
        message = f"{barang.nama} dihitung per {barang.satuan} utuh; {display(amount)} bukan bilangan bulat."
        b.add_finding("JUMLAH_TIDAK_BULAT", ERROR, message, "jumlah")
        return None
    if freely:
        b.add_finding("ANGKA_TULISAN", INFO, f'Jumlah: "{text}" dibaca {display(amount)}.', "jumlah", str(amount))
    return amount


def _expiry(b: WrittenRow) -> date | None:
    if "kedaluwarsa" not in b.written:
        return None
    try:
        day, approximate = read_start(b.written["kedaluwarsa"])
    except ValueError as error:
        b.add_finding("TANGGAL_TAK_TERBACA", ERROR, f"{b.labels['kedaluwarsa']}: {error}.", "kedaluwarsa")
        return None
    if approximate:
        message = f"Kedaluwarsa ditulis tanpa hari; barangnya tidak dibagikan lagi mulai {day}."
        b.add_finding("TANGGAL_TANPA_HARI", WARNING, message, "kedaluwarsa", str(day))
    return day


def corrections(
    counted: Sequence[Counted], ledger: Sequence[Lot], name: str
) -> tuple[list[tuple[Counted, DraftRow]], list[Temuan]]:
    """What the ledger of one warehouse needs so that it holds what was counted, and what it holds that nobody counted. A row whose
    lot cannot be told has a finding."""
    held = {(x.barang, x.sumber_dana, x.lot): x for x in ledger}
    first: dict[LotKey, Counted] = {}
    needed: list[tuple[Counted, DraftRow]] = []
    for c in counted:
        key = _lot_of(c, ledger)
        if key is None:
            continue
        if key in first:
            c.b.add_finding("BARIS_GANDA", ERROR, f"Sama dengan baris {first[key].b.baris}; sisakan satu.", "barang")
            continue
        first[key] = c
        old = held.get(key)
        difference = c.jumlah - (old.jumlah if old else Decimal(0))
        if difference:
            needed.append((c, DraftRow(c.barang.kode, difference, key[2], c.kedaluwarsa, key[1])))
    left = [x for k, x in held.items() if k not in first and x.jumlah > 0]
    if not left:
        return needed, []
    said = "; ".join(f"{x.barang} {x.sumber_dana} {x.lot or '(tanpa lot)'} {display(x.jumlah)}" for x in left[:10])
    message = f"Gudang {name}: {len(left)} lot tercatat tetapi tidak ada dalam daftar, dan tetap: {said}. Tulis 0 bila memang habis."
    lembar = counted[0].b.lembar if counted else None
    return needed, [Temuan("TIDAK_DIHITUNG", WARNING, message, nilai=name, lokasi=(Location(lembar=lembar),))]


def _lot_of(c: Counted, ledger: Sequence[Lot]) -> LotKey | None:
    """The lot a row means: the one it names, or the only one there is."""
    matching = [
        x
        for x in ledger
        if x.barang == c.barang.kode
        and (c.sumber is None or x.sumber_dana == c.sumber)
        and (c.lot is None or x.lot == c.lot)
    ]
    if c.sumber is not None and c.lot is not None:
        return (c.barang.kode, c.sumber, c.lot)
    if len(matching) == 1:
        return (c.barang.kode, matching[0].sumber_dana, matching[0].lot)
    if not matching and c.sumber is not None:
        return (c.barang.kode, c.sumber, c.lot or "")
    if not matching:
        message = f"{c.barang.nama} belum pernah tercatat di gudang ini; isi kolom Sumber Dana: APBN, APBD atau HIBAH."
        c.b.add_finding("SUMBER_DANA_KOSONG", ERROR, message, "sumber")
        return None
    choices = "; ".join(f"{x.sumber_dana} {x.lot or '(tanpa lot)'}" for x in matching)
    message = f"{c.barang.nama} tercatat dalam lebih dari satu lot: {choices}. Tulis Sumber Dana dan Lot-nya, satu baris satu lot."
    c.b.add_finding("LOT_HARUS_DISEBUT", ERROR, message, "lot" if "lot" in c.b.labels else "barang", choices)
    return None
