// An expert changes the method: scale, appetite, money, matrix and map, then STRIDE, an attack tree by keyboard, and the year's budget request.
import { demo, holder, signIn } from "../lib/demo.mjs";
import { choose, fill, idOf, leads, press, save, saved, says, today, words } from "../lib/form.mjs";
import { download, holds, pdfText } from "../lib/paper.mjs";
import { expect } from "../lib/report.mjs";
import { mamori, serve } from "../lib/server.mjs";
import { stage } from "../lib/stage.mjs";

export const title = "Expert changes the method: scale, appetite, money, attack tree, budget";

const MEASURE = "USBメモリへの書き込みを止める";

export async function run(browser, step) {
  const the = stage(browser, step, "expert");
  const { act, good, goodOnBoth } = the;
  let accounts;
  let page;
  let boss;
  /** Judged 2 × 2 × 2 × 2: within 17, above 12. */
  let small;
  /** Judged 2 × 2 × 2 × 3. */
  let large;
  let acceptance;
  const register = async (name, levels) => {
    await page.goto("/risk/scenario/new");
    await fill(page, { title: name, ...levels });
    await saved(page, "scenario");
    return new URL(page.url()).pathname;
  };
  const refused = async (what, ...wanted) => {
    await press(page, "form[action='/risk/scale'] button[type=submit]");
    await says(page, ...wanted);
    await good(page, what);
  };
  try {
    await act("the sample company is entered by its officer", async () => {
      const made = await demo();
      accounts = made.accounts;
      the.server = await serve(made.folder);
      page = await the.enter();
      await signIn(page, holder(accounts, "officer"));
      small = await register("見積書を別の会社に誤送信する", { asset_value: "2", threat_level: "2", weakness_level: "2", likelihood: "2" });
      large = await register("図面データを退職者が持ち出す", { asset_value: "2", threat_level: "2", weakness_level: "2", likelihood: "3" });
      await says(page, /24 \/ 24/, "基準を超える");
    });
    await act("the scale: what each number means and how many risks use it", async () => {
      await page.goto("/risk/scale");
      await says(page, "今の尺度では 0〜24 になります", /\d+ 件のリスクが使っています/);
      await goodOnBoth(page, "01-scale");
    });
    await act("a level in use cannot be taken away: the counts are said", async () => {
      await fill(page, { "number:likelihood:2": "", "ja:likelihood:2": "", "en:likelihood:2": "", reason: "段階を減らす" });
      await refused("02-scale-in-use", /使われている段階があるため、尺度を変更できません/, /発生可能性の「3 高い」（\d+件）/);
      expect((await page.inputValue("main [name=reason]")) === "段階を減らす", "what was typed is gone");
    });
    await act("a gap between the levels is refused", async () => {
      await page.goto("/risk/scale");
      await fill(page, { "number:likelihood:2": "5", reason: "差を大きくする" });
      await refused("03-scale-gap", /「発生可能性」の1〜5の間に「3」がありません/);
    });
    await act("a level is added and one renamed: the risks move along and are reckoned anew", async () => {
      await page.goto("/risk/scale");
      await fill(page, {
        "number:likelihood:2": "4",
        "ja:likelihood:2": "とても高い",
        "en:likelihood:2": "Very high",
        "number:likelihood:3": "3",
        "ja:likelihood:3": "やや高い",
        "en:likelihood:3": "Rather high",
        "means-ja:likelihood:3": "年に一度は起きる",
        "means-en:likelihood:3": "Once a year",
        reason: "発生可能性を四段階にして、差を見えるようにするため",
      });
      await press(page, "form[action='/risk/scale'] button[type=submit]");
      await says(page, "今の尺度では 0〜32 になります", "とても高い", "やや高い");
      const body = await page.innerText("body");
      expect(/\d+ 件のリスクを計算し直しました/.test(body), "the count of risks reckoned anew is not said");
      await good(page, "04-scale-changed");
      await page.goto("/risk/risk_scale");
      await says(page, "発生可能性を四段階にして");
    });
    await act("the risk has its new value and, in its history, the old one with the old version", async () => {
      await page.goto(large);
      await says(page, /32 \/ 32/);
      const past = page.locator("main section, main article, main .card", { hasText: "値の移り変わり" }).last();
      const lines = await past.locator("tbody tr").allInnerTexts();
      expect(lines.length >= 2, `${lines.length} lines in the history`);
      const [now, before] = lines.map((line) => line.split(/\s+/));
      expect(now.includes("32") && before.includes("24"), `the values are not in the history:\n${lines.join("\n")}`);
      expect(/尺度の変更（第\d+版）/.test(lines[0]), `the change is not named:\n${lines[0]}`);
      const version = (line) => Number(/第(\d+)版/.exec(line)?.[1]);
      expect(before.includes(String(version(lines[0]) - 1)), `the old version is not named:\n${lines[1]}`);
      await goodOnBoth(page, "05-risk-history");
    });
    await act("the smaller risk is accepted by an executive", async () => {
      await page.goto(small);
      await leads(page, () => page.locator("main a[href^='/risk/acceptance/new?scenario=']").click());
      await choose(page, "class", "low_impact");
      await fill(page, { reason: "宛先の確認を手順にしたうえで、残りは受け入れます。" });
      await saved(page, "acceptance");
      acceptance = new URL(page.url()).pathname;
      await press(page, "form[action^='/approval/propose'] button");
      const request = new URL(page.url()).pathname;
      boss = await the.enter();
      await signIn(boss, holder(accounts, "executive"));
      await boss.goto(request);
      await press(boss, "button[name=verdict][value=approve]");
      await boss.goto(acceptance);
      await says(boss, "有効");
      await page.goto(small);
      await says(page, "受容中");
    });
    await act("a smaller appetite: first what it would do, then it is saved", async () => {
      await page.goto("/risk/appetite");
      await goodOnBoth(page, "06-appetite");
      await fill(page, { score: "12", reason: "取締役会で、今期の利益から見直した" });
      await press(page, "button[name=step][value=preview]");
      const back = Number(/受容中から再判断に戻るリスク：(\d+)件/.exec(await words(page))?.[1]);
      expect(back >= 1, `the preview says that ${back} come back`);
      await goodOnBoth(page, "07-appetite-preview");
      await page.goto(small);
      await says(page, "受容中");
      await page.goto("/risk/appetite");
      await fill(page, { score: "12", reason: "取締役会で、今期の利益から見直した" });
      await press(page, "button[name=step][value=preview]");
      await press(page, "button[name=step][value=save]");
      expect((await page.innerText("body")).includes(`再判断に戻った受容は${back}件`), "what was done is not what was announced");
      await says(page, "12");
    });
    await act("the accepted risk is back, and says why", async () => {
      await page.goto(acceptance);
      await says(page, "要再判断", "受容基準が変わった");
      await good(page, "08-acceptance-back");
      await page.goto("/risk/acceptance?view=again");
      await says(page, "見積書を別の会社に誤送信する");
      await page.goto(small);
      await says(page, "検討中");
      await page.goto("/");
      await says(page, "要再判断");
      await good(page, "09-today");
    });
    await act("one case in zero years is refused with a way to write it", async () => {
      await page.goto(`${large}/edit`);
      await fill(page, { loss_value: "10,000,000", exposure: "30", occurrences: "1/0" });
      await save(page);
      await says(page, "1/0", "1/10");
      expect((await page.inputValue("main [name=occurrences]")) === "1/0", "what was typed is gone");
      await goodOnBoth(page, "10-money-refused");
    });
    await act("one case in five years: SLE and ALE with their reckoning", async () => {
      await fill(page, { occurrences: "1/5" });
      await saved(page, "scenario");
      // 10,000,000 × 30 % = 3,000,000; a fifth of it each year.
      await says(page, /3,000,000/, /600,000/);
      const reckoning = page.locator("main details", { hasText: "単一損失予想額" }).first();
      await reckoning.locator("summary").first().click();
      expect(/30\s*%/.test(await reckoning.innerText()), `no steps:\n${await reckoning.innerText()}`);
    });
    await act("a range whose least is above its most is refused", async () => {
      await page.goto(`${large}/edit`);
      await fill(page, { loss_least: "12,000,000", loss_likely: "3,000,000", loss_most: "1,000,000" });
      await save(page);
      await says(page, "最小 ≤ 最もありそう ≤ 最大");
      await good(page, "11-range-refused");
    });
    await act("a range gives the 95 % figure and its distribution, the same each time", async () => {
      await fill(page, { loss_least: "1,000,000", loss_likely: "3,000,000", loss_most: "12,000,000" });
      await saved(page, "scenario");
      const figure = async () => /平均 ([^、]+)、95%値 (\S+)/.exec(await words(page))?.[0];
      const first = await figure();
      expect(first, `no mean and 95 % figure:\n${await words(page)}`);
      expect((await page.locator("main figure", { hasText: "年間損失のばらつき" }).count()) > 0, "no picture of the distribution");
      await page.reload();
      expect((await figure()) === first, "another figure at the second look");
    });
    await act("the matrix shows the class of heavy × often", async () => {
      await page.goto(`${large}/edit`);
      await choose(page, "impact", "heavy");
      await choose(page, "frequency", "often");
      await saved(page, "scenario");
      await says(page, /9マス中 1 番/);
      await goodOnBoth(page, "12-risk-all-methods");
    });
    await act("two people change the same risk: the second is told, nothing is lost", async () => {
      const other = await the.enter();
      await signIn(other, holder(accounts, "officer"));
      await other.goto(`${large}/edit`);
      await page.goto(`${large}/edit`);
      await fill(page, { story: "共有フォルダーから私物のUSBメモリに写す。" });
      await saved(page, "scenario");
      await fill(other, { story: "退職の前の週に、まとめて印刷する。" });
      await save(other);
      const text = await other.innerText("body");
      expect(text.includes("私物のUSBメモリ") || /ほかの人|別の人|先に/.test(text), `the second is not told:\n${text.slice(0, 1500)}`);
      expect((await other.innerHTML("body")).includes("退職の前の週に"), "what the second typed is gone");
      await page.goto(large);
      await says(page, "私物のUSBメモリ");
    });
    await act("the heat map of an earlier day differs from today's", async () => {
      await page.goto("/risk/register/map");
      await goodOnBoth(page, "13-heat-today");
      const cells = () => page.locator("main figure svg").first().evaluate((picture) => picture.textContent.replaceAll(/\s+/g, " "));
      const now = await cells();
      const day = await page.getAttribute("main input[name=on][type=date]", "min");
      expect(day < (await page.inputValue("main input[name=on][type=date]")), `the record begins today (${day})`);
      await page.fill("main input[name=on][type=date]", day);
      await press(page, "main form:has(input[type=date][name=on]) button");
      await good(page, "14-heat-earlier");
      await says(page, "記録に残っている値");
      expect((await cells()) !== now, "the map did not move");
      await page.goto("/risk/register/map?view=matrix");
      await says(page, "未評価");
      await good(page, "15-heat-matrix");
    });
    await act("STRIDE: a system in parts, a cell is judged and becomes a risk", async () => {
      await page.goto("/threats/stride_model/new");
      await fill(page, { name: "見積依頼の受付フォーム", purpose: "取引先から図面付きの依頼を受け取る" });
      await choose(page, "kind", "service");
      await saved(page, "stride_model");
      await page.goto(`${page.url()}/sheet`);
      await good(page, "16-stride-empty");
      for (const [name, kind] of [["取引先の担当者", "external"], ["受付の画面", "process"], ["図面の置き場", "store"]]) {
        const form = page.locator("form.stride-part").first();
        await form.locator("[name=name]").fill(name);
        await form.locator("select[name=kind]").selectOption(kind);
        await form.locator("button[type=submit]").click();
        await page.locator("table.stride-grid th", { hasText: name }).waitFor();
      }
      const cell = page.locator("table.stride-grid tbody tr", { hasText: "受付の画面" }).locator("a").nth(1);
      await cell.click();
      const form = page.locator("#stride-cell form[action$='/verdict']");
      await form.waitFor();
      await form.locator("label", { has: page.locator("input[name=verdict][value=weak]") }).click();
      await form.locator("[name=note]").fill("添付された図面の改ざんに気づく仕組みがない。");
      await form.locator("button:not([name=then])").click();
      await page.locator("table.stride-grid td a", { hasText: /弱|×|!/ }).first().waitFor();
      await page.locator("#stride-cell form[action$='/risk'] button").click();
      const to = page.locator("#stride-cell a[href^='/risk/scenario/']");
      await to.waitFor();
      await goodOnBoth(page, "17-stride");
      await leads(page, () => to.click());
      await says(page, "見積依頼の受付フォーム", "受付の画面");
    });
    let tree;
    const chosenItem = () => page.locator("[data-tree] [aria-selected=true]");
    const ways = async () => (await page.locator(".attack-ways tbody tr").first().innerText()).replaceAll(/\s+/g, " ");
    await act("an attack tree grows by keyboard alone", async () => {
      await page.goto("/threats/attack_tree/new");
      await fill(page, { worst_case: "主要な取引先の図面が競合に渡る", goal: "図面を社外に持ち出す" });
      await saved(page, "attack_tree");
      tree = idOf(page.url());
      await page.goto(`/threats/attack_tree/${tree}/editor`);
      await good(page, "18-tree-begin");
      await page.locator("[data-tree] [role=treeitem]").first().focus();
      // A child below the top with Insert, further ones beside it with Shift+Enter from its name.
      await page.keyboard.press("Insert");
      for (const [at, name] of ["私物のUSBメモリに写す", "社外に転送する"].entries()) {
        const field = page.locator("[data-tree-title]");
        await page.waitForFunction((count) => document.querySelectorAll("[data-tree] [role=treeitem]").length === count, at + 2);
        await page.waitForFunction(() => document.activeElement?.matches("[data-tree-title]"));
        await page.keyboard.type(name);
        expect((await field.inputValue()) === name, `typed over: ${await field.inputValue()}`);
        await page.keyboard.press(at === 0 ? "Shift+Enter" : "Enter");
      }
      await page.locator("[data-tree] [role=treeitem]", { hasText: "社外に転送する" }).waitFor();
      expect((await page.locator("[data-tree] [role=treeitem]").count()) === 3, "not three nodes");
    });
    await act("cost and likelihood at the leaves give the cheapest and the likeliest way", async () => {
      for (const [name, cost, chance] of [["私物のUSBメモリに写す", "5,000", "40"], ["社外に転送する", "20,000", "60"]]) {
        await page.locator("[data-tree] [role=treeitem]", { hasText: name }).click();
        await page.waitForFunction((name) => document.querySelector("[data-tree-title]")?.value === name, name);
        await fill(page, { cost, likelihood: chance });
        await page.locator("[data-tree-node] button[type=submit]:not([name])").click();
        await page.locator("[data-tree] [role=treeitem]", { hasText: name }).filter({ hasText: chance }).waitFor();
      }
      const told = await ways();
      expect(/5,000.*私物のUSBメモリに写す.*60.*社外に転送する/.test(told), `the ways:\n${told}`);
      await goodOnBoth(page, "19-tree");
    });
    await act("dearer copying makes another way the cheapest", async () => {
      await page.locator("[data-tree] [role=treeitem]", { hasText: "私物のUSBメモリ" }).click();
      await page.waitForFunction(() => document.querySelector("[data-tree-title]")?.value.startsWith("私物"));
      await fill(page, { cost: "50,000" });
      await page.locator("[data-tree-node] button[type=submit]:not([name])").click();
      await page.locator("[data-tree] [role=treeitem]", { hasText: "社外に転送する" }).filter({ hasText: "最安" }).waitFor();
      expect(/20,000.*社外に転送する/.test(await ways()), `the ways:\n${await ways()}`);
    });
    await act("a branch is deleted and brought back", async () => {
      await chosenItem().focus();
      await page.keyboard.press("Delete");
      await page.waitForFunction(() => document.querySelectorAll("[data-tree] [role=treeitem]").length === 2);
      await page.locator("[data-tree-undo] button, form[action*='/undo/'] button").first().click();
      await page.waitForFunction(() => document.querySelectorAll("[data-tree] [role=treeitem]").length === 3);
    });
    await act("the tree as a picture to take along", async () => {
      const { bytes } = await download(page, `/threats/attack_tree/${tree}/tree.svg`, "expert-tree.svg");
      const text = bytes.toString("utf8");
      expect(text.startsWith("<svg") || text.startsWith("<?xml"), text.slice(0, 80));
      expect(text.includes("社外に転送する"), "a node is missing");
    });
    await act("a measure that costs something is planned for the risk", async () => {
      await page.goto(`/risk/treatment/new?risks=${idOf(large)}&policy=reduce`);
      await fill(page, { title: MEASURE, measure: "管理ソフトで、登録したもの以外への書き込みを止める。", starts: today(), due: today(60), cost: "88,000", lowers_to: "2" });
      await choose(page, "kind", "technical");
      await choose(page, "factor", "likelihood");
      await choose(page, "cost_class", "before");
      await page.locator("main select[name=owner]").selectOption({ index: 1 });
      await saved(page, "treatment");
    });
    await act("the year's budget request, drafted from the numbers, as PDF", async () => {
      await page.goto("/planning/budget");
      await goodOnBoth(page, "20-budget");
      await press(page, "form[action='/planning/budget/take'] button");
      await press(page, "form[action='/planning/budget/request'] button");
      const request = new URL(page.url()).pathname;
      expect(/\/planning\/budget_request\/[0-9a-f-]{36}$/.test(request), request);
      await goodOnBoth(page, "21-request");
      const text = await pdfText(page, `${request}/request.pdf`, "expert-request.pdf");
      holds(text, "the request", "予算申請書", "灯ノ瀬精工", "三つの視点", "期待する効果", MEASURE, "88,000");
    });
    await act("everything is whole at the end", async () => {
      const verified = await mamori("verify", "--data", the.server.folder);
      expect(verified.code === 0, verified.stdout + verified.stderr);
    });
  } finally {
    await the.close();
  }
}
