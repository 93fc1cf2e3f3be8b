"""A workbook of 119 desa × 20 columns, from its first byte to the answer."""

import statistics
from collections.abc import Sequence

from bench import intake_client, lembar_data
from bench.intake_client import UPLOAD, calling
from bench.intake_data import COUNTRY
from bench.intake_run import Run
from bench.lembar_data import Untidy
from bench.report import Work, show

_OFFICE = "53.14"


def workbooks(run: Run) -> list[Work]:
    """Untidy as offices write them; each the correction of the one before."""
    size = Untidy(119, 20, COUNTRY)
    content = lembar_data.WRITERS["xlsx"](lembar_data.grid(size))
    seconds: list[float] = []
    tokens = intake_client.make_tokens(run.url, {_OFFICE: "KABUPATEN"})
    with run.hub() as server, calling(server.url, tokens[_OFFICE]) as caller:
        for number in range(max(run.rounds, 20) + 1):
            variables = {"p": _OFFICE, "f": "F05", "t": "2024", "k": f"buku {number}"}
            answer = caller.upload(UPLOAD, variables, "rekap.xlsx", content)
            told = answer.data("unggahRekap")
            if told["__typename"] != "RekapDiterima" or told["revisi"] != number + 1:
                raise RuntimeError(str(told)[:1500])
            seconds.append(answer.seconds)
    slow = _p95(seconds[1:])
    show("A workbook of 119 × 20, upload to answer", ["median ms", "p95 ms", "longest ms"],
         [[f"{s * 1000:.0f}" for s in (statistics.median(seconds[1:]), slow, max(seconds[1:]))]])  # fmt: skip
    return [Work("XLSX 119 desa × 20 kolom, kirim sampai jawaban: p95", slow, "s", 1, most=True)]


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, -(-len(seconds) * 95 // 100) - 1)]
