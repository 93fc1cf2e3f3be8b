import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin, type Rolldown } from "vite";

// One page per HTML file in this folder; each becomes hub/web/static/<name>.html.
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".html"));
const DESK = "meja.html";
const WORKER = "meja-sw"; // its address stays the same, so that browsers find the next one

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
      writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
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
  plugins: [workerFiles, packed],
  build: {
    outDir: "../hub/web/static",
    emptyOutDir: true,
    assetsDir: "aset", // names in it carry a hash of their content, so that browsers may keep them for ever
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 5000, // the code editor is one big part; it is loaded once and kept
    rolldownOptions: {
      input: [...pages, `src/meja_worker/meja_sw.ts`],
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
