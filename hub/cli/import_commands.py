"""hub import: regions, boundaries, rekap, social resources, catalogue, from files."""

import csv
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.actor import Actor, Peran
from hub.base.errors import MasukanTidakSahError
from hub.base.kode import Tingkat, rapikan, sah, tingkat
from hub.cli.environment import LAYAR, opened, peringatkan, run, settings_or_stop
from hub.cli.progress import stages

if TYPE_CHECKING:
    from hub.base.temuan import Temuan
    from hub.batas.service import LaporanBatas
    from hub.db.database import Database
    from hub.sumber_daya.list_import import BarisTertolak
    from hub.wilayah.service import LaporanWilayah

app = typer.Typer(help="Muat data dari berkas.", no_args_is_help=True)

_CONTOH = 10  # lines of a long list shown on the screen; all of them go into --report

Tanggal = Annotated[
    datetime | None, typer.Option("--berlaku", formats=["%Y-%m-%d"], help="Hari pertama berlaku, misalnya 2025-01-01.")
]
Laporan = Annotated[Path | None, typer.Option("--report", help="Tulis laporan lengkap ke berkas ini.")]


@app.command("wilayah", help="Daftar wilayah (CSV: kode,nama[,…]) yang berlaku sejak suatu hari.")
def import_wilayah(
    berkas: Annotated[Path, typer.Argument(help="Berkas CSV.")],
    berlaku: Tanggal = None,
    perubahan: Annotated[
        Path | None, typer.Option(help="CSV perubahan (jenis,kode_lama,kode_baru); tanpa ini diturunkan dari nama.")
    ] = None,
    sebagian: Annotated[
        bool, typer.Option("--sebagian", help="Daftar ini tidak lengkap: jangan menutup wilayah apa pun.")
    ] = False,
    tutup: Annotated[
        bool, typer.Option("--tutup", help="Tutup wilayah yang tidak ada di daftar, berapa pun banyaknya.")
    ] = False,
    terima_rusak: Annotated[
        bool,
        typer.Option(
            "--terima-rusak", help="Lewati baris yang tidak dapat dipakai; yang mungkin dimaksudnya tidak ditutup."
        ),
    ] = False,
    report: Laporan = None,
) -> None:
    from hub.batas.pyramid import rebuild
    from hub.wilayah.files import baca_daftar, baca_perubahan
    from hub.wilayah.service import Cara, DaftarDitahanError
    from hub.wilayah.service import import_wilayah as impor

    if sebagian and tutup:
        peringatkan(
            "Gagal:", "--sebagian dan --tutup bertentangan: yang satu tidak menutup apa pun, yang lain menutup semua."
        )
        raise typer.Exit(2)

    async def kerja() -> bool:
        settings = settings_or_stop()
        cara = Cara(sebagian, terima_rusak, tutup, settings.tutup_persen)
        async with opened(settings) as db:
            try:
                with stages(f"membaca {berkas.name}") as tell:
                    hasil = await impor(
                        db, baca_daftar(berkas), _hari(berlaku, db), baca_perubahan(perubahan) if perubahan else None,
                        sumber=berkas.name, cara=cara,
                    )  # fmt: skip
                    # regions that began or ended change what is drawn
                    await rebuild(db, maju=lambda n, dari: tell("menggambar peta", n, dari))
            except DaftarDitahanError as held:
                _lapor([], _temuan_wilayah(held.laporan, held=True), report)
                peringatkan("Gagal:", held.pesan)
                return False
        ringkas = [
            f"{hasil.dibaca} baris dibaca: {hasil.dibuka} wilayah dibuka, {hasil.ditutup} ditutup, {hasil.ganti_nama} ganti nama, "
            f"{hasil.tetap} tetap.",
            f"{hasil.tautan} tautan pendahulu-pengganti (dari {hasil.tautan_dari}).",
        ]
        _lapor(ringkas, _temuan_wilayah(hasil, held=False), report)
        return True

    if not run(kerja()):
        raise typer.Exit(1)


def _temuan_wilayah(laporan: "LaporanWilayah", *, held: bool) -> dict[str, list[str]]:
    """The findings of a list of regions; `held`: of one that changed nothing."""
    return {
        "Baris yang tidak dapat dipakai": laporan.rusak,
        "Akan ditutup tanpa pengganti" if held else "Ditutup tanpa pengganti": laporan.tanpa_pengganti,
        "Tidak ditutup, karena mungkin dimaksud baris yang tidak dapat dipakai": laporan.terlindung,
        "Perlu dilihat": laporan.temuan,
    }


