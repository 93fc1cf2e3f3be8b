"""GraphQL types of who is asking."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from hub.akses.izin import callable_by
from hub.base.actor import Actor, Role
from hub.wilayah import reads as wilayah_reads
from schema.engine.declare import root

if TYPE_CHECKING:
    from schema.wilayah.types import Wilayah

_Wilayah = Annotated["Wilayah", strawberry.lazy("schema.wilayah.types")]


@strawberry.enum(description="Peran seorang penanya.")
class Peran(Enum):
    UMUM = strawberry.enum_value("UMUM", description="Siapa saja, tanpa token: membaca yang terbuka.")
    KABUPATEN = strawberry.enum_value("KABUPATEN", description="Dinas sosial sebuah kabupaten/kota.")
    PROVINSI = strawberry.enum_value("PROVINSI", description="Dinas sosial sebuah provinsi.")
    ADMIN = strawberry.enum_value("ADMIN", description="Pengelola hub.")


@strawberry.federation.type(description="Siapa yang bertanya, menurut tokennya.")
class SiapaSaya:
    own_wilayah: strawberry.Private[str]
    wilayah: _Wilayah | None = root(
        "Wilayah kantornya; null: umum, pengelola hub, atau wilayah itu belum dimuat.", wilayah_reads.own
    )
    peran: Peran = strawberry.field(description="Perannya; UMUM tanpa token.")
    nama: str = strawberry.field(description="Pemilik token, seperti ditulis pengelola; tanpa token: Umum.")
    berlaku_sampai: datetime | None = strawberry.field(
        description="Saat token berakhir; null: berlaku sampai dicabut, atau tanpa token."
    )
    boleh: list[str] = strawberry.field(
        description="Nama perubahan (mutation) yang di hub ini boleh dikirim peran itu, sedikitnya bagi wilayahnya sendiri, menurut abjad."
    )

    @classmethod
    def of(cls, actor: Actor) -> "SiapaSaya":
        public = actor.role is Role.PUBLIC
        return cls(
            own_wilayah=actor.wilayah,
            peran=Peran.UMUM if public else Peran(actor.role.value),
            nama="Umum" if public else actor.name,
            berlaku_sampai=actor.expires,
            boleh=callable_by(actor),
        )
