"""Years of rekap as Hypothesis makes them, and a kabupaten that sends them: periods of any length, regions missing, a desa that
splits on the way, reports that are reopened."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from hub.base.periode import Periode
from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission

PROV, SPLIT_LATER = "91", date(2024, 3, 1)
LEVELS = {"KABUPATEN": 2, "KECAMATAN": 3, "DESA": 4}
# stock, people counted once, flow, people counted once in a form that may be sent more often than it is expected
ELEMEN = {"WIL03": "F01", "BAN01": "F02", "BAN09": "F02", "REH09": "F05"}
BY_MONTH = ("BAN09", "REH09")
PERIODS = ["2023", *(f"2023-S{i}" for i in (1, 2)), *(f"2023-TW{i}" for i in range(1, 5))]
MONTHS = [f"2023-{i:02d}" for i in (1, 3, 4, 9, 12)]


@dataclass(frozen=True)
class Report:
    """One rekap of one element: figures of regions of one level, by their place in the list; None: left out."""

    elemen: str
    periode: str
    level: str
    nilai: tuple[int | None, ...]


@dataclass(frozen=True)
class Year:
    """What a kabupaten sends in a year, in this order, and when its first desa splits."""

    reports: tuple[Report, ...]
    split: date


@st.composite
def years(draw: st.DrawFn) -> Year:
    # a flow reported once for the whole and once by its regions has no regions for a part of it
    flow_level = draw(st.sampled_from(list(LEVELS)))
    figure = st.none() | st.sampled_from([0, 1, 7, 250, 40_000])
    reports = []
    for elemen in draw(st.lists(st.sampled_from(list(ELEMEN)), min_size=1, max_size=6)):
        reports.append(
            Report(
                elemen,
                draw(st.sampled_from(PERIODS + (MONTHS if elemen in BY_MONTH else []))),
                flow_level if elemen == "BAN09" else draw(st.sampled_from(list(LEVELS))),
                tuple(draw(st.lists(figure, min_size=5, max_size=5))),
            )
        )
    return Year(tuple(reports), draw(st.sampled_from([date(2023, 4, 1), date(2023, 8, 15), SPLIT_LATER])))


def make_province(hub: Client) -> None:
    """An empty province, to be filled with kabupaten."""
    hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama) "
        f"VALUES ('{PROV}', '{PROV}', '2000-01-01', 1, 'PROVINSI', 'Uji')"
    )


def make_kabupaten(hub: Client, kab: str, split: date) -> None:
    """Two kecamatan of two desa; the first desa becomes two on that day."""
    rows: list[tuple[str, str, str | None, int, str]] = [(kab, "2000-01-01", None, 2, PROV)]
    for kec in (f"{kab}.01", f"{kab}.02"):
        rows.append((kec, "2000-01-01", None, 3, kab))
        for desa in (f"{kec}.2001", f"{kec}.2002"):
            rows.append((desa, "2000-01-01", str(split) if desa == f"{kab}.01.2001" else None, 4, kec))
    rows += [(f"{kab}.01.{n}", str(split), None, 4, f"{kab}.01") for n in (2003, 2004)]
    kinds = {2: "KABUPATEN", 3: "KECAMATAN", 4: "DESA"}
    for kode, since, until, level, parent in rows:
        hub.sql(
            "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            kab, kode, since, until, level, kinds[level], f"Uji {kode}", parent,
        )  # fmt: skip
    for n in (2003, 2004):
        hub.sql(
            "INSERT INTO silsilah VALUES (%s, '2000-01-01', %s, %s, 'pecah')",
            f"{kab}.01.2001", f"{kab}.01.{n}", str(split),
        )  # fmt: skip


def in_force(hub: Client, kab: str, level: str, day: date) -> list[str]:
    return [
        k for (k,) in hub.sql(
            "SELECT kode FROM wilayah WHERE kode_kab = %s AND tingkat = %s AND berlaku_sejak <= %s AND hari_terakhir >= %s ORDER BY 1",
            kab, LEVELS[level], day, day,
        )
    ]  # fmt: skip


def send(hub: Client, kab: str, number: int, report: Report) -> None:
    """Send and approve; what was approved before is reopened."""
    form, day = ELEMEN[report.elemen], Periode.read(report.periode).last_day
    id_ = f"{kab}:{form}:{report.periode}"
    if hub.sql("SELECT 1 FROM rekap WHERE kode_kab = %s AND formulir = %s AND periode = %s", kab, form, report.periode):
        assert hub.ask(REOPEN, {"id": id_, "alasan": "uji"}, PROV)["hasil"]["__typename"] == "RekapDiterima"
    regions = in_force(hub, kab, report.level, day)
    cells = [angka(w, report.elemen, n) for w, n in zip(regions, report.nilai, strict=False) if n is not None]
    cells = cells or [angka(regions[0], report.elemen, None, status="TIDAK_DILAKSANAKAN")]
    sent = hub.ask(SUBMIT, {"m": submission(kab, form, report.periode, f"u{number}", nilai=cells)}, kab)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    done = hub.ask(APPROVE, {"id": id_, "revisi": sent["revisi"]}, PROV)["hasil"]
    assert done["__typename"] == "RekapDiterima", done
