/** @jsxImportSource preact */
// A file of the office: how the hub reads it, what it asks, and from there into Isian.

import { useId, useRef, useState } from "preact/hooks";
import { download, save } from "../hub/download.ts";
import { Failure, sendForm, tellWithFile } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { periodeName } from "../hub/wording.ts";
import { workOf } from "../isian/cells.ts";
import { plainWords } from "../meja/plain_words.ts";
import { draftOf } from "../isian/kept.ts";
import type { KeptDraft } from "../isian/kept.ts";
import { idOf, loadKnown } from "../isian/known.ts";
import type { Asked, Known } from "../isian/known.ts";
import { linkTo } from "../meja/router.ts";
import type { ScreenProps } from "../meja/screens.ts";
import { dropDraft, keepDraft, readDraft } from "../meja/store.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { cellsIn, mappingOf, unanswered } from "./answers.ts";
import type { Answers, Reading } from "./answers.ts";
import { UPLOAD_READ, UPLOAD_SAVE } from "./queries.ts";
import { ReadingView } from "./reading_view.tsx";
import "../isian/isian.css";
import "./upload.css";

const ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods";
const OF_CELLS = new Set(["ANGKA_TAK_TERBACA", "STATUS_BERTENTANGAN", "TOTAL_TAK_TERBACA", "TOTAL_BERLAINAN"]); // what is mended in the grid
const NOTHING: Answers = { columns: new Map(), rows: new Map() };

export function UploadScreen({ parts: [formulir = "", periode = ""] }: ScreenProps) {
  const { who } = useDesk();
  return <UploadOf key={`${formulir} ${periode}`} asked={{ pelapor: who.wilayah?.kode ?? "", formulir, periode }} />;
}

function UploadOf({ asked }: { asked: Asked }) {
  const answer = useStored<Known>(draftOf(idOf(asked)), (signal) => loadKnown(asked, signal));
  const known = answer.content;
  return (
    <>
      <h1 tabIndex={-1}>Unggah berkas</h1>
      <p class="kabar-unggah">
        <strong>
          {known === null ? asked.formulir : `${known.form.nama} (${known.form.kode})`}, {periodeName(asked.periode)}
        </strong>{" "}
        <a href={linkTo("isian", asked.formulir, asked.periode)}>Ke isian</a> <a href="#/">Kembali ke Beranda</a>
      </p>
      {answer.error !== null && <ErrorNotice error={answer.error} retry={answer.retry} />}
      {known === null ? answer.error === null && <Loading what="formulir" /> : <FileUpload asked={asked} known={known} />}
    </>
  );
}

/** A file with what came of it. */
interface Opened {
  file: File;
  reading: Reading;
}

