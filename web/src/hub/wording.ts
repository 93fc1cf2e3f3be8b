// Numbers, periods, dates and levels as Indonesians read them.

const NUMBER_FORMAT = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 2 });
const ONE_DECIMAL = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const DATE_FORMAT = new Intl.DateTimeFormat("id-ID", { dateStyle: "long" });

export type Level = "PROVINSI" | "KABUPATEN" | "KECAMATAN" | "DESA"; // as the schema calls them
export const LEVEL_NAMES: Record<Level, string> = {
  PROVINSI: "Provinsi",
  KABUPATEN: "Kabupaten/kota",
  KECAMATAN: "Kecamatan",
  DESA: "Desa/kelurahan",
};

export const STATUS_NAMES = {
  ADA: "Ada angka",
  NOL: "Nol",
  TIDAK_ADA_DATA: "Tidak ada data",
  TIDAK_DILAKSANAKAN: "Tidak dilaksanakan",
  TIDAK_BERLAKU: "Tidak berlaku",
  DISUPRESI: "Dirahasiakan untuk melindungi orangnya",
} as const;
export type Status = keyof typeof STATUS_NAMES;
/** Why a figure is closed, as the end of a sentence. */
export const WHY_CLOSED = "angkanya sangat peka, terlalu rinci wilayahnya, sedikit sekali, atau angka yang sedikit dapat dihitung darinya";

/** A number with thousands points and a decimal comma. */
export const writeNumber = (n: number): string => NUMBER_FORMAT.format(n);

/** Short enough for a legend: 1.234, 470,3 juta, 12,2 miliar. */
export function writeShort(n: number): string {
  const size = Math.abs(n);
  // from 999,95 on one decimal would round up to a thousand of the smaller word
  if (size >= 999.95e9) return `${ONE_DECIMAL.format(n / 1e12)} triliun`;
  if (size >= 999.95e6) return `${ONE_DECIMAL.format(n / 1e9)} miliar`;
  if (size >= 1e6) return `${ONE_DECIMAL.format(n / 1e6)} juta`;
  return writeNumber(n);
}

/** A figure with its unit: "Rp470.325.000", "51,96%", "1.594 KPM". */
export function writeNilai(n: number, unit: string): string {
  if (unit === "rupiah") return `${n < 0 ? "-" : ""}Rp${writeNumber(Math.abs(n))}`;
  if (unit === "persen") return `${writeNumber(n)}%`;
  if (unit === "rasio" || unit === "indeks" || unit === "") return writeNumber(n);
  return `${writeNumber(n)} ${unit}`;
}

/** What a region has: its figure, or why there is none. */
export function writeNilaiOrWhy(nilai: number | null, status: Status, unit: string): string {
  return nilai === null ? STATUS_NAMES[status] : writeNilai(nilai, unit);
}

const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

/** "2020-TW3" → "Triwulan III 2020"; what is no period comes back as it is. */
export function periodeName(periode: string): string {
  const [year, part] = periode.split("-");
  if (part === undefined) return `Tahun ${periode}`;
  const triwulan = /^TW([1-4])$/.exec(part)?.[1];
  if (triwulan !== undefined) return `Triwulan ${["I", "II", "III", "IV"][Number(triwulan) - 1] ?? ""} ${year}`;
  const semester = /^S([12])$/.exec(part)?.[1];
  if (semester !== undefined) return `Semester ${semester === "1" ? "I" : "II"} ${year}`;
  const month = MONTHS[Number(part) - 1];
  return month === undefined ? periode : `${month} ${year}`;
}

/** Newest first: by the period's last month, the longer one before its last part. */
export function comparePeriode(a: string, b: string): number {
  return lastMonth(b) - lastMonth(a) || monthCount(b) - monthCount(a);
}

/** Months since the year 0: of a period its last. */
export function lastMonth(periode: string): number {
  const [year, part = ""] = periode.split("-");
  const number = Number(/\d+$/.exec(part)?.[0] ?? 0);
  const month = part === "" ? 12 : part.startsWith("TW") ? number * 3 : part.startsWith("S") ? number * 6 : number;
  return Number(year) * 12 + month;
}

