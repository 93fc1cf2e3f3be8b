/** @jsxImportSource preact */
// Asked once more before something is approved; and the reason of a return.

import { Ask, AskReason } from "../meja/ask_dialog.tsx";

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
  return (
    <AskReason
      title="Kembalikan rekap ini?"
      name={name}
      label="Alasan, terbaca oleh kantornya"
      act={notes === 0 ? "Kembalikan" : `Kembalikan dengan ${notes} catatan`}
      proposed={notes > 0 ? "Mohon periksa angka yang diberi catatan." : ""}
      onAct={onReturn}
      onClose={onClose}
    />
  );
}

export function ReopenDialog({ name, onReopen, onClose }: { name: string; onReopen: (reason: string) => Promise<void>; onClose: () => void }) {
  return (
    <AskReason title="Buka kembali rekap ini?" name={name} label="Alasan, terbaca oleh kantornya" act="Buka kembali" onAct={onReopen} onClose={onClose}>
      <p>Kantornya dapat memperbaikinya dan mengajukan lagi. Angka yang sekarang tetap dihitung sampai yang baru disetujui.</p>
    </AskReason>
  );
}
