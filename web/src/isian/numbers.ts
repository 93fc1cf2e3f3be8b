// Figures as officers write them, read as the hub reads them (hub/base/angka.py, hub/rekap/written_words.py); what could mean two
// things is refused at the cell, with both. Pure.

/** Why there is no figure. */
export type EmptyStatus = "TIDAK_ADA_DATA" | "TIDAK_DILAKSANAKAN" | "TIDAK_BERLAKU";

/** What was written: a plain decimal ("1234.5"), a reason for none, nothing, or what cannot be read with the figures it may mean. */
export type Written =
  | { kind: "figure"; figure: string }
  | { kind: "status"; status: EmptyStatus }
  | { kind: "nothing" }
  | { kind: "unclear"; message: string; meanings: string[] };

/** `whole`: only whole numbers make sense; `money`: a sum of rupiah, so that "3 M" is three milliards. */
export interface Expected {
  whole: boolean;
  money: boolean;
}

const MOST_DIGITS = 16; // before the decimal mark
const PLAIN = /^[+-]?\d+(\.\d+)?$/;
const PLAIN_THOUSANDS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/;
const RUPIAH = /^(?:rp|idr)\.?\s*/i;
const RUPIAH_TAIL = /[.,]\s*-{1,2}$/;
const WITH_UNIT =
  /^([+-]?\d[\d.,\s]*)((?:ribu|rb|juta|jt|miliar|milyar|milliar|triliun|trilyun|m|t)(?![A-Za-z])\.?\s*)?([A-Za-z%/]*)\.?\s*(?:\*{1,3}\)?)?$/i;
const SIZES = new Map([["ribu", 3], ["rb", 3], ["juta", 6], ["jt", 6], ["miliar", 9], ["milyar", 9], ["milliar", 9], ["triliun", 12], ["trilyun", 12]]);
const MONEY_SIZES = new Map([["m", 9], ["t", 12]]);
const IN_BRACKETS = /^\(\s*[\d.,\s]+\)$/;
const ROUGHLY = ["±", "+/-", "+-", "kurang lebih", "sekitar", "kira-kira", "lebih dari", "kurang dari", "~", "≈", "<", ">"];
const SPACED_THOUSANDS = /^[+-]?\d{1,3}( \d{3})+([.,]\d+)?$/;
const SPACED_FRACTION = /^[+-]?[\d.]*,\d+ \d+$/;

const DASHES = /^(?:rp\.?)?\s*[-–—_=]{1,5}\s*$/i;
const DOTS = /^[.…?]{1,6}$/;
const WORDS: Record<EmptyStatus | "NOL", string> = {
  NOL: "nihil|nol",
  TIDAK_ADA_DATA:
    "kosong|tidak ada|tdk ada|tidakada|belum ada|blm ada|belum ada data|tidak ada data|tidak ada datanya|data tidak ada|tidak tersedia|" +
    "belum tersedia|data belum ada|data tidak tersedia|n a|na|tad|ttd|td|belum|belum masuk|belum melapor|tidak melapor|tidak diketahui",
  TIDAK_DILAKSANAKAN: "tidak dilaksanakan|tidak terlaksana|belum dilaksanakan|tidak ada kegiatan|tidak jadi dilaksanakan",
  TIDAK_BERLAKU: "tidak berlaku|tidak relevan",
};

const unclear = (message: string, meanings: string[] = []): Written => ({ kind: "unclear", message, meanings });

export function readWritten(text: string, expected: Expected): Written {
  const written = text.split(/\s+/).filter((word) => word !== "").join(" ");
  if (written === "") return { kind: "nothing" };
  return readWord(written) ?? readFigure(written, expected);
}

function readWord(written: string): Written | null {
  if (DASHES.test(written) || DOTS.test(written)) return { kind: "status", status: "TIDAK_ADA_DATA" };
  if (/\d/.test(written)) return null;
  const key = written.toLowerCase().replace(/[^\p{L}]+/gu, " ").trim();
  if (isWord("NOL", key)) return { kind: "figure", figure: "0" };
  const status = (["TIDAK_ADA_DATA", "TIDAK_DILAKSANAKAN", "TIDAK_BERLAKU"] as const).find((one) => isWord(one, key));
  return status === undefined ? null : { kind: "status", status };
}

const isWord = (status: keyof typeof WORDS, key: string): boolean => WORDS[status].split("|").includes(key);

function readFigure(written: string, { whole, money }: Expected): Written {
  const inThousands = whole || money;
  if (PLAIN.test(written) && !(inThousands && PLAIN_THOUSANDS.test(written))) {
    return PLAIN_THOUSANDS.test(written) ? twofold(written, written.replaceAll(".", ""), written) : figure(written);
  }
  const isRupiah = RUPIAH.test(written);
  const match = WITH_UNIT.exec(written.replace(RUPIAH, "").replace(RUPIAH_TAIL, "").trim());
  if (match === null) return unclear(whyNone(written));
  const [, digits = "", word = "", unit = ""] = match;
  const size = sizeOf(word, unit, isRupiah || money);
  if (size === null) return unclear(`“${written}” bukan angka yang jelas: “${word.trim()}” dapat berarti miliar. Tulis angkanya lengkap.`);
  const bare = digits.trim();
  const value = decimal(bare, (inThousands || isRupiah) && size === 0);
  if (value === null) return unclear(`“${written}” bukan angka.`);
  const other = size > 0 || !(whole || isRupiah) ? otherWay(bare, value) : null;
  if (other !== null) return twofold(written, shifted(value, size), shifted(other, size));
  return figure(shifted(value, size));
}

