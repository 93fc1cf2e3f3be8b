/** @jsxImportSource preact */
// Asked once more before something is decided about a rekap; and its reason, where it needs one.

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

export function Ask({ title, act, isReady = true, onAct, onClose, children }: AskProps) {
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

interface ReasonProps {
  title: string;
  name: string;
  label: string;
  act: string;
  proposed?: string;
  onAct: (reason: string) => Promise<void>;
  onClose: () => void;
  children?: ComponentChildren;
}

/** `name`: the rekap in words; `label`: who reads the reason; `proposed`: the reason to begin with. */
export function AskReason({ title, name, label, act, proposed = "", onAct, onClose, children }: ReasonProps) {
  const [reason, setReason] = useState(proposed);
  return (
    <Ask title={title} act={act} isReady={reason.trim() !== ""} onAct={() => onAct(reason)} onClose={onClose}>
      <p>{name}</p>
      {children}
      <label class="alasan-kembali">
        {label}
        <textarea rows={3} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
      </label>
    </Ask>
  );
}
