"""How a figure was put together, in sentences for whoever asks, as text of SQL over its parts."""

from hub.base.kode import Level
from hub.plan.sql_text import Names
from hub.rekap.explanation import ADDS_UP, counted_by_hub

_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_COUNTED = {
    Level.PROVINSI: "provinsi",
    Level.KABUPATEN: "kabupaten dan kota",
    Level.KECAMATAN: "kecamatan",
    Level.DESA: "desa dan kelurahan",
}
CLOSED = (
    "Angka ini tertutup bagi Anda, dan bersamanya angka semua bagiannya; yang terlihat hanya rekap mana yang disetujui. Bila dahulu "
    "terbuka, angkanya sejak itu ditarik."
)


def number_told(n: str) -> str:
    """A number as it is written in Indonesian: 1.234,5."""
    return f"translate(rtrim(to_char({n}, 'FM999,999,999,999,999,990.999999'), '.'), ',.', '.,')"


def day_told(day: str) -> str:
    return f"date_part('day', {day}) || ' ' || split_part('{_MONTHS}', ' ', date_part('month', {day})::int) || ' ' || date_part('year', {day})"


def register_told(day: str, level: str) -> str:
    names = " ".join(f"WHEN {k:d} THEN '{v}'" for k, v in _COUNTED.items())
    return f"'register wilayah: banyaknya ' || CASE {level} {names} END || ' yang berlaku pada ' || {day_told(day)}"


def _stated(who: str) -> str:
    """What was stated against what was computed, of a row `b`."""
    return f"""CASE WHEN b.tertulis IS NULL OR b.nilai IS NULL THEN NULL
    WHEN b.tertulis = b.nilai THEN '{who} menulis jumlah yang sama.'
    ELSE '{who} menulis ' || {number_told("b.tertulis")} || ', hub menghitung ' || {number_told("b.nilai")} || '; selisihnya '
      || {number_told("b.nilai - b.tertulis")} || '.' END"""


def sentences_of_element(n: Names, level: Level) -> str:
    """Of a row `b` of `agregat`, its element `e`, and the counts `a` of its parts (kantor, belum, beda, lebih_pendek)."""
    province = level is Level.PROVINSI
    whole = (
        "'Jumlah angka ' || a.kantor || ' kabupaten/kota menurut rekap ' || e.formulir || ' yang disetujui.'"
        if province
        else "'Menurut rekap ' || e.formulir || ' kabupaten/kotanya yang disetujui.'"
    )
    alone = (
        f"WHEN NOT {ADDS_UP} THEN 'Elemen ini tidak dijumlahkan antarwilayah, sehingga provinsi tidak mempunyai angkanya; "
        "tanyakan angka tiap kabupaten/kota.'"
        if province
        else ""
    )
    missing = (
        "CASE WHEN a.belum > 0 THEN a.belum || ' kabupaten/kota belum ada: rekapnya belum disetujui, atau tidak memuat angka ini.' END"
        if province
        else "NULL"
    )
    below = (
        f"CASE WHEN e.tingkat > {level:d} AND {ADDS_UP} THEN 'Yang dilaporkan per wilayah di bawahnya dijumlahkan; jumlah yang ditulis "
        "kantor tidak pernah ikut dijumlahkan.' END"
        if level is not Level.DESA
        else "NULL"
    )
    by_hub = counted_by_hub(n, level)
    return f"""CASE WHEN b.status = 'DISUPRESI' THEN '{CLOSED}' ELSE concat_ws(' ',
  CASE WHEN {by_hub} THEN 'Dihitung hub sendiri dari ' || {register_told("b.acuan", "e.registri")} || '; tidak ada rekap di baliknya.'
    {alone} WHEN a.kantor = 0 THEN 'Belum ada rekap ' || e.formulir || ' yang disetujui dan memuat angka ini.' ELSE {whole} END,
  CASE WHEN a.lebih_pendek AND e.agregasi_waktu = 'JUMLAH' THEN 'Angka periode-periode di dalamnya dijumlahkan.'
    WHEN a.lebih_pendek THEN 'Bagi tiap kabupaten/kota yang dipakai ialah satu periode di dalamnya: yang terbaru yang memuat angkanya.' END,
  CASE WHEN a.kantor > 0 THEN {below} END,
  CASE WHEN NOT {by_hub} THEN CASE WHEN b.diharapkan = 0 THEN 'Rekap ' || e.formulir || ' tidak diharapkan sesering periode ini.' ELSE {missing} END END,
  CASE WHEN a.beda > 0 THEN a.beda || ' rekap menulis jumlah yang lain daripada hitungannya: lihat tertulis di sampingnya.' END,
  {_stated("Provinsi sendiri" if province else "Kantornya")}) END"""
