/** @jsxImportSource preact */
// One resource, all that is known of it.

import { ask } from "../hub/fetch.ts";
import { dayOf, writeMoment } from "../hub/wording.ts";
import { AnswerState } from "../meja/more_pages.tsx";
import { NotHere } from "../meja/not_here.tsx";
import { linkTo } from "../meja/router.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { endWords } from "./papers.ts";
import { RESOURCE } from "./queries.ts";
import { draftOf } from "./resource_draft.ts";
import type { Resource } from "./resource_draft.ts";
import { FIELDS } from "./resource_fields.ts";
import { mayWriteResource } from "./rights.ts";
import { KIND_NAMES, OWNER_NAMES, PAPER_NAMES, placeWords, writeDay } from "./wording.ts";

export function ResourceView({ id }: { id: string }) {
  const answer = useStored(`sumber daya ${id}`, (signal) => ask(RESOURCE, { id }, signal));
  const resource = answer.content?.sumberDaya ?? null;
  if (answer.content !== null && resource === null) return <NotHere />;
  return (
    <>
      <h1 tabIndex={-1}>{resource?.nama ?? "Sumber daya"}</h1>
      <AnswerState answer={answer} what="sumber daya ini" />
      {resource !== null && <Known resource={resource} />}
      <p>
        <a href={linkTo("sumber-daya")}>Kembali ke daftar sumber daya</a>
      </p>
    </>
  );
}

function Known({ resource }: { resource: Resource }) {
  const { who } = useDesk();
  const { values } = draftOf(resource);
  const more = FIELDS[resource.jenis].flatMap((field) => {
    const value = values[field.name] ?? "";
    return value === "" || field.name === "ketuaSetuju" ? [] : [[field.label, field.choices?.[value] ?? value] as const];
  });
  const facts: (readonly [string, string])[] = [
    ["Jenis", KIND_NAMES[resource.jenis]],
    ["Pemilik", OWNER_NAMES[resource.pemilik]],
    ["Tempat", placeWords(resource.desa, true)],
    ["Alamat", resource.alamat ?? ""],
    ["Titik", (values["lintang"] ?? "") === "" ? (resource.rahasia ? "dirahasiakan" : "belum diketahui") : `lintang ${values["lintang"]}, bujur ${values["bujur"]}`],
    ["Ada sejak", writeDay(resource.sejak)],
    ["Sampai dengan", (values["sampai"] ?? "") === "" ? "" : writeDay(values["sampai"] ?? "")],
    ...more,
    ["Asal data", resource.sumber ?? ""],
    ["Diubah", writeMoment(new Date(resource.diubahPada))],
  ];
  return (
    <>
      <p>
        {!resource.aktif && <span class="cap">tidak ada lagi atau belum ada</span>}
        {resource.contoh && <span class="cap">contoh, bukan lembaga yang sungguh ada</span>}
      </p>
      <p class="tombol">
        {mayWriteResource(who, resource.desa.kode, resource.pemilik) ? (
          <a class="utama" href={linkTo("sumber-daya", "ubah", resource.id)}>
            Ubah
          </a>
        ) : (
          <span class="petunjuk">Yang mengubahnya ialah provinsi.</span>
        )}
        {resource.jenis === "GUDANG_BENCANA" && <a href={linkTo("gudang", resource.id)}>Lihat stoknya</a>}
      </p>
      <section class="kartu" aria-labelledby="keterangan">
        <h2 id="keterangan">Keterangan</h2>
        <dl class="fakta">
          {facts.map(([name, value]) =>
            value === "" ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </section>
      <section class="kartu" aria-labelledby="berkasnya">
        <h2 id="berkasnya">Berkas</h2>
        {resource.surat.length === 0 && <p class="kosong">Belum ada berkas.</p>}
        <ul class="berkas">
          {resource.surat.map((paper) => (
            <li key={`${paper.jenis} ${paper.sejak}`}>
              <strong>
                {PAPER_NAMES[paper.jenis]}
                {paper.peringkat !== null && ` ${paper.peringkat}`}
              </strong>
              {paper.nomor !== null && ` nomor ${paper.nomor}`}: sejak {writeDay(paper.sejak)}, {endWords(paper.sampai, dayOf(new Date()))}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
