"""From cells as written to cells that mean something: region, element, breakdown, number, status. Pure.

Every cell that cannot be read leaves a finding; none is dropped without one, and none stops the others.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import process

from hub.angka.cells import SelBersih
from hub.base.angka import baca_angka
from hub.base.kode import Tingkat, tingkat
from hub.base.temuan import GALAT, PERINGATAN, Lokasi, Temuan, tampil
from hub.katalog.katalog import DimensiRincian, Elemen, Formulir, Katalog
from hub.katalog.rumus import Rincian
from hub.rekap.draft import Kolom, RekapDraft, Sel, Tempat
from hub.wilayah.daftar import Cocok, DaftarWilayah, TakCocokError

STATUS_KOSONG = ("TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU")
_KEPALA = 100  # letters of a header that likely ones are sought for
_SETARA = {"orang": {"orang", "jiwa"}, "orang/KK": {"orang", "kk"}, "per indikator": set()}

_PESAN_TEMPAT = {
    "BUKAN_KODE": ("WILAYAH_BUKAN_KODE", "bukan kode wilayah; tulis seperti 53.14.01.2005"),
    "DI_LUAR": ("WILAYAH_DI_LUAR", "bukan wilayah pelapor"),
    "TIDAK_BERLAKU": ("WILAYAH_TIDAK_BERLAKU", "tidak berlaku pada periode ini"),
    "TAK_DIKENAL": ("WILAYAH_TAK_DIKENAL", "tidak dikenal; wilayah baru tidak dibuat dari rekap"),
    "RANGKAP": ("WILAYAH_RANGKAP", "dapat berarti lebih dari satu wilayah; tulis kodenya atau kecamatannya"),
}


@dataclass(slots=True)
class _Baca:
    katalog: Katalog
    formulir: Formulir
    daftar: DaftarWilayah
    temuan: list[Temuan]


def baca_sel(
    draft: RekapDraft, katalog: Katalog, formulir: Formulir, daftar: DaftarWilayah, temuan: list[Temuan]
) -> list[SelBersih]:
    """All readable cells; the findings about the others go into `temuan`."""
    baca = _Baca(katalog, formulir, daftar, temuan)
    kolom: dict[Kolom, tuple[Elemen, Rincian] | None] = {}
    tempat: dict[Tempat, Cocok | None] = {}
    di_tempat: dict[Tempat, list[Sel]] = defaultdict(list)
    for s in draft.sel:
        if s.kolom not in kolom:
            kolom[s.kolom] = _baca_kolom(s.kolom, s.lokasi, baca)
        di_tempat[s.tempat].append(s)
    for t, sel in di_tempat.items():
        tempat[t] = _baca_tempat(t, sel, kolom, baca)
    bersih: list[SelBersih] = []
    for s in draft.sel:
        arti, cocok = kolom[s.kolom], tempat[s.tempat]
        if arti is None or cocok is None:
            continue
        isi = _baca_isi(s, arti[0], arti[1], cocok, baca.temuan)
        if isi is not None:
            bersih.append(SelBersih(cocok.kode, arti[0], arti[1], isi[0], isi[1], s.lokasi, s.tersirat))
    return _tanpa_ganda(bersih, temuan)


# ---------- columns ----------


def _baca_kolom(kolom: Kolom, lokasi: Lokasi, baca: _Baca) -> tuple[Elemen, Rincian] | None:
    kode = kolom.elemen.strip().upper()
    elemen = baca.katalog.elemen.get(kode)
    if elemen is None or elemen.formulir != baca.formulir.kode:
        baca.temuan.append(_elemen_salah(kolom.elemen, elemen, lokasi, baca))
        return None
    pasangan: dict[str, str] = {}
    sah = True
    for nama, pilihan in kolom.rincian:
        dimensi = elemen.dimensi(nama.strip())
        if dimensi is None:
            ada = ", ".join(d.kode for d in elemen.rincian) or "tidak ada"
            pesan = f'{elemen.kode} ({elemen.nama}) tidak mempunyai rincian "{nama}"; rinciannya: {ada}.'
            baca.temuan.append(
                Temuan("RINCIAN_TAK_DIKENAL", GALAT, pesan, elemen=elemen.kode, nilai=nama, lokasi=(lokasi,))
            )
            sah = False
            continue
        baku = _baca_pilihan(elemen, dimensi, pilihan, lokasi, baca.temuan)
        sah = sah and baku is not None and dimensi.kode not in pasangan
        if dimensi.kode in pasangan:
            pesan = f"Rincian {dimensi.kode} disebut dua kali dalam satu kolom."
            baca.temuan.append(Temuan("RINCIAN_GANDA", GALAT, pesan, elemen=elemen.kode, nilai=nama, lokasi=(lokasi,)))
        elif baku is not None:
            pasangan[dimensi.kode] = baku
    return (elemen, tuple(sorted(pasangan.items()))) if sah else None


def _elemen_salah(tertulis: str, elemen: Elemen | None, lokasi: Lokasi, baca: _Baca) -> Temuan:
    f = baca.formulir
    if elemen is not None:
        pesan = f"Elemen {elemen.kode} ({elemen.nama}) termasuk formulir {elemen.formulir}, bukan {f.kode}."
        return Temuan(
            "ELEMEN_FORMULIR_LAIN",
            GALAT,
            pesan,
            elemen=elemen.kode,
            nilai=tertulis,
            usulan=elemen.formulir,
            lokasi=(lokasi,),
        )
    pilihan = {e.kode: f"{e.kode} {e.nama}" for e in f.elemen}
    dekat = process.extractOne(tertulis[:_KEPALA], pilihan, score_cutoff=60)
    pesan = f'Elemen "{tertulis}" tidak ada di formulir {f.kode}; elemennya: {", ".join(pilihan)}.'
    return Temuan(
        "ELEMEN_TAK_DIKENAL",
        GALAT,
        pesan,
        elemen=tertulis,
        nilai=tertulis,
        usulan=dekat[2] if dekat else None,
        lokasi=(lokasi,),
    )


def _baca_pilihan(
    elemen: Elemen, dimensi: DimensiRincian, tertulis: str, lokasi: Lokasi, temuan: list[Temuan]
) -> str | None:
    rapi = " ".join(tertulis.split())
    baku = next((p for p in dimensi.pilihan if p.casefold() == rapi.casefold()), None)
    if baku is not None:
        return baku
    if dimensi.terbuka and rapi and not set(rapi) & set("[]=,|"):
        return rapi
    dekat = process.extractOne(rapi[:_KEPALA], dimensi.pilihan, score_cutoff=60)
    pesan = (
        f'{elemen.kode}: "{tertulis}" bukan pilihan rincian {dimensi.kode}; pilihannya: {", ".join(dimensi.pilihan)}.'
    )
    temuan.append(
        Temuan(
            "PILIHAN_TAK_DIKENAL",
            GALAT,
            pesan,
            elemen=elemen.kode,
            nilai=tertulis,
            usulan=dekat[0] if dekat else None,
            lokasi=(lokasi,),
        )
    )
    return None


# ---------- places ----------


def _baca_tempat(
    tempat: Tempat, sel: list[Sel], kolom: dict[Kolom, tuple[Elemen, Rincian] | None], baca: _Baca
) -> Cocok | None:
    lokasi = sel[0].lokasi
    try:
        if tempat.kode is not None:
            cocok = baca.daftar.dari_kode(tempat.kode)
        elif tempat.nama or tempat.kecamatan:
            cocok = baca.daftar.dari_nama(tempat.nama or "", tempat.kecamatan)
        else:
            pesan = "Baris ini tidak menyebut wilayah; isi kode atau nama wilayahnya."
            baca.temuan.append(Temuan("WILAYAH_KOSONG", GALAT, pesan, lokasi=(lokasi,)))
            return None
    except TakCocokError as tak:
        return _tempat_salah(tempat, tak, sel, kolom, baca)
    if cocok.catatan == "NAMA_MIRIP":
        pesan = f'"{tempat}" dibaca sebagai {cocok.nama} ({cocok.kode}).'
        baca.temuan.append(
            Temuan(
                "NAMA_MIRIP",
                PERINGATAN,
                pesan,
                wilayah=cocok.kode,
                nilai=str(tempat),
                usulan=cocok.nama,
                lokasi=(lokasi,),
            )
        )
    elif cocok.catatan == "KODE_LAIN_MASA":
        pesan = f"Kode {tempat} tidak berlaku pada periode ini; dipakai {cocok.kode} ({cocok.nama})."
        baca.temuan.append(
            Temuan(
                "KODE_LAIN_MASA",
                PERINGATAN,
                pesan,
                wilayah=cocok.kode,
                nilai=str(tempat),
                usulan=cocok.kode,
                lokasi=(lokasi,),
            )
        )
    return cocok


def _tempat_salah(
    tempat: Tempat,
    tak: TakCocokError,
    sel: list[Sel],
    kolom: dict[Kolom, tuple[Elemen, Rincian] | None],
    baca: _Baca,
) -> Cocok | None:
    lokasi, usulan = sel[0].lokasi, "; ".join(tak.usulan) or None
    if tak.sebab == "LEMBAGA":
        terisi = [kolom[s.kolom] for s in sel if s.nilai is not None]
        pelapor = baca.daftar.berlaku.get(baca.daftar.pelapor)
        if pelapor is not None and terisi and all(k is None or k[0].titik for k in terisi):
            pesan = (
                f'"{tempat}" adalah lembaga, bukan wilayah; angkanya dicatat untuk seluruh {pelapor.nama}. '
                "Lembaganya sendiri didaftarkan sebagai sumber daya sosial."
            )
            baca.temuan.append(
                Temuan(
                    "LEMBAGA_SEBAGAI_WILAYAH",
                    PERINGATAN,
                    pesan,
                    wilayah=pelapor.kode,
                    nilai=str(tempat),
                    lokasi=(lokasi,),
                )
            )
            return Cocok(pelapor.kode, pelapor.nama)
        pesan = f'"{tempat}" adalah lembaga, bukan wilayah; elemen di baris ini dilaporkan per wilayah.'
        baca.temuan.append(Temuan("LEMBAGA_SEBAGAI_WILAYAH", GALAT, pesan, nilai=str(tempat), lokasi=(lokasi,)))
        return None
    kode, isi = _PESAN_TEMPAT[tak.sebab]
    saran = f" Mungkin maksudnya: {usulan}." if usulan else ""
    baca.temuan.append(
        Temuan(kode, GALAT, f'Wilayah "{tempat}" {isi}.{saran}', nilai=str(tempat), usulan=usulan, lokasi=(lokasi,))
    )
    return None


# ---------- contents ----------


def _baca_isi(
    s: Sel, elemen: Elemen, rincian: Rincian, cocok: Cocok, temuan: list[Temuan]
) -> tuple[Decimal | None, str] | None:
    def salah(kode: str, pesan: str, usulan: str | None = None) -> None:
        pesan = f"{elemen.kode} ({elemen.nama}), {cocok.nama}: {pesan}"
        nilai = None if s.nilai is None else str(s.nilai)
        temuan.append(
            Temuan(
                kode,
                GALAT,
                pesan,
                wilayah=cocok.kode,
                elemen=elemen.kode,
                nilai=nilai,
                usulan=usulan,
                lokasi=(s.lokasi,),
            )
        )

    if s.status == "DISUPRESI":
        salah("STATUS_BERTENTANGAN", "status DISUPRESI hanya dipakai hub dalam jawaban.")
        return None
    nilai = s.nilai
    if isinstance(nilai, str) and not nilai.strip():
        nilai = None
    if nilai is None:
        if s.status in STATUS_KOSONG:
            return None, s.status
        if s.status is None and s.tersirat:
            return None, "TIDAK_ADA_DATA"
        if s.status is None:
            salah("STATUS_KOSONG", "angka kosong harus disertai status (TIDAK_ADA_DATA, TIDAK_DILAKSANAKAN, …).")
        else:
            salah("STATUS_BERTENTANGAN", f"status {s.status} memerlukan angka.")
        return None
    if isinstance(nilai, str):
        angka = _baca_tulisan(nilai, s, elemen, rincian, cocok, temuan, salah)
        if angka is None:
            return None
        nilai = angka
    status = "NOL" if nilai == 0 else "ADA"
    if s.status not in (None, status):
        salah("STATUS_BERTENTANGAN", f"angka {tampil(nilai)} tidak cocok dengan status {s.status}.")
        return None
    if nilai < 0:
        salah("ANGKA_NEGATIF", f"{tampil(nilai)} kurang dari nol.", tampil(-nilai))
        return None
    if elemen.bulat and nilai % 1:
        salah("ANGKA_PECAHAN", f"{tampil(nilai)} {elemen.satuan} harus bilangan bulat.")
        return None
    return nilai, status


def _baca_tulisan(
    teks: str,
    s: Sel,
    elemen: Elemen,
    rincian: Rincian,
    cocok: Cocok,
    temuan: list[Temuan],
    salah: Callable[[str, str], None],
) -> Decimal | None:
    try:
        tulis = baca_angka(teks, elemen.bulat)
    except ValueError as galat:
        salah("ANGKA_TAK_TERBACA", f"{galat}.")
        return None
    if tulis.bebas:
        pesan = f'{elemen.kode}, {cocok.nama}: "{teks}" dibaca sebagai {tampil(tulis.nilai)}.'
        temuan.append(
            Temuan(
                "ANGKA_TULISAN",
                PERINGATAN,
                pesan,
                wilayah=cocok.kode,
                elemen=elemen.kode,
                nilai=teks,
                usulan=str(tulis.nilai),
                lokasi=(s.lokasi,),
            )
        )
    satuan = _satuan(elemen, rincian)
    if tulis.satuan and satuan and tulis.satuan not in _SETARA.get(satuan, {satuan.casefold()}):
        pesan = f'{elemen.kode}, {cocok.nama}: ditulis dalam "{tulis.satuan}", padahal satuannya {satuan}.'
        temuan.append(
            Temuan(
                "SATUAN_BEDA",
                PERINGATAN,
                pesan,
                wilayah=cocok.kode,
                elemen=elemen.kode,
                nilai=teks,
                usulan=satuan,
                lokasi=(s.lokasi,),
            )
        )
    return tulis.nilai


def _satuan(elemen: Elemen, rincian: Rincian) -> str | None:
    """The unit of a cell: a choice may bring its own (a target in the unit of its indicator)."""
    for nama, pilihan in rincian:
        dimensi = elemen.dimensi(nama)
        if dimensi is not None and dimensi.satuan:
            return dimensi.satuan.get(pilihan)
    return None if elemen.satuan in ("per indikator", "satuan barang") else elemen.satuan


def _tanpa_ganda(sel: Iterable[SelBersih], temuan: list[Temuan]) -> list[SelBersih]:
    """One cell per place, element and breakdown. An empty table cell gives way to a stated one; two stated ones are an
    error even when equal, for nobody can tell which was meant."""
    per_kunci: dict[tuple[str, str, Rincian], list[SelBersih]] = defaultdict(list)
    for s in sel:
        per_kunci[s.wilayah, s.elemen.kode, s.rincian].append(s)
    hasil: list[SelBersih] = []
    for sama in per_kunci.values():
        tegas = [s for s in sama if not s.tersirat] or sama[:1]
        hasil.append(tegas[0])
        if len(tegas) > 1:
            isi = " dan ".join(s.status if s.nilai is None else tampil(s.nilai) for s in tegas)
            pesan = (
                f"{tegas[0].elemen.kode} untuk {tegas[0].wilayah} diberikan {len(tegas)} kali ({isi}); sisakan satu."
            )
            temuan.append(
                Temuan(
                    "SEL_GANDA", GALAT, pesan, wilayah=tegas[0].wilayah, elemen=tegas[0].elemen.kode, nilai=isi,
                    lokasi=tuple(s.lokasi for s in tegas),
                )
            )  # fmt: skip
    return _tanpa_tersirat(hasil)


def _tanpa_tersirat(sel: list[SelBersih]) -> list[SelBersih]:
    """An empty cell says "no data" only at the level at which the element was reported at all: a table may hold desa
    and one institution for the whole kabupaten, and be empty where they cross."""
    tegas: dict[str, set[Tingkat]] = defaultdict(set)
    for s in sel:
        if not s.tersirat:
            tegas[s.elemen.kode].add(tingkat(s.wilayah))
    return [s for s in sel if not s.tersirat or not tegas[s.elemen.kode] or tingkat(s.wilayah) in tegas[s.elemen.kode]]


def ringkas_lokasi(sel: Iterable[SelBersih], banyak: int = 50) -> tuple[Lokasi, ...]:
    """Where these cells stood, the first so many."""
    return tuple(s.lokasi for s in list(sel)[:banyak])
