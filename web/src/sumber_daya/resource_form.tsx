/** @jsxImportSource preact */
// The form of one resource.

import { useState } from "preact/hooks";
import { Field, FindingSummary } from "../meja/field.tsx";
import type { Finding } from "../meja/field.tsx";
import { linkTo } from "../meja/router.ts";
import { useDesk } from "../meja/use_session.ts";
import { Choice, choicesOf } from "./choice.tsx";
import { ConflictNotice } from "./conflict_notice.tsx";
import { PaperFields } from "./paper_fields.tsx";
import { PointFields } from "./point_fields.tsx";
import { DesaFields } from "./regions.tsx";
import { idOf, newDraft, readDraft } from "./resource_draft.ts";
import type { ResourceDraft } from "./resource_draft.ts";
import { FIELDS, isKind, papersOf } from "./resource_fields.ts";
import type { FieldOf } from "./resource_fields.ts";
import { ownersFor } from "./rights.ts";
import { SentNotice, WaitingNotice } from "./sending_notice.tsx";
import { useSending } from "./use_sending.ts";
import { KIND_NAMES, OWNER_NAMES } from "./wording.ts";

const NO_YES = [["tidak", "Tidak"], ["ya", "Ya"]] as const;

interface FormProps {
  begun: ResourceDraft;
  desaName: string;
  sent?: string; // the key under which it was handed over before
}

