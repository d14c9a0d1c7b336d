// Ticking rows for bulk actions; Shift ticks everything in between.
let lastTick;
const countTicks = () => {
  for (const bar of all("[data-bulk]")) {
    const form = bar.closest("form") ?? document;
    const rows = all("[name=row]", form);
    const ticked = rows.filter((row) => row.checked).length;
    bar.toggleAttribute("data-on", ticked > 0);
    one(".bulk-count", bar).textContent = bar.dataset.bulk.replace("{n}", ticked);
    const whole = one("[data-select-all]", form);
    if (whole) {
      whole.checked = ticked > 0 && ticked === rows.length;
      whole.indeterminate = ticked > 0 && ticked < rows.length;
    }
  }
};
on("click", "[name=row]", (box, event) => {
  const rows = all("[name=row]", box.form ?? document);
  if (event.shiftKey && lastTick && rows.includes(lastTick)) {
    const [from, to] = [rows.indexOf(lastTick), rows.indexOf(box)].sort((a, b) => a - b);
    for (const row of rows.slice(from, to + 1)) row.checked = box.checked;
  }
  lastTick = box;
  countTicks();
});
on("change", "[data-select-all]", (whole) => {
  for (const row of all("[name=row]", whole.form ?? document)) row.checked = whole.checked;
  countTicks();
});
on("click", "[data-select-none]", (button) => {
  for (const row of all("[name=row]", button.form ?? document)) row.checked = false;
  countTicks();
});
countTicks();
document.addEventListener("htmx:after:swap", countTicks);
