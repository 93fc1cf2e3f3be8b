"""Regions that the hub counts itself for an element (`registri`), and the one breakdown of them that the list of regions knows: desa
by their kind. A desa adat is a desa (UU 6/2014), so the two choices are the whole."""

from hub.base.kode import Level

BREAKDOWN = "jenis_desa"
CHOICES = {"desa": ("DESA", "DESA_ADAT"), "kelurahan": ("KELURAHAN",)}  # choice → kinds of region


def choice_of(kind: str) -> str:
    """The choice that a kind of region (SQL) is; null of what is no desa."""
    cases = " ".join(f"WHEN '{k}' THEN '{choice}'" for choice, kinds in CHOICES.items() for k in kinds)
    return f"CASE {kind} {cases} END"


def is_known(registry: str, dimensions: str) -> str:
    """Whether regions of that level (SQL, null: none are counted) are told apart by that breakdown (SQL, names joined by |)."""
    return f"({registry} = {Level.DESA:d} AND {dimensions} = '{BREAKDOWN}')"


def known_choices(registry: str, dimensions: str) -> str:
    """A SELECT of the choices, as breakdowns; none where regions are not told apart so."""
    listed = ", ".join(f"('{choice}')" for choice in CHOICES)
    return f"SELECT jsonb_build_object('{BREAKDOWN}', k.pilihan) FROM (VALUES {listed}) k(pilihan) WHERE {is_known(registry, dimensions)}"


def is_of(kind: str, rincian: str) -> str:
    """Whether a region of that kind (SQL) is of the choice in a breakdown (SQL, jsonb)."""
    return f"{choice_of(kind)} = {rincian}->>'{BREAKDOWN}'"
