"""The yardstick: the same JSON made by SQL written by hand, behind the same web server, without GraphQL.

    python -m bench.handwritten_server DATABASE_URL PORT

The same parts as the hub has (uvicorn on uvloop and httptools, Starlette, psycopg's pool), and nothing between the
request and the one statement.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PER_POOL = 8  # connections, as HUB_KONEKSI

_VALID = "{0}.berlaku_sejak <= current_date AND {0}.hari_terakhir >= current_date"

# Text joined by hand, sorted below the aggregate: the fastest of the ways that were tried (json_build_object in an ordered
# json_agg takes half as long again)
_DESA = f"""(SELECT coalesce('[' || string_agg('{{{{"kode":"' || d.kode || '","nama":' || to_json(d.nama){{desa}} || '}}}}', ',') || ']', '[]')
  FROM (SELECT * FROM wilayah d WHERE d.kode_kab = c.kode_kab AND d.kode_induk = c.kode AND d.tingkat = 4
    AND {_VALID.format("d")} ORDER BY d.kode) d)"""
_KECAMATAN = f"""(SELECT coalesce('[' || string_agg('{{{{"kode":"' || c.kode || '","nama":' || to_json(c.nama) || ',"desa":' || {_DESA}
    || '}}}}', ',') || ']', '[]')
  FROM (SELECT * FROM wilayah c WHERE c.kode_kab = k.kode_kab AND c.kode_induk = k.kode AND c.tingkat = 3
    AND {_VALID.format("c")} ORDER BY c.kode) c)"""
_NILAI = """ || ',"nilai":' || (SELECT coalesce('[' || string_agg('{"elemen":{"kode":"' || a.elemen || '"},"periode":"' || a.periode
    || '","nilai":' || coalesce(a.nilai::text, 'null') || ',"status":"' || a.status || '"}', ',') || ']', '[]')
  FROM (SELECT * FROM angka_rilis a WHERE a.kode_kab = d.kode_kab AND a.periode = ANY(%(periode)s) AND a.kode_wilayah = d.kode
    AND a.dimensi = '' AND a.tingkat = 4 AND a.elemen = ANY(%(elemen)s) ORDER BY a.elemen, a.periode) a)"""

PROVINSI = f"""SELECT '{{"data":{{"provinsi":{{"kode":"' || p.kode || '","nama":' || to_json(p.nama) || ',"kabupaten":'
  || (SELECT coalesce('[' || string_agg('{{"kode":"' || k.kode || '","nama":' || to_json(k.nama) || ',"kecamatan":'
        || {_KECAMATAN.format(desa="")} || '}}', ',') || ']', '[]')
    FROM (SELECT * FROM wilayah k WHERE k.kode_induk = p.kode AND k.tingkat = 2 AND {_VALID.format("k")} ORDER BY k.kode) k)
  || '}}}}}}'
FROM wilayah p WHERE p.kode_kab = %(kode)s AND p.kode = %(kode)s AND {_VALID.format("p")}"""


def _kabupaten(desa: str) -> str:
    return f"""SELECT '{{"data":{{"kabupaten":{{"kode":"' || k.kode || '","nama":' || to_json(k.nama) || ',"kecamatan":'
  || {_KECAMATAN.format(desa=desa)} || '}}}}}}'
FROM wilayah k WHERE k.kode_kab = %(kode)s AND k.kode = %(kode)s AND {_VALID.format("k")}"""


KABUPATEN = _kabupaten("")
ANGKA = _kabupaten(_NILAI)


async def _configure(conn: AsyncConnection[tuple[Any, ...]]) -> None:
    await conn.execute("SET jit = off")
    await conn.execute("SET ROLE hub_publik")


def create_app(url: str) -> Starlette:
    pool = AsyncConnectionPool[AsyncConnection[tuple[Any, ...]]](
        url, min_size=1, max_size=PER_POOL, open=False, configure=_configure,
        kwargs={"autocommit": True, "prepare_threshold": 1},
    )  # fmt: skip

    async def read(statement: str, values: dict[str, object]) -> Response:
        async with pool.connection() as conn:
            result = (await conn.execute(statement, values)).pgresult
        assert result is not None
        return Response(result.get_value(0, 0), media_type="application/json")

    async def provinsi(request: Request) -> Response:
        return await read(PROVINSI, {"kode": request.path_params["kode"]})

    async def kabupaten(request: Request) -> Response:
        return await read(KABUPATEN, {"kode": request.path_params["kode"]})

    async def angka(request: Request) -> Response:
        lists = {k: request.query_params[k].split(",") for k in ("elemen", "periode")}
        return await read(ANGKA, {"kode": request.path_params["kode"], **lists})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    return Starlette(
        routes=[
            Route("/provinsi/{kode}", provinsi),
            Route("/kabupaten/{kode}", kabupaten),
            Route("/angka/{kode}", angka),
        ],
        lifespan=lifespan,
    )


if __name__ == "__main__":
    uvicorn.run(create_app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", access_log=False, loop="uvloop",
                http="httptools", server_header=False, lifespan="on")  # fmt: skip
