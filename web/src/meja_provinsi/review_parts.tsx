/** @jsxImportSource preact */
// What is read beside the figures: findings, stated totals, notes of the last return, and what happened.

import { writeMoment, writeNilai } from "../hub/wording.ts";
import { plainWords } from "../meja/plain_words.ts";
import type { Reviewed } from "./changes.ts";

const GRAVITY = { GALAT: { sign: "✕", word: "Galat" }, PERINGATAN: { sign: "!", word: "Peringatan" }, INFO: { sign: "i", word: "Catatan" } };
const ACTIONS = { SIMPAN: "Disimpan sebagai draf", AJUKAN: "Diajukan", TARIK: "Ditarik", SETUJUI: "Disetujui", KEMBALIKAN: "Dikembalikan", BUKA: "Dibuka kembali" };

/** `onSeek`: shows the cell that a finding is about, by the codes of its region and element. */
export function Findings({ rekap, onSeek }: { rekap: Reviewed; onSeek: (wilayah: string, elemen: string) => void }) {
  return (
    <section aria-labelledby="temuan">
      <h2 id="temuan">{rekap.temuan.length === 0 ? "Tidak ada temuan" : `${rekap.temuan.length} temuan`}</h2>
      {rekap.temuan.length > 0 && (
        <ul class="temuan-temuan">
          {rekap.temuan.map((one) => (
            <li key={`${one.kode} ${one.pesan}`} class={`temuan-${one.tingkat.toLowerCase()}`}>
              <span class="berat">
                <span aria-hidden="true">{GRAVITY[one.tingkat].sign}</span> {GRAVITY[one.tingkat].word}
              </span>
              <span>
                {plainWords(one.pesan)}{" "}
                <Seek finding={one} onSeek={onSeek} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Seek({ finding, onSeek }: { finding: Reviewed["temuan"][number]; onSeek: (wilayah: string, elemen: string) => void }) {
  const { wilayah, elemen } = finding;
  if (wilayah === null || elemen === null) return null;
  return (
    <button type="button" class="ke-angka" onClick={() => onSeek(wilayah, elemen)}>
      Ke angkanya<span class="hanya-suara"> {plainWords(finding.pesan)}</span>
    </button>
  );
}

export function Totals({ totals }: { totals: Reviewed["totalTertulis"] }) {
  if (totals.length === 0) return null;
  return (
    <section aria-labelledby="total">
      <h2 id="total">Jumlah yang ditulis kantornya</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div class="gulir" role="region" aria-label="Jumlah tertulis" tabIndex={0}>
        <table class="beda">
          <thead>
            <tr>
              <th scope="col">Angka</th>
              <th scope="col">Tertulis</th>
              <th scope="col">Dihitung hub</th>
              <th scope="col">Selisih</th>
            </tr>
          </thead>
          <tbody>
            {totals.map((one) => (
              <tr key={`${one.elemen.kode} ${one.wilayah.kode}`} class={one.selisih !== null && Number(one.selisih) !== 0 ? "tidak-biasa" : ""}>
                <th scope="row">
                  {one.elemen.nama} <small>{one.elemen.kode}</small>
                  <small class="tempat">{one.wilayah.nama}</small>
                </th>
                <td>{writeNilai(Number(one.tertulis), one.elemen.satuan)}</td>
                <td>{one.dihitung === null ? "tidak diketahui" : writeNilai(Number(one.dihitung), one.elemen.satuan)}</td>
                <td>{one.selisih === null ? "–" : Number(one.selisih) === 0 ? "sama" : writeNilai(Number(one.selisih), one.elemen.satuan)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function SentNotes({ notes }: { notes: Reviewed["catatan"] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="catatan-terkirim">
      <h2 id="catatan-terkirim">Catatan pengembalian</h2>
      <ul class="catatan">
        {notes.map((note) => (
          <li key={`${note.wilayah.kode} ${note.elemen.kode} ${JSON.stringify(note.rincian)}`}>
            <strong>{note.wilayah.nama}</strong>, {note.elemen.nama} <small>{note.elemen.kode}</small>: {note.alasan}
            {note.usulan !== null && ` Usulan ${writeNilai(Number(note.usulan), note.elemen.satuan)}.`}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function History({ rekap }: { rekap: Reviewed }) {
  return (
    <details class="riwayat">
      <summary>Riwayat</summary>
      <ol>
        {rekap.riwayat.map((one) => (
          <li key={`${one.pada} ${one.aksi}`}>
            {ACTIONS[one.aksi]} oleh {one.oleh}, {writeMoment(new Date(one.pada))}, revisi {one.revisi}
            {one.alasan !== null && `: “${one.alasan}”`}
          </li>
        ))}
      </ol>
    </details>
  );
}
