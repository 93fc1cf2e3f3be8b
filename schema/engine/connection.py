"""Relay pages with keyset cursors: a page begins after a key, so it stays where it is while rows come and go, and the
thousandth page costs what the first one costs. totalCount is counted only when it is asked for."""

import base64
import binascii
import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson
from graphql import FieldNode, GraphQLObjectType, get_named_type, is_object_type
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    cast,
    func,
    literal_column,
    select,
    true,
    tuple_,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.plan.arguments import Args
from hub.plan.json_sql import EMPTY_LIST, json_object
from hub.plan.rows import Rows

if TYPE_CHECKING:
    from schema.engine.compiler import Compiler

_TERPANJANG = 80  # letters of a wrong cursor that the error repeats


def page(
    compiler: "Compiler",
    type_: GraphQLObjectType,
    rows: Rows,
    args: Args,
    nodes: list[FieldNode],
    most: int,
) -> ColumnElement[Any]:
    """The connection object for one selection of edges, pageInfo and totalCount."""
    batas = args.bind("first", Integer(), lambda n: _first(n, most))
    where = list(rows.where)
    if args.has("after"):
        kunci = [
            args.bind("after", k.type, lambda teks, i=i: decode_cursor(teks, rows.key)[i])  # type: ignore[misc]
            for i, k in enumerate(rows.key)
        ]
        where.append(tuple_(*rows.key) > tuple_(*kunci))
    edge = get_named_type(type_.fields["edges"].type)
    assert is_object_type(edge)
    pilihan = compiler.selections.fields(type_, nodes)
    # one subselect makes the page: each row's JSON, its cursor, its place; one row more than asked tells of a next page.
    # `edges` and `node` may be asked for several times under different names, each with a selection of its own
    isi: dict[tuple[str, str], ColumnElement[Any]] = {}
    for kunci_edges, sama in pilihan.items():
        if sama[0].name.value == "edges":
            for kunci_node, nodes_node in compiler.selections.fields(edge, sama).items():
                if nodes_node[0].name.value == "node":
                    nilai = compiler.value(get_named_type(edge.fields["node"].type), rows.row, nodes_node)
                    isi[kunci_edges, kunci_node] = nilai.label(f"isi{len(isi)}")
    halaman = (
        select(
            *isi.values(),
            _cursor(rows).label("kursor"),
            func.row_number().over(order_by=list(rows.key)).label("nomor"),
        )
        .select_from(rows.row.source, *rows.beside)
        .where(*where)
        .order_by(*rows.key)
        .limit(batas + 1)
        .correlate_except(rows.row.source, *rows.beside)
        .subquery()
    )
    di_dalam = halaman.c.nomor <= batas
    pasangan: list[tuple[str, ColumnElement[Any]]] = []
    for kunci_jawab, sama in pilihan.items():
        match sama[0].name.value:
            case "__typename":
                pasangan.append((kunci_jawab, literal_column(f"'{type_.name}'")))
            case "edges":
                node = {k: halaman.c[c.name] for (e, k), c in isi.items() if e == kunci_jawab}
                satu = _edge(compiler, edge, halaman, node, sama)
                agg = func.json_agg(aggregate_order_by(satu, halaman.c.nomor)).filter(di_dalam)
                pasangan.append((kunci_jawab, func.coalesce(agg, EMPTY_LIST)))
            case "pageInfo":
                info = get_named_type(type_.fields["pageInfo"].type)
                assert is_object_type(info)
                pasangan.append((kunci_jawab, _page_info(compiler, info, halaman, batas, args, sama)))
            case "totalCount":
                banyak = (
                    select(func.count())
                    .select_from(rows.row.source, *rows.beside)
                    .where(*rows.where)
                    .correlate_except(rows.row.source, *rows.beside)
                )
                pasangan.append((kunci_jawab, banyak.scalar_subquery()))
    # HAVING makes it one row, whatever is selected: an empty page is an object too
    return select(json_object(pasangan)).select_from(halaman).having(true()).correlate_except(halaman).scalar_subquery()