/** Noughts that a word like "juta" stands for; null: it may be one of money, or a unit. */
function sizeOf(word: string, unit: string, isMoney: boolean): number | null {
  const key = word.replace(/[ .]/g, "").toLowerCase();
  if (key === "") return 0;
  const size = SIZES.get(key) ?? (isMoney ? MONEY_SIZES.get(key) : undefined);
  if (size !== undefined) return size;
  return unit !== "" || word.trim() === word.trim().toUpperCase() ? null : 0; // "3 m": a unit
}

function figure(value: string): Written {
  const plain = tidy(value);
  if ((plain.replace(/^-/, "").split(".")[0] ?? "").length > MOST_DIGITS) return unclear("Angka itu terlalu panjang.");
  return { kind: "figure", figure: plain };
}

function twofold(written: string, one: string, other: string): Written {
  const meanings = [tidy(one), tidy(other)].toSorted((a, b) => Number(b) - Number(a));
  return unclear(`“${written}” dapat berarti ${meanings.map(writeFigure).join(" atau ")}.`, meanings);
}

function whyNone(written: string): string {
  if (IN_BRACKETS.test(written)) {
    const inside = written.replace(/[()]/g, "").trim();
    return `“${written}” dapat berarti ${inside} atau minus ${inside}. Tulis tanpa tanda kurung.`;
  }
  if (ROUGHLY.some((word) => written.toLowerCase().startsWith(word)) && /\d/.test(written)) return `“${written}” bukan angka pasti. Tulis angkanya saja.`;
  return `“${written}” bukan angka.`;
}

function decimal(digits: string, whole: boolean): string | null {
  if (digits.includes(" ") && !SPACED_THOUSANDS.test(digits) && !SPACED_FRACTION.test(digits)) return null;
  const text = digits.replaceAll(" ", "");
  const [dots, commas] = [text.split(".").length - 1, text.split(",").length - 1];
  if (dots > 0 && commas > 0) {
    const mark = text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
    const at = text.lastIndexOf(mark);
    const [first, fraction, thousands] = [text.slice(0, at), text.slice(at + 1), mark === "." ? "," : "."];
    return isGrouped(first, thousands) && /^\d+$/.test(fraction) ? `${first.replaceAll(thousands, "")}.${fraction}` : null;
  }
  if (dots + commas === 0) return text;
  const separator = dots > 0 ? "." : ",";
  if (isGrouped(text, separator) && (dots + commas > 1 || whole || separator === ".")) return text.replaceAll(separator, "");
  return dots + commas === 1 && !text.endsWith(separator) ? text.replace(separator, ".") : null;
}

/** What "1,799" means where its mark is the other one; null: there is nothing else that it may mean. */
function otherWay(digits: string, value: string): string | null {
  const bare = digits.replaceAll(" ", "");
  const marks = bare.replace(/[^.,]/g, "");
  if (marks.length !== 1 || !isGrouped(bare, marks)) return null;
  const whole = bare.replace(/[.,]/g, "");
  return tidy(value) === tidy(whole) ? bare.replace(",", ".") : whole;
}

function isGrouped(text: string, separator: string): boolean {
  const [first = "", ...rest] = text.replace(/^[+-]/, "").split(separator);
  return first.length >= 1 && first.length <= 3 && !first.startsWith("0") && rest.length > 0 && rest.every((part) => /^\d{3}$/.test(part));
}

/** 1.5 with six noughts: 1500000. */
function shifted(value: string, noughts: number): string {
  if (noughts === 0) return value;
  const [first = "", fraction = ""] = value.split(".");
  const padded = fraction.padEnd(noughts, "0");
  return `${first}${padded.slice(0, noughts)}.${padded.slice(noughts)}`;
}

/** Without a plus, leading noughts and noughts that say nothing: "007.50" → "7.5". */
export function tidy(value: string): string {
  const [, sign = "", first = "", fraction = ""] = /^([+-]?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(value) ?? ["", "", value];
  const plain = fraction === "" ? first : `${first}.${fraction}`;
  return sign === "-" && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/** "1234.5" as Indonesians write it: "1.234,5". Exact, however long. */
export function writeFigure(value: string): string {
  const [, sign = "", first = "", fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? ["", "", value];
  const grouped = first.replace(/\B(?=(\d{3})+$)/g, ".");
  return fraction === undefined ? `${sign}${grouped}` : `${sign}${grouped},${fraction}`;
}

/** The sum of plain decimals, exact. */
export function addUp(values: readonly string[]): string {
  const places = Math.max(0, ...values.map((one) => one.split(".")[1]?.length ?? 0));
  const total = values.reduce((sum, one) => {
    const [first = "", fraction = ""] = one.split(".");
    return sum + BigInt(`${first}${fraction.padEnd(places, "0")}`);
  }, 0n);
  const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
  const at = digits.length - places;
  return tidy(`${total < 0n ? "-" : ""}${digits.slice(0, at)}${places > 0 ? `.${digits.slice(at)}` : ""}`);
}

/** One plain decimal less another. */
export const subtract = (one: string, other: string): string => addUp([one, other.startsWith("-") ? other.slice(1) : `-${other}`]);
