"""What may be wrong with a network (WKSBM), a link or a change of phase, all at once. Pure: what the database and the
catalogue know comes as an argument."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from hub.base.nama import kunci_nama
from hub.base.temuan import GALAT, INFO, PERINGATAN, Lokasi, Temuan
from hub.katalog.katalog import ButirDaftar
from hub.sumber_daya.checks import titik_dari
from hub.wksbm.draft import AnggotaDraft, HubunganDraft, KegiatanDraft, WksbmDraft
from hub.wksbm.hubungan_statements import Ujung
from hub.wksbm.statements import Anggota, Kegiatan
from hub.wksbm.tables import TAHAP

TERPANJANG = 500  # letters of a name or another text
_PERORANGAN = ("orang", "keluarga")  # units of those kinds of PSKS that are people
# the part of the list of activities that belongs to each phase
BAGIAN_TAHAP = {"PENUMBUHAN": "5a.", "PEMANTAPAN": "5b.", "PENGEMBANGAN": "5c."}

SELAMANYA = date.max
Daftar = Sequence[ButirDaftar]


@dataclass(frozen=True, slots=True)
class Isi:
    """Members and activities with their codes, as they are stored."""

    anggota: tuple[Anggota, ...] | None
    kegiatan: tuple[Kegiatan, ...] | None


def periksa(d: WksbmDraft, psks: Daftar, jenis_kegiatan: Daftar, kini: date) -> tuple[Isi, list[Temuan]]:
    """Everything that shows in the draft itself. `kini`: today."""
    temuan = [*_kepala(d, kini)]
    anggota, salah = _anggota(d, psks)
    temuan += salah
    kegiatan: tuple[Kegiatan, ...] | None = None
    if d.kegiatan is not None:
        kegiatan, salah = periksa_kegiatan(d.kegiatan, jenis_kegiatan, min(kini, _hari_terakhir(d.sampai)))
        temuan += salah
    return Isi(anggota, kegiatan), temuan


def periksa_kegiatan(
    kegiatan: Sequence[KegiatanDraft], jenis: Daftar, terakhir: date
) -> tuple[tuple[Kegiatan, ...], list[Temuan]]:
    """Activities with their codes. `terakhir`: the last day on which one can have been."""
    hasil: list[Kegiatan] = []
    temuan: list[Temuan] = []
    for i, k in enumerate(kegiatan):
        lokasi = (Lokasi(indeks=i, kolom="kegiatan"),)
        butir = cari_butir(jenis, k.kegiatan)
        if butir is None:
            temuan.append(_tak_dikenal("KEGIATAN_TAK_DIKENAL", "kegiatan WKSBM", k.kegiatan, jenis, lokasi))
        if k.tanggal > terakhir:
            pesan = (
                f"Kegiatan tanggal {k.tanggal} sesudah {terakhir}; catat setelah dilaksanakan, selama jejaringnya ada."
            )
            temuan.append(Temuan("TANGGAL_BELUM_TIBA", GALAT, pesan, nilai=str(k.tanggal), lokasi=lokasi))
        temuan += _teks({"uraian": k.uraian}, lokasi)
        baris = (k.tanggal, butir.kode if butir else k.kegiatan, " ".join((k.uraian or "").split()))
        if baris in hasil:
            pesan = f"{k.kegiatan} tanggal {k.tanggal} disebut dua kali dengan uraian yang sama; bedakan uraiannya."
            temuan.append(Temuan("KEGIATAN_GANDA", GALAT, pesan, nilai=k.kegiatan, lokasi=lokasi))
        hasil.append(baris)
    return tuple(hasil), temuan


def periksa_yang_hilang(isi: Isi, anggota: Collection[Anggota], kegiatan: Collection[Kegiatan]) -> list[Temuan]:
    """What stood there and is not named any more."""
    temuan: list[Temuan] = []
    disebut = {(n, s) for n, s, _, _ in isi.anggota or ()}
    hilang = [f"{n} (sejak {s})" for n, s, _, _ in sorted(anggota) if (n, s) not in disebut]
    if isi.anggota is not None and hilang:
        pesan = f"Tidak disebut lagi, jadi dianggap salah catat: {'; '.join(hilang)}. Anggota yang keluar tetap disebut, dengan sampai."
        temuan.append(Temuan("ANGGOTA_DIHILANGKAN", PERINGATAN, pesan, lokasi=(Lokasi(kolom="anggota"),)))
    batal = [f"{k} ({t})" for t, k, u in sorted(kegiatan) if (t, k, u) not in (isi.kegiatan or ())]
    if isi.kegiatan is not None and batal:
        pesan = f"Tidak disebut lagi, jadi dianggap salah catat: kegiatan {'; '.join(batal)}."
        temuan.append(Temuan("KEGIATAN_DIHILANGKAN", PERINGATAN, pesan, lokasi=(Lokasi(kolom="kegiatan"),)))
    return temuan


def periksa_akhir(d: WksbmDraft, lama: dict[str, Any], kegiatan: Collection[Kegiatan]) -> list[Temuan]:
    """Whether a network that ends was still there when it came into its phase and when it was last active. `kegiatan`: those
    on record; where the draft has its own, they were looked at."""
    if d.sampai is None:
        return []
    temuan: list[Temuan] = []
    lokasi = d.lokasi("sampai")
    if d.sampai <= lama["tahap_sejak"]:
        pesan = f"Jejaring ini masuk tahap {lama['tahap']} pada {lama['tahap_sejak']}; hari pertama tidak ada lagi ({d.sampai}) harus sesudah itu."
        temuan.append(Temuan("DI_LUAR_MASA", GALAT, pesan, nilai=str(d.sampai), lokasi=lokasi))
    terakhir = max((t for t, _, _ in kegiatan), default=None)
    if d.kegiatan is None and terakhir is not None and d.sampai <= terakhir:
        pesan = (
            f"Kegiatannya masih tercatat pada {terakhir}; hari pertama tidak ada lagi ({d.sampai}) harus sesudah itu."
        )
        temuan.append(Temuan("DI_LUAR_MASA", GALAT, pesan, nilai=str(d.sampai), lokasi=lokasi))
    return temuan


def periksa_tahap(
    lama: dict[str, Any], tahap: str, sejak: date, kini: date, wajib: Daftar, sudah: Collection[str]
) -> list[Temuan]:
    """Whether a network may go into that phase on that day. `wajib`: the activities of its present phase; `sudah`: codes of
    those carried out by then."""
    temuan: list[Temuan] = []
    dari = lama["tahap"]
    lokasi = (Lokasi(kolom="tahap"),)
    langkah = TAHAP.index(tahap) - TAHAP.index(dari)
    if langkah == 0:
        pesan = f"Jejaring ini sudah dalam tahap {dari} sejak {lama['tahap_sejak']}."
        temuan.append(Temuan("TAHAP_SAMA", GALAT, pesan, nilai=tahap, lokasi=lokasi))
    if langkah > 1:
        berikut = TAHAP[TAHAP.index(dari) + 1]
        pesan = f"Dari {dari} jejaring berpindah ke {berikut} dahulu, tidak langsung ke {tahap}."
        temuan.append(Temuan("TAHAP_MELOMPAT", GALAT, pesan, nilai=tahap, usulan=berikut, lokasi=lokasi))
    kurang = [b for b in wajib if b.kode not in sudah]
    if langkah > 0 and kurang:
        mulai = f" sejak {lama['kegiatan_sejak']}" if lama["kegiatan_sejak"] else ""
        pesan = (
            f"Kegiatan tahap {dari} yang belum dilaksanakan{mulai} sampai {sejak}: "
            f"{'; '.join(f'{b.kode} {b.nama}' for b in kurang)}. Laksanakan dan catat dahulu, lalu pindahkan."
        )
        usulan = "; ".join(b.kode for b in kurang)
        temuan.append(Temuan("KEGIATAN_KURANG", GALAT, pesan, nilai=dari, usulan=usulan, lokasi=lokasi))
    lokasi = (Lokasi(kolom="sejak"),)
    if sejak < lama["tahap_sejak"]:
        pesan = f"{sejak} sebelum tahap {dari} dimulai ({lama['tahap_sejak']})."
        temuan.append(Temuan("SEJAK_TERLALU_DINI", GALAT, pesan, nilai=str(sejak), lokasi=lokasi))
    batas = min(kini, _hari_terakhir(lama["sampai"]))
    if sejak > batas:
        pesan = f"{sejak} belum tiba, atau jejaringnya sudah tidak ada; paling lambat {batas}."
        temuan.append(Temuan("SEJAK_BELUM_TIBA", GALAT, pesan, nilai=str(sejak), usulan=str(batas), lokasi=lokasi))
    return temuan


# ---------- links ----------


def periksa_hubungan(d: HubunganDraft) -> list[Temuan]:
    """Everything that shows in the draft itself."""
    temuan = [*_teks({"jenis": d.jenis}, (Lokasi(kolom="jenis"),))]
    if not d.jenis.strip():
        pesan = "Jenis hubungan harus diisi, misalnya kerja sama, rujukan, bantuan."
        temuan.append(Temuan("JENIS_KOSONG", GALAT, pesan, lokasi=(Lokasi(kolom="jenis"),)))
    if d.sampai is not None and d.sampai <= d.sejak:
        pesan = f"sampai ({d.sampai}) adalah hari pertama tidak terhubung lagi; harus sesudah sejak ({d.sejak})."
        temuan.append(Temuan("MASA_TERBALIK", GALAT, pesan, nilai=str(d.sampai), lokasi=(Lokasi(kolom="sampai"),)))
    if (d.tujuan is None) == (d.mitra is None):
        pesan = "Sebut tepat satu ujung: tujuan (id WKSBM, sumber daya atau mitra) atau mitra (nama dan jenisnya)."
        temuan.append(Temuan("TUJUAN_TIDAK_TUNGGAL", GALAT, pesan, lokasi=(Lokasi(kolom="tujuan"),)))
    if d.mitra is not None:
        temuan += periksa_mitra(d.mitra.nama, d.mitra.jenis, "mitra.")
    return temuan


def periksa_mitra(nama: str, jenis: str, awalan: str = "") -> list[Temuan]:
    lokasi = (Lokasi(kolom=f"{awalan}nama"),)
    temuan = [*_teks({"nama": nama, "jenis": jenis}, lokasi)]
    if not any(h.isascii() and h.isalnum() for h in nama):
        temuan.append(Temuan("NAMA_KOSONG", GALAT, "Nama mitra harus berisi huruf atau angka.", lokasi=lokasi))
    if not jenis.strip():
        pesan = "Jenis mitra harus diisi, misalnya dunia usaha, yayasan, perguruan tinggi."
        temuan.append(Temuan("JENIS_KOSONG", GALAT, pesan, lokasi=(Lokasi(kolom=f"{awalan}jenis"),)))
    return temuan


def periksa_ujung(d: HubunganDraft, asal: Ujung, tujuan: Ujung) -> list[Temuan]:
    """Whether these two can be linked on these days."""
    temuan: list[Temuan] = []
    if (tujuan.macam, tujuan.kab, tujuan.id) == ("WKSBM", asal.kab, asal.id):
        pesan = "Jejaring tidak terhubung dengan dirinya sendiri."
        temuan.append(Temuan("UJUNG_SAMA", GALAT, pesan, nilai=d.tujuan, lokasi=(Lokasi(kolom="tujuan"),)))
    for apa, u in (("asal", asal), ("tujuan", tujuan)):
        if u.macam != "MITRA" and not u.sejak <= d.sejak <= u.hari_terakhir:
            akhir = "" if u.hari_terakhir == SELAMANYA else f" sampai {u.hari_terakhir}"
            pesan = f"{u.nama} ada sejak {u.sejak}{akhir}; hubungan tidak dapat dimulai {d.sejak}."
            temuan.append(Temuan("DI_LUAR_MASA", GALAT, pesan, nilai=str(d.sejak), lokasi=(Lokasi(kolom=apa),)))
    if d.skala == "LOKAL" and tujuan.kab not in ("", asal.kab):
        pesan = f"Skala LOKAL, padahal {tujuan.nama} di kabupaten/kota lain ({tujuan.kab})."
        temuan.append(
            Temuan(
                "SKALA_JANGGAL",
                PERINGATAN,
                pesan,
                wilayah=tujuan.kab,
                nilai=d.skala,
                usulan="REGIONAL",
                lokasi=(Lokasi(kolom="skala"),),
            )
        )
    return temuan


def periksa_tumpang(d: HubunganDraft, lain: Sequence[dict[str, Any]]) -> list[Temuan]:
    """Links of that kind between the same two that hold on the same days."""
    akhir = _hari_terakhir(d.sampai)
    temuan: list[Temuan] = []
    for h in lain:
        if h["jenis"] != jenis_rapi(d.jenis) or h["sejak"] > akhir or h["hari_terakhir"] < d.sejak:
            continue
        masa = f"sejak {h['sejak']}" + (f" sampai {h['sampai']}" if h["sampai"] else "")
        lokasi = (Lokasi(kolom="sejak"),)
        if h["balik"]:
            pesan = f"Hubungan {h['jenis']} ini sudah dicatat oleh ujung yang lain ({masa}); satu catatan cukup."
            temuan.append(Temuan("SUDAH_DARI_SANA", PERINGATAN, pesan, nilai=str(d.sejak), lokasi=lokasi))
        else:
            pesan = f"Hubungan {h['jenis']} antara keduanya sudah ada {masa}; akhiri dahulu, atau ubah yang itu."
            temuan.append(
                Temuan("HUBUNGAN_BERTUMPANG", GALAT, pesan, nilai=str(d.sejak), usulan=str(h["sejak"]), lokasi=lokasi)
            )
    return temuan


def jenis_rapi(teks: str) -> str:
    """A kind as it is stored and compared."""
    return " ".join(teks.split())


# ---------- parts ----------


def cari_butir(daftar: Daftar, teks: str) -> ButirDaftar | None:
    """The entry of that code, name or other label (or code and name, as suggestions have them); letters and digits count,
    nothing else."""
    kode = next((b for b in daftar if b.kode.casefold() == teks.strip().casefold()), None)
    kunci = kunci_nama(teks)
    return kode or next((b for b in daftar if kunci in map(kunci_nama, (b.nama, f"{b.kode} {b.nama}", *b.alias))), None)


def _tak_dikenal(kode: str, apa: str, teks: str, daftar: Daftar, lokasi: tuple[Lokasi, ...]) -> Temuan:
    sebutan = {f"{b.kode} {b.nama}": b.nama for b in daftar}
    dekat = [k for _, _, k in process.extract(teks, sebutan, scorer=fuzz.WRatio, limit=3, score_cutoff=55)]
    saran = f" Mungkin: {'; '.join(dekat)}." if dekat else ""
    pesan = f'"{teks[:60]}" bukan {apa} yang dikenal; tulis kode atau namanya.{saran}'
    return Temuan(kode, GALAT, pesan, nilai=teks[:60], usulan="; ".join(dekat) or None, lokasi=lokasi)


def _hari_terakhir(sampai: date | None) -> date:
    return SELAMANYA if sampai is None else date.fromordinal(max(1, sampai.toordinal() - 1))


def _teks(isi: dict[str, str | None], lokasi: tuple[Lokasi, ...]) -> Iterator[Temuan]:
    for kolom, teks in isi.items():
        if teks is not None and (len(teks) > TERPANJANG or "\0" in teks):
            pesan = f"{kolom} paling banyak {TERPANJANG} huruf, tanpa huruf kendali."
            yield Temuan("TEKS_TIDAK_SAH", GALAT, pesan, nilai=teks[:40].replace("\0", "�"), lokasi=lokasi)


def _kepala(d: WksbmDraft, kini: date) -> Iterator[Temuan]:
    if not d.nama.strip():
        yield Temuan("NAMA_KOSONG", GALAT, "Nama harus diisi.", lokasi=d.lokasi("nama"))
    for kolom in ("nama", "balai", "dokumen", "keterangan", "sumber"):
        yield from _teks({kolom: getattr(d, kolom)}, d.lokasi(kolom))
    if d.sampai is not None and d.sampai <= d.sejak:
        pesan = f"sampai ({d.sampai}) adalah hari pertama tidak ada lagi; harus sesudah sejak ({d.sejak})."
        yield Temuan("MASA_TERBALIK", GALAT, pesan, nilai=str(d.sampai), lokasi=d.lokasi("sampai"))
    if d.titik is not None:
        try:
            titik_dari(d.titik)
        except ValueError as salah:
            yield Temuan("TITIK_TIDAK_SAH", GALAT, f"Titik tidak sah: {salah}.", lokasi=d.lokasi("titik"))
    if d.tahap_sejak is not None and d.tahap_sejak > max(kini, d.sejak):
        pesan = f"tahapSejak {d.tahap_sejak} belum tiba."
        yield Temuan("SEJAK_BELUM_TIBA", GALAT, pesan, nilai=str(d.tahap_sejak), lokasi=d.lokasi("tahapSejak"))


def _anggota(d: WksbmDraft, psks: Daftar) -> tuple[tuple[Anggota, ...] | None, list[Temuan]]:
    if d.anggota is None:
        return None, []
    hasil: list[Anggota] = []
    temuan: list[Temuan] = []
    for i, a in enumerate(d.anggota):
        lokasi = d.lokasi("anggota", i)
        butir = cari_butir(psks, a.jenis)
        if butir is None:
            temuan.append(_tak_dikenal("JENIS_TAK_DIKENAL", "jenis PSKS", a.jenis, psks, lokasi))
        elif butir.satuan in _PERORANGAN:
            pesan = f"{butir.nama} adalah {butir.satuan}: tulis nama kelompoknya, bukan nama orang; hub tidak menyimpan nama orang di sini."
            temuan.append(Temuan("NAMA_KELOMPOK", INFO, pesan, nilai=a.jenis, lokasi=lokasi))
        temuan += _satu_anggota(d, a, lokasi)
        baris = (" ".join(a.nama.split()), a.sejak or d.sejak, butir.kode if butir else a.jenis, a.sampai)
        if any(n.casefold() == baris[0].casefold() and _bertemu(baris, (n, s, j, h)) for n, s, j, h in hasil):
            pesan = f"{a.nama} disebut dua kali untuk masa yang sama; sisakan satu."
            temuan.append(Temuan("ANGGOTA_GANDA", GALAT, pesan, nilai=a.nama, lokasi=lokasi))
        hasil.append(baris)
    return tuple(hasil), temuan


def _satu_anggota(d: WksbmDraft, a: AnggotaDraft, lokasi: tuple[Lokasi, ...]) -> Iterator[Temuan]:
    if not a.nama.strip():
        yield Temuan("NAMA_KOSONG", GALAT, "Nama anggota harus diisi.", lokasi=lokasi)
    yield from _teks({"nama": a.nama}, lokasi)
    sejak = a.sejak or d.sejak
    if a.sampai is not None and a.sampai <= sejak:
        pesan = f"{a.nama}: sampai ({a.sampai}) adalah hari pertama bukan anggota lagi; harus sesudah sejak ({sejak})."
        yield Temuan("MASA_TERBALIK", GALAT, pesan, nilai=str(a.sampai), lokasi=lokasi)


def _bertemu(a: Anggota, b: Anggota) -> bool:
    """Whether both hold on some day."""
    return a[1] <= _hari_terakhir(b[3]) and b[1] <= _hari_terakhir(a[3])
