// What journeys share: one server, people with a browser each, steps that say why the program ended, pages that are looked at.
import { accessible, fits, quiet, shot, visitor } from "./browser.mjs";
import { expect } from "./report.mjs";

/** `name` begins the names of the pictures. */
export function stage(browser, step, name) {
  const people = [];
  // A page is good when it is accessible and does not scroll sideways. Faults are gathered: one page must not hide the next.
  const faults = [];
  const theatre = {
    server: undefined,
    /** Somebody at a browser of his own. */
    async enter(look) {
      const person = await visitor(browser, theatre.server.url, look);
      people.push(person);
      return person.page;
    },
    async act(what, action) {
      return step(what, async () => {
        try {
          await action();
        } catch (error) {
          error.stack = `${error.stack}\n${theatre.server?.fate() ?? ""}`;
          throw error;
        }
        people.forEach(quiet);
      });
    },
    async good(page, what) {
      for (const check of [accessible, fits]) await check(page).catch((error) => faults.push(`${what}: ${error.message}`));
      await shot(page, `${name}-${what}`);
    },
    /** The page at hand at a desk and on a phone. */
    async goodOnBoth(page, what) {
      await theatre.good(page, what);
      await page.setViewportSize({ width: 390, height: 844 });
      await theatre.good(page, `${what}-390`);
      await page.setViewportSize({ width: 1280, height: 900 });
    },
    async close() {
      await step.also("every page of the journey is accessible and fits", async () => expect(faults.length === 0, faults.join("\n")));
      for (const person of people) await person.context.close();
      await theatre.server?.stop();
    },
  };
  return theatre;
}
