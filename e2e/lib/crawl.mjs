// Walks through the program as a person does: every link that a page offers, once for each kind of address.
import { accessibility, fits, quiet } from "./browser.mjs";

/** How a list is turned, not what it is: seen once for each list, not in every combination. */
const turns = ["retired", "sort", "page", "f", "from", "to", "has", "before", "limit"];

/** Addresses that differ only in an id, in a step of a guide or in how a list is turned are one kind of page. */
export function kind(href) {
  const url = new URL(href, "http://x");
  const path = url.pathname
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")
    .replace(/^(\/assets\/guide\/[a-z_]+)\/.+/, "$1/{step}");
  const names = [...new Set([...url.searchParams.keys()].map((name) => name.replace(/\..*/, "")))];
  const what = names.filter((name) => !turns.includes(name) && !["return_to", "next"].includes(name)).sort();
  const turned = names.filter((name) => turns.includes(name));
  if (path.endsWith("/print") || what.length > 0) turned.length = 0;
  const query = what.length > 0 ? what.join("&") : turned.length > 0 ? "turned" : "";
  return `${path}${query ? `?${query}` : ""}`;
}

/** Pages that the ledger engine makes alike for every ledger: looked at for the first of them, tested for all in Rust. */
const alike = [/^\/[a-z]+\/[a-z_]+\/(print|settings|import)(\?|$)/, /^\/[a-z]+\/[a-z_]+\?turned$/];
const ALIKE = 6;

const leftOut = [/^\/static\//, /\/export/, /\/files\//, /\.(pdf|xlsx|docx|csv|svg)/, /^\/logout/, /\/template$/, /\/wrong$/];

/** Calls `seen(page, kind)` on every kind of page that can be reached from `start`; gives the faults that were found. */
export async function crawl(person, start, { most = 420, seen = async () => {} } = {}) {
  const waiting = [start];
  const from = new Map();
  const known = new Set([kind(start)]);
  const faults = [];
  const met = alike.map(() => 0);
  let count = 0;
  while (waiting.length > 0 && count < most) {
    const href = waiting.shift();
    count += 1;
    const note = (text) => faults.push(`${kind(href)} (${href}): ${text}`);
    try {
      const answer = await person.page.goto(href, { waitUntil: "load" });
      if (answer && answer.status() >= 400) note(`answers ${answer.status()} although ${from.get(href)} links to it`);
      for (const check of [async () => quiet(person), async () => fits(person.page)]) {
        try {
          await check();
        } catch (error) {
          note(error.message);
        }
      }
      for (const found of await accessibility(person.page)) note(found);
      await seen(person.page, kind(href));
      const links = await person.page.evaluate(() => [...document.querySelectorAll("a[href]")].filter((a) => !a.hasAttribute("download")).map((a) => a.getAttribute("href")));
      for (const link of links) {
        if (!link.startsWith("/") || link.startsWith("//") || leftOut.some((pattern) => pattern.test(link))) continue;
        const address = link.split("#")[0];
        if (!known.has(kind(address))) {
          known.add(kind(address));
          const same = alike.findIndex((pattern) => pattern.test(kind(address)));
          if (same >= 0 && ++met[same] > ALIKE) continue;
          from.set(address, href);
          waiting.push(address);
        }
      }
    } catch (error) {
      note(error.message.split("\n")[0]);
    }
  }
  return { faults, count, kinds: [...known], left: waiting.length };
}
