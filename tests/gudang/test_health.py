"""How a warehouse is: minimum stock, days left at the rate of late, expiry; at any moment. Compared with a plain reckoning over
the ledger's rows."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.client import Client
from tests.gudang.stok_texts import MINIMUM, gudang, item, movement, recorded, stok, uuid_of

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime.now(UTC)
BLANKET, FOOD, MATTRESS = "SELIMUT", "MAKANAN_SIAP_SAJI", "MATRAS"


def day(n: int) -> str:
    """A day n days from now, at noon in Jakarta."""
    return (datetime.now(WIB) + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00+07:00")


def set_minimum(
    hub: Client, g: str, barang: str, amount: Any, since: str | None = None, as_whom: str | None = None
) -> Any:
    given = {"g": g, "m": [{"barang": barang, "jumlah": amount}], "sejak": since}
    return hub.ask(MINIMUM, given, g[:5] if as_whom is None else as_whom)["hasil"]


def test_nothing_written_is_no_data_and_nothing_left_is_empty(hub: Client, g: str) -> None:
    assert stok(hub, g) == {"": "TIDAK_ADA_DATA"}
    result = set_minimum(hub, g, BLANKET, 10)
    assert (result["__typename"], result["mutasi"], result["stok"]) == (
        "StokTercatat", [], [{"kode": BLANKET, "jumlah": 0}],
    )  # fmt: skip
    found = stok(hub, g)
    assert (found[""], found[BLANKET]["kesehatan"], found[BLANKET]["hariTersisa"]) == ("TIDAK_ADA_DATA", "KOSONG", None)
    recorded(hub, movement(g, "TERIMA", "a", item(MATTRESS, 5)))
    found = stok(hub, g)
    assert (found[""], found[BLANKET]["kesehatan"], found[MATTRESS]["kesehatan"]) == ("KRITIS", "KOSONG", "AMAN")
    recorded(hub, movement(g, "KELUAR", "b", item(MATTRESS, 5)))
    assert stok(hub, g)[""] == "KOSONG"


def test_the_limits_of_the_minimum(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 50)))
    expected = {0: "AMAN", 50: "AMAN", 51: "MENIPIS", 100: "MENIPIS", 101: "KRITIS"}
    for minimum, state in expected.items():
        set_minimum(hub, g, BLANKET, minimum)
        found = stok(hub, g)
        assert (found[BLANKET]["minimum"], found[BLANKET]["kesehatan"], found[""]) == (minimum, state, state)


@pytest.mark.parametrize(
    ("received", "issued", "remaining", "days_left", "state"),
    [
        # (day, amount) out; what is left; the rate is per day of the last 90, or since the first movement, 30 at least
        (-200, [(-10, 90)], 30, 30, "AMAN"), (-200, [(-10, 90)], 29, 29, "MENIPIS"),
        (-200, [(-10, 90)], 7, 7, "MENIPIS"), (-200, [(-10, 90)], 6, 6, "KRITIS"), (-200, [(-10, 90)], 0, 0, "KOSONG"),
        (-200, [(-89, 90)], 6, 6, "KRITIS"), (-200, [(-90, 90)], 6, None, "AMAN"),  # the 90th day back counts, the 91st not
        (-44, [(-10, 45)], 31, 31, "AMAN"), (-2, [(-1, 30)], 29, 29, "MENIPIS"),
        (-200, [(-80, 30), (-5, 15)], 5, 10, "MENIPIS"), (-200, [(-9, 49)], 7, 12.9, "MENIPIS"),
    ],
)  # fmt: skip
def test_days_left_at_the_rate_of_late(
    module_hub: Client,
    received: int,
    issued: list[tuple[int, int]],
    remaining: int,
    days_left: float | None,
    state: str,
) -> None:
    ((n,),) = module_hub.sql("SELECT count(*) + 100 FROM sumber_daya")
    g = gudang(module_hub, n)
    total = remaining + sum(j for _, j in issued)
    recorded(module_hub, movement(g, "TERIMA", f"a{n}", item(BLANKET, total), pada=day(received)))
    for i, (when, count) in enumerate(issued):
        recorded(module_hub, movement(g, "KELUAR", f"k{n}.{i}", item(BLANKET, count), pada=day(when)))
    found = stok(module_hub, g)[BLANKET]
    assert (found["jumlah"], found["hariTersisa"], found["kesehatan"]) == (remaining, days_left, state)


def test_what_expires_soon_does_not_hold_the_minimum(hub: Client, g: str) -> None:
    def lot(n: int, days: int) -> dict[str, Any]:
        return item(FOOD, n, lot=str(days), kedaluwarsa=day(days)[:10])

    recorded(hub, movement(g, "TERIMA", "a", lot(30, 31), lot(20, 30), lot(50, 0), pada=day(-300)))
    for minimum, state in ((30, "AMAN"), (31, "MENIPIS"), (100, "MENIPIS"), (101, "KRITIS")):
        set_minimum(hub, g, FOOD, minimum)
        found = stok(hub, g)[FOOD]
        assert (found["jumlah"], found["kedaluwarsa"], found["layak"], found["kesehatan"]) == (100, 50, 50, state)
    # a day earlier the third lot was still good, and the second more than 30 days from its end
    yesterday = stok(hub, g, day(-1))[FOOD]
    assert (yesterday["kedaluwarsa"], yesterday["layak"]) == (0, 100)


def test_a_minimum_holds_from_its_day_on_and_is_replaced_on_the_same_day(hub: Client, g: str) -> None:
    recorded(hub, movement(g, "TERIMA", "a", item(BLANKET, 50), pada=day(-30)))
    for amount, since in ((70, -20), (60, -20), (40, -5), (500, 3)):
        set_minimum(hub, g, BLANKET, amount, day(since)[:10])
    expected = {-21: (0, "AMAN"), -20: (60, "MENIPIS"), -6: (60, "MENIPIS"), -5: (40, "AMAN"), 0: (40, "AMAN")}
    for n, (minimum, state) in expected.items():
        found = stok(hub, g, day(n))
        assert (found[BLANKET]["minimum"], found[BLANKET]["kesehatan"], found[""]) == (minimum, state, state)


def test_who_sets_a_minimum_and_what_is_wrong_with_one(hub: Client, g: str) -> None:
    upper = gudang(hub, 2, pemilik="PROVINSI")
    assert set_minimum(hub, g, BLANKET, 1, as_whom="53")["__typename"] == "TidakBerwenang"
    assert set_minimum(hub, g, BLANKET, 1, as_whom="53.15")["__typename"] == "TidakBerwenang"
    assert set_minimum(hub, upper, BLANKET, 1)["__typename"] == "TidakBerwenang"
    assert set_minimum(hub, upper, BLANKET, 1, as_whom="53")["__typename"] == "StokTercatat"
    wrong = [
        {"barang": "BERAS", "jumlah": 1}, {"barang": BLANKET, "jumlah": -1}, {"barang": MATTRESS, "jumlah": "1,5"},
        {"barang": "selimut", "jumlah": 2}, {"barang": "Matras", "jumlah": 1},
    ]  # fmt: skip
    result = hub.ask(MINIMUM, {"g": g, "m": wrong}, "53.14")["hasil"]
    assert [(t["kode"], t["lokasi"][0]["indeks"]) for t in result["temuan"]] == [
        ("BARANG_TAK_DIKENAL", 0), ("JUMLAH_TIDAK_SAH", 1), ("JUMLAH_TIDAK_SAH", 2),
    ]  # fmt: skip
    assert hub.sql("SELECT count(*) FROM stok_minimum") == [(1,)]


# ---------- any ledger ----------


@dataclass
class Ledger:
    """A ledger as plain rows: (goods, lot, expiry, signed amount, kind, moment), and minimums (goods, from, amount)."""

    rows: list[tuple[str, str, date | None, int, str, datetime]] = field(default_factory=list)
    minimum: list[tuple[str, date, int]] = field(default_factory=list)

    def expected(self, as_of: datetime) -> dict[str, Any]:
        """What the hub must say at that moment, reckoned the long way."""
        that_day = as_of.astimezone(WIB).date()
        result: dict[str, Any] = {}
        for barang in {b for b, *_ in self.rows} | {b for b, *_ in self.minimum}:
            rows = [b for b in self.rows if b[0] == barang and b[5] <= as_of]
            in_force = sorted((s, j) for b, s, j in self.minimum if b == barang and s <= that_day)
            if not rows and not in_force:
                continue
            minimum = in_force[-1][1] if in_force else 0
            expired = sum(b[3] for b in rows if b[2] is not None and b[2] <= that_day)
            soon = sum(b[3] for b in rows if b[2] is not None and that_day < b[2] <= that_day + timedelta(days=30))
            total = sum(b[3] for b in rows)
            usable = total - expired
            ages = [(that_day - b[5].astimezone(WIB).date()).days for b in rows]
            issued = -sum(b[3] for b, n in zip(rows, ages, strict=True) if b[4] == "KELUAR" and n < 90)
            rate = Fraction(issued, min(90, max(30, max(ages, default=0) + 1)))
            if usable <= 0 and (minimum or rate):
                state = "KOSONG"
            elif 2 * usable < minimum or usable < 7 * rate:
                state = "KRITIS"
            elif usable - soon < minimum or usable < 30 * rate:
                state = "MENIPIS"
            else:
                state = "AMAN"
            days_left = None if not rate else float((usable / rate * 10 + Fraction(1, 2)).__floor__() / Fraction(10))
            result[barang] = (total, expired, usable, minimum, days_left, state, bool(rows))
        recorded_items = [v for v in result.values() if v[6]]
        levels = {k: n for n, k in enumerate(("AMAN", "MENIPIS", "KRITIS", "KOSONG"))}
        worst = max((levels[v[5]] for v in result.values()), default=0)
        result[""] = (
            "TIDAK_ADA_DATA" if not recorded_items else "KOSONG" if not sum(v[2] for v in result.values())
            else ("AMAN", "MENIPIS", "KRITIS", "KRITIS")[worst]
        )  # fmt: skip
        return result


def _random_ledger(seed: int) -> Ledger:
    chance, ledger = random.Random(seed), Ledger()
    for barang in (BLANKET, FOOD, MATTRESS):
        if chance.random() < 0.2:
            continue
        lots: dict[str, tuple[date | None, int]] = {}
        for minutes in sorted((chance.randint(1, 150 * 24 * 60) for _ in range(chance.randint(1, 12))), reverse=True):
            at_moment = NOW - timedelta(minutes=minutes)
            in_stock = [k for k, (_, j) in lots.items() if j]
            if in_stock and chance.random() < 0.6:
                lot = chance.choice(in_stock)
                expiry, amount = lots[lot]
                issued = amount if chance.random() < 0.2 else chance.randint(1, amount)
                ledger.rows.append(
                    (barang, lot, expiry, -issued, chance.choice(["KELUAR", "KELUAR", "KOREKSI"]), at_moment)
                )
                lots[lot] = (expiry, amount - issued)
            else:
                lot = str(len(lots))
                expiry = None if barang != FOOD else NOW.date() + timedelta(days=chance.randint(-60, 90))
                amount = chance.randint(1, 80)
                ledger.rows.append((barang, lot, expiry, amount, "TERIMA", at_moment))
                lots[lot] = (expiry, amount)
    for barang in (BLANKET, FOOD):
        for days_ago in chance.sample(range(-3, 150), chance.randint(0, 2)):
            start_day = (NOW - timedelta(days=days_ago)).astimezone(WIB).date()
            ledger.minimum.append((barang, start_day, chance.choice([0, 10, 40, 90])))
    return ledger


def _write(hub: Client, n: int, ledger: Ledger) -> str:
    g = gudang(hub, n)
    with psycopg.connect(hub.url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, "
            "jumlah, pada, dicatat_pada) VALUES ('53.14', %s, 0, gen_random_uuid(), 1, %s, %s, 'APBN', %s, %s, %s, %s, %s)",
            [(uuid_of(n), kind, b, lot, k, j, at_moment, at_moment) for b, lot, k, j, kind, at_moment in sorted(ledger.rows, key=lambda b: b[5])],
        )  # fmt: skip
        cursor.executemany(
            "INSERT INTO stok_minimum (kode_kab, gudang, barang, sejak, jumlah, diubah_pada, diubah_oleh) "
            "VALUES ('53.14', %s, %s, %s, %s, now(), 'uji')",
            [(uuid_of(n), *m) for m in ledger.minimum],
        )
    return g


def test_any_ledger_is_reckoned_as_by_hand(module_hub: Client) -> None:
    met: set[str] = set()
    for seed in range(40):
        ledger = _random_ledger(seed)
        g = _write(module_hub, 1000 + seed, ledger)
        for as_of in (None, *(NOW - timedelta(days=n) for n in (1, 29, 60, 100, 160))):
            expected = ledger.expected(as_of or datetime.now(UTC))
            found = stok(module_hub, g, None if as_of is None else as_of.isoformat())
            actual = {
                k: (s["jumlah"], s["kedaluwarsa"], s["layak"], s["minimum"], s["hariTersisa"], s["kesehatan"])
                for k, s in found.items() if k
            }  # fmt: skip
            assert (found[""], actual) == (expected.pop(""), {k: v[:6] for k, v in expected.items()}), (seed, as_of)
            met |= {found[""], *(v[5] for v in actual.values())}
            for s in (s for k, s in found.items() if k):
                assert sum(x["jumlah"] for x in s["lot"]) == s["jumlah"]
    assert met == {"AMAN", "MENIPIS", "KRITIS", "KOSONG", "TIDAK_ADA_DATA"}
