"""GET /sehat: the process answers. GET /siap: it can serve, for the database answers too."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.db.database import Database


def health_routes(db: Database) -> list[Route]:
    async def sehat(_: Request) -> Response:
        return JSONResponse({"sehat": True})

    async def siap(_: Request) -> Response:
        ya = await db.alive()
        return JSONResponse({"siap": ya}, 200 if ya else 503)

    return [Route("/sehat", sehat), Route("/siap", siap)]
