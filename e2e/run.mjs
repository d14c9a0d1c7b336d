// All browser journeys, one after the other: `node e2e/run.mjs [name…]`. The last line says how many steps passed and failed.
import { existsSync, readdirSync } from "node:fs";
import { launch } from "./lib/browser.mjs";
import { finish, journey } from "./lib/report.mjs";
import { binary } from "./lib/server.mjs";

const wanted = process.argv.slice(2);
const folder = new URL("./journeys/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => name.replace(/\.mjs$/, ""))
  .sort()
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

if (!existsSync(binary)) {
  console.error(`${binary} is missing; build it with: cargo build -p mamori`);
  process.exit(1);
}
const browser = await launch();
try {
  for (const name of names) {
    const told = await import(new URL(`${name}.mjs`, folder));
    await journey(told.title, (step) => told.run(browser, step));
  }
} finally {
  await browser.close();
}
finish();
