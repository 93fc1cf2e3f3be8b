"""Sends documents that Schemathesis writes to a hub. A program of its own, for importing Schemathesis changes Hypothesis
for the whole process, and then the other property tests fail.

    python -m tests.schema.http.schemathesis_run < {"alamat": …, "detik": …, "token": [null, …]}

Exits with 1 after naming the smallest failing case of every operation that has one.
"""

import json
import random
import sys
import time
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.graphql import nodes, scalar

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


def _coba(sesi: requests.Session, alamat: str, satu: Any, token: str | None, terkirim: dict[str, int]) -> None:
    """A few cases of one operation, as one caller. Raises AssertionError with the smallest one that fails."""
    kepala = {} if token is None else {"Authorization": f"Bearer {token}"}
    benih = random.randrange(2**32)

    @seed(benih)
    @settings(
        max_examples=_SEKALIGUS, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip
    @given(kasus=satu.as_strategy())
    def kirim(kasus: Any) -> None:
        terkirim[satu.label] += 1
        jawab = sesi.post(alamat, json={"query": kasus.body}, headers=kepala, timeout=60)
        _periksa(jawab, f"{satu.label}, {'umum' if token is None else 'dengan token'} (benih {benih}):\n{kasus.body}")

    kirim()


def main() -> int:
    minta = json.load(sys.stdin)
    _scalars()
    alamat = minta["alamat"] + "/graphql"
    semua = schemathesis.graphql.from_url(alamat).get_all_operations()
    operasi = [o.ok() for o in semua if isinstance(o, Ok)]
    terkirim = {o.label: 0 for o in operasi}
    rusak: dict[str, str] = {}  # the others go on
    selesai, putaran = time.monotonic() + minta["detik"], 0
    with requests.Session() as sesi:
        while time.monotonic() < selesai:
            for satu in operasi:
                if time.monotonic() < selesai and satu.label not in rusak:
                    try:
                        _coba(sesi, alamat, satu, minta["token"][putaran % len(minta["token"])], terkirim)
                    except AssertionError as salah:
                        rusak[satu.label] = str(salah)
            putaran += 1
    print("\n\n".join(rusak.values()))
    print(json.dumps(terkirim))
    return 1 if rusak else 0


if __name__ == "__main__":
    sys.exit(main())
