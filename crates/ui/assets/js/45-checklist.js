// Checklists: 1–9 answers the item at hand and moves on, j and k move; one item sends its own fields only.
const itemAtHand = () => document.activeElement?.closest("[data-item]") ?? one("[data-item][data-open]") ?? one("[data-item]");
const toItem = (item) => {
  const field = one("input:checked, input:not([type=hidden]), textarea, select", item);
  field?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "center" });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || one("dialog[open]") || !keysOn()) return;
  const item = one("[data-checklist]") && itemAtHand();
  if (!item) return;
  const items = all("[data-item]");
  const next = (by) => items[items.indexOf(item) + by];
  const option = /^[1-9]$/.test(event.key) && all("input[type=radio]", item)[event.key - 1];
  if (option && !option.disabled) {
    option.click();
    option.focus({ preventScroll: true });
    if (next(1)) toItem(next(1));
  } else if (event.key === "j" && next(1)) toItem(next(1));
  else if (event.key === "k" && next(-1)) toItem(next(-1));
  else return;
  event.preventDefault();
});
on("change", "[data-item]", (item) => delete item.dataset.open);
document.addEventListener("htmx:config:request", (event) => {
  const item = event.target.closest?.("[data-item]");
  const body = event.detail.ctx?.request.body;
  if (!item || !(body instanceof FormData)) return;
  for (const name of [...body.keys()]) if (name.slice(2) !== item.dataset.item) body.delete(name);
});
