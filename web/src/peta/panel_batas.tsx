/** @jsxImportSource preact */
// What is wrong with boundaries: which kinds are drawn, how many there are, and a list that leads to each.

import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { useFetch } from "../hub/hooks.ts";
import { wilayahName } from "./katalog.ts";
import { BATAS_QUALITY_KINDS, BATAS_QUALITY } from "./palette.ts";
import { WilayahSelect } from "./panel_angka.tsx";
import type { PanelProps } from "./panel_angka.tsx";
import { CheckList } from "./panel_layers.tsx";
import { BATAS_TEMUAN } from "./queries.ts";
import type { BatasTemuanQuery, JenisMutuBatas } from "./queries.ts";
import { Table } from "./table.tsx";
import type { Column } from "./table.tsx";
import { writeNumber, writeArea, writeDate } from "../hub/wording.ts";

const TEMUAN_NAMES: Record<JenisMutuBatas, string> = { TUMPANG_TINDIH: "Tumpang tindih", CELAH: "Celah", DI_LUAR_INDUK: "Di luar induknya", LUAS_BEDA: "Luas berbeda", TANPA_BATAS: "Batas belum dimuat" };

type Temuan = BatasTemuanQuery["all"]["edges"][number]["node"];

const AT_ONCE = 200;

export function PanelBatas(s: PanelProps & { version: number; onShow: (kode: string) => void }) {
  const { view, change, katalog, version, onShow } = s;
  const { content, loading, error, retry } = useFetch(`${view.wilayah} ${version}`, (signal) => ask(BATAS_TEMUAN, { wilayah: view.wilayah, first: AT_ONCE }, signal));
  return (
    <form class="pilihan" onSubmit={(e) => e.preventDefault()}>
      <WilayahSelect {...s} />
      <CheckList title="Temuan yang digambar" all={BATAS_QUALITY_KINDS} chosen={view.batasKinds} change={(batasKinds) => change({ batasKinds })} badges={BATAS_QUALITY} count={(j) => content?.[j].totalCount} />
      {error !== null && <ErrorNotice error={error} retry={retry} />}
      {content === null && loading && <Loading what="temuan pada batas" />}
      {content !== null && <TemuanTable content={content} of={wilayahName(view.wilayah, katalog)} onShow={onShow} />}
    </form>
  );
}

function TemuanTable({ content, of, onShow }: { content: BatasTemuanQuery; of: string; onShow: (kode: string) => void }) {
  const { edges, totalCount } = content.all;
  if (totalCount === 0) {
    return <p class="kosong">Tidak ada temuan di {of}. Temuan muncul sesudah pengelola hub memeriksa batas, dan hilang begitu batasnya diganti.</p>;
  }
  const columns: Column<Temuan & { rowKey: string }>[] = [
    {
      key: "wilayah", title: "Wilayah", sortBy: (t) => t.wilayah?.kode ?? null,
      cell: ({ wilayah }) =>
        wilayah === null ? (
          "tidak berlaku lagi"
        ) : (
          <button type="button" class="tautan" onClick={() => onShow(wilayah.kode)}>
            {wilayah.nama}
          </button>
        ),
    },
    { key: "jenis", title: "Temuan", sortBy: (t) => TEMUAN_NAMES[t.jenis], cell: (t) => TEMUAN_NAMES[t.jenis] },
    { key: "luas", title: "Luas", isNumber: true, sortBy: (t) => t.luasM2, cell: (t) => (t.luasM2 === null ? "–" : writeArea(t.luasM2)) },
  ];
  const checked = edges[0] === undefined ? "" : `, diperiksa ${writeDate(new Date(edges[0].node.diperiksaPada))}`;
  const howMany = totalCount > edges.length ? `${writeNumber(edges.length)} pertama dari ${writeNumber(totalCount)} temuan` : `${writeNumber(totalCount)} temuan`;
  return <Table title={`${howMany}, ${of}${checked}`} columns={columns} rows={edges.map(({ node }, i) => ({ ...node, rowKey: String(i) }))} rowKey={(t) => t.rowKey} initial={{ column: "wilayah", descending: false }} />;
}
