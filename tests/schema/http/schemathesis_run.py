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

_BROKEN = ("KESALAHAN_DALAM", "LAYANAN_TIDAK_SIAP")  # masked, or the database was lost: neither is an answer
_AT_ONCE = 8  # cases per operation and turn; a failing one is made small first, so a turn can take longer

_KODE = ["53", "53.14", "53.14.05", "53.14.05.2010", "36", "36.73", "5314052010", "53.99", ""]
_PERIODE = ["2020", "2020-S1", "2020-TW3", "2020-07", "2019"]
_TEXTS = ["BAN01", "PPK03", "F01", "F07", "I01", "I04.disabilitas", "JK", "53.14:F01:2020", "36:F01:2020", "Tungganamo"]


def _scalars() -> None:
    """Values that reach the data, beside any text at all."""
    text = st.text(max_size=12)
    numbers = st.one_of(
        st.integers(-(10**30), 10**30).map(nodes.Int), st.floats(allow_nan=False, allow_infinity=False).map(nodes.Float)
    )
    scalar("String", st.one_of(st.sampled_from(_TEXTS), text).map(nodes.String))
    scalar("ID", st.one_of(st.sampled_from(_TEXTS), text).map(nodes.String))
    scalar("KodeWilayah", st.one_of(st.sampled_from(_KODE), text).map(nodes.String))
    scalar("Periode", st.one_of(st.sampled_from(_PERIODE), st.sampled_from(_PERIODE), text).map(nodes.String))
    scalar(
        "Desimal",
        st.one_of(numbers, text.map(nodes.String), st.sampled_from(["1", "NaN", "1e400", "-0"]).map(nodes.String)),
    )
    scalar("GeoJSON", st.one_of(numbers, text.map(nodes.String)))
    scalar("Upload", text.map(nodes.String))
    scalar("_Any", text.map(nodes.String))
    scalar("federation__FieldSet", text.map(nodes.String))
    scalar("link__Import", text.map(nodes.String))


def _check(response: requests.Response, case: str) -> None:
    message = f"{case}\n→ {response.status_code} {response.text[:2000]}"
    assert response.status_code < 500, message
    body = response.json()
    assert "data" in body or body["errors"], message
    for error in body.get("errors") or ():
        assert error["message"], message
        assert error["extensions"]["kode"] not in _BROKEN, message


def _try(session: requests.Session, address: str, operation: Any, token: str | None, sent: dict[str, int]) -> None:
    """A few cases of one operation, as one caller. Raises AssertionError with the smallest one that fails."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    seed_number = random.randrange(2**32)

    @seed(seed_number)
    @settings(
        max_examples=_AT_ONCE, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        sent[operation.label] += 1
        response = session.post(address, json={"query": case.body}, headers=headers, timeout=60)
        _check(
            response,
            f"{operation.label}, {'umum' if token is None else 'dengan token'} (benih {seed_number}):\n{case.body}",
        )

    send()


def main() -> int:
    task = json.load(sys.stdin)
    _scalars()
    address = task["alamat"] + "/graphql"
    found = schemathesis.graphql.from_url(address).get_all_operations()
    operations = [o.ok() for o in found if isinstance(o, Ok)]
    sent = {o.label: 0 for o in operations}
    broken: dict[str, str] = {}  # the others go on
    deadline, turn = time.monotonic() + task["detik"], 0
    with requests.Session() as session:
        while time.monotonic() < deadline:
            for operation in operations:
                if time.monotonic() < deadline and operation.label not in broken:
                    try:
                        _try(session, address, operation, task["token"][turn % len(task["token"])], sent)
                    except AssertionError as failure:
                        broken[operation.label] = str(failure)
            turn += 1
    print("\n\n".join(broken.values()))
    print(json.dumps(sent))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
