/** @jsxImportSource preact */
// One network: its profile, members, links, phases and activities; and what is written of it.

import { ask } from "../hub/fetch.ts";
import { dayOf } from "../hub/wording.ts";
import { AnswerState } from "../meja/more_pages.tsx";
import { NotHere } from "../meja/not_here.tsx";
import { linkTo } from "../meja/router.ts";
import { useDesk } from "../meja/use_session.ts";
import { useStored } from "../meja/use_stored.ts";
import { ActivityForm } from "./activity_form.tsx";
import { PhaseForm } from "./phase_form.tsx";
import { NETWORK } from "./queries.ts";
import type { NetworkQuery } from "./queries.ts";
import { mayWriteNetwork } from "./rights.ts";
import { lastDayBefore, PHASE_NAMES, placeWords, REACH_NAMES, writeDay } from "./wording.ts";

export type Network = NonNullable<NetworkQuery["wksbm"]>;

export function NetworkView({ id }: { id: string }) {
  const { who } = useDesk();
  const answer = useStored(`wksbm ${id}`, (signal) => ask(NETWORK, { id }, signal));
  const network = answer.content?.wksbm ?? null;
  if (answer.content !== null && network === null) return <NotHere />;
  return (
    <>
      <h1 tabIndex={-1}>{network?.nama ?? "WKSBM"}</h1>
      <AnswerState answer={answer} what="jejaring ini" />
      {network !== null && (
        <>
          <Profile network={network} />
          {mayWriteNetwork(who, network.desa.kode) && (
            <div class="berdampingan">
              <ActivityForm network={network} onSent={answer.retry} />
              <PhaseForm network={network} onSent={answer.retry} />
            </div>
          )}
          <Activities network={network} />
          <div class="berdampingan">
            <Members network={network} />
            <Links network={network} />
          </div>
        </>
      )}
      <p>
        <a href={linkTo("wksbm")}>Kembali ke daftar WKSBM</a>
      </p>
    </>
  );
}

function Profile({ network }: { network: Network }) {
  const facts: (readonly [string, string | null])[] = [
    ["Tempat", placeWords(network.desa, true)],
    ["Tahap", `${PHASE_NAMES[network.tahap]} sejak ${writeDay(network.tahapSejak)}`],
    ["Ada sejak", writeDay(network.sejak)],
    ["Sampai dengan", network.sampai === null ? null : writeDay(lastDayBefore(network.sampai))],
    ["Balai", network.balai],
    ["Dokumen", network.dokumen],
    ["Keterangan", network.keterangan],
  ];
  return (
    <section class="kartu" aria-labelledby="profil">
      <h2 id="profil">
        Profil {!network.aktif && <span class="cap">tidak ada lagi atau belum ada</span>}
        {network.contoh && <span class="cap">contoh, bukan jejaring yang sungguh ada</span>}
      </h2>
      <dl class="fakta">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <details>
        <summary>Riwayat tahap</summary>
        <ul>
          {network.riwayatTahap.map((one) => (
            <li key={`${one.tahap} ${one.sejak}`}>
              {PHASE_NAMES[one.tahap]} sejak {writeDay(one.sejak)}
              {one.alasan !== null && `: ${one.alasan}`}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Activities({ network }: { network: Network }) {
  return (
    <section class="kartu" aria-labelledby="kegiatannya">
      <h2 id="kegiatannya">Kegiatan</h2>
      {network.kegiatan.length === 0 && <p class="kosong">Belum ada kegiatan yang dicatat.</p>}
      <ul class="kegiatan">
        {network.kegiatan.toReversed().map((one) => (
          <li key={`${one.tanggal} ${one.kode} ${one.uraian}`}>
            <strong>{writeDay(one.tanggal)}</strong>: {one.kegiatan} <small>{one.kode}</small>
            {one.uraian !== one.kegiatan && <span>{one.uraian}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Members({ network }: { network: Network }) {
  const today = dayOf(new Date());
  return (
    <section class="kartu" aria-labelledby="anggotanya">
      <h2 id="anggotanya">Anggota</h2>
      {network.anggota.length === 0 && <p class="kosong">Belum ada anggota yang dicatat.</p>}
      <ul>
        {network.anggota.map((one) => (
          <li key={`${one.nama} ${one.sejak}`}>
            {one.nama} <small>{one.jenis}</small>
            {one.sampai !== null && one.sampai <= today && <small>, keluar {writeDay(one.sampai)}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Links({ network }: { network: Network }) {
  return (
    <section class="kartu" aria-labelledby="hubungannya">
      <h2 id="hubungannya">Hubungan</h2>
      {network.hubungan.length === 0 && <p class="kosong">Belum ada hubungan yang dicatat.</p>}
      <ul>
        {network.hubungan.map((one) => (
          <li key={one.id}>
            <Target target={one.tujuan} />: {one.jenis}{" "}
            <small>
              {REACH_NAMES[one.skala].toLowerCase()}, sejak {writeDay(one.sejak)}
              {one.sampai !== null && ` sampai dengan ${writeDay(lastDayBefore(one.sampai))}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Target({ target }: { target: Network["hubungan"][number]["tujuan"] }) {
  if ("kind" in target) {
    return (
      <>
        {target.nama} <small>{target.kind}</small>
      </>
    );
  }
  if (!("id" in target)) return null;
  return <a href={target.__typename === "Wksbm" ? linkTo("wksbm", target.id) : linkTo("sumber-daya", "lihat", target.id)}>{target.nama}</a>;
}
