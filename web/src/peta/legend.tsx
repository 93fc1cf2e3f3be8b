/** @jsxImportSource preact */
// What the colours, patterns and signs on the map mean; with it what the figures are, how complete, and from where.

import { EMPTY_STATUSES } from "./angka.ts";
import type { Angka, Classification, Look, LookStatus, Shown } from "./angka.ts";
import type { Class } from "./classes.ts";
import { BATAS_QUALITY, JEJARING_SCALES, SUMBER_DAYA, WKSBM_STAGES, COLOURS, classColours } from "./palette.ts";
import { patternStyle } from "./patterns.ts";
import { ReportingLegend } from "./panel_reporting.tsx";
import type { Reporting } from "./reporting.ts";
import type { View } from "./view.ts";
import { endsBefore, periodeName, STATUS_NAMES, LEVEL_NAMES, WITHOUT_BASE, writeNumber, writeShort } from "../hub/wording.ts";

interface Props {
  view: View;
  angka: Angka | null;
  classification: Classification | null;
  reporting: ShownReporting | null; // instead of the figures
}

/** `name`: of the form. */
export interface ShownReporting {
  content: Reporting;
  name: string;
}

const EMPTY_PATTERNS = EMPTY_STATUSES.map((_, i) => patternStyle(`kosong-${i}`));
const ZERO_PATTERN = patternStyle("nol");
const GAP_PATTERN = patternStyle("celah");

function Swatch({ style }: { style: Record<string, string> }) {
  return <span class="petak" style={style} aria-hidden="true" />;
}

/** What a region looks like on the map. */
export function LookSwatch({ look: { k, s }, classCount }: { look: Look; classCount: number }) {
  return <Swatch style={k === -1 ? ZERO_PATTERN : k === -2 ? (EMPTY_PATTERNS[s] ?? {}) : { backgroundColor: classColours(classCount)[k] ?? "" }} />;
}

export function Legend({ view, angka, classification, reporting }: Props) {
  const isReporting = view.tab === "pelaporan";
  return (
    <>
      {reporting !== null && <ReportingLegend {...reporting} />}
      {!isReporting && angka !== null && (
        <section class="legenda-angka">
          <h2>{angka.question.item.nama}</h2>
          <p class="satuan">
            {classification?.shown.unit ?? angka.question.item.satuan} · per {LEVEL_NAMES[angka.question.level].toLowerCase()} · {periodeName(angka.question.periode)}
          </p>
          {classification !== null && <ClassList classification={classification} />}
          {classification !== null && <BaseNote shown={classification.shown} />}
        </section>
      )}
      <LayerLegend view={view} />
      {!isReporting && angka !== null && <Origin angka={angka} />}
    </>
  );
}

/** The colours in a line with the least and the most: the legend folded up. */
export function ShortLegend({ classification }: { classification: Classification }) {
  const { classes } = classification;
  const [first, last] = [classes[0], classes.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <span class="ringkas">
      {writeShort(first.from)}
      <span class="jalur" aria-hidden="true">
        {classColours(classes.length).map((w) => (
          <span key={w} style={{ backgroundColor: w }} />
        ))}
      </span>
      {writeShort(last.to)}
    </span>
  );
}

export const writeClass = ({ from, to }: Class): string => (from === to ? writeShort(from) : `${writeShort(from)} – ${writeShort(to)}`);

export const statusName = (status: LookStatus): string => (status === "TANPA_DASAR" ? WITHOUT_BASE : STATUS_NAMES[status]);

/** Of when those are whom the figures are told per thousand of, as a sentence; "" where they are told as they are. */
export function baseSentence({ angka, rate }: Shown): string {
  if (rate === null) return "";
  const isEarlier = endsBefore(rate.periode, angka.question.periode);
  return `Dasarnya banyaknya ${rate.base.word} pada ${periodeName(rate.periode)}${isEarlier ? ", periode terdekat sebelumnya yang diketahui" : ""}.`;
}

function BaseNote({ shown }: { shown: Shown }) {
  const sentence = baseSentence(shown);
  return sentence === "" ? null : <p class="satuan dasar">{sentence}</p>;
}

