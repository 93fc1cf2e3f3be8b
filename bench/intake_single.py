"""One office at a time: a rekap of 7.000 values, its correction, its approval."""

import statistics
import time
from collections.abc import Sequence
from itertools import islice
from typing import Any

import psycopg

from bench import intake_client
from bench.intake_client import APPROVE, SUBMIT, Caller, calling
from bench.intake_data import BEFORE, VALUES, Office, Sending, offices
from bench.intake_run import Run
from bench.report import SCREEN, Work, show

PROVINSI = "33"
_SETTLED = 30.0  # seconds


def tables(run: Run) -> list[Work]:
    """New rekap and corrections of the large province's offices as tables, beside a bare COPY of the same rows; approvals."""
    some = list(islice((o for o in offices() if o.kode.startswith(PROVINSI)), run.rounds + 1))
    new, again, approved = _sent(run, some, "as_table")
    copied = [_bare_copy(run, Sending(o)) for o in some[1:]]
    rows = [
        _row("a new rekap, as a table", new),
        _row("its correction", again),
        _row("a bare COPY of its rows", copied),
    ]
    show("7.000 values, an office at a time", ["work", "median ms", "longest ms", "values/s"], rows)
    show("Approval", ["work", "median ms", "longest ms"], [_row("setujuiRekap", approved)[:3]])
    ratio = statistics.median(n / c for n, c in zip(new, copied, strict=True))
    SCREEN.print(f"a new rekap takes {ratio:.1f} × as long as a bare COPY of its rows")
    return [
        Work("ajukanRekap, 7.000 nilai sebagai tabel", VALUES / statistics.median(new), "nilai/s", 30_000),
        Work("perbaikannya", VALUES / statistics.median(again), "nilai/s", 30_000),
        Work("setujuiRekap dengan jumlah dan rilisnya", statistics.median(approved), "s", 1.5, most=True),
    ]


def values(run: Run) -> list[Work]:
    """The same as 7.000 single values."""
    some = list(islice((o for o in offices() if o.kode.startswith(PROVINSI)), run.rounds + 1))
    new, again, _ = _sent(run, some, "as_values")
    rows = [_row("a new rekap, as single values", new), _row("its correction", again)]
    show("7.000 values, an office at a time", ["work", "median ms", "longest ms", "values/s"], rows)
    return [Work("ajukanRekap, 7.000 nilai satu per satu", VALUES / statistics.median(new), "nilai/s", 10_000)]


def _sent(run: Run, some: Sequence[Office], shape: str) -> tuple[list[float], list[float], list[float]]:
    """Seconds for 7.000 values of each office but the first, which warms up: a new rekap, its correction, its approval. The half year
    before is in force."""
    new, again, approved = [], [], []
    tokens = intake_client.make_tokens(run.url, {o.kode: "KABUPATEN" for o in some} | {PROVINSI: "PROVINSI"})
    with run.hub() as server, calling(server.url, tokens[PROVINSI]) as province:
        for office in some:
            with calling(server.url, tokens[office.kode]) as caller:
                send(caller, Sending(office, BEFORE).as_table())
                approve(province, Sending(office, BEFORE), 1)
                settle(run)
                first, second = Sending(office), Sending(office, edition=2)
                new.append(send(caller, getattr(first, shape)()) * VALUES / first.cells)
                again.append(send(caller, getattr(second, shape)()) * VALUES / second.cells)
            approved.append(approve(province, second, 2))
            settle(run)
    return new[1:], again[1:], approved[1:]


def settle(run: Run) -> None:
    """Wait until the province's totals are made: their job shares the server's core. Raises RuntimeError where they never are."""
    until = time.monotonic() + _SETTLED
    with psycopg.connect(run.url, autocommit=True) as conn:
        while time.monotonic() < until:
            waiting = conn.execute(
                "SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE status IN ('todo', 'doing')"
            ).fetchone()
            if waiting == (0,):
                return
            time.sleep(0.1)
    raise RuntimeError("the province's totals are not made")


def send(caller: Caller, sent: dict[str, Any]) -> float:
    """Seconds. Raises RuntimeError where it is not accepted."""
    answer = caller.ask(SUBMIT, {"m": sent})
    told = answer.data("ajukanRekap")
    if told["__typename"] != "RekapDiterima":
        raise RuntimeError(f"{sent['pelapor']}: {str(told)[:800]}")
    return answer.seconds


def approve(province: Caller, sending: Sending, revision: int) -> float:
    """Seconds. Raises RuntimeError where it is refused."""
    id_ = f"{sending.office.kode}:F07:{sending.periode}"
    answer = province.ask(APPROVE, {"id": id_, "r": revision})
    told = answer.data("setujuiRekap")
    if told["__typename"] != "RekapDiterima":
        raise RuntimeError(f"{id_}: {str(told)[:800]}")
    return answer.seconds


def _bare_copy(run: Run, sending: Sending) -> float:
    """Seconds for 7.000 of the rows as they lie in the database, into a table like theirs without rights, in one COPY."""
    key = (sending.office.kode, sending.periode)
    with psycopg.connect(run.url) as conn:
        rows = conn.execute(
            "SELECT kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian::text, nilai, status FROM rekap_nilai "
            "WHERE kode_kab = %s AND periode = %s AND revisi = 1", key,
        ).fetchall()  # fmt: skip
        conn.execute("CREATE TABLE IF NOT EXISTS salinan (LIKE rekap_nilai INCLUDING ALL)")
        conn.commit()
        start = time.perf_counter()
        with conn.cursor() as cursor, cursor.copy(
            "COPY salinan (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status) FROM STDIN"
        ) as copy:  # fmt: skip
            for row in rows:
                copy.write_row(row)
        conn.commit()
        return (time.perf_counter() - start) * VALUES / len(rows)


def _row(work: str, seconds: Sequence[float]) -> list[str]:
    median = statistics.median(seconds)
    return [work, f"{median * 1000:.0f}", f"{max(seconds) * 1000:.0f}", f"{VALUES / median:,.0f}"]