/** How many months a period has. */
export function monthCount(periode: string): number {
  return periode.length === 4 ? 12 : periode.includes("S") ? 6 : periode.includes("TW") ? 3 : 1;
}

/** A period's last day: "2020-TW1" → "2020-03-31". */
export function lastDay(periode: string): string {
  const month = lastMonth(periode) - Number(periode.slice(0, 4)) * 12;
  return new Date(Date.UTC(Number(periode.slice(0, 4)), month, 0)).toISOString().slice(0, 10);
}

/** The period of each length that ended last before today. */
export function lastPeriods(today: Date): string[] {
  const [year, month] = [today.getFullYear(), today.getMonth()]; // month: of those that have ended this year, the last
  const of = (length: number, name: (n: number) => string): string => {
    const n = Math.floor(month / length);
    return n === 0 ? `${year - 1}${name(12 / length)}` : `${year}${name(n)}`;
  };
  return [of(1, (n) => `-${String(n).padStart(2, "0")}`), of(3, (n) => `-TW${n}`), of(6, (n) => `-S${n}`), String(year - 1)];
}

/** The period of the same length before this one: "2026-TW1" → "2025-TW4". */
export function periodeBefore(periode: string): string {
  const [year = "", part = ""] = periode.split("-");
  const name = /^\D*/.exec(part)?.[0] ?? "";
  const number = Number(part.slice(name.length));
  if (part === "") return String(Number(year) - 1);
  const last = 12 / monthCount(periode);
  const [of, n] = number > 1 ? [year, number - 1] : [String(Number(year) - 1), last];
  return `${of}-${name}${name === "" ? String(n).padStart(2, "0") : n}`;
}

/** The same period of another year: "2026-TW1" → "2025-TW1". */
export const yearsAway = (periode: string, years: number): string => `${Number(periode.slice(0, 4)) + years}${periode.slice(4)}`;

export const writeDate = (day: Date): string => DATE_FORMAT.format(day);

/** 23.400 m² → "2,3 ha", from a square kilometre on "1,2 km²". */
export const writeArea = (m2: number): string => (m2 < 1e6 ? `${ONE_DECIMAL.format(m2 / 1e4)} ha` : `${ONE_DECIMAL.format(m2 / 1e6)} km²`);

export const writeKm = (km: number): string => `${ONE_DECIMAL.format(km)} km`;

/** What a tile says in a word; "" where it says nothing. */
export const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The level that a code speaks of: "53", "53.14", "53.14.01", "53.14.01.2005". */
export function levelOf(kode: string): Level {
  return (["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"] as const)[kode.split(".").length - 1] ?? "DESA";
}

/** "Kabupaten Rote Ndao", "Kota Kupang", "Kecamatan Lobalain". */
export function fullName(name: string, kode: string): string {
  const level = levelOf(kode);
  if (level === "KABUPATEN") return name.startsWith("Kota ") ? name : `Kabupaten ${name}`;
  if (level === "KECAMATAN") return `Kecamatan ${name}`;
  if (level === "DESA") return `${kode.split(".")[3]?.startsWith("1") === true ? "Kelurahan" : "Desa"} ${name}`;
  return name;
}

const CLOCK_FORMAT = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });

/** "09.14" today, "28 November 2026 09.14" of another day. */
export function writeMoment(moment: Date, now = new Date()): string {
  const clock = CLOCK_FORMAT.format(moment);
  return moment.toDateString() === now.toDateString() ? clock : `${writeDate(moment)} ${clock}`;
}

/** A calendar day as the hub writes it, "2026-01-10", as a date at noon of this device's zone. */
export const readDay = (day: string): Date => new Date(`${day}T12:00:00`);

/** A date as the hub writes days. */
export const dayOf = (date: Date): string =>
  [date.getFullYear(), String(date.getMonth() + 1).padStart(2, "0"), String(date.getDate()).padStart(2, "0")].join("-");

/** Days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
