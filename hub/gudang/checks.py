"""Checks of a movement of stock: every finding, and the rows of the ledger it comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from hub.base.angka import is_plausible, read_angka
from hub.base.public_id import PublicId
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan, display
from hub.gudang.alokasi import ZERO, AvailableLot, take
from hub.gudang.draft import CORRECT, ISSUE, RECEIVE, TRANSFER, DraftRow, MovementDraft
from hub.gudang.statements import Barang, NewMovement

MOST_ROWS = 200
_LONGEST = 500  # letters of a text


class WithLot(Protocol):
    """Anything that is of one lot of goods."""

    @property
    def barang(self) -> str: ...
    @property
    def sumber_dana(self) -> str: ...
    @property
    def lot(self) -> str: ...
    @property
    def kedaluwarsa(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A line that can be worked with: goods found, amount read."""

    indeks: int
    barang: Barang
    jumlah: Decimal
    lot: str | None
    kedaluwarsa: date | None
    sumber_dana: str | None


def check_document(draft: MovementDraft) -> list[Temuan]:
    """What is wrong with the document itself."""
    temuan: list[Temuan] = []

    def add_error(kode: str, message: str, nilai: str | None = None) -> None:
        temuan.append(Temuan(kode, ERROR, message, nilai=nilai))

    temuan += check_idempotency_key(draft.kunci_idempoten)
    if not draft.nomor_dokumen.strip():
        add_error("DOKUMEN_KOSONG", "nomorDokumen harus diisi: nomor berita acara, surat jalan atau opname.")
    if draft.jenis == ISSUE and not (draft.tujuan or "").strip():
        add_error("TUJUAN_KOSONG", "tujuan harus diisi pada barang keluar: kepada siapa atau untuk kejadian apa.")
    if draft.jenis == CORRECT and not (draft.alasan or "").strip():
        add_error("ALASAN_KOSONG", "alasan harus diisi pada koreksi.")
    if (draft.jenis == TRANSFER) != (draft.gudang_tujuan is not None):
        add_error("GUDANG_TUJUAN", "gudangTujuan diisi pada perpindahan, dan hanya di sana.", draft.gudang_tujuan)
    for name, text in (("nomorDokumen", draft.nomor_dokumen), ("tujuan", draft.tujuan), ("alasan", draft.alasan)):
        temuan += check_text(name, text)
    if not draft.baris:
        add_error("BARIS_KOSONG", "Catatan ini tidak berisi barang.")
    if len(draft.baris) > MOST_ROWS:
        add_error(
            "BARIS_TERLALU_BANYAK",
            f"Paling banyak {MOST_ROWS} baris dalam satu catatan; pecah menurut dokumennya.",
        )
    return temuan


def check_idempotency_key(idempotency_key: str) -> list[Temuan]:
    if 1 <= len(idempotency_key.strip()) <= 200:
        return []
    message = "kunciIdempoten harus diisi (1 sampai 200 huruf): satu kunci untuk satu catatan, sama bila diulang."
    return [Temuan("KUNCI_KOSONG", ERROR, message)]


def check_text(name: str, text: str | None) -> list[Temuan]:
    """`name`: of the field that holds the text."""
    if text is None or (len(text) <= _LONGEST and "\0" not in text):
        return []
    message = f"{name} paling panjang {_LONGEST} huruf, tanpa huruf kendali."
    return [Temuan("TEKS_TAK_SAH", ERROR, message, nilai=text[:50])]


def read_rows(draft: MovementDraft, barang: Mapping[str, Barang]) -> tuple[list[ReadyRow], list[Temuan]]:
    """The lines that can be worked with, and what is wrong with the others."""
    ready: list[ReadyRow] = []
    temuan: list[Temuan] = []
    for i, b in enumerate(draft.baris[:MOST_ROWS]):
        location = (Location(indeks=i),)
        found = find_barang(b.barang, barang)
        if found is None:
            temuan.append(unknown_barang(b.barang, barang, location))
        amount, wrong = _amount(draft.jenis, b, found, location)
        wrong += _check_lot(draft.jenis, b, found, location)
        temuan += wrong
        if found is not None and amount is not None and not any(t.tingkat == ERROR for t in wrong):
            lot = None if b.lot is None else b.lot.strip()
            ready.append(ReadyRow(i, found, amount, lot, b.kedaluwarsa, b.sumber_dana))
    return ready, temuan


