// A real Chromium, and what is asked of every page: it answers, its console is quiet, nothing is fetched from elsewhere, it is
// accessible (axe, WCAG 2.2 A and AA), and it does not scroll sideways.
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { expect } from "./report.mjs";
import { root } from "./server.mjs";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const shots = join(root, "e2e/out");
await mkdir(shots, { recursive: true });

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  expect(executablePath, "no Chromium was found; scripts/install-deps.sh installs it");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--force-prefers-reduced-motion",
    ],
  });
}

/** A person at a browser: `lang` ja or en, `theme` light or dark, `width` in pixels. */
export async function visitor(browser, url, { lang = "ja", theme = "light", width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: lang === "ja" ? "ja-JP" : "en-GB",
    colorScheme: theme,
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const host = new URL(url).hostname;
  await context.addCookies([
    { name: "lang", value: lang, domain: host, path: "/" },
    { name: "theme", value: theme, domain: host, path: "/" },
  ]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A 4xx answer is told to the console as well; the steps that expect one judge it themselves.
    const { url: where, lineNumber } = message.location();
    const told = message.type() === "error" && !message.text().startsWith("Failed to load resource");
    if (told) faults.push(`console: ${message.text()} (${page.url()}, from ${where}:${lineNumber + 1})`);
  });
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(url) && !asked.startsWith("data:") && !asked.startsWith("blob:")) faults.push(`asks another host: ${asked}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return { context, page, faults };
}

/** Faults that the browser told since the last call. */
export function quiet(person) {
  const said = person.faults.splice(0);
  expect(said.length === 0, said.join("\n"));
}

/** Serious and critical findings of axe on the page as it stands, as text. */
export async function accessibility(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
      resultTypes: ["violations"],
    });
    return result.violations
      .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
      .map((violation) => ({
        rule: violation.id,
        help: violation.help,
        nodes: violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`),
        count: violation.nodes.length,
      }));
  });
  return found.map(({ rule, help, nodes, count }) => `${rule} (${count}): ${help}\n    ${nodes.join("\n    ")}`);
}

export async function accessible(page) {
  const found = await accessibility(page);
  expect(found.length === 0, `${page.url()}\n  ${found.join("\n  ")}`);
}

/** A page wider than its window makes a phone scroll sideways; a table inside its own scroller may. */
export async function fits(page) {
  const { inner, content, widest } = await page.evaluate(() => {
    const inner = document.documentElement.clientWidth;
    const scrolls = (node) => {
      for (let up = node.parentElement; up; up = up.parentElement) if (/(auto|scroll|hidden)/.test(getComputedStyle(up).overflowX)) return true;
      return false;
    };
    const wide = [...document.querySelectorAll("body *")].find((node) => node.getBoundingClientRect().right > inner + 1 && !scrolls(node));
    const widest = wide ? `${wide.tagName.toLowerCase()}.${wide.className?.baseVal ?? wide.className}` : "";
    return { inner, content: document.documentElement.scrollWidth, widest };
  });
  expect(content <= inner + 1, `${page.url()} is ${content} px wide in a window of ${inner} px (${widest})`);
}

export async function shot(page, name) {
  // Hiding the caret would leave empty style attributes behind, which htmx copies onto what it swaps in, against the page's policy.
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, caret: "initial" });
}
