"""POST /simpul/gabung: a kabupaten's hub joins with a one-time code. POST /simpul/kirim, /simpul/bekal, /simpul/kunci,
/simpul/salinan, /simpul/serah, /simpul/ambil, /simpul/zaman,
/simpul/banding: signed, for nodes alone."""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.db.database import Database
from hub.simpul.bundle_digests import Digests
from hub.simpul.bundle_door import Storehouse
from hub.simpul.bundle_fetch import PATH as BUNDLE_PATH
from hub.simpul.compare_door import PATH as COMPARE_PATH
from hub.simpul.compare_door import Comparison
from hub.simpul.delivery import PATH, Counter, Ledger
from hub.simpul.joining import admit, change_key
from hub.simpul.joining_copy import COPY_PATH, HAND_OVER_PATH, Office
from hub.simpul.keys import KeyOf
from hub.simpul.recovery_door import EPOCH_PATH, FETCH_PATH, Archive
from hub.simpul.wire_door import Asked, Delivery, NodeDoor, Work
from hub.simpul.wire_frames import LARGEST, Frame
from hub.web.json_body import body_within, json_object
from hub.web.json_errors import with_json_errors

_LARGEST_PLAIN = 16 * 2**10  # bytes of what nobody signed


def simpul_routes(db: Database, key: KeyOf, ledger: Ledger, digests: Digests, limit: int) -> list[Route]:
    """`key`: this hub's; `digests`: of this database; `limit`: bytes of a signed request."""
    door = NodeDoor(db, key)
    most = min(limit, LARGEST)

    async def join(request: Request) -> Response:
        answer = await admit(db, key(), json_object(await body_within(request, _LARGEST_PLAIN)))
        return Response(orjson.dumps(answer), 200, {"Cache-Control": "no-store"}, "application/json")

    async def take_key(delivery: Delivery) -> Frame:
        await change_key(db, delivery.sender.kode_kab, delivery.frame.head)
        return Frame({})

    def signed(path: str, work: Work) -> Route:
        async def answer(request: Request) -> Response:
            asked = Asked(path, request.headers, lambda: body_within(request, most))
            said = await door.answer(asked, work)
            return Response(said.body, said.status, said.heads)

        return Route(path, with_json_errors(answer), methods=["POST"])

    office, archive, storehouse = Office(db, ledger), Archive(db), Storehouse(db, digests)
    return [
        Route("/simpul/gabung", with_json_errors(join), methods=["POST"]),
        signed("/simpul/kunci", take_key),
        signed(COPY_PATH, office.page),
        signed(HAND_OVER_PATH, office.hand_over),
        signed(FETCH_PATH, archive.fetch),
        signed(EPOCH_PATH, archive.agree),
        signed(COMPARE_PATH, Comparison(db).answer),
        signed(BUNDLE_PATH, storehouse.answer),
        signed(PATH, Counter(db, ledger, key, storehouse).take),
    ]
