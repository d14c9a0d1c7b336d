// A tour of the sample company as each of its people: every kind of page that can be reached, at a desk and on a phone, in both
// languages, light and dark.
import { crawl } from "../lib/crawl.mjs";
import { shot, visitor } from "../lib/browser.mjs";
import { demo, holder, signIn } from "../lib/demo.mjs";
import { expect } from "../lib/report.mjs";
import { mamori, serve } from "../lib/server.mjs";

export const title = "A tour of the sample company";

const tours = [
  { role: "officer", lang: "ja", theme: "light", width: 1280, shots: true },
  { role: "officer", lang: "en", theme: "dark", width: 390, shots: true },
  { role: "executive", lang: "ja", theme: "dark", width: 1280 },
  { role: "manager", lang: "ja", theme: "light", width: 390 },
  { role: "employee", lang: "en", theme: "light", width: 390, shots: true },
  { role: "auditor", lang: "en", theme: "light", width: 1280 },
  { role: "admin", lang: "ja", theme: "dark", width: 1280 },
];

export async function run(browser, step) {
  let server;
  let accounts;
  try {
    await step("the sample company is made and served", async () => {
      const made = await demo();
      accounts = made.accounts;
      server = await serve(made.folder);
    });
    if (!server) return;
    const walk = async (tour) => {
      const person = await visitor(browser, server.url, { ...tour, height: tour.width < 500 ? 844 : 900 });
      try {
        await signIn(person.page, holder(accounts, tour.role));
        const name = `${tour.role}-${tour.lang}-${tour.theme}-${tour.width}`;
        let seen = 0;
        const take = async (page, kind) => {
          seen += 1;
          await shot(page, `tour-${name}-${String(seen).padStart(3, "0")}${kind.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 50)}`);
        };
        const walked = await crawl(person, "/", { seen: tour.shots ? take : async () => {} });
        expect(server.fate() === "", server.fate());
        expect(walked.count >= 5, `only ${walked.count} pages were found`);
        expect(walked.left === 0, `${walked.left} kinds of pages were not opened; raise the limit of the crawl`);
        expect(walked.faults.length === 0, `${walked.count} pages, ${walked.faults.length} faults:\n${walked.faults.join("\n")}`);
      } finally {
        await person.context.close();
      }
    };
    // Two people walk at the same time: one waits for the server while the other is looked at.
    const waiting = [...tours];
    const guide = async () => {
      for (let tour = waiting.shift(); tour; tour = waiting.shift()) {
        const { role, lang, theme, width } = tour;
        await step.also(`every page that the ${role} reaches (${lang}, ${theme}, ${width} px)`, () => walk(tour));
      }
    };
    await Promise.all([guide(), guide()]);
    await step("looking changes nothing: the history is whole", async () => {
      const verified = await mamori("verify", "--data", server.folder);
      expect(verified.code === 0, verified.stdout + verified.stderr);
    });
  } finally {
    await server?.stop();
  }
}
