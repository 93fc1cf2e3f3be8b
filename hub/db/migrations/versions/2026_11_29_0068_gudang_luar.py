"""A node knows the warehouses of its province's other kabupaten, to send goods to and to see where they come from. They come down with the
bundle, as the province has them; of their stock it knows nothing.
"""

from alembic import op

revision = "0068_gudang_luar"
down_revision = "0067_tagana_simpul"


def _kept(when: str) -> str:
    return f"""
DROP TRIGGER sumber_daya_tidak_dihapus ON sumber_daya;
CREATE TRIGGER sumber_daya_tidak_dihapus BEFORE DELETE ON sumber_daya FOR EACH ROW {when}EXECUTE FUNCTION hub_tolak_ubah();
"""


def upgrade() -> None:
    op.execute(_kept("WHEN (NOT (current_user = 'hub_sistem' AND hub_luar_simpul(OLD.kode_kab))) "))
    op.execute("GRANT INSERT, DELETE ON sumber_daya TO hub_sistem")
    op.execute(
        "CREATE POLICY sistem_gudang_luar ON sumber_daya TO hub_sistem "
        "USING ((SELECT hub_klaim_sah()) AND jenis = 'GUDANG_BENCANA' AND hub_luar_simpul(kode_kab)) "
        "WITH CHECK ((SELECT hub_klaim_sah()) AND jenis = 'GUDANG_BENCANA' AND hub_luar_simpul(kode_kab))"
    )


def downgrade() -> None:
    op.execute("DROP POLICY sistem_gudang_luar ON sumber_daya")
    op.execute("REVOKE INSERT, DELETE ON sumber_daya FROM hub_sistem")
    op.execute(_kept(""))
