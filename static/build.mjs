// Bundles style sheet, script and pictures into static/build/ under names that carry their hash, and unpacks the typefaces
// for prints into static/build/print/, which the manifest leaves out: no page asks for them.
// manifest.json there says which name is today's: {"portal.css": "portal-AB12CD34.css", "img/a.svg": "img/a-….svg"}.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { typefaces } from "./typefaces.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "build");
const entries = { "portal.css": "portal-entry.css", "portal.js": "portal.js", "autosave.js": "autosave.js" };
const worthPacking = new Set([".css", ".js", ".svg"]);

async function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath ?? one.path, one.name));
}

function ready(source) {
  if (source === entries["portal.css"] && !existsSync(join(here, "portal.css"))) return false;
  return existsSync(join(here, source));
}

async function bundle(name, source) {
  const result = await build({
    entryPoints: [{ in: join(here, source), out: basename(name, extname(name)) }],
    outdir: target,
    bundle: true,
    minify: true,
    legalComments: "eof",
    logLevel: "warning",
    // Browsers that know woff2 are the only ones the style sheet supports; the older format would double the files.
    loader: { ".woff2": "file", ".woff": "empty", ".svg": "dataurl" },
    entryNames: "[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    metafile: true,
    write: false,
  });
  const names = {};
  for (const [out, about] of Object.entries(result.metafile.outputs)) {
    const built = relative(target, join(process.cwd(), out));
    const font = Object.keys(about.inputs).find((input) => input.endsWith(".woff2"));
    names[about.entryPoint ? name : `fonts/${basename(font)}`] = built;
  }
  return { names, files: result.outputFiles.map((file) => [relative(target, file.path), file.contents]) };
}

async function picture(path) {
  const content = await readFile(path);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const name = relative(here, path).replaceAll("\\", "/");
  const built = `${name.slice(0, -extname(name).length)}-${hash}${extname(name)}`;
  return { names: { [name]: built }, files: [[built, content]] };
}

async function store(name, content) {
  const path = join(target, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  if (!worthPacking.has(extname(name))) return [path];
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  await writeFile(`${path}.br`, brotliCompressSync(content));
  return [path, `${path}.gz`, `${path}.br`];
}

const parts = await Promise.all([
  ...Object.entries(entries).filter(([, source]) => ready(source)).map((entry) => bundle(...entry)),
  ...(await filesBelow(join(here, "img"))).map(picture),
]);
const manifest = Object.assign({}, ...parts.map((part) => part.names));
const kept = new Set([join(target, "manifest.json")]);
const fonts = await typefaces(join(here, "..", "node_modules"));
for (const [name, content] of [...parts.flatMap((part) => part.files), ...fonts]) {
  (await store(name, content)).forEach((path) => kept.add(path));
}

// The manifest comes last and whole, so that a running server never reads names of files that are not there yet.
await mkdir(target, { recursive: true });
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(target, "manifest.new"), `${JSON.stringify(sorted, null, 2)}\n`);
await rename(join(target, "manifest.new"), join(target, "manifest.json"));
for (const path of await filesBelow(target)) if (!kept.has(path)) await rm(path);
console.log(`static/build: ${Object.keys(manifest).length} Dateien`);
