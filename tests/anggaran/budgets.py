"""Lists of programmes and figures of a budget, brought in and asked back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.cli.run_commands import Output, run_here
from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

KAB, PROV = "53.14", "53"
ASK = """query ($w: KodeWilayah!, $p: Periode!) { anggaran(wilayah: $w, periode: $p) {
  wilayah { kode nama } periode pagu realisasi persen paguTertulis realisasiTertulis terisi { dari berisi }
  cabang { nama sumber induk pagu realisasi persen subtotal paguTertulis realisasiTertulis ikut terisi { dari berisi } } } }"""


def tree(hub: Client, wilayah: str, periode: str, as_whom: str | None = None) -> Any:
    return hub.ask(ASK, {"w": wilayah, "p": periode}, as_whom)["anggaran"]


def cell(elemen: str, source: str, program: str | None, nilai: Any, wilayah: str = KAB, **more: Any) -> dict[str, Any]:
    rincian = [{"rincian": "sumber_anggaran", "pilihan": source}]
    if program is not None:
        rincian.append({"rincian": "program", "pilihan": program})
    return angka(wilayah, elemen, nilai, rincian=rincian, **more)


def budget(rows: Mapping[Any, tuple[Any, Any]], wilayah: str = KAB) -> list[dict[str, Any]]:
    """(source, programme) → ceiling and spent, None: not said."""
    return [
        cell(elemen, source, program, nilai, wilayah)
        for (source, program), pair in rows.items()
        for elemen, nilai in zip(("KIN03", "KIN04"), pair, strict=True)
        if nilai is not None
    ]


def submit(hub: Client, periode: str, nilai: list[dict[str, Any]], pelapor: str = KAB, **more: Any) -> Any:
    key = more.pop("key", f"F12 {periode}")
    m = submission(pelapor, "F12", periode, key, nilai=nilai, **more)
    return hub.ask(SUBMIT, {"m": m}, as_whom=pelapor)["hasil"]


def enter(hub: Client, periode: str, nilai: list[dict[str, Any]], pelapor: str = KAB, **more: Any) -> Any:
    """Submitted and, of a kabupaten, approved."""
    answer = submit(hub, periode, nilai, pelapor, **more)
    assert answer["__typename"] == "RekapDiterima", answer
    if len(pelapor) > 2:
        approval = {"id": f"{pelapor}:F12:{periode}", "revisi": answer["revisi"]}
        approved = hub.ask(APPROVE, approval, as_whom=pelapor[:2])["hasil"]
        assert approved["__typename"] == "RekapDiterima", approved
    return answer


def bring(hub: Client, tmp_path: Path, content: str, since: str, wilayah: str = KAB) -> Output:
    file = tmp_path / "program.csv"
    file.write_text(content)
    result = run_here(hub.url, "import", "program", str(file), "--wilayah", wilayah, "--berlaku", since)
    assert result.returncode == 0, result.stderr
    return result


def finding(answer: Any, kode: str) -> Any:
    return next((t for t in answer["temuan"] if t["kode"] == kode), None)
