"""Submissions as a node's chain has them, made without a node: whatever they say, a province has to answer it."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hub.berita.chain_event import NO_HASH, UP, ChainEvent, canonical

KAB = "53.14"

COLUMNS: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "F01": (("WIL01", {"JK": "L"}), ("WIL01", {"JK": "P"}), ("WIL02", {}), ("WIL03", {})),
    "F02": (("BAN01", {}), ("BAN03", {}), ("BAN05", {}), ("BAN06", {}), ("BAN10", {}), ("BAN11", {})),
    "F07": (("PPK01", {"jenis_ppks": "1", "JK": "L"}), ("PPK01", {"jenis_ppks": "1"}), ("PPK03", {}), ("PPK04", {})),
}
PERIODS = {
    "F01": ("2023-TW1", "2023-TW2"),
    "F02": ("2023-01", "2023-02", "2023-TW1", "2023"),
    "F07": ("2022-S2", "2023-S1"),
}


def content(form: str, periode: str, revision: int, cells: Sequence[Any], key: str, **more: Any) -> dict[str, Any]:
    return {
        "formulir": form, "hash_isi": hashlib.sha256(key.encode()).hexdigest(), "kunci": key, "nilai": list(cells),
        "periode": periode, "revisi": revision, "surat": None, "total": [], "versi_formulir": 1, **more,
    }  # fmt: skip


def chain(contents: Iterable[dict[str, Any]], now: datetime, after: ChainEvent | None = None) -> list[ChainEvent]:
    """One event for each, the one after the other. `after`: the event before the first."""
    events: list[ChainEvent] = []
    number, before = (0, NO_HASH) if after is None else (after.number, after.hash())
    for data in contents:
        number += 1
        subject = f"{KAB}:{data['formulir']}:{data['periode']}"
        at = now - timedelta(days=(number * 7) % 30)
        events.append(
            ChainEvent(
                KAB,
                UP,
                1,
                number,
                "rekap.ajukan",
                subject,
                canonical(data),
                at.astimezone(UTC),
                f"petugas {number % 3}",
                before,
            )
        )
        before = events[-1].hash()
    return events


def untidy(chance: random.Random, regions: Sequence[str], count: int) -> Iterator[dict[str, Any]]:
    """Contents as offices send them: corrections, gaps, leaps, the same as last period, and now and then what cannot be taken."""
    newest: dict[tuple[str, str], int] = {}
    last: dict[str, list[Any]] = {}
    for number in range(count):
        form = chance.choice(list(COLUMNS))
        periode = chance.choice(PERIODS[form])
        revision = newest.get((form, periode), 0) + chance.choice((1, 1, 1, 2))
        cells = last[form] if form in last and chance.random() < 0.15 else list(_cells(chance, form, regions))
        last[form] = cells
        key = f"k{number}"
        more: dict[str, Any] = {}
        match chance.choice(
            ("", "", "", "", "", "", "old", "key", "form", "period", "negative", "twice", "total", "letter", "foreign")
        ):
            case "old":
                revision = max(1, revision - 2)
            case "key":
                key = f"k{max(0, number - chance.randint(1, 4))}"
            case "form":
                form, periode = "F99", "2023"
            case "period":
                periode = "2099"
            case "negative":
                cells = [(e, w, r, "-3", "ADA") for e, w, r, _, _ in cells[:1]] + cells[1:]
            case "twice":
                cells = [*cells, *cells[:1]]
            case "total":
                more = {"total": [[cells[0][0], KAB, "7"], ["BAN01", "Rote", "x9"[1:]]]}
            case "letter":
                more = {"surat": {"nomor": f"{number}/x", "tanggal": "2023-04-05"}}
            case "foreign":
                cells = [*cells, ("BAN99", KAB, {}, "1", "ADA"), (cells[0][0], "99.99.01.2001", {}, "1", "ADA")]
        newest[form, periode] = max(revision, newest.get((form, periode), 0))
        yield content(form, periode, revision, cells, key, **more)


def _cells(
    chance: random.Random, form: str, regions: Sequence[str]
) -> Iterator[tuple[str, str, dict[str, str], str | None, str]]:
    some = [r for r in regions if chance.random() < 0.8]
    columns = [c for c in COLUMNS[form] if chance.random() < 0.8] or list(COLUMNS[form][:1])
    for elemen, rincian in columns:
        for region in some:
            if chance.random() < 0.1:
                yield elemen, region, rincian, None, "TIDAK_ADA_DATA"
            else:
                figure = chance.choice((0, 1, 5, 20, 21, 22, 23, 900, 5_000))
                yield elemen, region, rincian, str(figure), "ADA" if figure else "NOL"
