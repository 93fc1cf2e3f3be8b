"""Checks of a movement of stock: every finding, and the rows of the ledger it comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from hub.base.angka import baca_angka, layak
from hub.base.id_publik import IdPublik
from hub.base.temuan import GALAT, INFO, PERINGATAN, Lokasi, Temuan, tampil
from hub.gudang.alokasi import NOL, LotTersedia, ambil
from hub.gudang.draft import KELUAR, KOREKSI, PINDAH, TERIMA, BarisDraft, MutasiDraft
from hub.gudang.statements import Barang, MutasiBaru

BARIS_TERBANYAK = 200
_TERPANJANG = 500  # letters of a text


class Berlot(Protocol):
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
class BarisSiap:
    """A line that can be worked with: goods found, amount read."""

    indeks: int
    barang: Barang
    jumlah: Decimal
    lot: str | None
    kedaluwarsa: date | None
    sumber_dana: str | None


def periksa_kepala(draft: MutasiDraft) -> list[Temuan]:
    """What is wrong with the document itself."""
    temuan: list[Temuan] = []

    def galat(kode: str, pesan: str, nilai: str | None = None) -> None:
        temuan.append(Temuan(kode, GALAT, pesan, nilai=nilai))

    temuan += periksa_kunci(draft.kunci_idempoten)
    if not draft.nomor_dokumen.strip():
        galat("DOKUMEN_KOSONG", "nomorDokumen harus diisi: nomor berita acara, surat jalan atau opname.")
    if draft.jenis == KELUAR and not (draft.tujuan or "").strip():
        galat("TUJUAN_KOSONG", "tujuan harus diisi pada barang keluar: kepada siapa atau untuk kejadian apa.")
    if draft.jenis == KOREKSI and not (draft.alasan or "").strip():
        galat("ALASAN_KOSONG", "alasan harus diisi pada koreksi.")
    if (draft.jenis == PINDAH) != (draft.gudang_tujuan is not None):
        galat("GUDANG_TUJUAN", "gudangTujuan diisi pada perpindahan, dan hanya di sana.", draft.gudang_tujuan)
    for nama, teks in (("nomorDokumen", draft.nomor_dokumen), ("tujuan", draft.tujuan), ("alasan", draft.alasan)):
        temuan += periksa_teks(nama, teks)
    if not draft.baris:
        galat("BARIS_KOSONG", "Catatan ini tidak berisi barang.")
    if len(draft.baris) > BARIS_TERBANYAK:
        galat(
            "BARIS_TERLALU_BANYAK",
            f"Paling banyak {BARIS_TERBANYAK} baris dalam satu catatan; pecah menurut dokumennya.",
        )
    return temuan


def periksa_kunci(kunci: str) -> list[Temuan]:
    if 1 <= len(kunci.strip()) <= 200:
        return []
    pesan = "kunciIdempoten harus diisi (1 sampai 200 huruf): satu kunci untuk satu catatan, sama bila diulang."
    return [Temuan("KUNCI_KOSONG", GALAT, pesan)]


def periksa_teks(nama: str, teks: str | None) -> list[Temuan]:
    """`nama`: of the field that holds the text."""
    if teks is None or (len(teks) <= _TERPANJANG and "\0" not in teks):
        return []
    pesan = f"{nama} paling panjang {_TERPANJANG} huruf, tanpa huruf kendali."
    return [Temuan("TEKS_TAK_SAH", GALAT, pesan, nilai=teks[:50])]


def baca_baris(draft: MutasiDraft, barang: Mapping[str, Barang]) -> tuple[list[BarisSiap], list[Temuan]]:
    """The lines that can be worked with, and what is wrong with the others."""
    siap: list[BarisSiap] = []
    temuan: list[Temuan] = []
    for i, b in enumerate(draft.baris[:BARIS_TERBANYAK]):
        di = (Lokasi(indeks=i),)
        apa = _cari(b.barang, barang)
        if apa is None:
            temuan.append(_tak_dikenal(b.barang, barang, di))
        jumlah, salah = _jumlah(draft.jenis, b, apa, di)
        salah += _sifat_lot(draft.jenis, b, apa, di)
        temuan += salah
        if apa is not None and jumlah is not None and not any(t.tingkat == GALAT for t in salah):
            lot = None if b.lot is None else b.lot.strip()
            siap.append(BarisSiap(i, apa, jumlah, lot, b.kedaluwarsa, b.sumber_dana))
    return siap, temuan


def baca_minimum(
    isi: Sequence[tuple[str, Decimal | str]], barang: Mapping[str, Barang]
) -> tuple[dict[str, Decimal], list[Temuan]]:
    """Minimum stock per code of goods, and what is wrong with the lines."""
    bersih: dict[str, Decimal] = {}
    temuan: list[Temuan] = []
    for i, (nama, tulis) in enumerate(isi):
        di = (Lokasi(indeks=i),)
        apa = _cari(nama, barang)
        if apa is None:
            temuan.append(_tak_dikenal(nama, barang, di))
            continue
        if apa.kode in bersih:
            temuan.append(Temuan("BARANG_GANDA", GALAT, f"{apa.nama} disebut dua kali.", nilai=nama, lokasi=di))
        try:
            jumlah = tulis if isinstance(tulis, Decimal) else baca_angka(tulis, apa.bulat).nilai
            if not layak(jumlah) or jumlah < 0 or (apa.bulat and jumlah != jumlah.to_integral_value()):
                raise ValueError(f"{jumlah} bukan 0 atau bilangan utuh di atasnya")
        except ValueError as salah:
            pesan = f"Stok minimum {apa.nama}: {salah}."
            temuan.append(Temuan("JUMLAH_TIDAK_SAH", GALAT, pesan, nilai=str(tulis), lokasi=di))
            continue
        bersih[apa.kode] = jumlah
    return bersih, temuan


def _cari(tulisan: str, barang: Mapping[str, Barang]) -> Barang | None:
    """Goods by code or name; case and blanks do not matter."""
    nama = " ".join(tulisan.split()).casefold()
    return barang.get(nama.upper()) or next((b for b in barang.values() if b.nama.casefold() == nama), None)


def _tak_dikenal(tulisan: str, barang: Mapping[str, Barang], di: tuple[Lokasi, ...]) -> Temuan:
    pesan = f'Barang "{tulisan}" tidak dikenal; barangnya: {", ".join(barang)}.'
    return Temuan("BARANG_TAK_DIKENAL", GALAT, pesan, nilai=tulisan, lokasi=di)


def _jumlah(
    jenis: str, b: BarisDraft, apa: Barang | None, di: tuple[Lokasi, ...]
) -> tuple[Decimal | None, list[Temuan]]:
    bulat = apa is not None and apa.bulat
    try:
        jumlah = b.jumlah if isinstance(b.jumlah, Decimal) else baca_angka(b.jumlah, bulat).nilai
        if not layak(jumlah):
            raise ValueError(f"{jumlah} terlalu panjang")
    except ValueError as salah:
        return None, [Temuan("JUMLAH_TAK_TERBACA", GALAT, f"Jumlah: {salah}.", nilai=str(b.jumlah), lokasi=di)]
    if jumlah == 0 or (jumlah < 0 and jenis != KOREKSI):
        pesan = "Koreksi harus lebih atau kurang dari nol." if jenis == KOREKSI else "Jumlah harus lebih dari nol."
        return None, [Temuan("JUMLAH_TIDAK_SAH", GALAT, pesan, nilai=str(jumlah), lokasi=di)]
    if bulat and jumlah != jumlah.to_integral_value():
        assert apa is not None
        pesan = f"{apa.nama} dihitung per {apa.satuan} utuh; {tampil(jumlah)} bukan bilangan bulat."
        return None, [Temuan("JUMLAH_TIDAK_BULAT", GALAT, pesan, nilai=str(jumlah), lokasi=di)]
    return jumlah, []


def _sifat_lot(jenis: str, b: BarisDraft, apa: Barang | None, di: tuple[Lokasi, ...]) -> list[Temuan]:
    temuan: list[Temuan] = []
    if b.lot is not None and (len(b.lot) > 100 or not b.lot.isprintable()):
        temuan.append(
            Temuan(
                "LOT_TAK_SAH", GALAT, "Lot paling panjang 100 huruf, tanpa huruf kendali.", nilai=b.lot[:50], lokasi=di
            )
        )
    if jenis == TERIMA and b.sumber_dana is None:
        pesan = "sumberDana harus diisi pada barang yang diterima: APBN, APBD atau HIBAH."
        temuan.append(Temuan("SUMBER_DANA_KOSONG", GALAT, pesan, lokasi=di))
    if jenis in (KELUAR, PINDAH) and b.kedaluwarsa is not None:
        pesan = "kedaluwarsa diisi saat barang diterima; pada barang keluar sebut lotnya."
        temuan.append(Temuan("KEDALUWARSA_TAK_PERLU", GALAT, pesan, nilai=str(b.kedaluwarsa), lokasi=di))
    return temuan


def susun(
    draft: MutasiDraft,
    siap: Sequence[BarisSiap],
    asal: tuple[IdPublik, Sequence[LotTersedia]],
    tujuan: tuple[IdPublik, Sequence[LotTersedia]] | None,
    hari: date,
) -> tuple[list[MutasiBaru], list[Temuan]]:
    """The rows of the ledger. `asal`, `tujuan`: each warehouse with its lots of these goods as they may be used at the
    moment of the movement; `hari`: its day at the office."""
    gudang, lots = asal[0], list(asal[1])
    sana = list(tujuan[1]) if tujuan else []
    mutasi: list[MutasiBaru] = []
    temuan: list[Temuan] = []
    for b in siap:
        di = (Lokasi(indeks=b.indeks),)
        if draft.jenis == TERIMA or (draft.jenis == KOREKSI and b.jumlah > 0):
            lot, salah = _lot_masuk(draft.jenis, b, lots, hari, di)
            temuan += salah
            if lot is not None:
                lot.tersedia += b.jumlah
                lot.kini += b.jumlah
                mutasi.append(_baris(gudang, len(mutasi) + 1, draft.jenis, lot, b.jumlah, None))
            continue
        ambilan, salah = _lot_keluar(draft.jenis, b, lots, hari, di)
        temuan += salah
        for lot, jumlah in ambilan:
            nomor = mutasi[-1].baris + 1 if mutasi else 1
            if tujuan is None:
                mutasi.append(_baris(gudang, nomor, draft.jenis, lot, -jumlah, None))
                continue
            salah_sana = periksa_lot_sama(lot, sana, "gudang tujuan", di)
            temuan += salah_sana
            mutasi.append(_baris(gudang, nomor, "PINDAH_KELUAR", lot, -jumlah, tujuan[0]))
            mutasi.append(_baris(tujuan[0], nomor, "PINDAH_MASUK", lot, jumlah, gudang))
    return mutasi, temuan


def _baris(
    gudang: IdPublik, nomor: int, jenis: str, lot: LotTersedia, jumlah: Decimal, lawan: IdPublik | None
) -> MutasiBaru:
    return MutasiBaru(gudang, nomor, jenis, lot.barang, lot.sumber_dana, lot.lot, lot.kedaluwarsa, jumlah, lawan)


def _lot_masuk(
    jenis: str, b: BarisSiap, lots: list[LotTersedia], hari: date, di: tuple[Lokasi, ...]
) -> tuple[LotTersedia | None, list[Temuan]]:
    """The lot that goods come into: one that is there, or a new one."""
    temuan: list[Temuan] = []
    if jenis == KOREKSI and (b.sumber_dana is None or (b.lot is None and b.kedaluwarsa is None)):
        satu, temuan = _lot_terkait(b, lots, di)
        if satu is not None and b.kedaluwarsa not in (None, satu.kedaluwarsa):
            return None, [_beda(b.barang.nama, satu, b.kedaluwarsa, di)]
        return satu, temuan
    assert b.sumber_dana is not None, "a receipt says it, or it was refused before"
    nama = b.lot or ""
    if not nama and b.kedaluwarsa is not None:
        nama = b.kedaluwarsa.isoformat()
        pesan = f"{b.barang.nama} berkedaluwarsa dan tidak disebut lotnya; dicatat sebagai lot {nama}."
        temuan.append(Temuan("LOT_DARI_KEDALUWARSA", INFO, pesan, usulan=nama, lokasi=di))
    ada = next((x for x in lots if (x.barang, x.sumber_dana, x.lot) == (b.barang.kode, b.sumber_dana, nama)), None)
    if ada is None:
        if b.barang.berkedaluwarsa and b.kedaluwarsa is None:
            pesan = f"{b.barang.nama} lazimnya berkedaluwarsa; harinya tidak disebut, maka dianggap tidak pernah."
            temuan.append(Temuan("KEDALUWARSA_KOSONG", PERINGATAN, pesan, lokasi=di))
        ada = LotTersedia(b.barang.kode, b.sumber_dana, nama, b.kedaluwarsa, NOL, NOL)
        lots.append(ada)
    elif b.kedaluwarsa is not None and b.kedaluwarsa != ada.kedaluwarsa:
        return None, [*temuan, _beda(b.barang.nama, ada, b.kedaluwarsa, di)]
    if ada.habis_masa(hari):
        pesan = f"{b.barang.nama} lot {ada.lot} sudah kedaluwarsa pada hari itu ({ada.kedaluwarsa})."
        temuan.append(Temuan("SUDAH_KEDALUWARSA", PERINGATAN, pesan, nilai=str(ada.kedaluwarsa), lokasi=di))
    return ada, temuan


def _lot_terkait(
    b: BarisSiap, lots: list[LotTersedia], di: tuple[Lokasi, ...]
) -> tuple[LotTersedia | None, list[Temuan]]:
    """The one lot that a correction can mean; of several, none is guessed."""
    cocok = _sama(b, lots)
    if len(cocok) == 1:
        return cocok[0], []
    ada = ", ".join(f"{x.lot or '(tanpa lot)'} {x.sumber_dana}" for x in cocok)
    pesan = (
        f"Koreksi {b.barang.nama} harus menyebut lot dan sumberDana: "
        + (ada or "barang ini belum pernah tercatat di sini")
        + "."
    )
    return None, [Temuan("LOT_HARUS_DISEBUT", GALAT, pesan, nilai=b.lot, usulan=ada or None, lokasi=di)]


def _lot_keluar(
    jenis: str, b: BarisSiap, lots: list[LotTersedia], hari: date, di: tuple[Lokasi, ...]
) -> tuple[list[tuple[LotTersedia, Decimal]], list[Temuan]]:
    """The lots that goods go out of, first expiring first. What has expired goes out only where its lot is named, and to
    people never."""
    temuan: list[Temuan] = []
    butuh = abs(b.jumlah)
    cocok = _sama(b, lots)
    if jenis == KOREKSI:
        satu, salah = _lot_terkait(b, lots, di)
        if satu is None:
            return [], salah
        cocok = [satu]
    elif b.lot is None:
        cocok = [x for x in cocok if not x.habis_masa(hari)]
    elif any(x.habis_masa(hari) for x in cocok):
        tingkat = GALAT if jenis == KELUAR else PERINGATAN
        pesan = f"{b.barang.nama} lot {b.lot} sudah kedaluwarsa pada hari itu; " + (
            "tidak boleh dibagikan. Keluarkan dengan koreksi."
            if jenis == KELUAR
            else "periksa apakah memang dipindahkan."
        )
        temuan.append(Temuan("LOT_KEDALUWARSA", tingkat, pesan, nilai=b.lot, lokasi=di))
        if jenis == KELUAR:
            return [], temuan
    tersedia, kini = sum((x.tersedia for x in cocok), NOL), sum((x.kini for x in cocok), NOL)
    if tersedia < butuh:
        return [], [*temuan, _kurang(b, butuh, tersedia, kini, di)]
    return ambil(cocok, butuh), temuan


def _sama(b: BarisSiap, lots: Sequence[LotTersedia]) -> list[LotTersedia]:
    """The lots a line may mean."""
    return [
        x
        for x in lots
        if x.barang == b.barang.kode
        and (b.lot is None or x.lot == b.lot)
        and (b.sumber_dana is None or x.sumber_dana == b.sumber_dana)
    ]


def _kurang(b: BarisSiap, butuh: Decimal, tersedia: Decimal, kini: Decimal, di: tuple[Lokasi, ...]) -> Temuan:
    satuan = b.barang.satuan
    if kini >= butuh:
        pesan = (
            f"{b.barang.nama}: {tampil(butuh)} {satuan} diminta, tetapi pada waktu itu hanya {tampil(tersedia)} yang dapat keluar "
            "tanpa membuat stok sesudahnya kurang dari nol."
        )
        return Temuan("STOK_KURANG_SAAT_ITU", GALAT, pesan, nilai=str(butuh), usulan=str(tersedia), lokasi=di)
    pesan = f"{b.barang.nama}: {tampil(butuh)} {satuan} diminta, yang dapat keluar {tampil(tersedia)}."
    return Temuan("STOK_KURANG", GALAT, pesan, nilai=str(butuh), usulan=str(tersedia), lokasi=di)


def periksa_lot_sama(lot: Berlot, ada: Sequence[Berlot], di_gudang: str, di: tuple[Lokasi, ...] = ()) -> list[Temuan]:
    """One lot has one day of expiry, in every warehouse. `ada`: lots of the warehouse it comes into."""
    for x in ada:
        sama = (x.barang, x.sumber_dana, x.lot) == (lot.barang, lot.sumber_dana, lot.lot)
        if sama and x.kedaluwarsa != lot.kedaluwarsa:
            return [_beda(f"{lot.barang} di {di_gudang}", x, lot.kedaluwarsa, di)]
    return []


def _beda(apa: str, ada: Berlot, kedaluwarsa: date | None, di: tuple[Lokasi, ...]) -> Temuan:
    pesan = (
        f"{apa}: lot {ada.lot or '(tanpa lot)'} {ada.sumber_dana} sudah tercatat dengan kedaluwarsa "
        f"{ada.kedaluwarsa or 'tidak pernah'}, bukan {kedaluwarsa or 'tidak pernah'}; pakai nama lot lain."
    )
    return Temuan("LOT_BEDA_KEDALUWARSA", GALAT, pesan, nilai=str(kedaluwarsa), usulan=str(ada.kedaluwarsa), lokasi=di)