function ClassList({ classification }: { classification: Classification }) {
  const { classes, counts } = classification;
  const colours = classColours(classes.length);
  return (
    <ul>
      {classes.map((k, i) => (
        <li key={k.upTo}>
          <Swatch style={{ backgroundColor: colours[i] ?? "" }} />
          <span>{writeClass(k)}</span>
          <small>{writeNumber(k.count)}</small>
        </li>
      ))}
      {counts.has("NOL") && (
        <li>
          <Swatch style={ZERO_PATTERN} />
          <span>0 (nol)</span>
          <small>{writeNumber(counts.get("NOL") ?? 0)}</small>
        </li>
      )}
      {EMPTY_STATUSES.map((status, i) => {
        const count = counts.get(status);
        return (
          count !== undefined && (
            <li key={status}>
              <Swatch style={EMPTY_PATTERNS[i] ?? {}} />
              <span>{statusName(status)}</span>
              <small>{writeNumber(count)}</small>
            </li>
          )
        );
      })}
    </ul>
  );
}

function LayerLegend({ view }: { view: View }) {
  const { sumberDayaKinds, cakupan, distanceKm, wksbm, scales, stages, batasKinds } = view;
  return (
    <>
      {cakupan.length > 0 && (
        <section>
          <h3>Jangkauan {writeNumber(distanceKm)} km</h3>
          <ul>
            <li>
              <Swatch style={{ backgroundColor: "#5b3fa022", border: `2px dashed ${COLOURS.circle}` }} />
              <span>Dalam jangkauan</span>
            </li>
            <li>
              <Swatch style={{ ...GAP_PATTERN, borderColor: COLOURS.gap }} />
              <span>Desa di luar jangkauan</span>
            </li>
            <li>
              <span class="lencana usulan" aria-hidden="true">1</span>
              <span>Letak usulan</span>
            </li>
          </ul>
        </section>
      )}
      {sumberDayaKinds.length > 0 && (
        <section>
          <h3>Sumber daya</h3>
          <ul class="rapat">
            {sumberDayaKinds.map((j) => (
              <li key={j}>
                <span class="lencana" style={{ backgroundColor: SUMBER_DAYA[j].colour }} aria-hidden="true">
                  {SUMBER_DAYA[j].letters}
                </span>
                <span>{SUMBER_DAYA[j].name}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {batasKinds.length > 0 && (
        <section>
          <h3>Mutu batas</h3>
          <ul class="rapat">
            {batasKinds.map((m) => (
              <li key={m}>
                <span class="lencana bulatan" style={{ backgroundColor: BATAS_QUALITY[m].colour }} aria-hidden="true" />
                <span>{BATAS_QUALITY[m].name}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {wksbm && (
        <section>
          <h3>WKSBM</h3>
          <ul class="rapat">
            {Object.entries(WKSBM_STAGES)
              .filter(([k]) => stages.length === 0 || stages.some((t) => t === k))
              .map(([k, { name, colour }]) => (
                <li key={k}>
                  <span class="lencana bulatan" style={{ backgroundColor: colour }} aria-hidden="true" />
                  <span>{name}</span>
                </li>
              ))}
            {Object.entries(JEJARING_SCALES)
              .filter(([k]) => scales.length === 0 || scales.some((s) => s === k))
              .map(([k, { name, dashes }]) => (
                <li key={k}>
                  <svg class="garis" viewBox="0 0 26 6" aria-hidden="true">
                    <line x1="0" y1="3" x2="26" y2="3" stroke={COLOURS.jejaring} stroke-width="2" stroke-dasharray={dashes.map((n) => n * 2).join(" ")} />
                  </svg>
                  <span>{name}</span>
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Where the figures are from, without the form's code: "Rekap yang disetujui, Bantuan sosial". */
export const plainSource = (angka: Angka): string => angka.sumber.replace(/\bF\d\d /, "");

/** "Kelengkapan: 27 dari 35 kabupaten/kota" and the source. */
export function Origin({ angka }: { angka: Angka }) {
  const { diharapkan: expected, disetujui: approved } = angka.kelengkapan;
  return (
    <p class="asal">
      <span>
        Kelengkapan: <strong>{writeNumber(approved)} dari {writeNumber(expected)}</strong> kabupaten/kota rekapnya disetujui.
      </span>{" "}
      <span>Sumber: {plainSource(angka)}</span>
    </p>
  );
}
