"""GraphQL texts and small builders that the tests of networks (WKSBM) share."""

from collections.abc import Iterable
from typing import Any

from tests.client import Client
from tests.rekap.texts import TEMUAN

SOTIMORI, MBOKAK = "53.14.10.2003", "53.14.01.2014"
RESULT = f"""__typename
  ... on WksbmTersimpan {{ versi temuan {{ {TEMUAN} }} wksbm {{ id nama versi tahap tahapSejak sejak sampai titik desa {{ kode }}
    anggota {{ nama jenis kodeJenis sejak sampai }} kegiatan {{ tanggal kode uraian program }} riwayatTahap {{ tahap sejak alasan }}
    hubungan {{ id jenis skala sejak sampai masuk versi tujuan {{ __typename ... on Wksbm {{ id }} ... on SumberDaya {{ id }}
      ... on MitraLuar {{ id nama jenisMitra: jenis }} }} }} }} }}
  ... on WksbmDitolak {{ temuan {{ {TEMUAN} }} }}
  ... on TidakBerwenang {{ pesan }}
  ... on BentrokRevisi {{ pesan revisiTerbaru }}"""
SAVE = f"mutation ($m: WksbmMasukan!) {{ hasil: simpanWksbm(masukan: $m) {{ {RESULT} }} }}"
LINK = f"mutation ($m: HubunganMasukan!) {{ hasil: hubungkanWksbm(masukan: $m) {{ {RESULT} }} }}"
RECORD = f"mutation ($id: ID!, $k: [KegiatanWksbmMasukan!]!) {{ hasil: catatKegiatanWksbm(id: $id, kegiatan: $k) {{ {RESULT} }} }}"
MOVE = f"""mutation ($id: ID!, $t: TahapWksbm!, $s: Date!, $a: String) {{
  hasil: pindahTahapWksbm(id: $id, tahap: $t, sejak: $s, alasan: $a) {{ {RESULT} }} }}"""
SAVE_PARTNER = f"""mutation ($m: MitraLuarMasukan!) {{ hasil: simpanMitraLuar(masukan: $m) {{ __typename
  ... on MitraTersimpan {{ versi temuan {{ {TEMUAN} }} mitra {{ id nama jenis versi }} }}
  ... on WksbmDitolak {{ temuan {{ {TEMUAN} }} }} ... on TidakBerwenang {{ pesan }} ... on BentrokRevisi {{ revisiTerbaru }} }} }}"""

_TABLES = "wksbm, simpul_wksbm, tahap_wksbm, anggota_wksbm, kegiatan_wksbm, hubungan_wksbm, mitra_luar"


def uuid_of(n: int) -> str:
    return f"01939f2e-7d1c-7a3b-9c66-{n:012d}"


def id_wksbm(n: int, kab: str = "53.14") -> str:
    return f"{kab}:{uuid_of(n)}"


def wksbm_input(name: str = "WKSBM Uji", **more: Any) -> dict[str, Any]:
    return {"nama": name, "desa": SOTIMORI, "sejak": "2019-01-01", **more}


def save(hub: Client, given: dict[str, Any], as_whom: str | None = "53.14") -> Any:
    return hub.ask(SAVE, {"m": given}, as_whom)["hasil"]


def link(hub: Client, origin: str, target: str | None = None, as_whom: str | None = "53.14", **more: Any) -> Any:
    given = {"asal": origin, "jenis": "kerja sama", "skala": "LOKAL", "sejak": "2019-06-01", **more}
    if target is not None:
        given["tujuan"] = target
    return hub.ask(LINK, {"m": given}, as_whom)["hasil"]


def move(
    hub: Client, id_: str, stage: str, since: str, as_whom: str | None = "53.14", reason: str | None = None
) -> Any:
    return hub.ask(MOVE, {"id": id_, "t": stage, "s": since, "a": reason}, as_whom)["hasil"]


def record(hub: Client, id_: str, *activities: tuple[str, str], as_whom: str | None = "53.14") -> Any:
    """Pairs of day and activity."""
    k = [{"tanggal": t, "kegiatan": activity} for t, activity in activities]
    return hub.ask(RECORD, {"id": id_, "k": k}, as_whom)["hasil"]


def kode(result: Any) -> set[str]:
    return {t["kode"] for t in result["temuan"]}


def emptied(hub: Client) -> Client:
    """Without the demo's networks."""
    hub.sql(f"TRUNCATE {_TABLES}")
    return hub


def jejaring(hub: Client, count: int, links: Iterable[tuple[int, int]], desa: list[str] | None = None) -> list[str]:
    """So many networks, numbered from 0, and links between them, straight into the tables; the public ids."""
    places = desa or [SOTIMORI]
    placed = [places[n % len(places)] for n in range(count)]
    hub.sql(
        "INSERT INTO wksbm (kode_kab, id, nama, kode_desa, tahap, tahap_sejak, sejak, diubah_oleh) "
        "SELECT left(d, 5), i, 'J' || n, d, 'PENUMBUHAN', '2019-01-01', '2019-01-01', 'uji' "
        "FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY t(i, d, n)",
        [uuid_of(n) for n in range(count)], placed,
    )  # fmt: skip
    for a, b in links:
        connect(hub, placed[a][:5], uuid_of(a), "WKSBM", placed[b][:5], uuid_of(b))
    return [f"{d[:5]}:{uuid_of(n)}" for n, d in enumerate(placed)]


def connect(hub: Client, origin_kab: str, origin: str, target_kind: str, kab: str, target: str, **more: Any) -> None:
    row = {"asal_kab": origin_kab, "asal": origin, "macam": target_kind, "tujuan_kab": kab, "tujuan": target, "jenis": "kerja sama",
             "skala": "LOKAL", "sejak": "2019-06-01", "diubah_oleh": "uji", **more}  # fmt: skip
    placeholders = ", ".join("%s" for _ in row)
    hub.sql(
        f"INSERT INTO hubungan_wksbm (id, {', '.join(row)}) VALUES (gen_random_uuid(), {placeholders})", *row.values()
    )
