// The sample company: filled once, entered by its people.
import { expect } from "./report.mjs";
import { mamori, newFolder } from "./server.mjs";

/** Fills a folder; gives it with the accounts that the command printed, in their order. */
export async function demo() {
  const folder = await newFolder();
  const made = await mamori("demo", "--data", folder, "--lang", "en");
  expect(made.code === 0, made.stderr);
  const accounts = made.stdout
    .split("\n")
    .map((line) => line.split(/ {2,}/).map((cell) => cell.trim()))
    .filter((cells) => cells.length >= 4 && /^[a-z0-9._-]+$/.test(cells[0]) && cells[1].includes("-"))
    .map(([login, password, role, name]) => ({ login, password, role, name }));
  expect(accounts.length >= 6, `the table of accounts was not understood:\n${made.stdout}`);
  return { folder, accounts };
}

/** The first account whose role contains a word. */
export function holder(accounts, role) {
  const found = accounts.find((account) => account.role.toLowerCase().includes(role));
  expect(found, `nobody is ${role}: ${accounts.map((account) => account.role).join(", ")}`);
  return found;
}

export async function signIn(page, account) {
  await page.goto("/login");
  await page.fill("[name=login]", account.login);
  await page.fill("[name=password]", account.password);
  await Promise.all([page.waitForNavigation(), page.locator("form[action='/login'] button").first().click()]);
  expect(!new URL(page.url()).pathname.startsWith("/login"), `${account.login} did not get in: ${await page.innerText("main")}`);
}
