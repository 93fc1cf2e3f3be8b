/** @jsxImportSource preact */
// One little chart a kabupaten, all by one scale; the same as a table for whoever reads rather than looks.

import { fullName, periodeName, writeNilai } from "../hub/wording.ts";
import type { Choice, Comparison } from "./comparison.ts";

const HEIGHT = 40;
const STEP = 12;

export function SmallMultiples({ comparison, choice }: { comparison: Comparison; choice: Choice }) {
  const { item, series } = choice;
  const rows = comparison.rows.filter((row) => row.series.some((n) => n !== null)).toSorted((a, b) => (a.kode < b.kode ? -1 : 1));
  const largest = Math.max(0, ...rows.flatMap((row) => row.series.map((n) => n ?? 0)));
  const last = series.at(-1) ?? "";
  return (
    <section aria-labelledby="perkembangan">
      <h2 id="perkembangan">
        Perkembangan, {periodeName(series[0] ?? "")} sampai {periodeName(last)}
      </h2>
      <ul class="kecil-kecil" aria-hidden="true">
        {rows.map((row) => (
          <li key={row.kode}>
            <span>{row.nama}</span>
            <svg viewBox={`0 0 ${series.length * STEP} ${HEIGHT}`} preserveAspectRatio="none">
              <line class="dasar" x1="0" x2={series.length * STEP} y1={HEIGHT} y2={HEIGHT} />
              {row.series.map((n, index) => {
                const height = n === null || largest <= 0 ? 0 : Math.max(0, (n / largest) * HEIGHT);
                return <rect key={series[index]} class={index === series.length - 1 ? "kini" : "dulu"} x={index * STEP + 1} y={HEIGHT - height} width={STEP - 2} height={height} />;
              })}
            </svg>
          </li>
        ))}
      </ul>
      <details>
        <summary>Lihat sebagai tabel</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div class="gulir" role="region" aria-label="Tabel perkembangan" tabIndex={0}>
          <table class="banding">
            <thead>
              <tr>
                <th scope="col">Kabupaten/kota</th>
                {series.map((one) => (
                  <th key={one} scope="col">
                    {periodeName(one)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.kode}>
                  <th scope="row">{fullName(row.nama, row.kode)}</th>
                  {row.series.map((n, index) => (
                    <td key={series[index]}>{n === null ? "–" : writeNilai(n, item.satuan)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
