/** @jsxImportSource preact */
// The page: what is looked at (View) goes to the address, to the hub as questions, and to the map.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { PetaArea } from "./peta_area.tsx";
import type { Visible, Hint } from "./peta_area.tsx";
import { WilayahSearch } from "./wilayah_search.tsx";
import type { FoundWilayah } from "./wilayah_search.tsx";
import { petaTitle, PrintSheet } from "./print_sheet.tsx";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { Header } from "./header.tsx";
import { boxOf, wilayahBox } from "./wilayah_box.ts";
import { useAddress } from "./use_address.ts";
import { useContent } from "./use_content.ts";
import type { Content } from "./use_content.ts";
import { useLayers } from "./use_layers.ts";
import { usePeta } from "./use_peta.ts";
import { SidePanel } from "./panel.tsx";
import type { Hit, PetaHub } from "./peta_hub.ts";
import type { Thing } from "./details.tsx";
import { isKeyOf, BATAS_QUALITY } from "./palette.ts";
import type { View } from "./view.ts";
import { LEVEL_NAMES, writeNumber, writeNilai, wordOf } from "../hub/wording.ts";

const WITHOUT_BATAS = "Batas wilayah itu belum dimuat ke hub, jadi tidak dapat ditunjukkan di peta.";

export function Page() {
  const currentPeta = useRef<PetaHub | null>(null);
  const opened = useCallback((t: View) => {
    if (t.wilayah !== "") currentAlreadyShown.current(t.wilayah);
    if (t.camera !== null) currentPeta.current?.moveTo(t.camera);
  }, []);
  const { view, setView, change } = useAddress(opened);
  const [version, setVersion] = useState(0); // grows with every token: everything is asked for again
  const [thing, setThing] = useState<Thing | null>(null);
  const [hint, setHint] = useState<Hint | null>(null);
  const [tilesFailed, setTilesFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState<Visible | null>(null);
  const [notice, setNotice] = useState("");
  const content = useContent(view, setView, version);
  const { katalog, available, angka, classification, item } = content;

  const chooseWilayah = (kode: string) => {
    setThing({ kind: "wilayah", kode });
    change({ chosen: kode });
  };
  const choose = ({ layer, properties }: Hit) => {
    if (layer === "titik" && properties["id"] === undefined) chooseWilayah(String(properties["kode_desa"]));
    else if (layer === "titik") setThing({ kind: "sumber-daya", id: String(properties["id"]) });
    else if (layer === "wksbm") setThing({ kind: "wksbm", id: String(properties["id"]) });
    else if (layer === "mutu" || layer === "mutu-titik") setThing((b) => batasTemuan(properties) ?? b);
    else chooseWilayah(String(properties["kode"]));
  };
  const { container, peta, state } = usePeta(view.camera, {
    onPoint: (hit, x, y) => setHint(hit === null ? null : { hit, x, y }),
    onChoose: choose,
    onMove: (camera) => change({ camera }),
    onFail: () => setTilesFailed(true),
    onBusy: setBusy,
    onVisible: (kode, isSample, startZoom) => setVisible((t) => (t !== null && t.isSample === isSample && t.startZoom === startZoom && same(t.kode, kode) ? t : { kode, isSample, startZoom })),
  });
  currentPeta.current = peta;
  const alreadyShown = useLayers(peta, view, content, version);
  const currentAlreadyShown = useRef(alreadyShown);
  currentAlreadyShown.current = alreadyShown;

  const showWilayah = (kode: string) => {
    chooseWilayah(kode);
    wilayahBox(kode).then(
      (box) => (box === null ? setNotice(WITHOUT_BATAS) : peta?.fit(box)),
      () => undefined, // the details say what is wrong
    );
  };
  const retryTiles = () => {
    setTilesFailed(false);
    peta?.reloadAll();
  };
  useEffect(() => {
    if (!tilesFailed) return;
    addEventListener("online", retryTiles);
    return () => removeEventListener("online", retryTiles);
  }, [tilesFailed, peta]);
  const onFound = ({ kode, bbox }: FoundWilayah) => {
    const wilayah = kode.startsWith(view.wilayah) ? view.wilayah : kode.slice(0, 2);
    alreadyShown(wilayah); // the map goes to what was found, not to its province
    setThing({ kind: "wilayah", kode });
    change({ chosen: kode, wilayah });
    const box = boxOf(bbox);
    if (box === null) setNotice(WITHOUT_BATAS);
    else peta?.fit(box);
  };

  useEffect(() => {
    if (view.chosen !== "") setThing({ kind: "wilayah", kode: view.chosen });
  }, [view.chosen]);
  useEffect(() => {
    if (angka.content === null) return;
    setNotice(summary(content));
    document.title = `${angka.content.question.item.nama} · Peta Hub Dinsos`;
  }, [angka.content, classification]);

  return (
    <>
      <a class="lompat" href="#panel" onClick={jumpToPanel}>
        Langsung ke pilihan
      </a>
      <Header onToken={() => setVersion((n) => n + 1)}>
        <WilayahSearch version={version} onChoose={onFound} />
      </Header>
      <main class="isi">
        <h1 class="hanya-suara">{petaTitle(angka.content, katalog.content)}</h1>
        <PetaArea
          {...{ container, state, view, hint, thing, version, tilesFailed, busy, visible, item, angka, classification }}
          ready={available.content !== null && view.data !== ""}
          onClose={() => {
            setThing(null);
            change({ chosen: "" });
          }}
          onShow={showWilayah}
          onSumberDaya={(id) => setThing({ kind: "sumber-daya", id })}
          onRetry={retryTiles}
        />
        <aside id="panel" class="panel" aria-label="Pilihan dan tabel" tabIndex={-1}>
          <ChoiceNotice content={content} />
          {katalog.content !== null && available.content !== null && (
            <SidePanel
              {...{ view, change, item, angka, classification, version }}
              cakupan={content.cakupan}
              proposals={content.proposals}
              katalog={katalog.content}
              available={available.content[1]}
              visible={visible?.kode ?? null}
              onShow={showWilayah}
              onWksbm={(id) => setThing({ kind: "wksbm", id })}
            />
          )}
        </aside>
      </main>
      <div class="hanya-suara" role="status" aria-live="polite">
        {notice}
      </div>
      <PrintSheet view={view} katalog={katalog.content} angka={angka.content} classification={classification} peta={peta} isSample={visible?.isSample === true} />
    </>
  );
}

function ChoiceNotice({ content: { katalog, available } }: { content: Content }) {
  const failed = katalog.error !== null ? katalog : available.error !== null ? available : null;
  if (failed !== null && failed.error !== null) return <ErrorNotice error={failed.error} retry={failed.retry} />;
  return katalog.content === null || available.content === null ? <Loading what="pilihan" /> : null;
}

// What a screen reader is told when other figures have come.
function summary({ angka, classification, katalog }: Content): string {
  if (angka.content === null || classification === null) return "";
  const { item, level } = angka.content.question;
  const [first, last] = [classification.classes[0], classification.classes.at(-1)];
  const withNilai = (classification.counts.get("ADA") ?? 0) + (classification.counts.get("NOL") ?? 0);
  const range = first === undefined || last === undefined ? "" : `, dari ${writeNilai(first.from, item.satuan)} sampai ${writeNilai(last.to, item.satuan)}`;
  return `${petaTitle(angka.content, katalog.content)}: ${writeNumber(withNilai)} dari ${writeNumber(angka.content.kode.length)} ${LEVEL_NAMES[level].toLowerCase()} ada angkanya${range}.`;
}

function batasTemuan(properties: Hit["properties"]): Thing | null {
  const others = wordOf(properties["lain"]);
  if (!isKeyOf(BATAS_QUALITY, properties["jenis"])) return null;
  return {
    kind: "batas", quality: properties["jenis"], kode: String(properties["kode"]), others: others === "" ? [] : others.split(", "),
    areaM2: Number(properties["luas_m2"]), part: properties["bagian"] === undefined ? null : Number(properties["bagian"]),
  };
}

const same = (a: Set<string>, b: Set<string>): boolean => a.size === b.size && [...a].every((k) => b.has(k));

// The part behind "#" is the page's own; a jump must not write into it.
function jumpToPanel(e: Event): void {
  e.preventDefault();
  document.getElementById("panel")?.focus();
}
