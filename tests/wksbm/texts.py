"""GraphQL texts and small builders that the tests of networks (WKSBM) share."""

from collections.abc import Iterable
from typing import Any

from tests.client import Klien
from tests.rekap.texts import TEMUAN

SOTIMORI, MBOKAK = "53.14.10.2003", "53.14.01.2014"
HASIL = f"""__typename
  ... on WksbmTersimpan {{ versi temuan {{ {TEMUAN} }} wksbm {{ id nama versi tahap tahapSejak sejak sampai titik desa {{ kode }}
    anggota {{ nama jenis kodeJenis sejak sampai }} kegiatan {{ tanggal kode uraian program }} riwayatTahap {{ tahap sejak alasan }}
    hubungan {{ id jenis skala sejak sampai masuk versi tujuan {{ __typename ... on Wksbm {{ id }} ... on SumberDaya {{ id }}
      ... on MitraLuar {{ id nama jenisMitra: jenis }} }} }} }} }}
  ... on WksbmDitolak {{ temuan {{ {TEMUAN} }} }}
  ... on TidakBerwenang {{ pesan }}
  ... on BentrokRevisi {{ pesan revisiTerbaru }}"""
SIMPAN = f"mutation ($m: WksbmMasukan!) {{ hasil: simpanWksbm(masukan: $m) {{ {HASIL} }} }}"
HUBUNGKAN = f"mutation ($m: HubunganMasukan!) {{ hasil: hubungkanWksbm(masukan: $m) {{ {HASIL} }} }}"
CATAT = f"mutation ($id: ID!, $k: [KegiatanWksbmMasukan!]!) {{ hasil: catatKegiatanWksbm(id: $id, kegiatan: $k) {{ {HASIL} }} }}"
PINDAH = f"""mutation ($id: ID!, $t: TahapWksbm!, $s: Date!, $a: String) {{
  hasil: pindahTahapWksbm(id: $id, tahap: $t, sejak: $s, alasan: $a) {{ {HASIL} }} }}"""
MITRA = f"""mutation ($m: MitraLuarMasukan!) {{ hasil: simpanMitraLuar(masukan: $m) {{ __typename
  ... on MitraTersimpan {{ versi temuan {{ {TEMUAN} }} mitra {{ id nama jenis versi }} }}
  ... on WksbmDitolak {{ temuan {{ {TEMUAN} }} }} ... on TidakBerwenang {{ pesan }} ... on BentrokRevisi {{ revisiTerbaru }} }} }}"""

_TABEL = "wksbm, simpul_wksbm, tahap_wksbm, anggota_wksbm, kegiatan_wksbm, hubungan_wksbm, mitra_luar"


def nomor(n: int) -> str:
    return f"01939f2e-7d1c-7a3b-9c66-{n:012d}"


def id_wksbm(n: int, kab: str = "53.14") -> str:
    return f"{kab}:{nomor(n)}"


def isi(nama: str = "WKSBM Uji", **lain: Any) -> dict[str, Any]:
    return {"nama": nama, "desa": SOTIMORI, "sejak": "2019-01-01", **lain}


def simpan(hub: Klien, masukan: dict[str, Any], sebagai: str | None = "53.14") -> Any:
    return hub.tanya(SIMPAN, {"m": masukan}, sebagai)["hasil"]


def hubungkan(hub: Klien, asal: str, tujuan: str | None = None, sebagai: str | None = "53.14", **lain: Any) -> Any:
    masukan = {"asal": asal, "jenis": "kerja sama", "skala": "LOKAL", "sejak": "2019-06-01", **lain}
    if tujuan is not None:
        masukan["tujuan"] = tujuan
    return hub.tanya(HUBUNGKAN, {"m": masukan}, sebagai)["hasil"]


def pindah(
    hub: Klien, id_: str, tahap: str, sejak: str, sebagai: str | None = "53.14", alasan: str | None = None
) -> Any:
    return hub.tanya(PINDAH, {"id": id_, "t": tahap, "s": sejak, "a": alasan}, sebagai)["hasil"]


def catat(hub: Klien, id_: str, *kegiatan: tuple[str, str], sebagai: str | None = "53.14") -> Any:
    """Pairs of day and activity."""
    k = [{"tanggal": t, "kegiatan": apa} for t, apa in kegiatan]
    return hub.tanya(CATAT, {"id": id_, "k": k}, sebagai)["hasil"]


def kode(hasil: Any) -> set[str]:
    return {t["kode"] for t in hasil["temuan"]}


def bersih(hub: Klien) -> Klien:
    """Without the demo's networks."""
    hub.sql(f"TRUNCATE {_TABEL}")
    return hub


def jejaring(hub: Klien, banyak: int, garis: Iterable[tuple[int, int]], desa: list[str] | None = None) -> list[str]:
    """So many networks, numbered from 0, and links between them, straight into the tables; the public ids."""
    tempat = desa or [SOTIMORI]
    semua = [tempat[n % len(tempat)] for n in range(banyak)]
    hub.sql(
        "INSERT INTO wksbm (kode_kab, id, nama, kode_desa, tahap, tahap_sejak, sejak, diubah_oleh) "
        "SELECT left(d, 5), i, 'J' || n, d, 'PENUMBUHAN', '2019-01-01', '2019-01-01', 'uji' "
        "FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY t(i, d, n)",
        [nomor(n) for n in range(banyak)], semua,
    )  # fmt: skip
    for a, b in garis:
        sambung(hub, semua[a][:5], nomor(a), "WKSBM", semua[b][:5], nomor(b))
    return [f"{d[:5]}:{nomor(n)}" for n, d in enumerate(semua)]


def sambung(hub: Klien, asal_kab: str, asal: str, macam: str, kab: str, tujuan: str, **lain: Any) -> None:
    baris = {"asal_kab": asal_kab, "asal": asal, "macam": macam, "tujuan_kab": kab, "tujuan": tujuan, "jenis": "kerja sama",
             "skala": "LOKAL", "sejak": "2019-06-01", "diubah_oleh": "uji", **lain}  # fmt: skip
    tempat = ", ".join("%s" for _ in baris)
    hub.sql(
        f"INSERT INTO hubungan_wksbm (id, {', '.join(baris)}) VALUES (gen_random_uuid(), {tempat})", *baris.values()
    )
