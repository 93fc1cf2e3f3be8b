// The map as a picture to be taken along: with its title, legend and source, since a picture is passed on without its page.

import { EMPTY_STATUSES } from "./angka.ts";
import type { Classification } from "./angka.ts";
import { baseSentence, plainSource, statusName, writeClass } from "./legend.tsx";
import { BATAS_QUALITY, COLOURS, SUMBER_DAYA, WKSBM_STAGES, classColours, keysOf } from "./palette.ts";
import { PATTERNS } from "./patterns.ts";
import type { View } from "./view.ts";
import { LEVEL_NAMES, periodeName, writeDate, writeNumber } from "../hub/wording.ts";

/** What a picture says beside the map. `count`: how many regions; "" where nothing is counted. */
interface Entry {
  colour?: string;
  pattern?: string;
  isRound?: boolean;
  letters?: string;
  text: string;
  count: string;
}

export interface Caption {
  title: string;
  view: View;
  classification: Classification | null;
  isSample: boolean;
}

const COLUMN = 280; // px of the screen
const EDGE = 16;
const FONT = "system-ui, sans-serif";

function figureEntries({ classes, counts }: Classification): Entry[] {
  const colours = classColours(classes.length);
  return [
    ...classes.map((k, i) => ({ colour: colours[i] ?? "", text: writeClass(k), count: writeNumber(k.count) })),
    ...(counts.has("NOL") ? [{ pattern: "nol", text: "0 (nol)", count: writeNumber(counts.get("NOL") ?? 0) }] : []),
    ...EMPTY_STATUSES.flatMap((status, i) => (counts.has(status) ? [{ pattern: `kosong-${i}`, text: statusName(status), count: writeNumber(counts.get(status) ?? 0) }] : [])),
  ];
}

function layerEntries({ sumberDayaKinds, cakupan, distanceKm, batasKinds, wksbm, stages }: View): Entry[] {
  const round = { isRound: true, count: "" };
  return [
    ...(cakupan.length === 0 ? [] : [{ colour: "#d9d3ea", text: `Dalam jangkauan ${writeNumber(distanceKm)} km`, count: "" }, { pattern: "celah", text: "Desa di luar jangkauan", count: "" }]),
    ...sumberDayaKinds.map((j) => ({ ...round, colour: SUMBER_DAYA[j].colour, letters: SUMBER_DAYA[j].letters, text: SUMBER_DAYA[j].name })),
    ...batasKinds.map((m) => ({ ...round, colour: BATAS_QUALITY[m].colour, text: BATAS_QUALITY[m].name })),
    ...(wksbm ? keysOf(WKSBM_STAGES).filter((t) => stages.length === 0 || stages.includes(t)).map((t) => ({ ...round, colour: WKSBM_STAGES[t].colour, text: `WKSBM: ${WKSBM_STAGES[t].name}` })) : []),
  ];
}

function sentences({ classification, isSample }: Caption): string[] {
  const angka = classification?.shown.angka;
  const figures = angka === undefined ? [] : [
    `Kelengkapan: ${writeNumber(angka.kelengkapan.disetujui)} dari ${writeNumber(angka.kelengkapan.diharapkan)} kabupaten/kota rekapnya disetujui.`,
    `Sumber: ${plainSource(angka)}.`,
  ];
  return [...figures, `Batas wilayah: ${isSample ? "peta contoh buatan, bukan batas resmi" : "yang berlaku hari ini menurut hub"}.`, `Dibuat ${writeDate(new Date())} dari Hub Dinsos, ${location.host}.`];
}