@app.command("batas", help="Batas wilayah: GeoPackage, FlatGeobuf, Shapefile atau GeoJSON, sistem koordinat apa pun.")
def import_batas(
    berkas: Annotated[Path, typer.Argument(help="Berkas batas.")],
    berlaku: Tanggal = None,
    sumber: Annotated[str | None, typer.Option(help="Sumber batas; tanpa ini nama berkasnya.")] = None,
    lapisan: Annotated[
        list[str] | None, typer.Option(help="Hanya lapisan ini dari berkasnya; boleh berulang. Tanpa ini semua.")
    ] = None,
    report: Laporan = None,
) -> None:
    from hub.batas.files_reader import PembacaBatas
    from hub.batas.service import import_batas as impor

    async def kerja() -> None:
        # reading begins while the database is made ready
        with PembacaBatas(berkas, lapisan or ()) as pembaca:
            async with opened(settings_or_stop()) as db:
                with stages(f"membuka {berkas.name}") as tell:
                    isi = pembaca.isi()
                    hasil = await impor(
                        db,
                        pembaca.fitur(),
                        _hari(berlaku, db),
                        sumber=sumber or berkas.name,
                        versi=isi.versi,
                        maju=lambda n: tell(f"membaca {berkas.name}", n, isi.banyak),
                        tahap=tell,
                    )
        perbaikan = ", ".join(f"{n} {sebab}" for sebab, n in hasil.diperbaiki.most_common()) or "tidak ada"
        ringkas = [
            f"{hasil.dibaca} fitur dibaca, {hasil.dipasang} batas dipasang.",
            f"Diperbaiki: {sum(hasil.diperbaiki.values())} ({perbaikan}).",
            f"Peta: {hasil.piramida.dibangun} dari {hasil.piramida.satuan} kabupaten/kota digambar ulang.",
        ]
        daftar = {
            "Kode tidak dikenal": hasil.kode_tak_dikenal,
            "Tanpa kode": hasil.tanpa_kode,
            "Kode kembar": hasil.kembar,
            "Kode dari kolom lain, karena kolom pertamanya kosong": hasil.kolom_lain,
            "Tanpa luas": hasil.kosong,
            "Lapisan tidak dibaca": isi.dilewati,
            "Wilayah tanpa batas": hasil.tanpa_batas,
        }
        _lapor(ringkas, daftar, report)
        if not hasil.dipasang:
            raise MasukanTidakSahError(f"{berkas}: tidak ada batas yang dapat dipasang; {_sebab_kosong(hasil)}.")

    run(kerja())


@app.command("rekap", help="Rekap dari CSV atau XLSX, diajukan atas nama pelapornya.")
def import_rekap(
    berkas: Annotated[Path, typer.Argument(help="Berkas CSV atau XLSX.")],
    pelapor: Annotated[str, typer.Option(help="Kode kabupaten/kota, atau provinsi untuk pernyataannya.")],
    formulir: Annotated[str, typer.Option(help="F01 sampai F12.")],
    periode: Annotated[str, typer.Option(help="2020, 2020-S1, 2020-TW3 atau 2020-07.")],
    uji: Annotated[bool, typer.Option(help="Periksa saja, jangan menulis.")] = False,
    kunci: Annotated[str | None, typer.Option(help="Kunci kiriman; tanpa ini dibuatkan.")] = None,
    report: Laporan = None,
) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.rekap.files import baca_rekap
    from hub.rekap.service import Diterima, RekapWorkflow

    kode = rapikan(pelapor)
    if not sah(kode) or tingkat(kode) not in (Tingkat.PROVINSI, Tingkat.KABUPATEN):
        peringatkan("Gagal:", f'"{pelapor}" bukan kode kabupaten/kota atau provinsi.')
        raise typer.Exit(2)

    async def kerja() -> bool:
        settings = settings_or_stop()
        async with opened(settings) as db:
            aktor = Actor(Peran[tingkat(kode).name], kode, "hub import (pengelola)")
            with stages(f"memeriksa {berkas.name}"):
                draft = baca_rekap(berkas, kode, formulir, periode, kunci or f"impor-{uuid.uuid4()}")
                hasil = await RekapWorkflow(db, KatalogCache(db)).submit(aktor, draft, uji=uji)
        diterima = isinstance(hasil, Diterima)
        ringkas = ["Ditolak; tidak ada yang ditulis."]
        if isinstance(hasil, Diterima):
            p = hasil.perubahan
            apa = "Akan diterima" if uji else "Diterima"
            ringkas = [
                f"{apa} sebagai revisi {hasil.revisi}: {p.baru} baru, {p.berubah} berubah, {p.tetap} tetap, {p.dihapus} dihapus."
            ]
        _lapor(ringkas, _temuan(hasil.temuan), report)
        return diterima

    if not run(kerja()):
        raise typer.Exit(1)


