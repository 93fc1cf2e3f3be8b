/** @jsxImportSource preact */
// Ranked bars that are a table: read out as numbers, looked at as lengths.

import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { fullName, periodeName, STATUS_NAMES, writeNilai, writeNilaiOrWhy } from "../hub/wording.ts";
import type { Choice, Comparison, Row } from "./comparison.ts";
import { FigureOrigin } from "./figure_origin.tsx";

const PERCENT = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1, signDisplay: "exceptZero" });

interface Props {
  comparison: Comparison;
  choice: Choice;
  wilayah: string; // the province
  line: number | null; // a target for all
}

export function ComparisonTable({ comparison, choice, wilayah, line }: Props) {
  const { item, periode, other } = choice;
  const { rows, whole } = comparison;
  const largest = Math.max(comparison.largest, line ?? 0);
  const ranked = rows.filter((row) => row.nilai !== null || (row.other !== null && row.other.nilai !== null));
  const hasTargets = ranked.some((row) => row.target !== null);
  const hasFilled = ranked.some((row) => row.filled !== null && row.filled.dari > 0);
  const [opened, setOpened] = useState("");
  const toggle = (kode: string) => setOpened((before) => (before === kode ? "" : kode));
  return (
    <section aria-labelledby="peringkat">
      <h2 id="peringkat">
        {item.nama}, {periodeName(periode)}
      </h2>
      {whole !== null && (
        <p>
          Provinsi: <FigureButton words={writeNilaiOrWhy(whole.nilai, whole.status, item.satuan)} isOpen={opened === wilayah} onClick={() => toggle(wilayah)} of="provinsi" />
          {whole.other !== null && `, ${periodeName(other)}: ${writeNilaiOrWhy(whole.other.nilai, whole.other.status, item.satuan)}`}
          {whole.kelengkapan.diharapkan > 0 && `. Dari ${whole.kelengkapan.disetujui} di antara ${whole.kelengkapan.diharapkan} kabupaten/kota`}.
        </p>
      )}
      {opened === wilayah && <FigureOrigin wilayah={wilayah} item={item} periode={periode} />}
      <ul class="keterangan-batang" aria-hidden="true">
        <li class="kini">{periodeName(periode)}</li>
        {other !== "" && <li class="dulu">{periodeName(other)}</li>}
        {(hasTargets || line !== null) && <li class="target">target</li>}
      </ul>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div class="gulir" role="region" aria-label="Peringkat" tabIndex={0}>
        <table class="banding">
          <thead>
            <tr>
              <th scope="col">Ke</th>
              <th scope="col">Kabupaten/kota</th>
              <th scope="col">{periodeName(periode)}</th>
              {other !== "" && <th scope="col">{periodeName(other)}</th>}
              {hasTargets && <th scope="col">Target kantornya</th>}
              {hasFilled && <th scope="col">Terisi</th>}
            </tr>
          </thead>
          <tbody>
            {ranked.map((row) => (
              <Fragment key={row.kode}>
                <RankRow row={row} choice={choice} largest={largest} line={line} hasTargets={hasTargets} hasFilled={hasFilled} isOpen={opened === row.kode} onOpen={() => toggle(row.kode)} />
                {opened === row.kode && (
                  <tr>
                    <td colSpan={6}>
                      <FigureOrigin wilayah={row.kode} item={item} periode={periode} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <Without rows={rows.filter((row) => !ranked.includes(row))} />
    </section>
  );
}

/** Those without a figure, by the reason. */
function Without({ rows }: { rows: readonly Row[] }) {
  const reasons = Array.from(new Set(rows.map((row) => row.status)));
  return (
    <>
      {reasons.map((status) => {
        const of = rows.filter((row) => row.status === status);
        return (
          <p key={status} class="tanpa">
            {STATUS_NAMES[status]} ({of.length}): {of.map((row) => fullName(row.nama, row.kode).replace(/^Kabupaten /, "")).join(", ")}.
          </p>
        );
      })}
    </>
  );
}

function FigureButton({ words, isOpen, onClick, of }: { words: string; isOpen: boolean; onClick: () => void; of: string }) {
  return (
    <button type="button" class="angka-asal" aria-expanded={isOpen} onClick={onClick}>
      {words}
      <span class="hanya-suara">, {of}: dari mana angka ini?</span>
    </button>
  );
}

interface RowProps {
  row: Row;
  choice: Choice;
  largest: number;
  line: number | null;
  hasTargets: boolean;
  hasFilled: boolean;
  isOpen: boolean;
  onOpen: () => void;
}

function RankRow({ row, choice, largest, line, hasTargets, hasFilled, isOpen, onOpen }: RowProps) {
  const { item, other } = choice;
  return (
    <tr>
      <td>{row.rank ?? "–"}</td>
      <th scope="row">{fullName(row.nama, row.kode).replace(/^Kabupaten /, "")}</th>
      <td class="sel-batang">
        <Bar row={row} largest={largest} target={row.target ?? line} />
        {row.nilai === null ? <span class="tanpa">{writeNilaiOrWhy(null, row.status, item.satuan)}</span> : <FigureButton words={writeNilai(row.nilai, item.satuan)} isOpen={isOpen} onClick={onOpen} of={row.nama} />}
      </td>
      {other !== "" && (
        <td>
          {row.other === null ? "–" : writeNilaiOrWhy(row.other.nilai, row.other.status, item.satuan)}
          {row.percent !== null && <small> {PERCENT.format(row.percent)}%</small>}
        </td>
      )}
      {hasTargets && <td>{row.target === null ? "–" : writeNilai(row.target, item.satuan)}</td>}
      {hasFilled && <td>{row.filled === null || row.filled.dari === 0 ? "–" : `${row.filled.berisi} dari ${row.filled.dari}`}</td>}
    </tr>
  );
}

function Bar({ row, largest, target }: { row: Row; largest: number; target: number | null }) {
  const width = (n: number): number => (largest <= 0 ? 0 : Math.max(0, (n / largest) * 100));
  const before = row.other?.nilai ?? null;
  return (
    <svg class="batang" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      {row.nilai !== null && <rect class="kini" x="0" y="1" width={width(row.nilai)} height="9" />}
      {before !== null && <rect class="dulu" x="0" y="11" width={width(before)} height="4" />}
      {target !== null && <line class="target" x1={width(target)} x2={width(target)} y1="0" y2="16" />}
    </svg>
  );
}