export function ResourceForm({ begun, desaName, sent }: FormProps) {
  const { who } = useDesk();
  const [draft, setDraft] = useState(begun);
  const [ownFindings, setOwnFindings] = useState<readonly Finding[]>([]);
  const sending = useSending(sent ?? null);
  const isNew = draft.version === null;
  const value = (name: string): string => draft.values[name] ?? "";
  const set = (changed: Record<string, string>) => setDraft((d) => ({ ...d, values: { ...d.values, ...changed } }));
  const save = () => {
    const read = readDraft(draft);
    setOwnFindings(read.findings);
    if (read.input !== null) sending.send({ type: "resource", input: read.input, draft }, `${KIND_NAMES[read.input.jenis]} ${read.input.nama}`);
  };
  if (sending.state === "sent") {
    const title = `${value("nama")} tersimpan`;
    return (
      <>
        <h1 tabIndex={-1}>{isNew ? "Tambah sumber daya" : "Ubah sumber daya"}</h1>
        <SentNotice title={title} sending={sending}>
          <a class="utama" href={linkTo("sumber-daya", "lihat", idOf(draft))}>
            Lihat hasilnya
          </a>
          <a href={linkTo("sumber-daya")}>Ke daftar</a>
          {isNew && (
            <button
              type="button"
              onClick={() => {
                sending.again();
                setDraft({ ...newDraft(value("sejak")), values: { jenis: value("jenis"), pemilik: value("pemilik"), desa: value("desa"), sejak: value("sejak") } });
              }}
            >
              Tambah lagi
            </button>
          )}
        </SentNotice>
      </>
    );
  }
  const kind = value("jenis");
  const findings = ownFindings.length > 0 ? ownFindings : sending.findings;
  const isBusy = sending.state === "waiting";
  const owners = ownersFor(who).map((owner) => [owner, OWNER_NAMES[owner]] as const);
  return (
    <>
      <h1 tabIndex={-1}>{isNew ? "Tambah sumber daya" : `Ubah ${begun.values["nama"] ?? ""}`}</h1>
      <form
        class="formulir"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (!isBusy) save();
        }}
      >
        {sending.isConflict && draft.id !== null ? (
          <ConflictNotice id={draft.id} draft={draft} onTake={setDraft} onKeep={(version) => setDraft((d) => ({ ...d, version }))} />
        ) : (
          !isBusy && <FindingSummary findings={findings} message={ownFindings.length > 0 ? "" : sending.message} />
        )}
        <fieldset disabled={isBusy}>
          <legend>Apa dan di mana</legend>
          <Field id="jenis" label="Jenis" isRequired findings={findings}>
            {(given) => <Choice given={given} value={kind} choices={choicesOf(KIND_NAMES)} empty="Pilih" isDisabled={!isNew} onPick={(picked) => set({ jenis: picked })} />}
          </Field>
          <TextField id="nama" label="Nama" isRequired value={value("nama")} findings={findings} onType={(text) => set({ nama: text })} />
          <Field id="pemilik" label="Pemilik" isRequired findings={findings}>
            {(given) => <Choice given={given} value={value("pemilik")} choices={owners} onPick={(text) => set({ pemilik: text })} />}
          </Field>
          <DesaFields key={draft.suffix} value={value("desa")} named={desaName} isFixed={!isNew} findings={findings} onPick={(desa) => set({ desa })} />
          <TextField id="alamat" label="Alamat" value={value("alamat")} findings={findings} onType={(text) => set({ alamat: text })} />
          <Field id="sejak" label="Ada sejak" isRequired findings={findings} hint="Bila harinya tidak diketahui: 1 Januari tahunnya.">
            {(given) => <input {...given} type="date" value={value("sejak")} onInput={(e) => set({ sejak: e.currentTarget.value })} />}
          </Field>
          <Field id="sampai" label="Ada sampai dengan" findings={findings} hint="Kosongkan selama masih ada.">
            {(given) => <input {...given} type="date" value={value("sampai")} onInput={(e) => set({ sampai: e.currentTarget.value })} />}
          </Field>
          {kind !== "GUDANG_BENCANA" && (
            <Field id="rahasia" label="Tempat perlindungan korban" findings={findings} hint="Bila ya, letaknya dirahasiakan dan titiknya tidak disimpan.">
              {(given) => <Choice given={given} value={value("rahasia") === "" ? "tidak" : value("rahasia")} choices={NO_YES} onPick={(text) => set({ rahasia: text })} />}
            </Field>
          )}
          {value("rahasia") !== "ya" && <PointFields lat={value("lintang")} lon={value("bujur")} findings={findings} onPick={(lat, lon) => set({ "lintang": lat, "bujur": lon })} />}
        </fieldset>
        {isKind(kind) && (
          <fieldset disabled={isBusy}>
            <legend>{KIND_NAMES[kind]}</legend>
            {FIELDS[kind].map((field) => (
              <OfKind key={field.name} field={field} value={value(field.name)} findings={findings} onType={(text) => set({ [field.name]: text })} />
            ))}
            <TextField id="sumber" label="Asal data" value={value("sumber")} findings={findings} onType={(text) => set({ sumber: text })} />
          </fieldset>
        )}
        {isKind(kind) && (
          <fieldset disabled={isBusy}>
            <legend>Berkas</legend>
            <PaperFields papers={draft.papers} kinds={papersOf(kind)} findings={findings} onChange={(papers) => setDraft((d) => ({ ...d, papers }))} />
          </fieldset>
        )}
        <div class="tombol kaki">
          <button type="submit" class="utama" disabled={isBusy}>
            {isBusy ? "Mengirim…" : "Simpan"}
          </button>
          <a href={isNew ? linkTo("sumber-daya") : linkTo("sumber-daya", "lihat", idOf(draft))}>Kembali</a>
        </div>
        <WaitingNotice sending={sending} />
      </form>
    </>
  );
}

interface TextFieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  isRequired?: boolean;
  value: string;
  isNumber?: boolean;
  findings: readonly Finding[];
  onType: (text: string) => void;
}

export function TextField({ id, label, hint, isRequired = false, value, isNumber = false, findings, onType }: TextFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} isRequired={isRequired} findings={findings} onTake={onType}>
      {(given) => <input {...given} type="text" inputMode={isNumber ? "decimal" : "text"} autocomplete="off" value={value} onInput={(e) => onType(e.currentTarget.value)} />}
    </Field>
  );
}

function OfKind({ field, value, findings, onType }: { field: FieldOf; value: string; findings: readonly Finding[]; onType: (text: string) => void }) {
  if (field.choices === undefined) {
    return <TextField id={field.name} label={field.label} hint={field.hint} isRequired={field.isRequired ?? false} value={value} isNumber={field.type !== "text"} findings={findings} onType={onType} />;
  }
  const choices = field.choices;
  return (
    <Field id={field.name} label={field.label} hint={field.hint} isRequired={field.isRequired ?? false} findings={findings}>
      {(given) => <Choice given={given} value={value} choices={choicesOf(choices)} empty="Tidak diketahui" onPick={onType} />}
    </Field>
  );
}
