"""What waits is told with its reason and its remedy, and is decided again together."""

import pytest

from hub.base.errors import HubError
from hub.db.database import Database
from hub.rekap.release_again import Jointly, release_jointly
from hub.rilis.primary import Thresholds
from hub.rilis.statements import thresholds_of
from hub.rilis.thresholds import set_thresholds
from hub.rilis.totals import release_totals
from hub.rilis.waiting import waiting
from tests.rilis.made_releases import FLOW, FORM, ONCE, PROV, Made, played, rows, totals, waits, whole

Q1 = "2025-TW1"


def test_everything_that_waits_is_told_with_what_would_free_it(database_url: str) -> None:
    async def scene(made: Made) -> None:
        assert await waiting(made.db, PROV) == []
        await made.approve("98.01", [whole("98.01", 40)])
        await made.approve("98.02", [whole("98.02", 4)])
        await made.approve("98.01", [whole("98.01", 3)], ONCE)
        await made.approve("98.02", [whole("98.02", 50, choices=(("JK", "L"),))], "BAN03", totals=False)
        await made.approve("98.01", [whole("98.01", 4, choices=(("JK", "L"),))], "BAN03", threatened=1)
        async with made.db.as_owner() as conn:
            await conn.execute(
                "INSERT INTO rilis_tunggu (kode_kab, elemen, periode, rincian, sebab) VALUES ('98.03', %s, %s, '{}', 'REVISI'), "
                "('53.01', %s, %s, '{}', 'REVISI')",
                (FLOW, Q1) * 2,
            )
        held = await waiting(made.db, PROV)
        assert [(w.region, w.elemen, w.why) for w in held] == [
            (PROV, FLOW, "TOTAL"), (PROV, ONCE, "KECIL"), (PROV, "BAN03", "TOTAL"), ("98.03", FLOW, "REVISI"),
        ]  # fmt: skip
        assert [w.since for w in held] == sorted(w.since for w in held)
        assert held[2].choices == (("JK", "L"),)
        assert {w.periode for w in held} == {Q1}
        total, small, threatened, revision = (w.remedy for w in held)
        assert "kini 2 yang masuk" in total
        assert "Kurang dari 5" in small
        assert "98.01 tidak dapat dilindungi" in threatened
        assert "Perbaikan" in revision
        await set_thresholds(made.db, PROV, Thresholds(7, 8, 9))
        assert "Kurang dari 7" in (await waiting(made.db, PROV))[1].remedy

    played(database_url, scene)


def test_a_joint_release_decides_over_all_forms_and_periods_that_wait(database_url: str) -> None:
    async def scene(made: Made) -> None:
        for period in (Q1, "2025-TW2"):
            await made.approve("98.01", [whole("98.01", 40, period)], totals=False)
            await made.approve("98.02", [whole("98.02", 4, period)])
        await made.approve("98.01", [whole("98.01", 12, "2025", sensitivity=3)], "KTK03", totals=False)
        await made.approve("98.02", [whole("98.02", 4, "2025", sensitivity=3)], "KTK03", totals=False)
        await release_totals(made.db, PROV, "F06", "2025")
        assert await waits(made.db, "2025", "KTK03") == {"{}": "TOTAL"}
        assert await _decided(made.db, PROV) == (3, 3)
        for kab in ("98.03", "98.04"):  # as if their jobs were lost
            await made.approve(kab, [whole(kab, 4)], totals=False)
        assert await waits(made.db) == {"{}": "TOTAL"}
        assert await _decided(made.db, PROV) == (3, 2)
        assert (await totals(made.db))["{}"][0] == 52
        assert await _decided(made.db, "53") == (0, 0)

    played(database_url, scene)


async def _decided(db: Database, provinsi: str) -> tuple[int, int]:
    done: Jointly = await release_jointly(db, provinsi)
    assert (done.revisions, dict(done.failed)) == ((0, 0), {})
    return done.totals


def test_thresholds_hold_for_what_is_released_from_now_on(database_url: str) -> None:
    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 6)])
        assert (await totals(made.db))["{}"][0] == 6
        await set_thresholds(made.db, PROV, Thresholds(20, 20, 20))
        await release_totals(made.db, PROV, FORM, Q1)
        assert (await totals(made.db))["{}"][0] == 6  # what is shown stays shown
        await made.approve("98.01", [whole("98.01", 6)], ONCE, thresholds=Thresholds(20, 20, 20))
        assert (await totals(made.db, elemen=ONCE))["{}"][0] is None
        assert await waits(made.db, elemen=ONCE) == {"{}": "KECIL"}
        await set_thresholds(made.db, PROV, Thresholds(3, 5, 10))
        assert await _decided(made.db, PROV) == (1, 1)
        assert await waits(made.db, elemen=ONCE) == {"{}": "TOTAL"}  # small no more, but the one office is told by it
        assert await rows(made.db, "SELECT k1 FROM ambang_rilis ORDER BY sejak") == [(20,), (3,)]
        async with made.db.as_owner() as conn:
            assert await thresholds_of(conn, PROV) == Thresholds(3, 5, 10)
            assert await thresholds_of(conn, "53") == Thresholds()

    played(database_url, scene)


@pytest.mark.parametrize(
    ("provinsi", "ks", "words"),
    [
        (PROV, (2, 5, 10), "k1 harus 3 sampai 100"),
        (PROV, (5, 5, 101), "k3 harus 3 sampai 100"),
        (PROV, (6, 5, 10), "lebih peka"),
        ("77", (5, 5, 10), "daftar wilayah"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(
    database_url: str, provinsi: str, ks: tuple[int, int, int], words: str
) -> None:
    async def scene(made: Made) -> None:
        with pytest.raises(HubError) as refused:
            await set_thresholds(made.db, provinsi, Thresholds(*ks))
        assert words in refused.value.message
        assert await rows(made.db, "SELECT FROM ambang_rilis") == []

    played(database_url, scene)