/** PNG. `map`: the map alone, as an address of data; `width`: how wide it is on the screen, px. */
export async function captioned(map: string, width: number, caption: Caption): Promise<Blob> {
  const image = new Image();
  image.src = map;
  await image.decode();
  const scale = image.width / width;
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d");
  if (brush === null) throw new Error("this browser cannot draw pictures");
  const head = 52;
  canvas.width = Math.round((width + COLUMN) * scale);
  canvas.height = Math.round(Math.max(image.height / scale + head, 560) * scale);
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.scale(scale, scale);
  brush.drawImage(image, 0, head, width, image.height / scale);
  write(brush, caption.title, { x: EDGE, y: 33, width: width + COLUMN - 2 * EDGE, font: `600 19px ${FONT}`, lines: 1 });
  drawColumn(brush, width + EDGE, head + 8, caption);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture was made")) : resolve(blob)), "image/png");
  });
}

function drawColumn(brush: CanvasRenderingContext2D, x: number, top: number, caption: Caption): void {
  const { view, classification } = caption;
  const width = COLUMN - 2 * EDGE;
  let y = top + 14;
  const paragraph = (text: string, font: string) => {
    if (text !== "") y = write(brush, text, { x, y, width, font }) + 6;
  };
  if (classification !== null) {
    const { unit, angka: { question } } = classification.shown;
    paragraph(`${unit} · per ${LEVEL_NAMES[question.level].toLowerCase()} · ${periodeName(question.periode)}`, `13px ${FONT}`);
  }
  for (const entry of [...(classification === null ? [] : figureEntries(classification)), ...layerEntries(view)]) {
    drawSwatch(brush, x, y - 11, entry);
    const end = write(brush, entry.text, { x: x + 36, y, width: width - 76, font: `13px ${FONT}` });
    brush.textAlign = "right";
    write(brush, entry.count, { x: x + width, y, width: 40, font: `13px ${FONT}` });
    brush.textAlign = "left";
    y = end + 5;
  }
  y += 4;
  paragraph(classification === null ? "" : baseSentence(classification.shown), `12px ${FONT}`);
  for (const sentence of sentences(caption)) paragraph(sentence, `12px ${FONT}`);
}

function drawSwatch(brush: CanvasRenderingContext2D, x: number, y: number, { colour, pattern, isRound, letters }: Entry): void {
  brush.strokeStyle = COLOURS.line;
  brush.fillStyle = colour ?? patternOf(brush, pattern ?? "") ?? "#fff";
  brush.beginPath();
  if (isRound === true) brush.arc(x + 13, y + 7, 9, 0, 2 * Math.PI);
  else brush.rect(x + 0.5, y + 0.5, 26, 14);
  brush.fill();
  brush.stroke();
  if (letters === undefined) return;
  brush.textAlign = "center";
  brush.fillStyle = "#fff";
  brush.font = `600 9px ${FONT}`;
  brush.fillText(letters, x + 13, y + 10);
  brush.textAlign = "left";
}

function patternOf(brush: CanvasRenderingContext2D, name: string): CanvasPattern | null {
  const pattern = PATTERNS[name];
  const tile = document.createElement("canvas");
  const own = tile.getContext("2d");
  if (pattern === undefined || own === null) return null;
  tile.width = pattern.width;
  tile.height = pattern.height;
  const copy = own.createImageData(pattern.width, pattern.height);
  copy.data.set(pattern.data);
  own.putImageData(copy, 0, 0);
  const repeated = brush.createPattern(tile, "repeat");
  repeated?.setTransform(new DOMMatrix().scale(0.5)); // as large as on the map
  return repeated;
}

interface Text {
  x: number;
  y: number;
  width: number;
  font: string;
  lines?: number; // at most
}

/** Writes within a width, in several lines; where the next line begins. */
function write(brush: CanvasRenderingContext2D, text: string, { x, y, width, font, lines = 9 }: Text): number {
  brush.font = font;
  brush.fillStyle = "#14312e";
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const longer = rows.length === 0 ? word : `${rows.at(-1)} ${word}`;
    if (rows.length > 0 && (rows.length >= lines || brush.measureText(longer).width <= width)) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  rows.forEach((row, i) => brush.fillText(row, x, y + i * 17, lines === 1 ? width : undefined));
  return y + Math.max(1, rows.length) * 17;
}
