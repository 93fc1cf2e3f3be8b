"""The shipped catalogue, but for elements that a newer version of it no longer has."""

from hub.db.database import Database
from hub.katalog.draft import KatalogDraft
from hub.katalog.install import check_katalog, install_katalog
from seeds.katalog_toml import read_katalog
from tests.simpul.two_hubs import with_database


def without(*elemen: str) -> KatalogDraft:
    """Forms without those elements, and without the rules that name them."""
    draft = read_katalog()
    formulir = tuple(
        f.model_copy(
            update={
                "elemen": tuple(e for e in f.elemen if e.kode not in elemen),
                "aturan": tuple(a for a in f.aturan if not any(e in f"{a.kiri} {a.kanan}" for e in elemen)),
            }
        )
        for f in draft.formulir
    )
    made = draft.model_copy(update={"formulir": formulir})
    assert list(check_katalog(made)) == []
    return made


def install_without(url: str, *elemen: str) -> None:
    """As an office's own catalogue, into that database."""

    async def work(db: Database) -> None:
        await install_katalog(db, without(*elemen), of_office=True)

    with_database(url, work)
