"""Schemathesis over /graphql: whatever the schema allows is answered or refused, never broken.

Two minutes in all by default; HUB_SCHEMATHESIS_DETIK says otherwise. The smallest failing case of every
operation is printed.
"""

import os
import random
import time
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.graphql import nodes, scalar

from tests.client import Klien

DETIK = float(os.environ.get("HUB_SCHEMATHESIS_DETIK", "120"))
_PEMANGGIL = (None, "53", "53.14", "")
_RUSAK = ("KESALAHAN_DALAM", "LAYANAN_TIDAK_SIAP")  # masked, or the database was lost: neither is an answer
_SEKALIGUS = 8  # cases per operation and turn; a failing one is made small first, so a turn can take longer

_KODE = ["53", "53.14", "53.14.05", "53.14.05.2010", "36", "36.73", "5314052010", "53.99", ""]
_PERIODE = ["2020", "2020-S1", "2020-TW3", "2020-07", "2019"]
_TEKS = ["BAN01", "PPK03", "F01", "F07", "I01", "I04.disabilitas", "JK", "53.14:F01:2020", "36:F01:2020", "Tungganamo"]


def _scalars() -> None:
    """Values that reach the data, beside any text at all."""
    teks = st.text(max_size=12)
    bilangan = st.one_of(
        st.integers(-(10**30), 10**30).map(nodes.Int), st.floats(allow_nan=False, allow_infinity=False).map(nodes.Float)
    )
    scalar("String", st.one_of(st.sampled_from(_TEKS), teks).map(nodes.String))
    scalar("ID", st.one_of(st.sampled_from(_TEKS), teks).map(nodes.String))
    scalar("KodeWilayah", st.one_of(st.sampled_from(_KODE), teks).map(nodes.String))
    scalar("Periode", st.one_of(st.sampled_from(_PERIODE), st.sampled_from(_PERIODE), teks).map(nodes.String))
    scalar(
        "Desimal",
        st.one_of(bilangan, teks.map(nodes.String), st.sampled_from(["1", "NaN", "1e400", "-0"]).map(nodes.String)),
    )
    scalar("GeoJSON", st.one_of(bilangan, teks.map(nodes.String)))
    scalar("Upload", teks.map(nodes.String))
    scalar("_Any", teks.map(nodes.String))
    scalar("federation__FieldSet", teks.map(nodes.String))
    scalar("link__Import", teks.map(nodes.String))


def _periksa(jawab: requests.Response, kasus: str) -> None:
    apa = f"{kasus}\n→ {jawab.status_code} {jawab.text[:2000]}"
    assert jawab.status_code < 500, apa
    isi = jawab.json()
    assert "data" in isi or isi["errors"], apa
    for galat in isi.get("errors") or ():
        assert galat["message"], apa
        assert galat["extensions"]["kode"] not in _RUSAK, apa


@pytest.mark.filterwarnings("ignore")
def test_no_document_of_the_schema_breaks_the_hub(hub: Klien) -> None:
    _scalars()
    alamat = hub.alamat + "/graphql"
    skema = schemathesis.graphql.from_url(alamat)
    operasi = [o.ok() for o in skema.get_all_operations() if isinstance(o, Ok)]
    assert len(operasi) >= 16, [o.label for o in operasi]
    sesi = requests.Session()
    selesai = time.monotonic() + DETIK
    terkirim = {o.label: 0 for o in operasi}

    def coba(satu: Any, sebagai: str | None, benih: int) -> None:
        kepala = {} if sebagai is None else {"Authorization": f"Bearer {hub.token(sebagai)}"}

        @seed(benih)
        @settings(
            max_examples=_SEKALIGUS, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck), print_blob=False,
        )  # fmt: skip
        @given(kasus=satu.as_strategy())
        def kirim(kasus: Any) -> None:
            terkirim[satu.label] += 1
            jawab = sesi.post(alamat, json={"query": kasus.body}, headers=kepala, timeout=60)
            _periksa(jawab, f"sebagai {sebagai!r} (benih {benih}):\n{kasus.body}")

        kirim()

    rusak: dict[str, str] = {}  # the first failing case of each operation; the others go on
    putaran = 0
    while time.monotonic() < selesai:
        for satu in operasi:
            if time.monotonic() >= selesai:
                break
            if satu.label not in rusak:
                try:
                    coba(satu, _PEMANGGIL[putaran % len(_PEMANGGIL)], random.randrange(2**32))
                except AssertionError as salah:
                    rusak[satu.label] = str(salah)
        putaran += 1
    print(f"{sum(terkirim.values())} kasus: {terkirim}")
    assert not rusak, "\n\n".join(rusak.values())
    assert DETIK < 30 or min(terkirim.values()) > 0, terkirim
