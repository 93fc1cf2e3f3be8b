"""Thousands of findings: what is kept, what is told, and that no error goes unsaid because there were too many hints before it."""

from hub.base.many_findings import FindingList, told
from hub.base.temuan import ERROR, INFO, Location, Temuan, TemuanFromData


def finding(kode: str, level: str = INFO, message: str = "x") -> Temuan:
    return TemuanFromData(kode, level, message)


def test_few_are_told_as_they_are() -> None:
    few = [finding(f"K{i}") for i in range(200)]
    assert told(few) == few


def test_of_many_every_kind_is_told_and_the_number_of_the_rest() -> None:
    many = [*(finding("BANYAK", ERROR) for _ in range(5_000)), *(finding("JARANG") for _ in range(30))]
    answer = told(many)
    assert [t.kode for t in answer] == ["BANYAK"] * 180 + ["JARANG"] * 20 + ["TEMUAN_DIRINGKAS"]
    assert (answer[-1].tingkat, answer[-1].nilai) == (ERROR, "4830")
    assert "4.830 temuan" in answer[-1].pesan
    assert "BANYAK 4.820, JARANG 10" in answer[-1].pesan


def test_more_kinds_than_are_told_are_counted() -> None:
    answer = told([finding(f"K{i}") for i in range(1_000)])
    assert len(answer) == 201
    assert answer[-1].nilai == "800"


def test_what_is_not_kept_is_counted_with_its_gravest_level() -> None:
    log = FindingList(most=3)
    log.add(finding("RINGAN") for _ in range(5))
    log.append(finding("BERAT", ERROR))
    assert [t.kode for t in log] == ["RINGAN"] * 3
    (rest,) = log.more()
    assert (rest.tingkat, rest.nilai) == (ERROR, "3")
    assert FindingList().more() == []


def test_a_book_in_a_cell_is_not_sent_back() -> None:
    long = TemuanFromData(
        "K", ERROR, "p" * 9_000, nilai="n" * 9_000, lokasi=tuple(Location(baris=n) for n in range(5_000))
    )
    (short,) = told([long])
    assert len(short.pesan) < 2_100
    assert short.nilai is not None
    assert len(short.nilai) < 600
    assert len(short.lokasi) == 100
