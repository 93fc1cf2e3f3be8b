"""Offices of a made-up province send and approve their rekap over GraphQL, one by one, as their people do."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bench.rahasia.caller import Caller
from bench.rahasia.heard import Moment
from bench.rahasia.made import PROVINCE, MadeProvince, Report

_RESULT = """__typename ... on RekapDitolak { temuan { kode tingkat pesan wilayah } } ... on TidakBerwenang { pesan }
... on BentrokRevisi { pesan }"""
_SUBMIT = f"mutation ($m: RekapMasukan!) {{ hasil: ajukanRekap(masukan: $m) {{ {_RESULT} }} }}"
_APPROVE = f"mutation ($id: ID!, $revisi: Int!) {{ hasil: setujuiRekap(id: $id, revisi: $revisi) {{ {_RESULT} }} }}"
_REOPEN = f'mutation ($id: ID!) {{ hasil: bukaRekap(id: $id, alasan: "perbaikan") {{ {_RESULT} }} }}'


def approve_all(
    url: str, province: MadeProvince, settle: Callable[[], None], reports: Iterable[Report] | None = None
) -> tuple[list[Moment], list[float]]:
    """Moments: right after each approval, and after its totals. Also how many seconds each total took to stand. `settle`: returns when
    no total is still to be made."""
    moments, seconds = [], []
    offices = {k: Caller(url, t) for k, t in province.tokens.items()}
    try:
        for report in province.reports() if reports is None else reports:
            _send(offices, report)
            begun = time.monotonic()
            moments.append(_now(report))
            settle()
            seconds.append(time.monotonic() - begun)
            moments.append(_now(report))
    finally:
        for caller in offices.values():
            caller.__exit__()
    return moments, seconds


def _now(report: Report) -> Moment:
    return Moment(datetime.now(UTC).isoformat(timespec="microseconds"), report.formulir, report.periode)


def _send(offices: dict[str, Caller], report: Report) -> None:
    key = f"{report.kab}:{report.formulir}:{report.periode}"
    values = [
        {"wilayah": w, "elemen": e, "nilai": n, "rincian": [{"rincian": r, "pilihan": p} for r, p in choices]}
        for (w, e, choices), n in report.values.items()
    ]
    document = {
        "pelapor": report.kab, "formulir": report.formulir, "periode": report.periode,
        "kunciIdempoten": f"{key} {report.revision}", "nilai": values,
    }  # fmt: skip
    if report.revision > 1:
        _must(offices[PROVINCE].ask(_REOPEN, id=key), key)
    _must(offices[report.kab].ask(_SUBMIT, m=document), key)
    _must(offices[PROVINCE].ask(_APPROVE, id=key, revisi=report.revision), key)


def _must(answer: dict[str, dict[str, object]], key: str) -> None:
    """Raises RuntimeError where it was not taken."""
    if answer["hasil"]["__typename"] != "RekapDiterima":
        raise RuntimeError(f"{key}: {answer['hasil']}")
