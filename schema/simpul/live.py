"""`langsung`: kabupaten asked at their own hubs, now."""

from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

import orjson
import strawberry

from hub.base.errors import InvalidInputError
from hub.base.kode import Level, is_valid, is_within, level_of
from schema.context import HubInfo
from schema.engine.expectation import expects
from schema.expected_rows import length
from schema.scalars import KodeWilayah
from schema.simpul.live_plan import plan_of
from schema.simpul.live_round import Round, Told
from schema.wilayah.types import Kabupaten

MOST_KABUPATEN = 50  # in one request, however often it asks: as many as the largest province has, and some
SHORTEST_MS, LONGEST_MS = 100, 10_000


@strawberry.enum(description="Dari mana jawaban tentang sebuah kabupaten/kota.")
class SumberJawaban(Enum):
    LANGSUNG = strawberry.enum_value(
        "LANGSUNG",
        description="Dari tempat kantornya menulis, saat ini: simpulnya, atau hub ini sendiri bila ia menulis di sini.",
    )
    SALINAN = strawberry.enum_value("SALINAN", description="Dari kiriman terakhir simpulnya.")
    TIDAK_ADA = strawberry.enum_value(
        "TIDAK_ADA", description="Kabupatennya tidak ada di sana, atau belum pernah ada kiriman."
    )


def _kabupaten(root: "JawabanSimpul", info: HubInfo) -> Kabupaten | None:
    raw: Any = info._raw_info
    found = root.told.objects.get(raw.path.key)
    return None if found is None else orjson.Fragment(found)  # type: ignore[return-value]


@strawberry.federation.type(
    description="Jawaban tentang satu kabupaten/kota. Keadaannya ada di sini, tidak pernah di antara galat."
)
class JawabanSimpul:
    told: strawberry.Private[Told]

    kode: KodeWilayah = strawberry.field(description="Kode yang ditanyakan.")
    kabupaten: Kabupaten | None = strawberry.field(  # type: ignore[assignment]
        _kabupaten, description="Yang dipilih tentang kabupaten/kota itu; null: tidak ada."
    )
    sumber: SumberJawaban = strawberry.field(description="Dari mana jawaban ini.")
    pada: datetime | None = strawberry.field(description="Keadaan pada saat itu; salinan: kiriman terakhir.")
    umur_detik: float | None = strawberry.field(description="Umur jawaban ini; langsung: 0.")
    alasan: str | None = strawberry.field(
        description="Mengapa salinan, atau mengapa tidak ada; pada jawaban langsung: bagian mana yang dari salinan, dan mengapa."
    )


async def _ask_live(
    info: HubInfo,
    kabupaten: Annotated[
        list[KodeWilayah],
        strawberry.argument(description=f"Kode kabupaten/kota, paling banyak {MOST_KABUPATEN} sekali minta."),
    ],
    limit_ms: Annotated[
        int | None,
        strawberry.argument(
            name="batasWaktuMs",
            description=f"Waktu tiap simpul seluruhnya, {SHORTEST_MS} sampai {LONGEST_MS} milidetik.",
        ),
    ] = 3_000,
) -> list[JawabanSimpul] | None:
    limit = 3_000 if limit_ms is None else limit_ms
    codes = list(dict.fromkeys(str(k) for k in kabupaten))
    _check(codes, limit, info.context.live_keys.take(len(codes)))
    context = info.context
    raw: Any = info._raw_info
    katalog = await context.services.katalog.get()
    plan = await plan_of(raw, context.services.worked_out)
    here = [k for k in codes if katalog.region is None or is_within(k, katalog.region)]
    told = await Round(context, katalog, plan, limit / 1_000).run(here)
    return [_answer(told.get(str(k)) or _elsewhere(str(k), katalog.region)) for k in kabupaten]


def _check(codes: list[str], limit: int, asked: int) -> None:
    """All that is wrong with a question. `asked`: kabupaten in this request so far. Raises InvalidInputError."""
    wrong = [f'"{k}" bukan kode kabupaten/kota, seperti "53.14"' for k in codes if not _is_kabupaten(k)]
    if asked > MOST_KABUPATEN:
        wrong.append(f"paling banyak {MOST_KABUPATEN} kabupaten/kota sekali minta, ini {asked}; bagi permintaannya")
    if not SHORTEST_MS <= limit <= LONGEST_MS:
        wrong.append(f"batasWaktuMs {limit} harus {SHORTEST_MS} sampai {LONGEST_MS}")
    if wrong:
        raise InvalidInputError(f"langsung: {'; '.join(wrong[:20])}.")


def _is_kabupaten(kode: str) -> bool:
    return is_valid(kode) and level_of(kode) is Level.KABUPATEN


def _elsewhere(kode: str, region: str | None) -> Told:
    return Told(kode, "TIDAK_ADA", {}, None, f"Hub ini menjawab tentang {region}; tanyakan {kode} di hub wilayah itu.")


def _answer(told: Told) -> JawabanSimpul:
    age = None if told.since is None else max(0.0, (datetime.now(UTC) - told.since).total_seconds())
    return JawabanSimpul(
        told=told, kode=KodeWilayah(told.kode), sumber=SumberJawaban(told.sumber), pada=told.since,
        umur_detik=round(age, 3) if told.sumber == "SALINAN" and age is not None else None if age is None else 0.0,
        alasan=told.why,
    )  # fmt: skip


@strawberry.type
class LiveQueries:
    langsung: list[JawabanSimpul] | None = strawberry.field(  # type: ignore[assignment]
        _ask_live,
        description="Kabupaten/kota ditanya langsung di hubnya masing-masing, semuanya sekaligus. Yang tidak menjawab dalam batas "
        "waktu dijawab dari salinannya, dengan umur dan alasan.",
        metadata=expects(rows=length("kabupaten", 1), work=lambda a: 20 * length("kabupaten", 1)(a)),
    )
