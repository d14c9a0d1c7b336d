// Documents that the program hands out, as text.
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shots } from "./browser.mjs";
import { expect } from "./report.mjs";
import { unzip } from "./zip.mjs";

const bare = (text) => text.replaceAll(/\s/g, "");

/** Downloads an address as the person who is signed in; keeps the file beside the pictures. */
export async function download(page, address, name) {
  const answer = await page.request.get(address);
  expect(answer.status() === 200, `${address}: ${answer.status()}`);
  const bytes = await answer.body();
  const file = join(shots, name);
  await writeFile(file, bytes);
  return { bytes, file };
}

/** The text of a PDF without white space: lines break anywhere in Japanese. */
export async function pdfText(page, address, name) {
  const { bytes, file } = await download(page, address, name);
  expect(bytes.subarray(0, 5).toString() === "%PDF-", `${address} is no PDF`);
  return bare(execFileSync("pdftotext", [file, "-"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }));
}

/** The text of a Word document or of a workbook, from its XML. */
export async function officeText(page, address, name) {
  const { bytes } = await download(page, address, name);
  expect(bytes.subarray(0, 4).toString("latin1") === "PK\x03\x04", `${address} is no zip file`);
  const parts = [...unzip(bytes)].filter(([part]) => /^(word\/document|xl\/(sharedStrings|worksheets\/.*))\.xml$/.test(part));
  expect(parts.length > 0, `${address} has neither document nor sheets`);
  const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  const text = parts.map(([, xml]) => xml.replaceAll(/<[^>]*>/g, "")).join("\n");
  return bare(text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name) => named[name]));
}

/** A text has each of these. */
export function holds(text, what, ...wanted) {
  for (const word of wanted) expect(text.includes(bare(word)), `${what} does not say ${word}:\n${text.slice(0, 2000)}`);
}