def read_minimums(
    rows: Sequence[tuple[str, Decimal | str]], barang: Mapping[str, Barang]
) -> tuple[dict[str, Decimal], list[Temuan]]:
    """Minimum stock per code of goods, and what is wrong with the lines."""
    minimums: dict[str, Decimal] = {}
    temuan: list[Temuan] = []
    for i, (name, written) in enumerate(rows):
        location = (Location(indeks=i),)
        found = find_barang(name, barang)
        if found is None:
            temuan.append(unknown_barang(name, barang, location))
            continue
        if found.kode in minimums:
            temuan.append(Temuan("BARANG_GANDA", ERROR, f"{found.nama} disebut dua kali.", nilai=name, lokasi=location))
        try:
            amount = written if isinstance(written, Decimal) else read_angka(written, found.bulat).nilai
            if not is_plausible(amount) or amount < 0 or (found.bulat and amount != amount.to_integral_value()):
                raise ValueError(f"{amount} bukan 0 atau bilangan utuh di atasnya")
        except ValueError as error:
            message = f"Stok minimum {found.nama}: {error}."
            temuan.append(Temuan("JUMLAH_TIDAK_SAH", ERROR, message, nilai=str(written), lokasi=location))
            continue
        minimums[found.kode] = amount
    return minimums, temuan


def find_barang(written: str, barang: Mapping[str, Barang]) -> Barang | None:
    """Goods by code or name; case and blanks do not matter."""
    name = " ".join(written.split()).casefold()
    return barang.get(name.upper()) or next((b for b in barang.values() if b.nama.casefold() == name), None)


def unknown_barang(written: str, barang: Mapping[str, Barang], location: tuple[Location, ...]) -> Temuan:
    message = f'Barang "{written}" tidak dikenal; barangnya: {", ".join(barang)}.'
    return Temuan("BARANG_TAK_DIKENAL", ERROR, message, nilai=written, lokasi=location)


def _amount(
    kind: str, b: DraftRow, found: Barang | None, location: tuple[Location, ...]
) -> tuple[Decimal | None, list[Temuan]]:
    whole = found is not None and found.bulat
    try:
        amount = b.jumlah if isinstance(b.jumlah, Decimal) else read_angka(b.jumlah, whole).nilai
        if not is_plausible(amount):
            raise ValueError(f"{amount} terlalu panjang")
    except ValueError as error:
        return None, [Temuan("JUMLAH_TAK_TERBACA", ERROR, f"Jumlah: {error}.", nilai=str(b.jumlah), lokasi=location)]
    if amount == 0 or (amount < 0 and kind != CORRECT):
        message = "Koreksi harus lebih atau kurang dari nol." if kind == CORRECT else "Jumlah harus lebih dari nol."
        return None, [Temuan("JUMLAH_TIDAK_SAH", ERROR, message, nilai=str(amount), lokasi=location)]
    if whole and amount != amount.to_integral_value():
        assert found is not None
        message = f"{found.nama} dihitung per {found.satuan} utuh; {display(amount)} bukan bilangan bulat."
        return None, [Temuan("JUMLAH_TIDAK_BULAT", ERROR, message, nilai=str(amount), lokasi=location)]
    return amount, []


def _check_lot(kind: str, b: DraftRow, found: Barang | None, location: tuple[Location, ...]) -> list[Temuan]:
    temuan: list[Temuan] = []
    if b.lot is not None and (len(b.lot) > 100 or not b.lot.isprintable()):
        temuan.append(
            Temuan(
                "LOT_TAK_SAH",
                ERROR,
                "Lot paling panjang 100 huruf, tanpa huruf kendali.",
                nilai=b.lot[:50],
                lokasi=location,
            )
        )
    if kind == RECEIVE and b.sumber_dana is None:
        message = "sumberDana harus diisi pada barang yang diterima: APBN, APBD atau HIBAH."
        temuan.append(Temuan("SUMBER_DANA_KOSONG", ERROR, message, lokasi=location))
    if kind in (ISSUE, TRANSFER) and b.kedaluwarsa is not None:
        message = "kedaluwarsa diisi saat barang diterima; pada barang keluar sebut lotnya."
        temuan.append(Temuan("KEDALUWARSA_TAK_PERLU", ERROR, message, nilai=str(b.kedaluwarsa), lokasi=location))
    return temuan


