/** @jsxImportSource preact */
// What can be done with the whole: send it, keep it at the hub, begin with the last period's, fetch files, throw the draft away.

import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Failure } from "../hub/fetch.ts";
import { download } from "../hub/download.ts";
import { ErrorNotice } from "../hub/notices.tsx";
import { linkTo } from "../meja/router.ts";
import { dropSubmission } from "../meja/store.ts";
import { useDesk } from "../meja/use_session.ts";
import { cellsOf } from "./cells.ts";
import { countWords } from "./finding_list.tsx";
import { periodeBefore, periodeName } from "../hub/wording.ts";
import { ISIAN_REKAP } from "./queries.ts";
import type { Asked, Known } from "./known.ts";
import type { Isian } from "./use_isian.ts";

interface SendBarProps {
  asked: Asked;
  isian: Isian;
  known: Known;
  isReadOnly: boolean;
  isLocked: boolean;
  isNarrow: boolean;
  onJump: (key: string) => void;
}

export function SendBar({ asked, isian, known, isReadOnly, isLocked, isNarrow, onJump }: SendBarProps) {
  const { person } = useDesk();
  const [isSending, setSending] = useState(false);
  const [isDiscarding, setDiscarding] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const [said, setSaid] = useState("");
  const { submission, cells } = isian;
  const what = `${known.form.nama}, ${periodeName(asked.periode)}`;
  const before = periodeBefore(asked.periode);
  const failed = (reason: unknown) => setError(reason instanceof Failure ? reason : new Failure("Belum berhasil.", "Coba lagi."));
  const copyLast = () => {
    setError(null);
    ask(ISIAN_REKAP, { id: `${asked.pelapor}:${asked.formulir}:${before}` }).then(({ rekap }) => {
      const missing = cellsOf(rekap).filter(([key]) => !cells.has(key));
      isian.setCells(missing);
      setSaid(missing.length === 0 ? `Tidak ada angka ${periodeName(before)} yang dapat disalin.` : `${missing.length} angka disalin dari ${periodeName(before)}; yang sudah terisi tetap.`);
    }, failed);
  };
  const template = `/templat/${asked.formulir}.xlsx?${new URLSearchParams({ pelapor: asked.pelapor, periode: asked.periode })}`;
  const canSave = !isReadOnly && (known.rekap === null || known.rekap.boleh.includes("SIMPAN"));
  const refused = submission?.state === "refused" && !isian.hasConflict ? submission : null; // a conflict says more itself
  const more = (
    <>
      {canSave && (
        <button type="button" disabled={cells.size === 0 || !isian.isChanged} onClick={() => isian.send(false, `Draf ${what}`)}>
          Simpan draf di hub
        </button>
      )}
      <button type="button" disabled={isReadOnly} onClick={copyLast}>
        Salin dari {periodeName(before)}
      </button>
      <a class="tombol-tautan" href={linkTo("unggah", asked.formulir, asked.periode)}>
        Unggah berkas
      </a>
      <button type="button" onClick={() => void download(template, `${asked.formulir}_${asked.pelapor}_${asked.periode}.xlsx`).catch(failed)}>
        Unduh templat
      </button>
      {isian.savedAt !== null && !isReadOnly && (
        <button type="button" class="bahaya" onClick={() => setDiscarding(true)}>
          Buang draf
        </button>
      )}
    </>
  );
  return (
    <div class="tindakan-isian">
      {submission?.state === "waiting" && (
        <p class="kabar">
          Tersimpan di gawai dan terkirim sendiri bila sambungan ada.{" "}
          <button type="button" onClick={() => void dropSubmission(person, submission.key)}>
            Batal kirim, ubah lagi
          </button>
        </p>
      )}
      {refused !== null && (
        <div class="galat" role="alert">
          <p>
            <strong>Tidak diterima hub.</strong> {refused.message}
          </p>
          <button type="button" onClick={() => void dropSubmission(person, refused.key)}>
            Tutup
          </button>
        </div>
      )}
      {!isLocked && (
        <div class="tombol">
          <button type="button" class="utama" disabled={isReadOnly || cells.size === 0} onClick={() => setSending(true)}>
            Kirim ke provinsi
          </button>
          {isNarrow ? (
            <details class="lainnya">
              <summary>Pilihan lain</summary>
              <div class="tombol">{more}</div>
            </details>
          ) : (
            more
          )}
        </div>
      )}
      <p class="baru" role="status">
        {said}
      </p>
      {error !== null && <ErrorNotice error={error} />}
      <SendDialog isOpen={isSending} isian={isian} what={what} onJump={onJump} onClose={() => setSending(false)} />
      <Dialog isOpen={isDiscarding} title="Buang draf di gawai ini?" onClose={() => setDiscarding(false)}>
        <p>Yang belum dikirim hilang; isian kembali seperti yang ada di hub.</p>
        <div class="tombol">
          <button type="button" class="utama" onClick={() => setDiscarding(false)}>
            Jangan
          </button>
          <button
            type="button"
            class="bahaya"
            onClick={() => {
              setDiscarding(false);
              isian.discard();
            }}
          >
            Buang
          </button>
        </div>
      </Dialog>
    </div>
  );
}

interface DialogProps {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  children: preact.ComponentChildren;
}

function Dialog({ isOpen, title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="tanya" aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      {isOpen && children}
    </dialog>
  );
}

interface SendDialogProps {
  isOpen: boolean;
  isian: Isian;
  what: string;
  onJump: (key: string) => void;
  onClose: () => void;
}

function SendDialog({ isOpen, isian, what, onJump, onClose }: SendDialogProps) {
  const wrong = isian.findings.filter((one) => one.grade === "GALAT");
  const first = wrong.find((one) => one.key !== null)?.key ?? null;
  return (
    <Dialog isOpen={isOpen} title={wrong.length > 0 ? "Belum dapat dikirim" : "Kirim ke provinsi?"} onClose={onClose}>
      {wrong.length > 0 ? (
        <p>
          Masih ada {wrong.length} yang harus diperbaiki{wrong[0] !== undefined && `: ${wrong[0].message}`}
        </p>
      ) : (
        <p>
          {what}: {isian.cells.size} angka dan keterangan. {isian.findings.length > 0 && `Dalam pemeriksaan: ${countWords(isian.findings)}; boleh dikirim.`}
          {isian.isAsking && " Hub sedang memeriksanya."}
        </p>
      )}
      <div class="tombol">
        {wrong.length > 0 && first !== null && (
          <button
            type="button"
            class="utama"
            onClick={() => {
              onClose();
              onJump(first);
            }}
          >
            Lihat yang pertama
          </button>
        )}
        {wrong.length === 0 && (
          <button
            type="button"
            class="utama"
            onClick={() => {
              onClose();
              isian.send(true, what);
            }}
          >
            Kirim
          </button>
        )}
        <button type="button" onClick={onClose}>
          Kembali ke isian
        </button>
      </div>
    </Dialog>
  );
}
