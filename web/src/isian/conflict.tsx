/** @jsxImportSource preact */
// Somebody else sent this rekap meanwhile: what both changed stands side by side, and one of each is chosen.

import { cellsOf, wordCell } from "./cells.ts";
import type { Rekap, Work } from "./cells.ts";
import { wordsOf } from "./finding_list.tsx";
import type { Form, Regions } from "./layout.ts";
import { merged, mergeOf } from "./merge.ts";
import { writeMoment } from "../hub/wording.ts";

/** Cells that were decided: whether by one's own figure. */
export type Choices = ReadonlyMap<string, boolean>;

/** `choices`: kept by whom this is drawn for, since it is drawn anew whenever the hub is asked again. */
interface ConflictProps {
  work: Work;
  rekap: Rekap;
  form: Form;
  regions: Regions;
  choices: Choices;
  onChoose: (keys: readonly string[], isMine: boolean) => void;
  onMerged: (work: Work) => void;
}

export function Conflict({ work, rekap, form, regions, choices, onChoose, onMerged }: ConflictProps) {
  const newest = cellsOf(rekap);
  const { clashes, onlyMine, onlyTheirs } = mergeOf(work, newest);
  const last = rekap.riwayat.findLast((one) => one.revisi === rekap.revisi);
  const all = clashes.map((one) => one.key);
  const left = clashes.filter((one) => !choices.has(one.key)).length;
  return (
    <section class="kartu peringatan bentrok" aria-labelledby="bentrok">
      <h2 id="bentrok">Isian ini juga diubah orang lain</h2>
      <p>
        Ada kiriman lain untuk rekap ini
        {last !== undefined && (
          <>
            : <span class="nama-token">{last.oleh}</span>, {writeMoment(new Date(last.pada))}
          </>
        )}
        . {onlyTheirs.length} sel hanya diubah di sana dan akan diambil; {onlyMine.length} sel hanya Anda ubah dan tetap.
        {clashes.length > 0 && ` ${clashes.length} sel berubah di keduanya: pilih yang benar.`}
      </p>
      {clashes.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
        <div class="gulir" tabIndex={0} role="group" aria-label="Sel yang berubah di keduanya">
          <table>
            <thead>
              <tr>
                <th scope="col">Sel</th>
                <th scope="col">Semula</th>
                <th scope="col">Isian Anda</th>
                <th scope="col">Kiriman lain</th>
              </tr>
            </thead>
            <tbody>
              {clashes.map((one) => {
                const words = wordsOf(one.key, form, regions);
                return (
                  <tr key={one.key}>
                    <th scope="row">{words}</th>
                    <td>{wordCell(one.before)}</td>
                    {([true, false] as const).map((isMine) => (
                      <td key={String(isMine)}>
                        <label>
                          <input type="radio" name={one.key} checked={choices.get(one.key) === isMine} onChange={() => onChoose([one.key], isMine)} />{" "}
                          {wordCell(isMine ? one.mine : one.theirs)}
                          <span class="hanya-suara">
                            {" "}
                            {isMine ? "isian Anda" : "kiriman lain"} untuk {words}
                          </span>
                        </label>
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <div class="tombol">
        {clashes.length > 1 && (
          <>
            <button type="button" onClick={() => onChoose(all, true)}>
              Semua isian saya
            </button>
            <button type="button" onClick={() => onChoose(all, false)}>
              Semua kiriman lain
            </button>
          </>
        )}
        <button type="button" class="utama" disabled={left > 0} onClick={() => onMerged(merged(work, rekap.revisi, newest, new Set([...choices].filter(([, isMine]) => isMine).map(([key]) => key))))}>
          {left > 0 ? `Pilih ${left} lagi` : "Gabungkan dan lanjutkan"}
        </button>
      </div>
    </section>
  );
}
