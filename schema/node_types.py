"""What has one id in the whole hub, as Relay has it."""

import strawberry

from schema.engine.declare import column


@strawberry.interface(
    description="Sesuatu yang punya id: wilayah dan sumber daya sosial. Dengan `node` diminta kembali menurut id itu."
)
class Node:
    id: strawberry.ID = column("Id-nya; satu di seluruh hub.")
