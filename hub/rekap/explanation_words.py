"""What is said of how a figure was put together. The statement finds what is to be said, and with which figures; the sentences stand
here and are handed to it as one value, `kalimat`: so that one statement answers, and yet knows no sentence. Each %s is the next of
the names and figures."""

from collections.abc import Mapping

from hub.angka.counted_regions import BREAKDOWN
from hub.base.kode import Level
from hub.base.periode import MONTHS
from hub.plan.sql_text import Names
from hub.rekap.explanation import ADDS_UP, counted_by_hub

SENTENCES: Mapping[str, str] = {
    "TERTUTUP": "Angka ini tertutup bagi Anda, dan bersamanya angka semua bagiannya; yang terlihat hanya rekap mana yang disetujui. "
    "Bila dahulu terbuka, angkanya sejak itu ditarik.",
    "REGISTER": "Dihitung hub sendiri dari register wilayah: banyaknya %s yang berlaku pada %s; tidak ada rekap di baliknya.",
    "SISI_REGISTER": "%s %s dihitung hub sendiri dari register wilayah: banyaknya %s yang berlaku pada %s.",
    "PEMBILANG": "Pembilang",
    "PENYEBUT": "Penyebut",
    "TINGKAT_1": "provinsi",
    "TINGKAT_2": "kabupaten dan kota",
    "TINGKAT_3": "kecamatan",
    "TINGKAT_4": "desa dan kelurahan",
    "BULAN": " ".join(MONTHS),
    # ---------- of an element ----------
    "SENDIRI": "Elemen ini tidak dijumlahkan antarwilayah, sehingga provinsi tidak mempunyai angkanya; tanyakan angka tiap kabupaten/kota.",
    "BELUM": "Belum ada rekap %s yang disetujui dan memuat angka ini.",
    "JUMLAH": "Jumlah angka %s kabupaten/kota menurut rekap %s yang disetujui.",
    "SATU": "Menurut rekap %s kabupaten/kotanya yang disetujui.",
    "WAKTU_DIJUMLAHKAN": "Angka periode-periode di dalamnya dijumlahkan.",
    "WAKTU_TERBARU": "Yang dipakai ialah satu periode di dalamnya: yang terbaru yang memuat angkanya.",
    "WAKTU_TERBARU_TIAP": "Bagi tiap kabupaten/kota yang dipakai ialah satu periode di dalamnya: yang terbaru yang memuat angkanya.",
    "BAGIAN": "Yang dilaporkan per wilayah di bawahnya dijumlahkan; jumlah yang ditulis kantor tidak pernah ikut dijumlahkan.",
    "TAK_DIHARAPKAN": "Rekap %s tidak diharapkan sesering periode ini.",
    "KURANG": "%s kabupaten/kota belum ada: rekapnya belum disetujui, atau tidak memuat semua angkanya.",
    "BEDA": "%s rekap menulis jumlah yang lain daripada hitungannya: lihat tertulis di sampingnya.",
    "TULIS_SAMA": "Kantornya menulis jumlah yang sama.",
    "TULIS_LAIN": "Kantornya menulis %s, hub menghitung %s; selisihnya %s.",
    "TULIS_SAMA_PROVINSI": "Provinsi sendiri menulis jumlah yang sama.",
    "TULIS_LAIN_PROVINSI": "Provinsi sendiri menulis %s, hub menghitung %s; selisihnya %s.",
    # ---------- of an indicator ----------
    "TAK_TERHITUNG": "Indikator ini belum dapat dihitung: rekap yang disetujui belum memuat semua angkanya.",
    "RASIO": "Jumlah pembilang dibagi jumlah penyebut, menurut rekap %s yang pembilang dan penyebutnya ada; tidak pernah rata-rata persen.",
    "RASIO_KALI": "Jumlah pembilang dibagi jumlah penyebut, dikali %s, menurut rekap %s yang pembilang dan penyebutnya ada; tidak pernah "
    "rata-rata persen.",
    "CACAH_KABUPATEN": "Banyaknya kabupaten/kota yang angkanya lebih dari nol dibagi banyaknya kabupaten/kota yang angkanya diketahui, "
    "menurut rekap %s.",
    "DARI_REGISTER": "%s kabupaten/kota dihitung dari registernya sendiri, karena rekapnya tidak memuat angkanya.",
    "BANYAK_KANTOR": "%s kabupaten/kota",
    "KANTORNYA": "kabupaten/kotanya",
    "CAPAIAN_NAIK": "Realisasi (PEMBILANG) dibagi target (PENYEBUT), dikali 100; tidak dibatasi 100.",
    "CAPAIAN_TURUN": "Dua kali target (PENYEBUT) dikurangi realisasi (PEMBILANG), dibagi target, dikali 100.",
    "RERATA": "Rerata capaian sasaran: yang ditulis kantornya (KIN02); sasaran tanpa itu dihitung dari capaian indikatornya (I10, I11) "
    "terhadap target KIN01.",
    "WAKTU_INDIKATOR": "Dari rekap periode-periode di dalamnya: yang dijumlahkan menurut waktu memakai semuanya, yang lain satu periode, "
    "yang terbaru yang memuat angkanya.",
}


