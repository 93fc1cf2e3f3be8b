"""Proofs of figures, asked for and made again: questions, and the fingerprint as an office makes it."""

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.angka.reported_years import MONTHS, PERIODS
from tests.client import Client

_FIELDS = """{
  baris { wilayah { kode } nilai status tertulis kelengkapan { disetujui } terisi { dari berisi } }
  indikator { kode nilai pembilang penyebut status }
  cara sidik belumAda { kode nama }
  asal { kabupaten { kode } elemen { kode } sisi rincian { rincian pilihan } rekap { id revisiDisetujui status } revisi sidik periode
    nilai status tertulis disetujuiPada disetujuiOleh } }"""
PROOF = f"""query ($w: KodeWilayah!, $e: String!, $p: Periode!, $r: [PilihanRincianMasukan!], $n: DateTime) {{
  jelaskanAngka(wilayah: $w, elemen: $e, periode: $p, rincian: $r, pada: $n) {_FIELDS} }}"""
ALL_PERIODS = [*PERIODS, *MONTHS]
_EVERY_PERIOD = " ".join(
    f'p{i}: jelaskanAngka(wilayah: $w, elemen: $e, periode: "{p}", pada: $n) {_FIELDS}'
    for i, p in enumerate(ALL_PERIODS)
)
PROOFS = f"query ($w: KodeWilayah!, $e: String!, $n: DateTime) {{ {_EVERY_PERIOD} }}"


def explain(hub: Client, wilayah: str, elemen: str, periode: str, as_whom: str | None = None, **more: Any) -> Any:
    return hub.ask(PROOF, {"w": wilayah, "e": elemen, "p": periode, **more}, as_whom)["jelaskanAngka"]


def explain_all(hub: Client, wilayah: str, elemen: str, as_whom: str | None = None, **more: Any) -> dict[str, Any]:
    """By period."""
    answer = hub.ask(PROOFS, {"w": wilayah, "e": elemen, **more}, as_whom)
    return {p: answer[f"p{i}"] for i, p in enumerate(ALL_PERIODS)}


def now(hub: Client) -> str:
    ((moment,),) = hub.sql("SELECT to_json(clock_timestamp())#>>'{}'")
    return str(moment)


def decimal(n: Any) -> str:
    """As a line of a fingerprint has it: no noughts at the end."""
    if n is None:
        return ""
    text = f"{Decimal(str(n)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fingerprint(wilayah: str, kode: str, periode: str, p: Any, rincian: str = "") -> str:
    """As docs/rekap.md tells offices to make it."""
    lines = [["jelaskanAngka 1", wilayah, kode, periode, rincian]]
    if (b := p["baris"]) is not None:
        lines.append(["angka", decimal(b["nilai"]), b["status"], decimal(b["tertulis"])])
    else:
        i = p["indikator"]
        lines.append(["indikator", decimal(i["nilai"]), i["status"], decimal(i["pembilang"]), decimal(i["penyebut"])])
    for a in p["asal"]:
        at = datetime.fromisoformat(a["disetujuiPada"]) - datetime(1970, 1, 1, tzinfo=UTC)
        lines.append(
            [
                "asal", a["kabupaten"]["kode"], a["elemen"]["kode"], ",".join(f"{r['rincian']}={r['pilihan']}" for r in a["rincian"]),
                a["rekap"]["id"], str(a["revisi"]), a["sidik"] or "", a["periode"], decimal(a["nilai"]), a["status"],
                decimal(a["tertulis"]), str(at // timedelta(microseconds=1)), a["disetujuiOleh"],
            ]
        )  # fmt: skip
    lines += [["belum", k["kode"]] for k in p["belumAda"]]
    return hashlib.sha256("\n".join("\t".join(line) for line in lines).encode()).hexdigest()
