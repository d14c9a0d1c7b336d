// What a person does with forms, whatever their page: fill a field, choose, send, save, hand in a file.
import { expect } from "./report.mjs";

/** Does something that leads to another page, and waits for it. */
export async function leads(page, action) {
  await Promise.all([page.waitForNavigation(), action()]);
}

/** Presses the first button of a form that fits. */
export async function press(page, selector) {
  await leads(page, () => page.locator(selector).first().click());
}

/** Saves the ordinary form of a ledger's row. */
export async function save(page) {
  await leads(page, () => page.locator("main form.form button[type=submit]").last().click());
}

/** Saves the ordinary form; what it leads to is the page of the row, not the form with a refusal. */
export async function saved(page, ledger) {
  await save(page);
  const { pathname } = new URL(page.url());
  expect(new RegExp(`/${ledger}/[0-9a-f-]{36}$`).test(pathname), `not saved: ${pathname}\n${await words(page)}`);
}

/** A choice is a drop-down list or radio buttons, whichever the page chose. */
export async function choose(page, name, code) {
  if ((await page.locator(`main input[type=radio][name=${name}]`).count()) > 0) await mark(page, name, code);
  else await page.locator(`main select[name=${name}]`).selectOption(code);
}

/** Marks or unmarks a box or a button; the label around it takes the click, as it does with a finger. */
export async function mark(page, name, code, on = true) {
  const box = page.locator(`main input[name="${name}"][value="${code}"]`);
  if ((await box.isChecked()) !== on) await box.locator("xpath=ancestor::label").click();
}

/** Fills several fields, by name. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) await page.fill(`main [name="${name}"]`, value);
}

/** Hands in a file on an import page. */
export async function upload(page, bytes, name) {
  await page.setInputFiles("input[type=file]", { name, mimeType: "application/octet-stream", buffer: bytes });
  await press(page, "main form[enctype] button[type=submit]");
}

/** The id of the row whose page is open, or which an address names. */
export function idOf(address) {
  const id = /[0-9a-f-]{36}/.exec(address)?.[0];
  expect(id, `no row in the address ${address}`);
  return id;
}

/** The words of the page, without the frame around them. */
export async function words(page) {
  return page.innerText("main");
}

/** Each of these stands on the page. */
export async function says(page, ...wanted) {
  const text = (await words(page)).replaceAll(/\s+/g, " ");
  for (const word of wanted) {
    const found = word instanceof RegExp ? word.test(text) : text.includes(word);
    expect(found, `${page.url()} does not say ${word}:\n${text.slice(0, 3000)}`);
  }
}

/** Today in Japan, or so many days from it, as a date field wants it. */
export function today(days = 0) {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Asia/Tokyo" });
}
