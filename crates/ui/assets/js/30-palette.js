// Command palette: Ctrl+K, or the search box of the header. The server answers /search?q= with a part of links.
const palette = one("#palette");
if (palette) {
  const input = one("input", palette);
  const results = one("#palette-results", palette);
  let asked = new AbortController();
  let timer;
  const links = () => all("a", results);
  const choose = (link) => {
    for (const other of links()) other.setAttribute("aria-selected", other === link);
    input.setAttribute("aria-activedescendant", link?.id ?? "");
    link?.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    try {
      const address = `${input.dataset.url}?q=${encodeURIComponent(input.value.trim())}`;
      const response = await fetch(address, { signal: asked.signal, headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
      if (!response.ok) throw new Error(response.status);
      results.innerHTML = await response.text();
      if (!links().length && input.value.trim()) results.replaceChildren(make("p", { textContent: results.dataset.empty }));
      links().forEach((link, index) => {
        link.id = `palette-${index}`;
        link.setAttribute("role", "option");
      });
      choose(links()[0]);
    } catch (error) {
      if (error.name !== "AbortError") results.replaceChildren(make("p", { textContent: words.offline }));
    }
  };
  const open = (text) => {
    if (!palette.open) palette.showModal();
    input.value = text;
    input.focus();
    ask();
  };
  results.setAttribute("role", "listbox");
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    // Enter that ends a Japanese conversion is not a choice.
    if (event.isComposing) return;
    const list = links();
    const at = list.findIndex((link) => link.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(list[(at + (event.key === "ArrowDown" ? 1 : list.length - 1)) % list.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list[at]) list[at].click();
      else location.href = `${input.dataset.url}?q=${encodeURIComponent(input.value)}`;
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("");
    }
  });
  on("click", "[data-palette-open]", (box) => open(box.value));
  on("input", "[data-palette-open]", (box, event) => {
    if (event.isComposing) return;
    open(box.value);
    box.value = "";
  });
}
