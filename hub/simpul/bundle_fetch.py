"""At a node, after each delivery: what the province says it holds is compared with what is held here, and what differs is fetched, piece by
piece. A part that cannot be taken is named and stops neither the others nor anybody's work: what was there is used on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import structlog

from hub.db.database import Database
from hub.simpul import bundle_state as state
from hub.simpul.bundle_digests import Digests
from hub.simpul.bundle_offer import BundleError, Offer, Plan, read_offer
from hub.simpul.bundle_parts import PARTS
from hub.simpul.bundle_take import Arrived, ChangedError, Taking, note_failure, sizes
from hub.simpul.refusals import NoPeerError
from hub.simpul.wire_client import Line
from hub.simpul.wire_frames import Frame

PATH = "/simpul/bekal"
TOLD = "bekal"  # what the province calls it in its answer to a delivery
_AT_ONCE = 2**20  # bytes of rows in one exchange, about: packed, a slow line carries them within its time
_ATTEMPTS = 3  # where the province goes on writing
_log = structlog.get_logger("hub.simpul")


@dataclass(frozen=True, slots=True)
class Told:
    """What a province said of itself. `digests`: part → its digest."""

    digests: Mapping[str, str]
    catalogue: str | None
    regions: date | None


def read_told(head: Mapping[str, Any]) -> Told | None:
    """None where it said nothing: an older hub sends nothing down."""
    told = head.get(TOLD)
    if not isinstance(told, dict) or not isinstance(told.get("sidik"), dict):
        return None
    catalogue, regions = told.get("katalog"), told.get("wilayah")
    try:
        day = date.fromisoformat(regions) if isinstance(regions, str) else None
    except ValueError:
        day = None
    digests = {str(part): str(digest) for part, digest in told["sidik"].items()}
    return Told(digests, catalogue[:60] if isinstance(catalogue, str) else None, day)


@dataclass(frozen=True, slots=True)
class Fetching:
    """Over this hub's database. `digests`: of it."""

    db: Database
    digests: Digests

    async def bring(self, line: Line, kode_kab: str, told: Told) -> list[str]:
        """Make every part as the province has it: which were taken. Raises NoPeerError, PeerRefusedError: it is gone on with the next time."""
        taken: list[str] = []
        async with self.db.as_owner() as conn:
            before = await state.states(conn, kode_kab)
        failed = [_unknown(part) for part in told.digests if part not in PARTS]
        try:
            for part in PARTS:
                theirs = told.digests.get(part)
                if theirs is None:
                    continue
                own, held = (await self.digests.now(part, kode_kab)).digest, before.get(part)
                same = own == theirs or (held is not None and (held.sidik, held.sidik_induk) == (own, theirs))
                if (
                    same
                    and held is not None
                    and held.sebab is None
                    and held.sidik == own
                    and held.sidik_induk == theirs
                ):
                    continue
                if same:
                    await self._note_same(kode_kab, part, (own, theirs))
                    continue
                why = await self._part(line, kode_kab, part)
                if why is None:
                    taken.append(part)
                else:
                    failed.append(why)
        finally:
            async with self.db.as_owner() as conn:
                why = failed[0] if failed else None
                await state.put_province(conn, kode_kab, (told.catalogue, told.regions), why)
        return taken

    async def _note_same(self, kode_kab: str, part: str, digests: tuple[str, str]) -> None:
        async with self.db.as_owner() as conn:
            await state.put_taken(conn, kode_kab, part, digests)

    async def _part(self, line: Line, kode_kab: str, part: str) -> str | None:
        """Why it could not be taken; None: it is."""
        taking = Taking(self.db, kode_kab)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                groups = (await self.digests.now(part, kode_kab)).groups()
                offer = await _offer(line, part, groups)
                plan = await taking.look(offer)
                await self._fetch(line, taking, offer, plan)
                await taking.apply(offer, plan)
                return None
            except ChangedError as error:
                if attempt == _ATTEMPTS:
                    return error.message
            except BundleError as error:
                _log.warning("bekal tidak dipasang", simpul=kode_kab, bagian=part, sebab=error.message)
                await note_failure(self.db, kode_kab, part, error.message)
                return error.message
        raise AssertionError("the last attempt ends it")

    async def _fetch(self, line: Line, taking: Taking, offer: Offer, plan: Plan) -> None:
        """Until all that is wanted is here. What came before, maybe before this process was killed, does not come again."""
        wanted, here = sizes(plan), await taking.staged(offer.part)
        missing = {place: what for place, what in wanted.items() if here.get(place) != what[0]}
        for places in _batches(missing):
            left = set(places)
            while left:
                asked = {"bagian": offer.part, "ambil": sorted(left)}
                arrived = list(_arrived(await line.ask(PATH, Frame(asked), {})))
                came = {(a.table, a.piece) for a in arrived} & left
                if not came or any(
                    wanted[a.table, a.piece][0] != a.digest for a in arrived if (a.table, a.piece) in came
                ):
                    raise ChangedError(
                        f"Bekal {offer.part} berubah di provinsi selama diambil; diambil lagi pada kontak berikutnya."
                    )
                await taking.stage(offer.part, [a for a in arrived if (a.table, a.piece) in came])
                left -= came


def _unknown(part: str) -> str:
    return f"Provinsi mengirim bekal {part[:20]}, yang belum dikenal hub ini; perbarui hub ini."


async def _offer(line: Line, part: str, groups: Mapping[str, Mapping[str, str]]) -> Offer:
    answer = await line.ask(PATH, Frame({"bagian": part}, orjson.dumps(groups)), {})
    try:
        return read_offer(orjson.loads(answer.content))
    except ValueError:
        raise NoPeerError("Jawaban provinsi bukan daftar bekal; pakai hub versi yang sama di kedua pihak.") from None


def _batches(missing: Mapping[tuple[str, str], tuple[str, int]]) -> Iterator[list[tuple[str, str]]]:
    batch: list[tuple[str, str]] = []
    size = 0
    for place in sorted(missing):
        if batch and size + missing[place][1] > _AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(place)
        size += missing[place][1]
    if batch:
        yield batch


def _arrived(answer: Frame) -> Iterator[Arrived]:
    """Raises NoPeerError where they are no pieces."""
    listed, start = answer.head.get("isi"), 0
    if not isinstance(listed, list):
        raise NoPeerError("Jawaban provinsi bukan bekal; pakai hub versi yang sama di kedua pihak.")
    for told in listed:
        try:
            table, piece, digest, length = told
            content = answer.content[start : start + int(length)]
        except (ValueError, TypeError):
            raise NoPeerError("Jawaban provinsi bukan bekal; pakai hub versi yang sama di kedua pihak.") from None
        start += len(content)
        yield Arrived(str(table), str(piece), str(digest), content)