@app.command(
    "sumber-daya", help="Daftar sumber daya sosial (CSV, XLSX): LKS, panti, karang taruna, puskesos dan seterusnya."
)
def import_sumber_daya(
    berkas: Annotated[Path, typer.Argument(help="Berkas CSV atau XLSX.")],
    jenis: Annotated[str, typer.Option(help="LKS, PANTI, LK3, KARANG_TARUNA, PUSKESOS, …")],
    kabupaten: Annotated[
        str, typer.Option(help="Kode kabupaten/kota daftar ini, atau provinsi (dengan kolom Kab/Kota).")
    ],
    sejak: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Hari pertama ada bagi baris yang tidak menyebutnya.")
    ] = None,
    uji: Annotated[bool, typer.Option("--uji", help="Periksa saja, jangan menulis.")] = False,
    lewati_galat: Annotated[
        bool, typer.Option("--lewati-galat", help="Tulis baris yang baik; yang lain ke berkas CSV beserta temuannya.")
    ] = False,
    tertolak: Annotated[
        Path | None, typer.Option(help="Berkas CSV bagi baris yang dilewati; tanpa ini di samping berkasnya.")
    ] = None,
    report: Laporan = None,
) -> None:
    from hub.gudang.closing import ledgers
    from hub.lembar.files import baca_daftar, content_of
    from hub.sumber_daya.list_import import HasilImpor, Permintaan, SumberDayaImport
    from hub.sumber_daya.service import SumberDayaService
    from hub.sumber_daya.tables import JENIS

    kode, apa = rapikan(kabupaten), jenis.strip().upper().replace(" ", "_").replace("-", "_")
    if not sah(kode) or tingkat(kode) not in (Tingkat.PROVINSI, Tingkat.KABUPATEN):
        peringatkan("Gagal:", f'"{kabupaten}" bukan kode kabupaten/kota atau provinsi.')
        raise typer.Exit(2)
    if apa not in JENIS:
        peringatkan("Gagal:", f'Jenis "{jenis}" tidak dikenal; jenisnya: {", ".join(JENIS)}.')
        raise typer.Exit(2)

    async def kerja() -> bool:
        isi = content_of(berkas)
        settings = settings_or_stop()
        minta = Permintaan(apa, kode, sejak.date() if sejak else None, uji, lewati_galat)
        async with opened(settings) as db:
            aktor = Actor(Peran[tingkat(kode).name], kode, "hub import (pengelola)")
            with stages(f"memeriksa {berkas.name}"):
                hasil = await SumberDayaImport(db, baca_daftar, SumberDayaService(db, ledgers)).upload(
                    aktor, berkas.name, isi, minta
                )
        ringkas = ["Ditolak; tidak ada yang ditulis."]
        if isinstance(hasil, HasilImpor):
            awalan = "Akan ditulis" if uji else "Ditulis"
            ringkas = [f"{awalan}: {hasil.baru} baru, {hasil.berubah} berubah, {hasil.tetap} tetap."]
            if hasil.tertolak:
                ke = tulis_tertolak(tertolak or berkas.with_name(f"{berkas.stem}_tertolak.csv"), hasil.tertolak)
                ringkas.append(f"{len(hasil.tertolak)} baris dilewati; tertulis dengan temuannya di {', '.join(ke)}.")
        _lapor(ringkas, _temuan(hasil.temuan), report)
        return isinstance(hasil, HasilImpor)

    if not run(kerja()):
        raise typer.Exit(1)