def _edge(
    compiler: "Compiler",
    edge: GraphQLObjectType,
    halaman: FromClause,
    node: dict[str, ColumnElement[Any]],
    nodes: list[FieldNode],
) -> ColumnElement[Any]:
    pasangan: list[tuple[str, ColumnElement[Any]]] = []
    for kunci, sama in compiler.selections.fields(edge, nodes).items():
        match sama[0].name.value:
            case "__typename":
                pasangan.append((kunci, literal_column(f"'{edge.name}'")))
            case "node":
                pasangan.append((kunci, type_coerce(node[kunci], JSON)))
            case "cursor":
                pasangan.append((kunci, halaman.c.kursor))
    return json_object(pasangan)


def _page_info(
    compiler: "Compiler",
    info: GraphQLObjectType,
    halaman: FromClause,
    batas: ColumnElement[int],
    args: Args,
    nodes: list[FieldNode],
) -> ColumnElement[Any]:
    nilai: dict[str, ColumnElement[Any]] = {
        "__typename": literal_column(f"'{info.name}'"),
        "hasNextPage": func.count(halaman.c.nomor) > batas,
        "hasPreviousPage": true() if args.has("after") else literal_column("false"),
        "startCursor": func.min(halaman.c.kursor).filter(halaman.c.nomor == 1, halaman.c.nomor <= batas),
        "endCursor": type_coerce(
            func.array_agg(aggregate_order_by(halaman.c.kursor, halaman.c.nomor.desc())).filter(
                halaman.c.nomor <= batas
            ),
            ARRAY(Text),
        )[1],
    }
    return json_object([(k, nilai[sama[0].name.value]) for k, sama in compiler.selections.fields(info, nodes).items()])


def _cursor(rows: Rows) -> ColumnElement[Any]:
    isi = cast(func.json_build_array(*rows.key), Text)
    return func.translate(func.encode(func.convert_to(isi, "UTF8"), "base64"), "\n", "")


def decode_cursor(teks: Any, key: Sequence[ColumnElement[Any]]) -> list[Any]:
    """The key values in a cursor. Raises MasukanTidakSahError when it is not one of ours: readers can make their own."""
    try:
        isi = orjson.loads(base64.b64decode(teks, validate=True))
    except (binascii.Error, orjson.JSONDecodeError, TypeError, ValueError):
        isi = None
    if not isinstance(isi, list) or len(isi) != len(key) or not all(map(_cocok, isi, key)):
        sebut = f"{teks[:_TERPANJANG]}…" if len(teks) > _TERPANJANG else teks
        raise MasukanTidakSahError(f'Kursor "{sebut}" tidak dikenal; pakai endCursor dari halaman sebelumnya.')
    return isi


def _cocok(nilai: Any, kolom: ColumnElement[Any]) -> bool:
    """Whether a value can stand for that column of the key."""
    jenis = kolom.type.python_type
    if jenis is int:
        bita = 15 if isinstance(kolom.type, SmallInteger) else 63 if isinstance(kolom.type, BigInteger) else 31
        return type(nilai) is int and -(2**bita) <= nilai < 2**bita
    if jenis in (float, Decimal):
        return type(nilai) in (int, float)
    if not isinstance(nilai, str) or "\0" in nilai:
        return False
    if isinstance(kolom.type, Uuid):
        try:
            uuid.UUID(nilai)
        except ValueError:
            return False
    if jenis is date:
        try:
            date.fromisoformat(nilai)
        except ValueError:
            return False
    return True


def _first(banyak: int | None, most: int) -> int:
    if banyak is None:
        return 50
    if banyak < 0:
        raise MasukanTidakSahError("first tidak boleh kurang dari nol.")
    if banyak > most:
        raise BatasTerlampauiError(f"first paling banyak {most}; ambil sisanya dengan after.")
    return banyak