function FileUpload({ asked, known }: { asked: Asked; known: Known }) {
  const { person, refuse } = useDesk();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [answers, setAnswers] = useState<Answers>(NOTHING);
  const [isBusy, setBusy] = useState("");
  const [error, setError] = useState<Failure | null>(null);
  const key = useRef(""); // of this file with these answers: sent again, it is the same submission
  const failed = (reason: unknown) => {
    if (!(reason instanceof Failure)) console.error(reason);
    const failure = reason instanceof Failure ? reason : new Failure("Jawaban hub tidak terbaca.", "Coba lagi.");
    if (failure.status === 401) refuse();
    setError(failure.status === 401 ? null : failure);
  };
  const during = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    await work().catch(failed);
    setBusy("");
  };
  const read = (file: File, given: Answers, before: Reading | null) =>
    during("Hub membaca berkas", async () => {
      const mapping = before === null ? {} : mappingOf(before, given);
      const { bacaBerkas: reading } = await tellWithFile(UPLOAD_READ, { ...asked, berkas: null, ...mapping }, file);
      if (reading.__typename === "TidakBerwenang") throw new Failure(plainWords(reading.pesan), "Masuk dengan token kantor yang bersangkutan.", 403);
      key.current = "";
      setOpened({ file, reading });
    });
  const choose = (file: File | undefined) => {
    if (file === undefined) return;
    setAnswers(NOTHING);
    setOpened(null);
    void read(file, NOTHING, null);
  };
  const keep = ({ file, reading }: Opened) =>
    during("Menyimpan draf", async () => {
      if (key.current === "") key.current = `unggah-${Date.now()}-${Math.random().toString(36).slice(2)}`;
      const { unggahRekap: said } = await tellWithFile(UPLOAD_SAVE, { ...asked, berkas: null, key: key.current, ...mappingOf(reading, answers) }, file);
      if (said.__typename === "RekapDitolak") {
        const wrong = said.temuan.filter((one) => one.tingkat === "GALAT");
        const cells = wrong.every((one) => OF_CELLS.has(one.kode)) ? cellsIn(reading, answers, known.form) : null;
        if (cells === null) {
          setOpened({ file, reading: { ...reading, temuan: said.temuan } });
          throw new Failure(`Belum dapat disimpan: ${wrong.map((one) => plainWords(one.pesan)).slice(0, 3).join(" ")}`, "Jawab atau perbaiki yang disebut, lalu coba lagi.");
        }
        await begin(person, asked, cells);
      } else if (said.__typename === "RekapDiterima") await dropDraft(person, draftOf(idOf(asked)));
      else throw new Failure(plainWords(said.pesan), "Buka isiannya untuk melihat yang ada di hub.");
      location.hash = linkTo("isian", asked.formulir, asked.periode);
    });
  const annotated = ({ file }: Opened) =>
    during("Hub menandai berkas", async () => {
      const form = new FormData();
      for (const name of ["pelapor", "formulir", "periode"] as const) form.set(name, asked[name]);
      form.set("berkas", file);
      await save(await sendForm("/anotasi", form), `${file.name.replace(/\.\w+$/, "")}_temuan${/\.(csv|tsv|txt)$/i.test(file.name) ? ".csv" : ".xlsx"}`);
    });
  const left = opened === null ? 0 : unanswered(opened.reading, answers);
  const template = `/templat/${asked.formulir}.xlsx?${new URLSearchParams({ pelapor: asked.pelapor, periode: asked.periode })}`;
  const canSave = known.rekap === null || known.rekap.boleh.includes("SIMPAN");
  return (
    <>
      <Drop file={opened?.file ?? null} onFile={choose} />
      <p class="tombol">
        <button type="button" onClick={() => void download(template, `${asked.formulir}_${asked.pelapor}_${asked.periode}.xlsx`).catch(failed)}>
          Unduh templat
        </button>
        {opened !== null && (
          <button type="button" disabled={isBusy !== ""} onClick={() => void annotated(opened)}>
            Unduh berkas dengan tanda temuan
          </button>
        )}
      </p>
      <div role="status">{isBusy !== "" && <Loading what={`: ${isBusy.toLowerCase()}`} />}</div>
      {error !== null && <ErrorNotice error={error} />}
      {opened !== null && (
        <>
          <ReadingView reading={opened.reading} form={known.form} regions={known.regions} answers={answers} onAnswers={setAnswers} />
          <div class="kartu simpan-unggah">
            {!canSave && <p>Rekap ini sedang pada provinsi atau sudah disetujui, jadi berkas tidak dapat menggantikannya.</p>}
            {left > 0 && <p role="status">{left} pertanyaan di atas belum dijawab.</p>}
            <div class="tombol">
              <button type="button" class="utama" disabled={isBusy !== "" || left > 0 || !canSave} onClick={() => void keep(opened)}>
                Simpan sebagai draf dan buka isian
              </button>
              <button type="button" disabled={isBusy !== ""} onClick={() => void read(opened.file, answers, opened.reading)}>
                Baca ulang dengan jawaban ini
              </button>
            </div>
            <p class="petunjuk">Isi berkas menggantikan draf rekap ini. Jawaban Anda diingat untuk berkas kantor ini berikutnya.</p>
          </div>
        </>
      )}
    </>
  );
}

/** Isian begins with the cells of a file that the hub could not keep, on the revision that it has. */
async function begin(person: string, asked: Asked, cells: [string, string][]): Promise<void> {
  const name = draftOf(idOf(asked));
  const { rekap } = await loadKnown(asked);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept by this desk
  const before = (await readDraft(person, name))?.content as KeptDraft | undefined;
  const content: KeptDraft = { work: { ...workOf(rekap), cells: [...new Map(cells)] }, stamp: (before?.stamp ?? 0) + 1 };
  await keepDraft({ person, id: name, content, at: Date.now() });
}

function Drop({ file, onFile }: { file: File | null; onFile: (file: File | undefined) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  return (
    <div
      class={`jatuhkan ${isOver ? "di-atas" : ""}`}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        onFile(e.dataTransfer?.files[0]);
      }}
    >
      {file !== null && <p class="nama-berkas">{file.name}</p>}
      <label for={id} class="tombol-tautan">
        {file === null ? "Pilih berkas Excel, CSV atau ODS" : "Pilih berkas lain"}
      </label>{" "}
      <span>atau jatuhkan di sini.</span>
      <input
        id={id}
        class="hanya-suara"
        type="file"
        accept={ACCEPTED}
        onChange={(e) => {
          onFile(e.currentTarget.files?.[0]);
          e.currentTarget.value = ""; // the same file, mended, may be chosen again
        }}
      />
      <p class="petunjuk">Berkas kantor boleh seperti adanya: hub mencari tabelnya sendiri, lalu menunjukkan cara ia membacanya.</p>
    </div>
  );
}
