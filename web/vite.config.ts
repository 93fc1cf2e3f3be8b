import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

// One page per HTML file in this folder; each becomes hub/web/static/<name>.html.
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".html"));

// A packed copy beside each asset, so that the hub spends no time on packing megabytes for every new browser.
const packed: Plugin = {
  name: "packed-assets",
  generateBundle(_, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (!/\.(js|css|svg|ttf)$/.test(fileName)) continue;
      const source = gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 });
      this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source });
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
      onwarn(warning, report) {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") report(warning); // "use client" says nothing in a browser
      },
    },
  },
});
