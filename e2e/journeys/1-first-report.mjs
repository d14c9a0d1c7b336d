// The one whole job: an empty folder, set-up, departments, the company's own workbook, risks and why, a treatment, the president's PDF.
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accessible, fits, quiet, shot, shots, visitor } from "../lib/browser.mjs";
import { expect } from "../lib/report.mjs";
import { mamori, newFolder, serve } from "../lib/server.mjs";
import { riskSheet, sample } from "../lib/workbook.mjs";

export const title = "From an empty folder to the first risk report";

// The codes of the storage places, as the API has them.
const places = { 事務所PC: "office_pc", 書類: "paper", 社外サーバー: "external_server" };
const PASSWORD = "kumo-to-hana-no-michi";

export async function run(browser, step) {
  let server;
  let person;
  const journey = async (what, action) =>
    step(what, async () => {
      try {
        await action(person?.page);
      } catch (error) {
        error.stack = `${error.stack}\n${server?.fate() ?? ""}`;
        throw error;
      }
      if (person) quiet(person);
    });
  // A page is good when it is accessible and does not scroll sideways. Faults are gathered: one page must not hide the next.
  const faults = [];
  const good = async (page, name) => {
    for (const check of [accessible, fits]) await check(page).catch((error) => faults.push(`${name}: ${error.message}`));
    await shot(page, `job-${name}`);
  };
  try {
    await journey("the program is ready within seconds on an empty folder", async () => {
      server = await serve(await newFolder());
      // The budget of two seconds is for the release build; this is the build for development.
      expect(server.readyAfter < 10_000, `ready after ${Math.round(server.readyAfter)} ms`);
      person = await visitor(browser, server.url);
    });
    await journey("the first visit leads to the set-up: the company", async (page) => {
      await page.goto("/");
      expect(new URL(page.url()).pathname === "/setup", page.url());
      await good(page, "01-setup-company");
      await page.fill("[name=name]", "青葉精機株式会社");
      await chooseSecond(page, "industry");
      await page.fill("[name=headcount]", "48");
      await send(page, "form[action='/setup']");
    });
    await journey("the first administrator", async (page) => {
      await good(page, "02-setup-administrator");
      await page.fill("[name=admin_name]", "森 幸子");
      await page.fill("[name=admin_login]", "mori");
      await page.fill("[name=admin_password]", "short");
      await page.fill("[name=admin_again]", "short");
      await send(page, "form[action='/setup/administrator']");
      // A password that is too short comes back with a reason, and what was typed is still there.
      expect((await page.inputValue("[name=admin_login]")) === "mori", "the login name is gone");
      await good(page, "03-setup-refused");
      await page.fill("[name=admin_password]", PASSWORD);
      await page.fill("[name=admin_again]", PASSWORD);
      await send(page, "form[action='/setup/administrator']");
    });
    await journey("what to do first", async (page) => {
      expect(new URL(page.url()).pathname === "/setup/first", page.url());
      await good(page, "04-setup-first");
      await page.goto("/");
      await good(page, "05-today-empty");
    });
    await journey("two departments and a person", async (page) => {
      for (const name of ["人事部", "総務部"]) {
        await page.goto("/organization/department/new");
        await page.fill("main [name=name]", name);
        await save(page);
        expect(/\/organization\/department\/[0-9a-f-]{36}$/.test(page.url()), page.url());
      }
      await good(page, "06-department");
      await page.goto("/organization/person/new");
      await good(page, "07-person-form");
      await page.fill("main [name=name]", "佐藤 花子");
      await page.fill("main [name=kana]", "さとう はなこ");
      await save(page);
      await page.goto("/organization/department");
      await good(page, "08-departments");
    });
    await journey("the company's own workbook: preview, then all eight rows", async (page) => {
      await page.goto("/assets/information_asset");
      await good(page, "09-assets-empty");
      await page.goto("/assets/information_asset/import");
      await good(page, "10-import");
      await upload(page, riskSheet());
      await good(page, "11-import-preview");
      const text = await page.innerText("main");
      expect(text.includes("健康診断の結果") && text.includes("電子メールデータ"), "the preview does not show the rows");
      await page.click("form[action$='/accept'] button");
      await page.goto("/assets/information_asset?limit=100");
      const rows = await page.locator("main table tbody tr").count();
      expect(rows === sample.length, `${rows} rows instead of ${sample.length}`);
      await good(page, "12-assets");
    });
    await journey("the same file again changes nothing", async (page) => {
      await page.goto("/assets/information_asset/import");
      await upload(page, riskSheet());
      const accept = await page.locator("form[action$='/accept'] button").count();
      expect(accept === 0, "a second import of the same file offers to write something");
      await good(page, "13-import-again");
    });
    await journey("a workbook with wrong rows names row, column, value and what is allowed", async (page) => {
      const wrong = sample.map((row) => [...row]);
      wrong[1] = ["人事", "退職者名簿", "", "人事部", "人事部", "月の裏側", "", 7, 0, 0, ""];
      await page.goto("/assets/information_asset/import");
      await upload(page, riskSheet(wrong.slice(1, 2)));
      const text = await page.innerText("main");
      expect(text.includes("月の裏側") && text.includes("事務所PC"), `the value or the allowed ones are not named:\n${text}`);
      await good(page, "14-import-wrong");
    });
    await journey("a file that is no workbook is refused with a sentence", async (page) => {
      await page.goto("/assets/information_asset/import");
      await upload(page, Buffer.from("%PDF-1.7 not a workbook"), "report.xlsx");
      expect(/[ぁ-ん]{3,}/.test(await page.innerText("main")), "no sentence");
      await good(page, "15-import-refused");
    });
    await journey("an asset opens with its reckoning, history and files", async (page) => {
      await page.goto("/assets/information_asset?limit=100");
      await page.locator("main table tbody tr", { hasText: "給与システムデータ" }).locator("a").first().click();
      await good(page, "16-asset");
      expect((await page.innerText("main")).includes("給与システムデータ"), "not the asset");
    });
    await journey("the two sheets of the risk method are filled in", async (page) => {
      await page.goto("/risk");
      await good(page, "17-risk-begin");
      const begin = page.locator("form[action='/risk/start'] button").first();
      if ((await begin.count()) > 0) await begin.click();
      await page.goto("/risk/check");
      await good(page, "18-risk-check");
      const kinds = await page.locator("form[action^='/risk/check/']").evaluateAll((forms) => forms.map((form) => form.getAttribute("action")));
      expect(kinds.length >= 3, `${kinds.length} kinds of measures`);
      for (const action of kinds) {
        await page.click(`form[action='${action}'] button[name=all][value=partial]`);
        await page.waitForLoadState();
        if (!page.url().includes("/risk/check")) await page.goto("/risk/check");
      }
    });
    await journey("the threat level of paper is set as in the sample sheet", async (page) => {
      await page.goto("/risk/threat_level");
      await page.locator("main table tbody tr", { hasText: "書類" }).locator("a").first().click();
      await page.waitForLoadState();
      await good(page, "18a-threat-level");
      await page.goto(`${page.url()}/edit`);
      await choose(page, "level", "2");
      await save(page);
    });
    await journey("the eight rows come out as the seed prints them", async () => {
      const token = (await mamori("token", "--data", server.folder, "--user", "mori", "--scope", "write")).stdout.trim().split("\n").pop();
      const ask = async (path, init = {}) => {
        const answer = await fetch(`${server.url}/api/v1/${path}`, {
          ...init,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "accept-language": "ja" },
        });
        expect(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
        return answer.json();
      };
      const rows = (await ask("information_asset?limit=100")).items;
      for (const [, name, note, , , storage, , , , , , value] of sample) {
        const row = rows.find((row) => row.name === name && row.note === note && row.storage === places[storage]);
        expect(row, `${name} is missing`);
        expect(row.risk_value === value, `${name} (${storage}): risk ${row.risk_value} instead of ${value}; threat ${row.threat_level}, weakness ${row.weakness_level}, likelihood ${row.likelihood}, importance ${row.importance}`);
      }
    });
    await journey("where the risks are", async (page) => {
      await page.goto("/risk");
      await good(page, "19-risk");
      expect((await page.locator("main svg").count()) > 0, "no heat map");
    });
    await journey("a risk says why, and gets a treatment", async (page) => {
      await page.goto("/assets/information_asset?sort=-risk_value");
      const href = await page.locator("main table tbody tr", { hasText: "電子メールデータ" }).first().locator("a").first().getAttribute("href");
      const id = /[0-9a-f-]{36}/.exec(href)[0];
      await page.goto(`/risk/asset/${id}`);
      await good(page, "20-risk-asset");
      await page.goto(`/risk/treatment/new?asset=${id}`);
      await good(page, "21-treatment-form");
      await page.fill("main [name=title]", "メールの二段階認証を全員に");
      await choose(page, "policy", "reduce");
      await page.fill("main [name=measure]", "クラウドの管理画面で全員の二段階認証を必須にする。");
      await page.locator("main select[name=owner]").selectOption({ label: "佐藤 花子" });
      await choose(page, "state", "planned");
      await page.fill("main [name=due]", "2027-03-31");
      await page.fill("main [name=cost]", "120,000");
      await save(page);
      expect(/\/risk\/treatment\/[0-9a-f-]{36}$/.test(page.url()), `${page.url()}\n${await page.innerText("main")}`);
      await good(page, "22-treatment");
    });
    await journey("the president's PDF", async (page) => {
      await page.goto("/risk/report");
      await good(page, "23-report");
      const answer = await page.request.get("/risk/report/asset-risk.pdf");
      expect(answer.status() === 200, `${answer.status()}`);
      const file = join(shots, "asset-risk.pdf");
      await writeFile(file, await answer.body());
      const text = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
      for (const word of ["情報資産リスク報告書", "青葉精機株式会社", "電子メールデータ", "給与システムデータ", "メールの二段階認証を全員に"]) {
        expect(text.replaceAll(/\s/g, "").includes(word), `the PDF does not say ${word}`);
      }
      const cli = join(shots, "asset-risk-cli.pdf");
      const made = await mamori("report", "--data", server.folder, "--report", "asset-risk", "--output", cli);
      expect(made.code === 0, made.stderr);
      expect((await readFile(cli)).subarray(0, 5).toString() === "%PDF-", "not a PDF");
    });
    await journey("the workbook in the IPA layout imports back unchanged", async (page) => {
      const answer = await page.request.get("/risk/report/asset-risk.xlsx");
      expect(answer.status() === 200, `${answer.status()}`);
      await page.goto("/assets/information_asset/import");
      await upload(page, await answer.body());
      const accept = await page.locator("form[action$='/accept'] button").count();
      expect(accept === 0, `the file is not recognised as unchanged:\n${await page.innerText("main")}`);
    });
    await journey("today, with something to do; search finds half-width kana", async (page) => {
      await page.goto("/");
      await good(page, "24-today");
      await page.goto(`/search?q=${encodeURIComponent("ﾒｰﾙ")}`);
      expect((await page.innerText("main")).includes("電子メールデータ"), "not found");
      await good(page, "25-search");
      await page.goto("/history");
      await good(page, "26-history");
    });
    await journey("everything is whole at the end", async () => {
      const verified = await mamori("verify", "--data", server.folder);
      expect(verified.code === 0, verified.stdout + verified.stderr);
    });
    await step.also("every page of the journey is accessible and fits", async () => expect(faults.length === 0, faults.join("\n")));
  } finally {
    await person?.context.close();
    await server?.stop();
  }
}

/** Sends the main form of a page. */
async function send(page, form) {
  await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit], ${form} button:not([type])`).first().click()]);
}

async function save(page) {
  await Promise.all([page.waitForNavigation(), page.locator("main form.form button[type=submit]").last().click()]);
}

async function chooseSecond(page, name) {
  const select = page.locator(`select[name=${name}]`);
  if ((await select.count()) > 0) await select.selectOption({ index: 1 });
}

/** A choice is a drop-down list or radio buttons, whichever the page chose. */
async function choose(page, name, code) {
  const radio = page.locator(`main input[type=radio][name=${name}][value="${code}"]`);
  if ((await radio.count()) > 0) await radio.check();
  else await page.locator(`main select[name=${name}]`).selectOption(code);
}

async function upload(page, bytes, name = "risk-sheet.xlsx") {
  await page.setInputFiles("input[type=file]", { name, mimeType: "application/octet-stream", buffer: bytes });
  await Promise.all([page.waitForNavigation(), page.locator("main form[enctype] button[type=submit]").first().click()]);
}
