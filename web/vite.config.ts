import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin, type Rolldown } from "vite";

// One page per HTML file in this folder; each becomes hub/web/static/<name>.html.
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".html"));
const DESK = "meja.html";
const WORKER = "meja-sw"; // its address stays the same, so that browsers find the next one
const LARGE = 2_000_000; // bytes
const AHEAD = "src/meja_ahead/ahead.ts";

// What the desk's screens are made of, by the first part of their address: named in the page itself, so that a browser asks for them
// before the desk's own code has told it to. `wide`: what they need more where there is room for a grid.
const SCREENS: Record<string, { files: string[]; wide?: string[] }> = {
  "unggah": { files: ["isian/ask_first.ts", "upload/screen.tsx"] },
  isian: { files: ["isian/ask_first.ts", "isian/screen.tsx"], wide: ["isian/grid.tsx"] },
  "matriks": { files: ["meja_provinsi/matriks_screen.tsx"] },
  "periksa": { files: ["meja_provinsi/review_screen.tsx"] },
  "banding": { files: ["meja_provinsi/comparison_asked.ts", "meja_provinsi/comparison_screen.tsx"] },
  "sumber-daya": { files: ["sumber_daya/resource_screen.tsx"] },
  gudang: { files: ["sumber_daya/warehouse_screen.tsx"] },
  wksbm: { files: ["sumber_daya/networks_asked.ts", "sumber_daya/network_screen.tsx"] },
};

// Packed copies beside each asset, so that the hub spends no time on packing megabytes for every new browser: brotli is a sixth smaller
// than gzip, which is a third of a second on a slow line, and browsers take it over HTTPS (and from their own machine) only.
// After writing: only then have all of Vite's own steps had their say.
const packed: Plugin = {
  name: "packed-assets",
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((asset) => /\.(js|css|svg|ttf)$/.test(asset))) {
      const file = join(dir ?? "", name);
      const content = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      const quality = content.length > LARGE ? 9 : 11; // the highest takes half a minute for the code editor's megabytes, and saves a tenth
      writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
    }
  },
};

// Tells the desk's service worker what to keep, and by a hash of it which build this is.
const workerFiles: Plugin = {
  name: "worker-files",
  writeBundle({ dir }, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
    const worker = join(dir ?? "", `${WORKER}.js`);
    const files = [...filesOf(DESK, chunks), ...Object.keys(bundle).filter((name) => /\/ikon-.*\.svg$/.test(name))].map((name) => `/${name}`).toSorted();
    const code = readFileSync(worker, "utf8");
    const version = createHash("sha256").update(JSON.stringify([files, code, readFileSync(join(dir ?? "", DESK), "utf8")])).digest("hex").slice(0, 12);
    writeFileSync(worker, `const FILES = ${JSON.stringify(files)};\nconst VERSION = "${version}";\n${code}`);
  },
};

const address = (name: string): string => `/${name}`;

// The script that comes before the desk's own, and what it is to load for each screen. Raises where the desk has a screen that SCREENS lacks.
let imported: string[] = []; // what the desk loads when a screen is opened
const ahead: Plugin = {
  name: "screens-ahead",
  moduleParsed({ id, dynamicallyImportedIds }) {
    if (id.endsWith("/src/meja/screens.ts")) imported = [...dynamicallyImportedIds];
  },
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle, filename }) {
      if (bundle === undefined || !filename.endsWith(`/${DESK}`)) return html;
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const [script = ""] = atOnce([AHEAD], chunks); // Vite names what it needs itself, as it is a part of the desk
      return [
        { tag: "meta", attrs: { name: "berkas-layar", content: screenFiles(chunks) }, injectTo: "head-prepend" },
        { tag: "script", attrs: { type: "module", async: true, crossorigin: true, src: address(script) }, injectTo: "head-prepend" },
      ];
    },
  },
};

// "isian|/aset/a.js /aset/b.css|/aset/grid.js;…": the screen, its files, and those where there is room; short, as it comes with every visit
function screenFiles(chunks: Rolldown.OutputChunk[]): string {
  const parts = Object.values(SCREENS).flatMap(({ files, wide = [] }) => [...files, ...wide]);
  const unnamed = imported.filter((id) => !parts.some((file) => id.endsWith(`/src/${file}`)));
  if (unnamed.length > 0) throw new Error(`parts of the desk's screens that SCREENS in vite.config.ts does not name: ${unnamed.join(", ")}`);
  const shell = atOnce([DESK], chunks);
  const beside = (files: string[], there: Set<string>): string[] => [...atOnce(files.map((file) => `src/${file}`), chunks)].filter((name) => !there.has(name));
  const screens = Object.entries(SCREENS).map(([name, { files, wide = [] }]) => {
    const own = beside(files, shell);
    const more = beside(wide, new Set([...shell, ...own]));
    return [name, ...[own, more].map((names) => names.map(address).join(" "))].join("|");
  });
  return screens.join(";");
}

/** The parts that these modules begin, with what they cannot begin without; themselves first. */
function atOnce(modules: string[], chunks: Rolldown.OutputChunk[]): Set<string> {
  const found = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (chunk === undefined || found.has(chunk.fileName)) return;
    found.add(chunk.fileName);
    for (const file of chunk.viteMetadata?.importedCss ?? []) found.add(file);
    for (const name of chunk.imports) add(chunks.find((one) => one.fileName === name));
  };
  for (const file of modules) {
    const begun = chunks.find((one) => one.facadeModuleId?.endsWith(`/${file}`) === true);
    if (begun === undefined) throw new Error(`${file} begins no part of its own; see SCREENS in vite.config.ts`);
    add(begun);
  }
  return found;
}

/** Scripts and style sheets of a page, those too that it asks for later; not the map's drawing, which is large. */
function filesOf(page: string, chunks: Rolldown.OutputChunk[]): Set<string> {
  const found = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (chunk === undefined || found.has(chunk.fileName) || chunk.name === "maplibre") return;
    found.add(chunk.fileName);
    for (const file of chunk.viteMetadata?.importedCss ?? []) found.add(file);
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) add(chunks.find((one) => one.fileName === name));
  };
  add(chunks.find((one) => one.facadeModuleId?.endsWith(`/${page}`) === true));
  return found;
}

export default defineConfig({
  base: "/",
  logLevel: "warn",
  plugins: [ahead, workerFiles, packed],
  build: {
    outDir: "../hub/web/static",
    emptyOutDir: true,
    assetsDir: "aset", // names in it carry a hash of their content, so that browsers may keep them for ever
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false }, // browsers that read this code know it
    target: "es2022",
    chunkSizeWarningLimit: 5000, // the code editor is one big part; it is loaded once and kept
    rolldownOptions: {
      input: [...pages, AHEAD, `src/meja_worker/meja_sw.ts`],
      output: {
        // MapLibre by itself: a change of our own code does not send it over a slow line again
        codeSplitting: { groups: [{ name: "maplibre", test: /node_modules\/maplibre-gl\/.*\.mjs/ }] },
        entryFileNames: ({ name }) => (name === "meja_sw" ? `${WORKER}.js` : "aset/[name]-[hash].js"),
      },
      onLog(level, log, report) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log); // "use client" says nothing in a browser
      },
    },
  },
});
