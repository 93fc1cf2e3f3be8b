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
import { wilayahBox } from "./wilayah_box.ts";
import { useAddress } from "./use_address.ts";
import { useContent } from "./use_content.ts";
import type { Content } from "./use_content.ts";
import { useLayers } from "./use_layers.ts";
import type { GoTo } from "./use_layers.ts";
import { usePeta } from "./use_peta.ts";
import { SidePanel } from "./panel.tsx";
import type { Hit, PetaHub } from "./peta_hub.ts";
import { staysOpen } from "./card.ts";
import type { Thing } from "./card.ts";
import { isKeyOf, BATAS_QUALITY } from "./palette.ts";
import type { View } from "./view.ts";
import { LEVEL_NAMES, writeNumber, writeNilai, wordOf } from "../hub/wording.ts";

const NO_NAMES: ReadonlyMap<string, string> = new Map<string, string>();

export function Page() {
  const currentPeta = useRef<PetaHub | null>(null);
  const opened = useCallback((t: View) => {
    if (t.wilayah !== "") currentAlreadyShown.current(t.wilayah);
    if (t.camera !== null) currentPeta.current?.moveTo(t.camera);
  }, []);
  const { view, setView, change: changeView } = useAddress(opened);
  const [version, setVersion] = useState(0); // grows with every token: everything is asked for again
  const [thing, setThing] = useState<Thing | null>(null);
  const [hint, setHint] = useState<Hint | null>(null);
  const [tilesFailed, setTilesFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState<Visible | null>(null);
  const [notice, setNotice] = useState("");
  const [undrawn, setUndrawn] = useState(""); // the region that the map was to show and has no boundary of
  const journey = useRef(0);
  const content = useContent(view, setView, version);
  const { katalog, available, angka, classification, item } = content;

  const change = (changes: Partial<View>) => {
    const isStale = thing !== null && changes.chosen === undefined && !staysOpen(thing, view, { ...view, ...changes });
    if (isStale) setThing(null);
    changeView(isStale ? { ...changes, chosen: "" } : changes);
  };
  const chooseWilayah = (kode: string) => {
    setUndrawn(""); // whether this one can be shown is not known yet
    setThing({ kind: "wilayah", kode });
    change({ chosen: kode });
  };
  const choose = (hit: Hit) => {
    const { layer, properties } = hit;
    currentPeta.current?.keepInView(hit); // the card takes room of its own on a phone
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
  const goTo: GoTo = async (places, atOnce) => {
    const mine = ++journey.current;
    try {
      const box = await wilayahBox(places);
      if (mine !== journey.current) return; // somebody wants to go elsewhere by now
      setUndrawn(box === null ? (places[0] ?? "") : "");
      if (box !== null) peta?.fit(box, atOnce);
    } catch {
      // the line: the figures and the details say so
    }
  };
  const alreadyShown = useLayers(peta, view, content, version, goTo);
  const currentAlreadyShown = useRef(alreadyShown);
  currentAlreadyShown.current = alreadyShown;

  const showWilayah = (kode: string) => {
    chooseWilayah(kode);
    void goTo([kode]);
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
  const onFound = ({ kode }: FoundWilayah) => {
    const wilayah = kode.startsWith(view.wilayah) ? view.wilayah : kode.slice(0, 2);
    alreadyShown(wilayah); // the map goes to what was found, not to its province
    setThing({ kind: "wilayah", kode });
    change({ chosen: kode, wilayah });
    void goTo([kode]);
  };

  const report = content.reporting.content;
  const reporting = view.tab === "pelaporan" && report !== null ? { content: report, name: katalog.content?.names.get(report.formulir) ?? "" } : null;
  const takePicture = async (from: PetaHub): Promise<Blob> => {
    const { captioned } = await import("./picture.ts"); // only for those who take one along
    const title = petaTitle(angka.content, katalog.content, classification);
    return captioned(from.picture(), from.peta.getContainer().clientWidth, { title, view, classification, isSample: visible?.isSample === true });
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
        <h1 class="hanya-suara">{petaTitle(angka.content, katalog.content, classification)}</h1>
        <PetaArea
          {...{ container, state, view, hint, thing, version, tilesFailed, busy, visible, item, angka, classification }}
          levelBatas={content.levelBatas.content}
          undrawn={undrawn}
          reporting={reporting}
          names={katalog.content?.names ?? NO_NAMES}
          onWhole={() => void goTo([view.wilayah])}
          onLevel={(level) => change({ level })}
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
              approved={content.approved.content}
              picture={peta === null ? null : () => takePicture(peta)}
              reporting={content.reporting}
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
      <PrintSheet reporting={reporting} view={view} katalog={katalog.content} angka={angka.content} classification={classification} peta={peta} isSample={visible?.isSample === true} />
    </>
  );
}

function ChoiceNotice({ content: { katalog, approved, available, start } }: { content: Content }) {
  const failed = [katalog, available, ...(start === null && available.content === null ? [approved] : [])].find((r) => r.error !== null) ?? null;
  if (failed !== null && failed.error !== null) return <ErrorNotice error={failed.error} retry={failed.retry} />;
  return katalog.content === null || available.content === null ? <Loading what="pilihan" /> : null;
}

// What a screen reader is told when other figures have come.
function summary({ angka, classification, katalog }: Content): string {
  if (angka.content === null || classification === null) return "";
  const { level } = angka.content.question;
  const { shown: { unit }, range: ends } = classification;
  const withNilai = (classification.counts.get("ADA") ?? 0) + (classification.counts.get("NOL") ?? 0);
  const range = ends === null ? "" : `, dari ${writeNilai(ends[0], unit)} sampai ${writeNilai(ends[1], unit)}`;
  return `${petaTitle(angka.content, katalog.content, classification)}: ${writeNumber(withNilai)} dari ${writeNumber(angka.content.kode.length)} ${LEVEL_NAMES[level].toLowerCase()} ada angkanya${range}.`;
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
