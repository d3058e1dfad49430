import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
const dist = resolve(here, "../src/yuanmeng/web/dist");

// One entry per surface; templates ask for `src/<name>/<name>.ts`.
const surfaces = ["pages", "kiosk", "wall", "windows"];

const schematic = readFileSync(resolve(here, "public/geo/tianshan_schematic.geojson"));

export default defineConfig({
  base: "/static/dist/",
  publicDir: "public",
  define: { __GEO_VERSION__: JSON.stringify(createHash("sha256").update(schematic).digest("hex").slice(0, 12)) },
  build: {
    manifest: "manifest.json",
    outDir: dist,
    emptyOutDir: true,
    // WeChat's web view on older Android phones: no newer syntax than this.
    target: "es2020",
    cssTarget: "chrome87",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: surfaces.map((name) => resolve(here, `src/${name}/${name}.ts`)) },
  },
  plugins: [brotliBeside(dist)],
  test: { environment: "node", include: ["src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);

/** This will write `x.br` beside every text file, for servers that hand out ready-made bytes. */
function brotliBeside(folder: string): Plugin {
  const texts = new Set([".css", ".geojson", ".html", ".js", ".json", ".mjs", ".svg", ".txt"]);
  return {
    name: "brotli-beside",
    apply: "build",
    closeBundle() {
      for (const path of walk(folder)) {
        if (!texts.has(extname(path)) || statSync(path).size < 512) continue;
        // Quality 10: nearly as small as 11 in two thirds of the time; at 9 the map's worker is over its budget.
        const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
        writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
      }
    },
  };
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