def tulis_tertolak(berkas: Path, tertolak: "Sequence[BarisTertolak]") -> list[str]:
    """Rows that were left out, as written, each with its findings; one file per sheet. The file may be brought in again
    when it is mended. Returns the names of the files."""
    per_lembar: dict[str, list[BarisTertolak]] = {}
    for t in tertolak:
        per_lembar.setdefault(t.lembar, []).append(t)
    nama = []
    for nomor, milik in enumerate(per_lembar.values(), 1):
        ke = berkas if len(per_lembar) == 1 else berkas.with_name(f"{berkas.stem}_{nomor}{berkas.suffix}")
        lebar = max(len(milik[0].kepala), *(len(t.sel) for t in milik))
        with ke.open("w", encoding="utf-8-sig", newline="") as isi:  # with the mark that spreadsheets know UTF-8 by
            tulis = csv.writer(isi)
            tulis.writerow([*milik[0].kepala, *[""] * (lebar - len(milik[0].kepala)), "Baris asal", "Temuan hub"])
            for t in milik:
                galat = " ".join(x.pesan for x in t.temuan if x.tingkat == "GALAT")
                tulis.writerow([*t.sel, *[""] * (lebar - len(t.sel)), t.baris, galat])
        nama.append(str(ke))
    return nama


@app.command("katalog", help="Katalog formulir dari folder TOML; tanpa folder: katalog bawaan.")
def import_katalog(
    folder: Annotated[Path | None, typer.Argument(help="Folder berisi F*.toml dan lainnya.")] = None,
) -> None:
    from hub.katalog.install import install_katalog
    from seeds.katalog_toml import FOLDER, baca_katalog

    async def kerja() -> None:
        async with opened(settings_or_stop()) as db:
            hasil = await install_katalog(db, baca_katalog(folder or FOLDER))
        ringkas = [f"{len(hasil.baru)} bagian baru, {hasil.tetap} tetap.", *hasil.baru]
        _lapor(ringkas, {"Telaah daftar kode": [f"{t}: {p}" for t, p in hasil.temuan]}, None)

    run(kerja())


def _temuan(temuan: "Sequence[Temuan]") -> dict[str, list[str]]:
    """Findings as lines, by level, each with its first places."""
    lembar = {x.lembar for t in temuan for x in t.lokasi if x.lembar}
    hasil: dict[str, list[str]] = {"GALAT": [], "PERINGATAN": [], "INFO": []}
    for t in temuan:
        tempat = ", ".join(
            (f"lembar {x.lembar} " if len(lembar) > 1 else "")
            + f"baris {x.baris}"
            + (f" kolom {x.kolom}" if x.kolom else "")
            for x in t.lokasi[:3]
            if x.baris is not None
        )
        hasil[t.tingkat].append(t.pesan + (f" [{tempat}]" if tempat else ""))
    return hasil


def _hari(berlaku: datetime | None, db: "Database") -> date:
    return berlaku.date() if berlaku else db.today()


def _sebab_kosong(hasil: "LaporanBatas") -> str:
    """Why nothing of a file was stored, and what to do."""
    sebab = {
        "kodenya tidak ada dalam daftar wilayah yang berlaku pada hari itu (periksa --berlaku dan hub import wilayah)": hasil.kode_tak_dikenal,
        "tanpa kode (isi kolom kodenya)": hasil.tanpa_kode,
        "bentuknya tidak dapat dipakai (perbaiki atau simpan ulang berkasnya)": hasil.kosong,
    }  # fmt: skip
    return "; ".join(f"{len(isi)} {apa}" for apa, isi in sebab.items() if isi) or "berkasnya tidak memuat fitur"


def _lapor(ringkas: list[str], daftar: dict[str, list[str]], berkas: Path | None) -> None:
    """To the screen in short, to the file in full."""
    for baris in ringkas:
        LAYAR.print(baris, soft_wrap=True)
    for judul, isi in daftar.items():
        if isi:
            LAYAR.print(f"{judul}: {len(isi)}")
            for baris in isi[:_CONTOH]:
                LAYAR.print(f"  {baris}", soft_wrap=True)
            if len(isi) > _CONTOH:
                LAYAR.print(
                    f"  … dan {len(isi) - _CONTOH} lagi" + ("" if berkas else " (lengkapnya dengan --report)"),
                    markup=False,
                )
    if berkas is not None:
        teks = [*ringkas, ""]
        for judul, isi in daftar.items():
            teks += [f"## {judul}: {len(isi)}", *isi, ""]
        berkas.write_text("\n".join(teks), encoding="utf-8")
        LAYAR.print(f"Laporan lengkap: {berkas}")
