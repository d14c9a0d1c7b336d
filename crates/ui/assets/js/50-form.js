// Forms: filters send themselves, unsaved entries are not lost, a double click sends once, files can be dropped.
on("change", "form[data-auto-submit]", (form, event) => {
  if (event.target.type !== "search") form.requestSubmit();
});
let searchTimer;
on("input", "form[data-auto-submit] [type=search]", (box, event) => {
  clearTimeout(searchTimer);
  // Only where a part is swapped: a whole new page would take the words out of the typist's hands.
  if (!event.isComposing && box.form.hasAttribute("hx-get")) searchTimer = setTimeout(() => box.form.requestSubmit(), 300);
});
let dirty = null;
on("input", "form[data-dirty]", (form) => { dirty = form; });
addEventListener("beforeunload", (event) => {
  if (dirty?.isConnected) event.preventDefault();
});
on("submit", "form", (form, event) => {
  if (form.dataset.busy && form.method === "post") return event.preventDefault();
  if (form === dirty) dirty = null;
  if (form.method !== "post" || form.method === "dialog") return;
  form.dataset.busy = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});
const rest = (form) => {
  delete form.dataset.busy;
  for (const button of all("[aria-busy=true]", form)) button.removeAttribute("aria-busy");
};
addEventListener("pageshow", () => all("form[data-busy]").forEach(rest));
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) rest(form);
});
for (const type of ["dragenter", "dragover"]) on(type, "[data-drop]", (zone, event) => {
  event.preventDefault();
  zone.dataset.over = "";
});
for (const type of ["dragleave", "drop"]) on(type, "[data-drop]", (zone) => delete zone.dataset.over);
on("drop", "[data-drop]", (zone, event) => {
  event.preventDefault();
  const input = one("input[type=file]", zone);
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
// A file dropped beside the zone must not replace the page.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => {
  if (one("[data-drop]")) event.preventDefault();
});
// After a failed save the reader starts at the list of what is wrong.
one("main .alert[role=alert] a[href^='#f-']")?.focus();
