"""Which hub this is among hubs: the region it runs, and which kabupaten write at a hub of their own. It says what nobody may do here,
whoever he is, and where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.base.kode import is_within, kode_kab


@dataclass(frozen=True, slots=True)
class Standing:
    """`region`: what this hub runs; None: all that is loaded. `parent`: at a node, the address of its province; None: not joined yet.
    `handed_over`: at a node, whether its kabupaten writes there by now.
    `elsewhere`: kabupaten that write at their own hubs, with its address where it may be asked; filled at provinces."""

    region: str | None = None
    parent: str | None = None
    handed_over: bool = False
    elsewhere: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def is_node(self) -> bool:
        """Whether it is a kabupaten's own hub."""
        return self.region is not None and len(self.region) > 2

    @property
    def province(self) -> str:
        """Where a node's province is found, for people."""
        assert self.region is not None
        return f"hub provinsi {self.region[:2]}" + (f" ({self.parent})" if self.parent is not None else "")

    def why_not_written(self, wilayah: str) -> str | None:
        """Why what belongs to that region's office is not written here, and where it is; None: it may be."""
        if self.region is not None and not is_within(wilayah, self.region):
            where = self.province if self.is_node else "hub wilayah itu"
            return f"Hub ini hanya ditulisi kantor {self.region}; data {wilayah} ditulis di {where}."
        if self.is_node and not self.handed_over:
            return f"Simpul {self.region} belum serah terima (hub simpul serah); sampai itu tulis di {self.province}."
        kab = kode_kab(wilayah)
        if kab not in self.elsewhere:
            return None
        address = self.elsewhere[kab]
        where = f"hubnya sendiri ({address})" if address is not None else "hubnya sendiri"
        return f"Kabupaten/kota {kab} menulis di {where}; di hub ini datanya hanya dapat dibaca."

    def why_not_admitted(self, wilayah: str) -> str | None:
        """Why nobody of that office is let in here; None: he is. `wilayah`: empty for who runs the hub."""
        if self.region is None or not wilayah or is_within(wilayah, self.region):
            return None
        where = self.province if self.is_node else "hub wilayah itu"
        return f"Hub ini melayani {self.region}; token {wilayah} dipakai di {where}."


EVERYWHERE = Standing()
