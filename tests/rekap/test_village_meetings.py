"""Village meetings that update the integrated data: reported month by month and desa by desa, and asked back."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, submission

NEW, CHANGED, GONE = ([{"rincian": "jenis_usulan", "pilihan": p}] for p in ("baru", "perbaikan", "hapus"))
COLUMNS = [{"elemen": "BAN10"}, {"elemen": "BAN11"}, *({"elemen": "BAN12", "rincian": r} for r in (NEW, CHANGED, GONE))]
ROWS = """query ($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t) { wilayah { kode } elemen { kode } nilai status } }"""


def submit(hub: Client, periode: str, rows: list[tuple[str, list[int | None]]]) -> list[tuple[str, str]]:
    """Approved; findings as (code, region)."""
    lines = [{"wilayah": w, "nilai": n} for w, n in rows]
    sent = submission("53.14", "F02", periode, periode, tabel=[{"kolom": COLUMNS, "baris": lines}])
    result = hub.ask(SUBMIT, {"m": sent, "uji": False}, as_whom="53.14")["hasil"]
    assert result["__typename"] == "RekapDiterima", result
    hub.ask(APPROVE, {"id": f"53.14:F02:{periode}", "revisi": 1}, as_whom="53")
    return [(t["kode"], t["wilayah"]) for t in result["temuan"]]


def figures(
    hub: Client, periode: str, wilayah: str, level: str, as_whom: str | None = "53.14"
) -> dict[tuple[str, str], Any]:
    asked = {"e": ["BAN10", "BAN11", "BAN12"], "p": [periode], "w": wilayah, "t": level}
    return {(b["wilayah"]["kode"], b["elemen"]["kode"]): b["nilai"] for b in hub.ask(ROWS, asked, as_whom)["agregat"]}


def test_meetings_of_three_months_make_a_quarter(hub: Client) -> None:
    for month, held in (("2023-01", 1), ("2023-02", 0), ("2023-03", 2)):
        codes = submit(hub, month, [("53.14.01.2005", [held, held, 9, 4, 2]), ("53.14.01.2006", [0, 0, 0, 0, 0])])
        assert "F02-A13" not in {k for k, _ in codes}
    january, quarter = figures(hub, "2023-01", "53.14.01", "DESA"), figures(hub, "2023-TW1", "53.14", "KABUPATEN")
    assert [january["53.14.01.2005", e] for e in ("BAN10", "BAN11", "BAN12")] == [1, 1, 15]
    assert january["53.14.01.2006", "BAN10"] == 0, "that none was held is a figure"
    assert january["53.14.01.2007", "BAN10"] is None, "that nobody said is none"
    assert [quarter["53.14", e] for e in ("BAN10", "BAN11", "BAN12")] == [3, 3, 45]
    assert figures(hub, "2023-TW1", "53", "PROVINSI", None)["53", "BAN10"] == 3


def test_more_records_than_meetings_is_told(hub: Client) -> None:
    assert ("F02-A13", "53.14.01.2005") in submit(hub, "2023-01", [("53.14.01.2005", [1, 2, 9, 4, 2])])
    assert "F02-A14" in {k for k, _ in submit(hub, "2023-02", [("53.14.01.2005", [None, None, 9, 4, 2])])}
