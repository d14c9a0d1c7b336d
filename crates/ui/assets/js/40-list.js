// Lists by keyboard: j and k move, Enter opens, x ticks, / goes to the search box, ? shows the keys. Can be turned off (WCAG 2.1.4).
const keysOn = () => localStorage.getItem("keys") !== "off";
const keysSwitch = one("[data-keys-switch]");
if (keysSwitch) {
  keysSwitch.checked = keysOn();
  keysSwitch.addEventListener("change", () => localStorage.setItem("keys", keysSwitch.checked ? "on" : "off"));
}
const step = (by) => {
  const rows = all("[data-list] tbody tr");
  if (!rows.length) return;
  const at = rows.findIndex((row) => "cursor" in row.dataset);
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (at >= 0) delete rows[at].dataset.cursor;
  next.dataset.cursor = "";
  one(".row-link", next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || one("dialog[open]") || !keysOn()) return;
  const row = one("tr[data-cursor]");
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    x: () => one("[name=row]", row ?? document.createElement("p"))?.click(),
    "/": () => (one("[data-list-search]") ?? one(".top-search input"))?.focus(),
    "?": () => one("#keys")?.showModal(),
  };
  if (Object.hasOwn(acts, event.key)) {
    event.preventDefault();
    acts[event.key]();
  } else if (event.key === "Enter" && row?.dataset.href && !event.target.closest("a, button, summary, label")) {
    location.href = row.dataset.href;
  }
});