def build_movements(
    draft: MovementDraft,
    ready: Sequence[ReadyRow],
    origin: tuple[PublicId, Sequence[AvailableLot]],
    target: tuple[PublicId, Sequence[AvailableLot]] | None,
    day: date,
) -> tuple[list[NewMovement], list[Temuan]]:
    """The rows of the ledger. `origin`, `target`: each warehouse with its lots of these goods as they may be used at the
    moment of the movement; `day`: its day at the office."""
    gudang, lots = origin[0], list(origin[1])
    target_lots = list(target[1]) if target else []
    movements: list[NewMovement] = []
    temuan: list[Temuan] = []
    for b in ready:
        location = (Location(indeks=b.indeks),)
        if draft.jenis == RECEIVE or (draft.jenis == CORRECT and b.jumlah > 0):
            lot, wrong = _incoming_lot(draft.jenis, b, lots, day, location)
            temuan += wrong
            if lot is not None:
                lot.available += b.jumlah
                lot.balance += b.jumlah
                movements.append(_movement(gudang, len(movements) + 1, draft.jenis, lot, b.jumlah, None))
            continue
        taken, wrong = _outgoing_lots(draft.jenis, b, lots, day, location)
        temuan += wrong
        for lot, amount in taken:
            number = movements[-1].baris + 1 if movements else 1
            if target is None:
                movements.append(_movement(gudang, number, draft.jenis, lot, -amount, None))
                continue
            wrong_there = check_same_lot(lot, target_lots, "gudang tujuan", location)
            temuan += wrong_there
            movements.append(_movement(gudang, number, "PINDAH_KELUAR", lot, -amount, target[0]))
            movements.append(_movement(target[0], number, "PINDAH_MASUK", lot, amount, gudang))
    return movements, temuan


def _movement(
    gudang: PublicId, number: int, kind: str, lot: AvailableLot, amount: Decimal, counterpart: PublicId | None
) -> NewMovement:
    return NewMovement(gudang, number, kind, lot.barang, lot.sumber_dana, lot.lot, lot.kedaluwarsa, amount, counterpart)


def _incoming_lot(
    kind: str, b: ReadyRow, lots: list[AvailableLot], day: date, location: tuple[Location, ...]
) -> tuple[AvailableLot | None, list[Temuan]]:
    """The lot that goods come into: one that is there, or a new one."""
    temuan: list[Temuan] = []
    if kind == CORRECT and (b.sumber_dana is None or (b.lot is None and b.kedaluwarsa is None)):
        meant, temuan = _meant_lot(b, lots, location)
        if meant is not None and b.kedaluwarsa not in (None, meant.kedaluwarsa):
            return None, [_differing(b.barang.nama, meant, b.kedaluwarsa, location)]
        return meant, temuan
    assert b.sumber_dana is not None, "a receipt says it, or it was refused before"
    lot_name = b.lot or ""
    if not lot_name and b.kedaluwarsa is not None:
        lot_name = b.kedaluwarsa.isoformat()
        message = f"{b.barang.nama} berkedaluwarsa dan tidak disebut lotnya; dicatat sebagai lot {lot_name}."
        temuan.append(Temuan("LOT_DARI_KEDALUWARSA", INFO, message, usulan=lot_name, lokasi=location))
    present = next(
        (x for x in lots if (x.barang, x.sumber_dana, x.lot) == (b.barang.kode, b.sumber_dana, lot_name)), None
    )
    if present is None:
        if b.barang.berkedaluwarsa and b.kedaluwarsa is None:
            message = f"{b.barang.nama} lazimnya berkedaluwarsa; harinya tidak disebut, maka dianggap tidak pernah."
            temuan.append(Temuan("KEDALUWARSA_KOSONG", WARNING, message, lokasi=location))
        present = AvailableLot(b.barang.kode, b.sumber_dana, lot_name, b.kedaluwarsa, ZERO, ZERO)
        lots.append(present)
    elif b.kedaluwarsa is not None and b.kedaluwarsa != present.kedaluwarsa:
        return None, [*temuan, _differing(b.barang.nama, present, b.kedaluwarsa, location)]
    if present.has_expired(day):
        message = f"{b.barang.nama} lot {present.lot} sudah kedaluwarsa pada hari itu ({present.kedaluwarsa})."
        temuan.append(Temuan("SUDAH_KEDALUWARSA", WARNING, message, nilai=str(present.kedaluwarsa), lokasi=location))
    return present, temuan


