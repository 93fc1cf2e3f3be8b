// What is decided about rekap: approved, returned or opened again by the province, taken back by the office; by the queue, so that
// nothing is lost without a line. What another decided first is said in words.

import { ask, tell } from "../hub/fetch.ts";
import { writeMoment } from "../hub/wording.ts";
import { plainWords } from "./plain_words.ts";
import { APPROVE_REKAP, HOW_IT_STANDS, REOPEN_REKAP, SEND_BACK_REKAP, WITHDRAW_REKAP } from "./queries.ts";
import type { AksiRekap, ApproveRekapMutation, HowItStandsQuery, StatusRekap } from "./queries.ts";
import { handOver, registerSender } from "./queue.ts";
import type { Outcome } from "./queue.ts";
import { keepDraft } from "./store.ts";
import type { Draft, Submission } from "./store.ts";

const APPROVE = "approve";
const SEND_BACK = "send-back";
const WITHDRAW = "withdraw";
const REOPEN = "reopen";
const AT_ONCE = 50; // of one call

/** A revision that somebody has read. `name`: the rekap in words. */
export interface Read {
  id: string;
  revisi: number;
  name: string;
}

export interface Note {
  wilayah: string;
  elemen: string;
  rincian: readonly { rincian: string; pilihan: string }[];
  alasan: string;
  usulan: string | null;
}

interface Reasoned extends Read {
  alasan: string;
}

interface Return extends Reasoned {
  catatan: readonly Note[];
  draft: Draft | null; // what was written, to be had again where the hub does not take it
}

type Answer = ApproveRekapMutation["setujuiBanyak"][number];
type Standing = HowItStandsQuery["rekap"];
type Happened = NonNullable<Standing>["riwayat"][number];

const DONE: Record<AksiRekap, string> = {
  SETUJUI: "Sudah disetujui", KEMBALIKAN: "Sudah dikembalikan", BUKA: "Sudah dibuka kembali",
  TARIK: "Sudah ditarik kantornya", SIMPAN: "Sudah diubah kantornya", AJUKAN: "Sudah diajukan lagi",
};

const doneWords = (happened: Happened): string => `${DONE[happened.aksi]} oleh ${happened.oleh}, ${writeMoment(new Date(happened.pada))}.`;

const standing = async (id: string): Promise<Standing> => (await ask(HOW_IT_STANDS, { id })).rekap;

/** Why the hub did not take a decision about a rekap, by how it stands now. `expected`: how it stood where the decision can be taken. */
function reasonOf(answer: Answer | undefined, read: Read, rekap: Standing, expected: StatusRekap = "DIAJUKAN"): string {
  const last = rekap?.riwayat.at(-1);
  if (rekap !== null && last !== undefined && rekap.status !== expected) return doneWords(last);
  if (rekap !== null && last !== undefined && rekap.revisi !== read.revisi) {
    return `Kantornya mengajukan revisi ${rekap.revisi} sesudah Anda membuka revisi ${read.revisi} (${writeMoment(new Date(last.pada))}). Periksa yang baru.`;
  }
  if (answer === undefined || answer.__typename === "RekapDiterima") return "Hub tidak menjawab tentang rekap ini.";
  if (answer.__typename !== "RekapDitolak") return answer.pesan;
  return plainWords(answer.temuan.filter((one) => one.tingkat === "GALAT").map((one) => one.pesan).join(" "));
}

/** Whether it was sent before, and its answer lost: the hub has no keys for this. */
function wasDone(what: AksiRekap, given: Reasoned, rekap: Standing): boolean {
  const last = rekap?.riwayat.at(-1);
  return last?.aksi === what && last.revisi === given.revisi && last.alasan === given.alasan.trim();
}

async function sendApproval(content: unknown): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over below
  const wanted = content as Read[];
  const { setujuiBanyak: answers } = await tell(APPROVE_REKAP, { rekap: wanted.map((read) => ({ id: read.id, revisi: read.revisi })) });
  const refused = wanted.map((read, index) => ({ read, answer: answers.length === 1 ? answers[0] : answers[index] })).filter(({ answer }) => answer?.__typename !== "RekapDiterima");
  if (refused.length === 0) return { state: "sent" };
  const told = await Promise.all(refused.map(async ({ read, answer }) => `${read.name}: ${reasonOf(answer, read, await standing(read.id))}`));
  const others = wanted.length - refused.length;
  return { state: "refused", message: [...(others > 0 ? [`${others} lainnya disetujui.`] : []), ...told].join(" ") };
}

