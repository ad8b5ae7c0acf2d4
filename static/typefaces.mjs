// Fira Sans for the print machinery: typst reads no web fonts, so the woff files of the npm package are unpacked to plain
// TrueType. Every subset becomes a family of its own ("Fira Sans", "Fira Sans latin-ext", …): of two files with the same
// family typst would only ever look into one.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

const subsets = ["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"];
const weights = [400, 600, 800];
const family = new Set([1, 16]); // records of the name table: the family, without and with the weight in its name

export async function typefaces(modules) {
  const wanted = subsets.flatMap((subset) => weights.map((weight) => [subset, weight]));
  return Promise.all(wanted.map(async ([subset, weight]) => {
    const name = `fira-sans-${subset}-${weight}`;
    const woff = await readFile(join(modules, "@fontsource/fira-sans/files", `${name}-normal.woff`));
    return [`print/${name}.ttf`, plain(woff, subset === "latin" ? "Fira Sans" : `Fira Sans ${subset}`)];
  }));
}

function plain(woff, name) {
  const tables = tablesOf(woff).map(([tag, content]) => [tag, tag === "name" ? renamed(content, name) : content]);
  const power = 31 - Math.clz32(tables.length);
  const head = Buffer.alloc(12 + 16 * tables.length);
  woff.copy(head, 0, 4, 8);
  [tables.length, 16 << power, power, 16 * tables.length - (16 << power)].forEach((n, i) => head.writeUInt16BE(n, 4 + 2 * i));
  let place = head.length;
  const padded = tables.map(([tag, content], index) => {
    const record = 12 + 16 * index;
    head.write(tag, record, "latin1");
    [checksum(content), place, content.length].forEach((n, i) => head.writeUInt32BE(n, record + 4 + 4 * i));
    const filled = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    place += filled.length;
    return filled;
  });
  return Buffer.concat([head, ...padded]);
}

function tablesOf(woff) {
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const record = 44 + 20 * index;
    const [offset, packed, length] = [4, 8, 12].map((step) => woff.readUInt32BE(record + step));
    const content = woff.subarray(offset, offset + packed);
    return [woff.toString("latin1", record, record + 4), packed < length ? inflateSync(content) : content];
  });
}

function renamed(table, name) {
  const [count, start] = [table.readUInt16BE(2), table.readUInt16BE(4)];
  const head = Buffer.from(table.subarray(0, 6 + 12 * count));
  const wide = Buffer.from(name, "utf16le").swap16();
  let place = 0;
  const texts = Array.from({ length: count }, (_, index) => {
    const record = 6 + 12 * index;
    const [platform, kind] = [head.readUInt16BE(record), head.readUInt16BE(record + 6)];
    const offset = start + head.readUInt16BE(record + 10);
    const text = table.subarray(offset, offset + head.readUInt16BE(record + 8));
    const own = platform === 1 ? Buffer.from(name, "latin1") : wide;
    const changed = family.has(kind) ? own : text;
    head.writeUInt16BE(changed.length, record + 8);
    head.writeUInt16BE(place, record + 10);
    place += changed.length;
    return changed;
  });
  head.writeUInt16BE(head.length, 4);
  return Buffer.concat([head, ...texts]);
}

function checksum(content) {
  let sum = 0;
  const filled = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
  for (let at = 0; at < filled.length; at += 4) sum = (sum + filled.readUInt32BE(at)) >>> 0;
  return sum;
}