def _meant_lot(
    b: ReadyRow, lots: list[AvailableLot], location: tuple[Location, ...]
) -> tuple[AvailableLot | None, list[Temuan]]:
    """The one lot that a correction can mean; of several, none is guessed."""
    matching = _matching_lots(b, lots)
    if len(matching) == 1:
        return matching[0], []
    choices = ", ".join(f"{x.lot or '(tanpa lot)'} {x.sumber_dana}" for x in matching)
    message = (
        f"Koreksi {b.barang.nama} harus menyebut lot dan sumberDana: "
        + (choices or "barang ini belum pernah tercatat di sini")
        + "."
    )
    return None, [Temuan("LOT_HARUS_DISEBUT", ERROR, message, nilai=b.lot, usulan=choices or None, lokasi=location)]


def _outgoing_lots(
    kind: str, b: ReadyRow, lots: list[AvailableLot], day: date, location: tuple[Location, ...]
) -> tuple[list[tuple[AvailableLot, Decimal]], list[Temuan]]:
    """The lots that goods go out of, first expiring first. What has expired goes out only where its lot is named, and to
    people never."""
    temuan: list[Temuan] = []
    need = abs(b.jumlah)
    matching = _matching_lots(b, lots)
    if kind == CORRECT:
        meant, wrong = _meant_lot(b, lots, location)
        if meant is None:
            return [], wrong
        matching = [meant]
    elif b.lot is None:
        matching = [x for x in matching if not x.has_expired(day)]
    elif any(x.has_expired(day) for x in matching):
        level = ERROR if kind == ISSUE else WARNING
        message = f"{b.barang.nama} lot {b.lot} sudah kedaluwarsa pada hari itu; " + (
            "tidak boleh dibagikan. Keluarkan dengan koreksi."
            if kind == ISSUE
            else "periksa apakah memang dipindahkan."
        )
        temuan.append(Temuan("LOT_KEDALUWARSA", level, message, nilai=b.lot, lokasi=location))
        if kind == ISSUE:
            return [], temuan
    available, balance = sum((x.available for x in matching), ZERO), sum((x.balance for x in matching), ZERO)
    if available < need:
        return [], [*temuan, _short(b, need, available, balance, location)]
    return take(matching, need), temuan


def _matching_lots(b: ReadyRow, lots: Sequence[AvailableLot]) -> list[AvailableLot]:
    """The lots a line may mean."""
    return [
        x
        for x in lots
        if x.barang == b.barang.kode
        and (b.lot is None or x.lot == b.lot)
        and (b.sumber_dana is None or x.sumber_dana == b.sumber_dana)
    ]


def _short(b: ReadyRow, need: Decimal, available: Decimal, balance: Decimal, location: tuple[Location, ...]) -> Temuan:
    unit = b.barang.satuan
    if balance >= need:
        message = (
            f"{b.barang.nama}: {display(need)} {unit} diminta, tetapi pada waktu itu hanya {display(available)} yang dapat keluar "
            "tanpa membuat stok sesudahnya kurang dari nol."
        )
        return Temuan("STOK_KURANG_SAAT_ITU", ERROR, message, nilai=str(need), usulan=str(available), lokasi=location)
    message = f"{b.barang.nama}: {display(need)} {unit} diminta, yang dapat keluar {display(available)}."
    return Temuan("STOK_KURANG", ERROR, message, nilai=str(need), usulan=str(available), lokasi=location)


def check_same_lot(
    lot: WithLot, present: Sequence[WithLot], gudang_label: str, location: tuple[Location, ...] = ()
) -> list[Temuan]:
    """One lot has one day of expiry, in every warehouse. `present`: lots of the warehouse it comes into."""
    for x in present:
        same = (x.barang, x.sumber_dana, x.lot) == (lot.barang, lot.sumber_dana, lot.lot)
        if same and x.kedaluwarsa != lot.kedaluwarsa:
            return [_differing(f"{lot.barang} di {gudang_label}", x, lot.kedaluwarsa, location)]
    return []


def _differing(label: str, present: WithLot, expiry: date | None, location: tuple[Location, ...]) -> Temuan:
    message = (
        f"{label}: lot {present.lot or '(tanpa lot)'} {present.sumber_dana} sudah tercatat dengan kedaluwarsa "
        f"{present.kedaluwarsa or 'tidak pernah'}, bukan {expiry or 'tidak pernah'}; pakai nama lot lain."
    )
    return Temuan(
        "LOT_BEDA_KEDALUWARSA", ERROR, message, nilai=str(expiry), usulan=str(present.kedaluwarsa), lokasi=location
    )