async function sendReturn(content: unknown): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over below
  const given = content as Return;
  const { kembalikanRekap: answer } = await tell(SEND_BACK_REKAP, { id: given.id, revisi: given.revisi, alasan: given.alasan, catatan: given.catatan });
  if (answer.__typename === "RekapDiterima") return { state: "sent" };
  const rekap = await standing(given.id);
  if (wasDone("KEMBALIKAN", given, rekap)) return { state: "sent" };
  if (given.draft !== null && rekap?.status === "DIAJUKAN" && rekap.revisi === given.revisi) await keepDraft(given.draft);
  return { state: "refused", message: reasonOf(answer, given, rekap) };
}

async function sendWithdrawal(content: unknown): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over below
  const given = content as Reasoned;
  const { tarikRekap: answer } = await tell(WITHDRAW_REKAP, { id: given.id, revisi: given.revisi, alasan: given.alasan });
  return takenBack(answer, given, "TARIK", "DIAJUKAN");
}

async function sendReopening(content: unknown): Promise<Outcome> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over below
  const given = content as Reasoned;
  const { bukaRekap: answer } = await tell(REOPEN_REKAP, { id: given.id, alasan: given.alasan });
  return takenBack(answer, given, "BUKA", "DISETUJUI");
}

async function takenBack(answer: Answer, given: Reasoned, what: AksiRekap, expected: StatusRekap): Promise<Outcome> {
  if (answer.__typename === "RekapDiterima") return { state: "sent" };
  const rekap = await standing(given.id);
  return wasDone(what, given, rekap) ? { state: "sent" } : { state: "refused", message: reasonOf(answer, given, rekap, expected) };
}

registerSender(APPROVE, sendApproval);
registerSender(SEND_BACK, sendReturn);
registerSender(WITHDRAW, sendWithdrawal);
registerSender(REOPEN, sendReopening);

/** Approves these, each for itself. */
export async function approve(person: string, rekap: readonly Read[]): Promise<void> {
  for (let i = 0; i < rekap.length; i += AT_ONCE) {
    const part = rekap.slice(i, i + AT_ONCE);
    const what = part.length === 1 ? `Persetujuan ${part[0]?.name ?? ""}` : `Persetujuan ${part.length} rekap`;
    // oxlint-disable-next-line no-await-in-loop -- in their order
    await handOver({ person, kind: APPROVE, what, content: part });
  }
}

/** Returns a rekap with a reason and notes. `draft`: comes back where the hub does not take them. */
export function sendBack(person: string, read: Read, reason: string, notes: readonly Note[], draft: Draft | null): Promise<void> {
  const content: Return = { ...read, alasan: reason, catatan: notes, draft };
  return handOver({ person, kind: SEND_BACK, what: `Pengembalian ${read.name}`, content });
}

/** The office takes back what it submitted and nobody has decided about. */
export function withdraw(person: string, read: Read, reason: string): Promise<void> {
  const content: Reasoned = { ...read, alasan: reason };
  return handOver({ person, kind: WITHDRAW, what: `Penarikan ${read.name}`, content });
}

/** The province opens what it approved, to be mended. */
export function reopen(person: string, read: Read, reason: string): Promise<void> {
  const content: Reasoned = { ...read, alasan: reason };
  return handOver({ person, kind: REOPEN, what: `Pembukaan kembali ${read.name}`, content });
}

/** The rekap that a submission decides about; none: it is no decision. */
export function decidedIn({ kind, content }: Pick<Submission, "kind" | "content">): string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over above
  if (kind === APPROVE) return (content as Read[]).map((read) => read.id);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return [SEND_BACK, WITHDRAW, REOPEN].includes(kind) ? [(content as Reasoned).id] : [];
}
