"""Approved figures of an office, put where an approval puts them; and the question that all tests of performance ask."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from tests.client import Client

ASK = """query ($w: KodeWilayah!, $t: Int!) { capaianKinerja(wilayah: $w, tahun: $t) { wilayah { nama } tahun nilai predikat
  skala { dari nama } sasaran { nama nilai predikat tertulis indikator { indikator { kode nama satuan jenis elemen } satuan target
    realisasi capaian predikat status perTriwulan } } } }"""


def ask(hub: Client, wilayah: str, year: int = 2020, as_whom: str | None = None) -> Any:
    return hub.ask(ASK, {"w": wilayah, "t": year}, as_whom)["capaianKinerja"]


def by_objective(answer: Any) -> dict[str, Any]:
    return {s["nama"]: s for s in answer["sasaran"]}


def by_indicator(answer: Any) -> dict[str, Any]:
    return {i["indikator"]["kode"]: i for s in answer["sasaran"] for i in s["indikator"]}


def make_office(hub: Client, kode: str, parent: str | None = None) -> None:
    """A region that is an office: a province, or a kabupaten of one."""
    level, kind = (1, "PROVINSI") if parent is None else (2, "KABUPATEN")
    hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
        "VALUES (%s, %s, '2000-01-01', %s, %s, %s, %s)",
        kode, kode, level, kind, f"Uji {kode}", parent,
    )  # fmt: skip


def put(  # noqa: PLR0913 - a row of a table
    hub: Client, kode: str, elemen: str, nilai: Decimal | str | int | None, rincian: Mapping[str, str] | None = None,
    periode: str = "2020", status: str | None = None,
) -> None:  # fmt: skip
    """An approved figure of a kabupaten; a province's own statement. Everybody sees it."""
    choices = dict(sorted((rincian or {}).items()))
    dimensions = "|".join(choices)
    if len(kode) == 2:
        hub.sql(
            "INSERT INTO angka_tertulis (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            kode, elemen, periode, kode, dimensions, orjson.dumps(choices).decode(), nilai,
        )  # fmt: skip
        hub.sql(
            "INSERT INTO angka_tertulis_rilis (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis) "
            "SELECT kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis FROM angka_tertulis "
            "WHERE kode_kab = %s AND elemen = %s AND periode = %s ON CONFLICT DO NOTHING", kode, elemen, periode,
        )  # fmt: skip
        return
    given = status or ("TIDAK_ADA_DATA" if nilai is None else "NOL" if Decimal(nilai) == 0 else "ADA")
    hub.sql(
        "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "VALUES (%s, %s, %s, 2, %s, %s, %s, %s, %s, false)",
        kode, elemen, periode, dimensions, kode, orjson.dumps(choices).decode(), nilai, given,
    )  # fmt: skip
    columns = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan"
    hub.sql(
        f"INSERT INTO angka_rilis ({columns}) SELECT {columns} FROM angka WHERE kode_kab = %s AND elemen = %s AND periode = %s "
        "ON CONFLICT DO NOTHING", kode, elemen, periode,
    )  # fmt: skip


def hide(hub: Client, kode: str, elemen: str, indikator: str | None = None) -> None:
    """Figures of an office as everybody sees them where they were released hidden."""
    named = " AND rincian->>'indikator' = %s" if indikator else ""
    hub.sql(
        f"UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE kode_kab = %s AND elemen = %s{named}",
        kode, elemen, *([indikator] if indikator else []),
    )  # fmt: skip


def target(hub: Client, kode: str, indikator: str, nilai: Any, goal: str | None = "1", **more: Any) -> None:
    choices = {"indikator": indikator, **({} if goal is None else {"sasaran_kinerja": goal})}
    if (version := more.pop("versi", None)) is not None:
        choices["versi"] = version
    put(hub, kode, "KIN01", nilai, choices, **more)


def result(hub: Client, kode: str, nilai: Any, **more: Any) -> None:
    """A stated result: of an indicator, an objective, or both named."""
    choices: dict[str, str] = {k: more.pop(k) for k in ("indikator", "sasaran_kinerja") if k in more}
    put(hub, kode, "KIN02", nilai, choices, **more)
