"""A folder at /aset, served as the hub serves its own built files, by the web server it runs on.

python -m bench.static_server FOLDER PORT
"""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from hub.web.compression import CompressionMiddleware
from hub.web.cross_origin import CrossOriginMiddleware
from hub.web.page_routes import page_routes


def create_app(folder: Path) -> Starlette:
    return Starlette(
        routes=page_routes(graphiql=False, build=folder),
        middleware=[Middleware(CrossOriginMiddleware), Middleware(CompressionMiddleware)],
    )


if __name__ == "__main__":
    uvicorn.run(create_app(Path(sys.argv[1])), port=int(sys.argv[2]), log_level="warning", access_log=False, loop="uvloop",
                http="httptools", server_header=False, lifespan="off")  # fmt: skip
