// The pictures of the README, from the sample company: `node e2e/screens.mjs`. They lie small in docs/screens.
import { execFile } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { launch, visitor } from "./lib/browser.mjs";
import { demo, holder, signIn } from "./lib/demo.mjs";
import { mamori, root, serve } from "./lib/server.mjs";

const out = join(root, "docs/screens");
await mkdir(out, { recursive: true });
const { folder, accounts } = await demo();
const running = await serve(folder);
const browser = await launch();
try {
  const { page } = await visitor(browser, running.url, { width: 1120, height: 700 });
  await signIn(page, holder(accounts, "officer"));
  const shot = (name) => page.screenshot({ path: join(out, `${name}.png`) });
  await page.goto("/");
  await shot("home");
  await page.goto("/risk");
  await shot("risk");
  await page.goto("/risk/register/map");
  await page.evaluate(() => scrollTo(0, 330));
  await shot("register");
  await page.goto("/threats/attack_tree");
  await page.locator("tbody a.row-link").first().click();
  await page.waitForLoadState();
  await page.goto(`${page.url()}/editor`);
  await shot("tree");
  await page.goto("/assets/stocktake");
  await page.locator("tbody a.row-link").first().click();
  await page.waitForLoadState();
  await shot("stocktake");
  await page.goto("/assets/information_asset/import");
  const sheet = "情報資産名称,管理部署,媒体・保存先,機密性,完全性,可用性,登録日\n見積書の控え,営業部,書類,1,1,1,令和8年4月1日\n設備の保守記録,加工課,社内サーバー,1,2,1,2026/5/12\n顧客の図面,技術部,社外サーバー,9,2,2,2026-02-30\n";
  await page.setInputFiles("input[type=file]", { name: "資産台帳.csv", mimeType: "text/csv", buffer: Buffer.from(sheet) });
  await page.locator(".form-actions button").first().click();
  await page.waitForLoadState();
  await shot("import");
  const pdf = join(out, "report.pdf");
  const made = await mamori("report", "--data", folder, "--report", "asset-risk", "--output", pdf);
  if (made.code !== 0) throw new Error(made.stderr);
  await promisify(execFile)("pdftoppm", ["-r", "60", "-f", "3", "-l", "3", "-singlefile", "-png", pdf, join(out, "report-page")]);
  const bytes = await readFile(join(out, "report-page.png"));
  // A page of its own: the policy of the program's pages forbids inline styles.
  const plain = await (await browser.newContext({ viewport: { width: 1120, height: 700 } })).newPage();
  await plain.setContent(
    `<body style="margin:0;background:#e9edf2;display:grid;place-items:center;height:700px"><img style="height:660px;box-shadow:0 4px 24px #0003" src="data:image/png;base64,${bytes.toString("base64")}"></body>`,
  );
  await plain.screenshot({ path: join(out, "report.png") });
  await rm(pdf);
  await rm(join(out, "report-page.png"));
} finally {
  await browser.close();
  await running.stop();
}
