// The afternoon of a beginner: from an empty folder over the company's own workbook to a register of twenty risks, measures, three
// acceptances that somebody else approved, and the report in three kinds of file.
import { newFolder, serve } from "../lib/server.mjs";
import { signIn } from "../lib/demo.mjs";
import { choose, fill, idOf, leads, mark, press, save, saved, says, today, upload, words } from "../lib/form.mjs";
import { holds, officeText, pdfText } from "../lib/paper.mjs";
import { expect } from "../lib/report.mjs";
import { stage } from "../lib/stage.mjs";
import { riskSheet, sample } from "../lib/workbook.mjs";

export const title = "Afternoon of a beginner: from a ledger to an accepted rest of risk";

const OFFICER = { login: "mori", password: "kumo-to-hana-no-michi" };
const EXECUTIVE = { login: "aoyama", password: "yama-no-ue-no-hoshi" };
const TAKEN = 20;

/** What is done about the largest risks: means, factor it lowers, to what, cost and its class. */
const measures = [
  { title: "基幹システムの控えを毎日取り、月に一度戻してみる", kind: "technical", factor: "weakness", to: "1", cost: "180,000", class: "before" },
  { title: "クラウドの二段階認証を全員に必須にする", kind: "technical", factor: "likelihood", to: "1", cost: "0", class: "before" },
  { title: "書類の保管庫に鍵を付け、持ち出し簿に書く", kind: "physical", factor: "likelihood", to: "1", cost: "45,000", class: "run" },
];

