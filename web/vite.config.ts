import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

// One page per HTML file in this folder; each becomes hub/web/static/<name>.html.
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".html"));

// A packed copy beside each asset, so that the hub spends no time on packing megabytes for every new browser.
// After writing: only then have all of Vite's own steps had their say.
const packed: Plugin = {
  name: "packed-assets",
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((asset) => /\.(js|css|svg|ttf)$/.test(asset))) {
      const file = join(dir ?? "", name);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

export default defineConfig({
  base: "/",
  logLevel: "warn",
  plugins: [packed],
  build: {
    outDir: "../hub/web/static",
    emptyOutDir: true,
    assetsDir: "aset", // names in it carry a hash of their content, so that browsers may keep them for ever
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 5000, // the code editor is one big part; it is loaded once and kept
    rolldownOptions: {
      input: pages,
      // MapLibre by itself: a change of our own code does not send it over a slow line again
      output: { codeSplitting: { groups: [{ name: "maplibre", test: /node_modules\/maplibre-gl\/.*\.mjs/ }] } },
      onLog(level, log, report) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log); // "use client" says nothing in a browser
      },
    },
  },
});
