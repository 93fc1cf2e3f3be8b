"""What a rekap must satisfy whatever its form: levels, overlaps, gaps, breakdowns, stated totals. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.angka.cells import SelBersih
from hub.angka.rollup import Angka, gabung
from hub.base import kode as kode_wilayah
from hub.base.angka import baca_angka
from hub.base.kode import Tingkat
from hub.base.temuan import GALAT, INFO, PERINGATAN, Lokasi, Temuan, tampil
from hub.katalog.katalog import Elemen, Formulir, Katalog
from hub.katalog.rumus import Rincian, baca_rumus
from hub.rekap.cells import ringkas_lokasi
from hub.rekap.draft import RekapDraft
from hub.wilayah.daftar import DaftarWilayah

Hitungan = Mapping[tuple[str, str, Rincian], Angka]  # (region, element, breakdown) → figure


@dataclass(frozen=True, slots=True)
class TotalBersih:
    """A stated total beside what the cells add up to."""

    elemen: str
    wilayah: str
    tertulis: Decimal
    dihitung: Decimal


def periksa_tingkat(sel: Iterable[SelBersih], pelapor: str) -> list[Temuan]:
    """Figures finer than the element allows; figures for a region and for a part of it."""
    temuan: list[Temuan] = []
    per_elemen: dict[str, list[SelBersih]] = defaultdict(list)
    for s in sel:
        per_elemen[s.elemen.kode].append(s)
    for kode, milik in per_elemen.items():
        e = milik[0].elemen
        halus = [s for s in milik if kode_wilayah.tingkat(s.wilayah) > Tingkat.KABUPATEN]
        if e.sensitif >= 3 and halus:
            pesan = f"{kode} ({e.nama}) peka: hanya diterima sebagai jumlah seluruh kabupaten/kota, tidak per kecamatan atau desa."
            temuan.append(
                Temuan("PEKA_TERLALU_RINCI", GALAT, pesan, wilayah=pelapor, elemen=kode, lokasi=ringkas_lokasi(halus))
            )
            continue
        terlalu = [s for s in milik if kode_wilayah.tingkat(s.wilayah) > e.tingkat]
        if terlalu:
            pesan = f"{kode} ({e.nama}) biasanya dilaporkan per {e.tingkat.name.lower()}; ini lebih rinci."
            temuan.append(
                Temuan("LEBIH_RINCI", INFO, pesan, wilayah=pelapor, elemen=kode, lokasi=ringkas_lokasi(terlalu))
            )
        ada = {s.wilayah for s in milik}
        for s in milik:
            induk = kode_wilayah.induk(s.wilayah)
            while induk is not None and induk not in ada:
                induk = kode_wilayah.induk(induk)
            if induk is not None:
                pesan = (
                    f"{kode} diberikan untuk {induk} dan juga untuk bagiannya, {s.wilayah}; jumlahnya akan terhitung dua kali. "
                    "Tulis jumlah wilayah sebagai total tertulis, bukan sebagai sel."
                )
                temuan.append(
                    Temuan("INDUK_DAN_BAGIAN", GALAT, pesan, wilayah=s.wilayah, elemen=kode, lokasi=(s.lokasi,))
                )
    return temuan


def periksa_kelengkapan(sel: Iterable[SelBersih], daftar: DaftarWilayah) -> list[Temuan]:
    """Regions without a figure where their neighbours have one: missing is not zero."""
    temuan: list[Temuan] = []
    terisi: dict[str, dict[Tingkat, set[str]]] = defaultdict(lambda: defaultdict(set))
    dijawab: dict[str, set[str]] = defaultdict(set)
    for s in sel:
        if s.nilai is not None:
            terisi[s.elemen.kode][kode_wilayah.tingkat(s.wilayah)].add(s.wilayah)
        if s.status != "TIDAK_ADA_DATA":
            dijawab[s.elemen.kode].add(s.wilayah)
    for kode, per_tingkat in terisi.items():
        if Tingkat.KECAMATAN in per_tingkat:
            kurang = [w for w in daftar.pada_tingkat(Tingkat.KECAMATAN) if w.kode not in dijawab[kode]]
            lewat_desa = {kode_wilayah.induk(d) for d in per_tingkat.get(Tingkat.DESA, ())}
            kurang = [w for w in kurang if w.kode not in lewat_desa]
            if kurang:
                semua = daftar.banyak(Tingkat.KECAMATAN)
                nama = ", ".join(f"{w.nama} ({w.kode})" for w in kurang)
                pesan = (
                    f"{kode}: {semua - len(kurang)} dari {semua} kecamatan berisi angka; belum ada: {nama}. "
                    "Yang kosong dicatat TIDAK_ADA_DATA, bukan nol."
                )
                temuan.append(Temuan("BELUM_LENGKAP", PERINGATAN, pesan, wilayah=kurang[0].kode, elemen=kode))
        elif Tingkat.DESA in per_tingkat:
            semua = daftar.banyak(Tingkat.DESA)
            ada = len(dijawab[kode])
            if ada < semua:
                pesan = f"{kode}: {ada} dari {semua} desa/kelurahan berisi angka; yang lain dicatat TIDAK_ADA_DATA."
                temuan.append(Temuan("SEBAGIAN_DESA", INFO, pesan, wilayah=daftar.pelapor, elemen=kode))
    return temuan


def periksa_rincian(sel: Iterable[SelBersih]) -> list[Temuan]:
    """Breakdowns against the totals reported beside them: L + P must be the number."""
    per_tempat: dict[tuple[str, str], dict[Rincian, SelBersih]] = defaultdict(dict)
    for s in sel:
        per_tempat[s.wilayah, s.elemen.kode][s.rincian] = s
    temuan: list[Temuan] = []
    for isi in per_tempat.values():
        keluarga = {tuple(n for n, _ in r) for r in isi}
        if len(keluarga) < 2:
            continue
        for besar in keluarga:
            for kecil in keluarga:
                if set(kecil) < set(besar):
                    temuan += _banding(isi, besar, kecil)
        if () not in isi:
            temuan += _banding_tersirat(isi, keluarga)
    return temuan


def _banding_tersirat(isi: dict[Rincian, SelBersih], keluarga: set[tuple[str, ...]]) -> list[Temuan]:
    """Breakdowns of one figure whose total was not written: what each implies must be the same."""
    elemen = next(iter(isi.values())).elemen
    tersirat: dict[str, Decimal] = {}
    for k in sorted(keluarga):
        dimensi = [elemen.dimensi(d) for d in k]
        milik = [s for r, s in isi.items() if tuple(n for n, _ in r) == k]
        if all(d is not None and d.menjumlah and not d.terbuka for d in dimensi) and all(
            s.nilai is not None for s in milik
        ):
            tersirat[", ".join(k)] = sum((s.nilai for s in milik if s.nilai is not None), Decimal(0))
    if len(set(tersirat.values())) < 2:
        return []
    satu = next(iter(isi.values()))
    beda = "; ".join(f"{nama} {tampil(n)}" for nama, n in tersirat.items())
    pesan = f"{elemen.kode}, {satu.wilayah}: jumlah menurut rinciannya berlainan ({beda})."
    return [
        Temuan(
            "RINCIAN_TIDAK_SAMA",
            GALAT,
            pesan,
            wilayah=satu.wilayah,
            elemen=elemen.kode,
            lokasi=ringkas_lokasi(isi.values()),
        )
    ]


def _banding(isi: dict[Rincian, SelBersih], besar: tuple[str, ...], kecil: tuple[str, ...]) -> list[Temuan]:
    elemen = next(iter(isi.values())).elemen
    dirinci = [elemen.dimensi(d) for d in besar if d not in kecil]
    if not all(d is not None and d.menjumlah for d in dirinci):
        return []
    bagian: dict[Rincian, list[SelBersih]] = defaultdict(list)
    for r, s in isi.items():
        if tuple(n for n, _ in r) == besar:
            bagian[tuple(p for p in r if p[0] in kecil)].append(s)
    temuan: list[Temuan] = []
    for r, milik in bagian.items():
        total = isi.get(r)
        if total is None or total.nilai is None:
            continue
        jumlah = gabung(Angka(s.nilai, s.status) for s in milik).nilai or Decimal(0)
        if jumlah == total.nilai:
            continue
        ada_kosong = any(s.nilai is None for s in milik)
        terbuka = any(d is not None and d.terbuka for d in dirinci)
        if jumlah < total.nilai and ada_kosong:
            continue
        nama = ", ".join(d.kode for d in dirinci if d is not None)
        dari = f" ({', '.join(f'{n}={p}' for n, p in r)})" if r else ""
        pesan = (
            f"{elemen.kode}{dari}, {total.wilayah}: jumlah menurut {nama} {tampil(jumlah)} ≠ {tampil(total.nilai)} "
            f"(selisih {tampil(jumlah - total.nilai)})."
        )
        tingkat = PERINGATAN if jumlah < total.nilai and terbuka else GALAT
        lokasi = (total.lokasi, *ringkas_lokasi(milik))
        temuan.append(
            Temuan(
                "RINCIAN_TIDAK_SAMA",
                tingkat,
                pesan,
                wilayah=total.wilayah,
                elemen=elemen.kode,
                nilai=str(total.nilai),
                usulan=str(jumlah),
                lokasi=lokasi,
            )
        )
    return temuan


def periksa_total(
    draft: RekapDraft,
    katalog: Katalog,
    formulir: Formulir,
    daftar: DaftarWilayah,
    sel: list[SelBersih],
    hitungan: Hitungan,
) -> tuple[list[TotalBersih], list[Temuan]]:
    """Stated totals against computed ones; totals of things that must not be added to each other."""
    bersih: list[TotalBersih] = []
    temuan: list[Temuan] = []
    per_kolom: dict[tuple[str, Rincian], list[SelBersih]] = defaultdict(list)
    for s in sel:
        per_kolom[s.elemen.kode, s.rincian].append(s)
    for nomor, t in enumerate(draft.total):
        tempat = Lokasi(indeks=nomor, kolom="totalTertulis")
        wilayah = kode_wilayah.rapikan(t.wilayah or draft.pelapor)
        if wilayah not in daftar.berlaku:
            pesan = f'Total tertulis menyebut wilayah "{t.wilayah}", yang bukan wilayah pelapor pada periode ini.'
            temuan.append(
                Temuan("WILAYAH_TAK_DIKENAL", GALAT, pesan, elemen=t.elemen, nilai=t.wilayah, lokasi=(tempat,))
            )
            continue
        try:
            rumus = baku_rumus(t.elemen, katalog)
            suku = baca_rumus(rumus).suku()
            elemen = [katalog.elemen[s.kode] for s in suku]
            bulat = all(e.bulat for e in elemen)
            tertulis = t.tertulis if isinstance(t.tertulis, Decimal) else baca_angka(t.tertulis, bulat).nilai
        except KeyError as tak_ada:
            pesan = f"Total tertulis menyebut elemen {tak_ada.args[0]}, yang tidak ada di katalog."
            temuan.append(
                Temuan("ELEMEN_TAK_DIKENAL", GALAT, pesan, wilayah=wilayah, elemen=t.elemen, lokasi=(tempat,))
            )
            continue
        except ValueError as salah:
            temuan.append(
                Temuan(
                    "TOTAL_TAK_TERBACA",
                    GALAT,
                    f"{salah}.",
                    wilayah=wilayah,
                    elemen=t.elemen,
                    nilai=str(t.tertulis),
                    lokasi=(tempat,),
                )
            )
            continue
        tak_sejenis = _tak_sejenis(elemen)
        if tak_sejenis:
            temuan.append(
                Temuan(
                    "TIDAK_BOLEH_DIJUMLAHKAN",
                    GALAT,
                    tak_sejenis,
                    wilayah=wilayah,
                    elemen=t.elemen,
                    nilai=str(tertulis),
                    lokasi=(tempat,),
                )
            )
            continue
        luar = [e.kode for e in elemen if e.formulir != formulir.kode]
        if luar:
            pesan = f"Total tertulis menyebut {', '.join(luar)}, yang bukan elemen formulir {formulir.kode}."
            temuan.append(
                Temuan("ELEMEN_FORMULIR_LAIN", GALAT, pesan, wilayah=wilayah, elemen=t.elemen, lokasi=(tempat,))
            )
            continue
        angka = [hitungan.get((wilayah, s.kode, s.rincian)) for s in suku]
        dihitung = gabung(a for a in angka if a is not None).nilai or Decimal(0)
        bersih.append(TotalBersih(rumus, wilayah, tertulis, dihitung))
        if dihitung != tertulis:
            kolom = dict.fromkeys((x.kode, x.rincian) for x in suku)
            milik = [s for k in kolom for s in per_kolom.get(k, ()) if kode_wilayah.di_dalam(s.wilayah, wilayah)]
            temuan.append(_total_beda(bersih[-1], milik, tempat))
    return bersih, temuan


_KODE_LUAR_KURUNG = re.compile(r"[A-Za-z]+\d+(?![^\[]*\])")


def baku_rumus(teks: str, katalog: Katalog) -> str:
    """A stated total's formula in its normal spelling: codes in capitals, breakdowns and choices as the catalogue has
    them. Raises ValueError when it cannot be read, KeyError for an unknown element."""
    besar = _KODE_LUAR_KURUNG.sub(lambda c: c[0].upper(), teks.strip())
    hasil = []
    for s in baca_rumus(besar).suku():
        elemen = katalog.elemen[s.kode]
        rinci = []
        for nama, pilihan in s.rincian:
            d = elemen.dimensi(nama)
            if d is None:
                raise ValueError(f"{s.kode} tidak mempunyai rincian {nama}")
            rinci.append(f"{d.kode}={next((p for p in d.pilihan if p.casefold() == pilihan.casefold()), pilihan)}")
        hasil.append(f"{s.kode}[{','.join(rinci)}]" if rinci else s.kode)
    if " + ".join(s.kode for s in baca_rumus(besar).suku()) != " + ".join(_kode_saja(besar)):
        raise ValueError(f'Total tertulis "{teks}" hanya boleh menjumlahkan elemen')
    return " + ".join(hasil)


def _kode_saja(teks: str) -> list[str]:
    return [re.sub(r"\[.*?\]", "", bagian).strip() for bagian in teks.split("+")]


def _tak_sejenis(elemen: list[Elemen]) -> str | None:
    if len(elemen) < 2:
        return None
    if len({e.kelompok for e in elemen}) == 1 and elemen[0].kelompok is not None:
        return None
    nama = " dan ".join(f"{e.kode} ({e.nama}, {e.satuan})" for e in elemen)
    return (
        f"{nama} tidak boleh dijumlahkan: bukan hal yang sejenis, atau orang dan keluarga yang sama dapat terhitung "
        "dua kali."
    )


def _total_beda(total: TotalBersih, sel: list[SelBersih], tempat: Lokasi) -> Temuan:
    selisih = total.dihitung - total.tertulis
    berisi = [s for s in sel if s.nilai is not None]
    pesan = (
        f"{total.elemen}, {total.wilayah}: jumlah {len(berisi)} baris {tampil(total.dihitung)} ≠ {tampil(total.tertulis)} "
        f"yang tertulis (selisih {tampil(selisih)})."
    )
    isi = {s.nilai for s in berisi}
    if len(isi) == 1 and len(berisi) > 1:
        (satu,) = isi
        if satu and selisih % satu == 0:
            banyak = abs(int(selisih / satu))
            apa = "kurang" if selisih < 0 else "lebih"
            pesan += f" Setiap baris berisi {tampil(satu)}: tampaknya {apa} {banyak} baris."
    return Temuan(
        "TOTAL_BEDA", GALAT, pesan, wilayah=total.wilayah, elemen=total.elemen, nilai=str(total.tertulis), usulan=str(total.dihitung),
        lokasi=(tempat, *ringkas_lokasi(berisi)),
    )  # fmt: skip
