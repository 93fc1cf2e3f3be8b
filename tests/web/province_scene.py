"""What a province finds on its desk: months of a kabupaten approved, one of them sent anew with an odd figure, others waiting,
begun or returned. Made through the API, as offices do it."""

from typing import Any

from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, angka, submission

KAB, PROV = "53.14", "53"
FIRST, SECOND = "53.14.01", "53.14.02"  # kecamatan
FORM = "F02"
LETTER = {"nomor": "460/12/Dinsos <b>2026</b>", "tanggal": "2026-08-04"}


def officers(hub: Client) -> str:
    """Tokens with the names of people on them, before anybody asks with one. The province's."""
    tokens = {wilayah: hub.token(wilayah) for wilayah in (KAB, "53.15", "53.01", PROV)}
    hub.sql("UPDATE token SET nama = 'Petugas <i>' || wilayah || '</i>'")
    return tokens[PROV]


def submit(hub: Client, kab: str, periode: str, cells: list[tuple[str, str, int]], **more: Any) -> int:
    """The revision. `cells`: region, element, number; `more`: of a RekapMasukan."""
    nilai = [angka(*cell) for cell in cells]
    key = f"{kab} {periode} {cells}"
    given = submission(kab, FORM, periode, key, nilai=nilai, **more)
    answer = hub.ask(SUBMIT, {"m": given, "uji": False}, kab)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer
    revision: int = answer["revisi"]
    return revision


def approve(hub: Client, kab: str, periode: str, revision: int = 1) -> None:
    answer = hub.ask(APPROVE, {"id": f"{kab}:{FORM}:{periode}", "revisi": revision}, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def send_back(hub: Client, kab: str, periode: str, revision: int = 1, reason: str = "Lihat catatan") -> None:
    given = {"id": f"{kab}:{FORM}:{periode}", "revisi": revision, "alasan": reason, "catatan": []}
    answer = hub.ask(SEND_BACK, given, PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def save(hub: Client, kab: str, periode: str, cells: list[tuple[str, str, int]]) -> None:
    given = submission(kab, FORM, periode, f"draf {kab} {periode}", nilai=[angka(*cell) for cell in cells])
    assert hub.ask(SAVE, {"m": given}, kab)["hasil"]["__typename"] == "RekapDiterima"


def status(hub: Client, kab: str, periode: str) -> tuple[str, int]:
    """How a rekap stands, and its newest revision."""
    found = hub.ask("query ($id: ID!) { rekap(id: $id) { status revisi } }", {"id": f"{kab}:{FORM}:{periode}"}, PROV)[
        "rekap"
    ]
    return found["status"], found["revisi"]


def months(hub: Client) -> None:
    """January to June 2026 of one kabupaten, approved; July approved, reopened and sent anew with one figure ten times as large."""
    for month in range(1, 8):
        periode = f"2026-{month:02d}"
        submit(hub, KAB, periode, [(FIRST, "BAN03", 40 + month), (SECOND, "BAN03", 70 + month)])
        approve(hub, KAB, periode)
    reopened = hub.ask(REOPEN, {"id": f"{KAB}:{FORM}:2026-07", "alasan": "Ada koreksi"}, PROV)["hasil"]
    assert reopened["__typename"] == "RekapDiterima", reopened
    total = [{"elemen": "BAN03", "tertulis": 558}]
    cells = [(FIRST, "BAN03", 480), (SECOND, "BAN03", 78)]
    submit(hub, KAB, "2026-07", cells, totalTertulis=total, surat=LETTER)


def waiting(hub: Client) -> None:
    """August: three offices wait; September: one has a draft, one was sent back."""
    for kab in ("53.14", "53.15", "53.01"):
        submit(hub, kab, "2026-08", [(kab, "BAN04", 9_000_000)])
    save(hub, "53.15", "2026-09", [("53.15", "BAN04", 1_000_000)])
    submit(hub, "53.01", "2026-09", [("53.01", "BAN04", 1_000_000)])
    send_back(hub, "53.01", "2026-09")