def said(sentence: str, *values: str) -> str:
    """One of the sentences with these SQL values, of a row `k` that holds them all; `sentence`: its name, or SQL that makes the name."""
    name = sentence if sentence not in SENTENCES else f"'{sentence}'"
    return f"format({', '.join((f'k.isi->>({name})', *values))})"


def number_told(n: str) -> str:
    """A number as it is written in Indonesian: 1.234,5."""
    return f"translate(rtrim(to_char({n}, 'FM999,999,999,999,999,990.999999'), '.'), ',.', '.,')"


def day_told(day: str) -> str:
    month = f"split_part(k.isi->>'BULAN', ' ', date_part('month', {day})::int)"
    return f"concat_ws(' ', date_part('day', {day}), {month}, date_part('year', {day}))"


def level_told(level: str) -> str:
    return f"k.isi->>('TINGKAT_' || {level})"


def sentences_of_element(n: Names, level: Level) -> str:
    """Of a row `b` of `agregat`, its element `e`, and the counts `a` of its parts (kantor, belum, beda, lebih_pendek)."""
    province, by_hub = level is Level.PROVINSI, counted_by_hub(n, level)
    whole = said("JUMLAH", "a.kantor", "e.formulir") if province else said("SATU", "e.formulir")
    alone = f"WHEN NOT {ADDS_UP} THEN {said('SENDIRI')}" if province else ""
    newest = said("WAKTU_TERBARU_TIAP" if province else "WAKTU_TERBARU")
    missing = f"CASE WHEN a.belum > 0 THEN {said('KURANG', 'a.belum')} END" if province else "NULL"
    same, other = ("TULIS_SAMA_PROVINSI", "TULIS_LAIN_PROVINSI") if province else ("TULIS_SAMA", "TULIS_LAIN")
    stated = said(other, *map(number_told, ("b.tertulis", "b.nilai", "b.nilai - b.tertulis")))
    counted = level_told("e.registri")
    if "rincian" in n:
        counted = f"coalesce(CAST({n.rincian} AS jsonb)->>'{BREAKDOWN}', {counted})"
    return f"""CASE WHEN b.status = 'DISUPRESI' THEN {said("TERTUTUP")} ELSE concat_ws(' ',
  CASE WHEN {by_hub} THEN {said("REGISTER", counted, day_told("b.acuan"))}
    {alone} WHEN a.kantor = 0 THEN {said("BELUM", "e.formulir")} ELSE {whole} END,
  CASE WHEN a.lebih_pendek AND e.agregasi_waktu = 'JUMLAH' THEN {said("WAKTU_DIJUMLAHKAN")} WHEN a.lebih_pendek THEN {newest} END,
  CASE WHEN a.kantor > 0 AND e.tingkat > {level:d} AND {ADDS_UP} THEN {said("BAGIAN")} END,
  CASE WHEN NOT {by_hub} THEN CASE WHEN b.diharapkan = 0 THEN {said("TAK_DIHARAPKAN", "e.formulir")} ELSE {missing} END END,
  CASE WHEN a.beda > 0 THEN {said("BEDA", "a.beda")} END,
  CASE WHEN b.tertulis = b.nilai THEN {said(same)} WHEN b.tertulis <> b.nilai THEN {stated} END) END"""
