/** @jsxImportSource preact */
// Asked once more before something is approved; and the reason of a return.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

const NOT_KEPT = "Belum tersimpan: peramban ini tidak mengizinkan penyimpanan. Buka meja kerja di jendela biasa, lalu coba lagi.";

interface AskProps {
  title: string;
  act: string;
  isReady?: boolean;
  onAct: () => Promise<void>;
  onClose: () => void;
  children: ComponentChildren;
}

function Ask({ title, act, isReady = true, onAct, onClose, children }: AskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [error, setError] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const submit = () => {
    onAct().then(
      () => dialog.current?.close(),
      (reason: unknown) => {
        console.error(reason);
        setError(NOT_KEPT);
      },
    );
  };
  return (
    <dialog ref={dialog} class="tanya" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        {children}
        {error !== "" && (
          <p class="galat" role="alert">
            {error}
          </p>
        )}
        <div class="tombol">
          <button type="submit" class="utama" disabled={!isReady}>
            {act}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Batal
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** `names`: the rekap in words. */
export function ApproveDialog({ names, warnings, onApprove, onClose }: { names: readonly string[]; warnings: number; onApprove: () => Promise<void>; onClose: () => void }) {
  return (
    <Ask title={names.length === 1 ? "Setujui rekap ini?" : `Setujui ${names.length} rekap?`} act={names.length === 1 ? "Setujui" : `Setujui ${names.length}`} onAct={onApprove} onClose={onClose}>
      <ul class="nama-nama">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {warnings > 0 && (
        <p>
          <strong>{warnings} peringatan</strong> belum reda.
        </p>
      )}
      <p>Angkanya langsung ikut dihitung.</p>
    </Ask>
  );
}

export function ReturnDialog({ name, notes, onReturn, onClose }: { name: string; notes: number; onReturn: (reason: string) => Promise<void>; onClose: () => void }) {
  const [reason, setReason] = useState(notes > 0 ? "Mohon periksa angka yang diberi catatan." : "");
  return (
    <Ask title="Kembalikan rekap ini?" act={notes === 0 ? "Kembalikan" : `Kembalikan dengan ${notes} catatan`} isReady={reason.trim() !== ""} onAct={() => onReturn(reason)} onClose={onClose}>
      <p>{name}</p>
      <label class="alasan-kembali">
        Alasan, terbaca oleh kantornya
        <textarea rows={3} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
      </label>
    </Ask>
  );
}