export async function run(browser, step) {
  const the = stage(browser, step, "beginner");
  const { act, good, goodOnBoth } = the;
  let page;
  let boss;
  let risks = [];
  const accepted = [];
  const requests = [];
  try {
    await act("an empty folder is set up", async () => {
      the.server = await serve(await newFolder());
      page = await the.enter();
      await page.goto("/");
      await page.fill("[name=name]", "青葉精機株式会社");
      await page.locator("select[name=industry]").selectOption({ index: 1 });
      await page.fill("[name=headcount]", "48");
      await press(page, "form[action='/setup'] button");
      await fill(page, { admin_name: "森 幸子", admin_login: OFFICER.login, admin_password: OFFICER.password, admin_again: OFFICER.password });
      await press(page, "form[action='/setup/administrator'] button");
    });
    await act("a person to whom work can be given", async () => {
      await page.goto("/organization/person/new");
      await fill(page, { name: "佐藤 花子", kana: "さとう はなこ" });
      await save(page);
    });
    await act("the company's workbook is imported", async () => {
      await page.goto("/assets/information_asset/import");
      await upload(page, riskSheet(), "risk-sheet.xlsx");
      await press(page, "form[action$='/accept'] button");
      await page.goto("/assets/information_asset?limit=100");
      expect((await page.locator("main table tbody tr").count()) === sample.length, "not all rows are there");
    });
    await act("the measure check is answered", async () => {
      await page.goto("/risk");
      const begin = page.locator("form[action='/risk/start'] button").first();
      if ((await begin.count()) > 0) await leads(page, () => begin.click());
      await page.goto("/risk/check");
      const kinds = await page.locator("form[action^='/risk/check/']").evaluateAll((forms) => forms.map((form) => form.getAttribute("action")));
      for (const action of kinds) {
        await page.goto("/risk/check");
        await press(page, `form[action='${action}'] button[name=all][value=partial]`);
      }
    });
    await act("an empty register says where to begin", async () => {
      await page.goto("/risk/scenario");
      await good(page, "01-register-empty");
      await press(page, "main a[href='/risk/suggest']");
    });
    await act("at least twenty suggestions, each with its value and its reasons", async () => {
      const cards = page.locator("#suggestions article.card");
      expect((await cards.count()) >= TAKEN, `${await cards.count()} suggestions`);
      // The reasons are folded away behind their number.
      await cards.first().locator("details summary").click();
      const first = await cards.first().innerText();
      expect(/リスク値 \d+/.test(first) && /対策状況チェック/.test(first), `no value or no reason:\n${first}`);
      await goodOnBoth(page, "02-suggest");
    });
    await act("one is set aside with a reason and can be taken back", async () => {
      const before = await page.locator("#suggestions article.card").count();
      await page.locator("#suggestions article.card select").last().selectOption({ index: 1 });
      await leads(page, () => page.locator("button[name=dismiss]").last().click());
      await says(page, "すでに十分な対策がある", "森 幸子");
      expect((await page.locator("#suggestions article.card").count()) === before - 1, "the suggestion is still there");
      await press(page, "form[action='/risk/suggest/back'] button");
      expect((await page.locator("#suggestions article.card").count()) === before, "it did not come back");
    });
    await act("the first twenty are marked and registered together", async () => {
      await press(page, "a[href^='/risk/suggest?tick=20']");
      const marked = await page.locator("#suggestions input[name=tick]:checked").count();
      expect(marked === TAKEN, `${marked} are marked`);
      await good(page, "03-suggest-marked");
      await press(page, "button[name=ticked]");
      await page.goto("/risk/scenario?limit=100");
      risks = await page.locator("main table tbody tr").evaluateAll((rows) =>
        rows.map((row) => ({ text: row.innerText, href: row.querySelector("a[href^='/risk/scenario/']")?.getAttribute("href") })),
      );
      expect(risks.length === TAKEN, `${risks.length} risks in the register`);
      expect(new Set(risks.map(({ href }) => href)).size === TAKEN && risks.every(({ href }) => href), "rows without a page of their own");
      await goodOnBoth(page, "04-register");
    });
    await act("the heat map shows the same twenty", async () => {
      await page.goto("/risk/register/map");
      await says(page, /リスクの数 20/);
      const drawn = await page.locator("main figure svg").count();
      expect(drawn > 0, "no picture");
      await goodOnBoth(page, "05-heat");
      const cell = page.locator("main svg a[href^='/risk/scenario?']").first();
      const address = await cell.getAttribute("href");
      await page.goto(address);
      expect((await page.locator("main table tbody tr").count()) > 0, `the cell leads to an empty list: ${address}`);
    });
    await act("a risk has the methods side by side, each with its reckoning", async () => {
      await page.goto(risks[0].href);
      await says(page, "IPA方式（0〜6）", "IPA方式（1〜9）", "四因子：今", "マトリックス", "年間予想損失額（ALE）", "値の移り変わり");
      const reckoning = page.locator("main details", { hasText: "資産価値" }).filter({ hasText: "×" }).first();
      await reckoning.locator("summary").first().click();
      expect((await reckoning.getAttribute("open")) !== null, "the reckoning does not open");
      await goodOnBoth(page, "06-risk");
    });
    await act("the levels are set, also without measures and as a target", async () => {
      await page.goto(`${risks[0].href}/edit`);
      await fill(page, { asset_value: "2", threat_level: "2", weakness_level: "2", likelihood: "3", weakness_before: "2", likelihood_before: "3", weakness_target: "1", likelihood_target: "2" });
      await choose(page, "impact", "heavy");
      await choose(page, "frequency", "sometimes");
      await goodOnBoth(page, "07-risk-form");
      await save(page);
      // 2 × 2 × 2 × 3 now; 2 × 2 × 1 × 2 aimed at.
      await says(page, "基準を超える", /24 \/ 24/, /8 \/ 24/);
    });
    await act("a level that the scale does not have is refused with what is allowed", async () => {
      await page.goto(`${risks[0].href}/edit`);
      await fill(page, { likelihood: "7" });
      await save(page);
      await says(page, /発生可能性に「7」は使えません/);
      await good(page, "08-risk-refused");
    });
    for (const [at, measure] of measures.entries()) {
      await act(`a measure from the page of the risk: ${measure.class}`, async () => {
        await page.goto(risks[at].href);
        const add = page.locator(`main a[href*='/risk/treatment/new?risks=']`).first();
        await leads(page, () => add.click());
        await fill(page, { title: measure.title, measure: "手順書のとおりに行い、月に一度結果を確かめる。", due: today(90), cost: measure.cost, lowers_to: measure.to });
        await choose(page, "kind", measure.kind);
        await choose(page, "factor", measure.factor);
        await choose(page, "cost_class", measure.class);
        await page.locator("main select[name=owner]").selectOption({ label: "佐藤 花子" });
        if (at === 0) await goodOnBoth(page, "09-treatment-form");
        await saved(page, "treatment");
        await says(page, measure.title);
        await page.goto(risks[at].href);
        await says(page, measure.title, "佐藤 花子");
      });
    }
    await act("when the measure is done the risk is judged again", async () => {
      await page.goto(risks[0].href);
      await press(page, "main a[href^='/risk/treatment/']:not([href*='new'])");
      await page.goto(`${page.url()}/edit`);
      await choose(page, "state", "done");
      await fill(page, { done_on: today() });
      await saved(page, "treatment");
      await page.goto(risks[0].href);
      await press(page, "main a[href$='/reassess']");
      await good(page, "10-reassess");
      await save(page);
      // The weakness went from 2 to 1.
      await says(page, /12 \/ 24/);
      await good(page, "11-risk-judged-again");
    });
    await act("an executive gets an account", async () => {
      await page.goto("/organization/account/new");
      await fill(page, { login: EXECUTIVE.login, name: "青山 誠" });
      for (const role of ["employee", "executive"]) await mark(page, "roles", role, role === "executive");
      await press(page, "main form[action='/organization/account/new'] button[type=submit]");
      const once = await page.locator("main code").innerText();
      boss = await the.enter({ width: 390, height: 844 });
      await signIn(boss, { login: EXECUTIVE.login, password: once }).catch(() => {});
      await fill(boss, { password: EXECUTIVE.password, again: EXECUTIVE.password });
      await press(boss, "form[action='/login/password'] button");
    });
    for (const at of [3, 4, 5]) {
      await act(`risk ${at + 1} is proposed for acceptance`, async () => {
        await page.goto(risks[at].href);
        accepted.push((await page.locator("main h1, h1").first().innerText()).trim());
        await leads(page, () => page.locator("main a[href^='/risk/acceptance/new?scenario=']").click());
        await choose(page, "class", "too_costly");
        await fill(page, { reason: "機器の入れ替えを来年度に予定しているため、それまで受け入れます。", limit_count: "1" });
        if (at === 3) await goodOnBoth(page, "12-acceptance-form");
        await saved(page, "acceptance");
        await press(page, "form[action^='/approval/propose'] button");
        requests.push(new URL(page.url()).pathname);
      });
    }
    await act("nobody approves his own proposal", async () => {
      await page.goto(requests[0]);
      await says(page, "自分の依頼を自分で承認することはできません");
      expect((await page.locator("button[name=verdict]").count()) === 0, "the proposer is offered a decision");
      await good(page, "13-own-request");
      // Nor by an address typed by hand.
      const answer = await page.request.post(`/approval/request/${idOf(requests[0])}/decide`, {
        form: { verdict: "approve", round: "1", position: "1" },
        headers: { origin: the.server.url },
      });
      expect(answer.status() >= 400, `the proposer decided: ${answer.status()}`);
      const said = await answer.text();
      expect(said.includes("自分"), `refused for another reason:\n${said.replaceAll(/<[^>]*>/g, " ").slice(0, 1500)}`);
    });
    await act("the executive finds the three on the phone and accepts them", async () => {
      await boss.goto("/");
      await good(boss, "14-boss-today-390");
      await boss.goto("/approval");
      await good(boss, "15-boss-tray-390");
      for (const [at, request] of requests.entries()) {
        await boss.goto(request);
        await says(boss, accepted[at], "機器の入れ替えを来年度に予定");
        if (at === 0) await good(boss, "16-boss-request-390");
        await press(boss, "button[name=verdict][value=approve]");
      }
      await boss.goto("/risk/acceptance?view=valid");
      expect((await boss.locator("main table tbody tr").count()) === 3, `not three in force:\n${await words(boss)}`);
      await page.goto(risks[3].href);
      await says(page, "受容中", "青山 誠");
      await goodOnBoth(page, "17-risk-accepted");
    });
    await act("the reports: what each is for", async () => {
      await page.goto("/risk/report");
      await good(page, "18-reports");
      await page.goto("/risk/report/risk-assessment");
      await good(page, "19-report");
    });
    await act("the risk assessment report as PDF, Word and workbook", async () => {
      const address = "/risk/report/risk-assessment";
      holds(await pdfText(page, `${address}.pdf`, "beginner-assessment.pdf"), "the PDF", "リスクアセスメント報告書", "青葉精機株式会社", accepted[0], "尺度");
      holds(await officeText(page, `${address}.docx`, "beginner-assessment.docx"), "the Word document", "リスクアセスメント報告書", accepted[0]);
      holds(await officeText(page, `${address}.xlsx`, "beginner-assessment.xlsx"), "the workbook", accepted[0], accepted[1]);
    });
    await act("the plan and the rest of risk: what is done, what was accepted, by whom", async () => {
      const plan = await pdfText(page, "/risk/report/treatment-plan.pdf", "beginner-plan.pdf");
      holds(plan, "the plan", "リスク対応計画書", measures[1].title, measures[2].title);
      const rest = await pdfText(page, "/risk/report/residual-risks.pdf", "beginner-residual.pdf");
      const at = rest.lastIndexOf("受け入れたリスクと承認の記録");
      expect(at >= 0, "no chapter about what was accepted");
      holds(rest.slice(at), "the chapter about what was accepted", ...accepted, "青山誠");
    });
  } finally {
    await the.close();
  }
}
