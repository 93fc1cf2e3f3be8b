"""To tell again what was told last of a thing: where the other end has lost or changed it, it is delivered anew by its owner."""

from alembic import op

revision = "0063_banding"
down_revision = "0062_pulih"


def upgrade() -> None:
    op.execute(
        """
        -- the last event of that subject once more; of a rekap the submission of that revision. false: nothing was told of it
        CREATE FUNCTION hub_rantai_ulang(kab text, tentang text, ke integer) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
          p public.rantai_peristiwa;
        BEGIN
          PERFORM public.hub_rantai_berhak(kab);
          SELECT * INTO p FROM public.rantai_peristiwa e WHERE e.kode_kab = kab AND e.subjek = tentang
            AND (NOT starts_with(e.jenis, 'rekap.') OR e.jenis = 'rekap.ajukan' AND (e.isi::jsonb->>'revisi')::integer = ke)
            ORDER BY e.nomor DESC LIMIT 1;
          IF NOT FOUND OR public.hub_rantai_arah(kab) IS NULL THEN
            RETURN false;
          END IF;
          PERFORM public.hub_rantai_tulis(kab, p.jenis, p.subjek, p.isi, public.hub_saat(), p.asal_oleh);
          RETURN true;
        END $$;
        REVOKE ALL ON FUNCTION hub_rantai_ulang(text, text, integer) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION hub_rantai_ulang(text, text, integer) TO hub_sistem;
        """
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_rantai_ulang(text, text, integer)")
