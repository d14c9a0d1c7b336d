// Editors whose whole content is replaced after every step ([data-editor]): the reader stays where he worked. The tree's outline follows the
// ARIA tree pattern: one stop for Tab, arrows inside; every key presses a button that is also there for the mouse.
const scrolled = new Map();
let wanted = "";
const editorOf = () => one("[data-editor]");
const items = () => all("[data-tree] [role=treeitem]");
const chosen = () => one("[data-tree] [aria-selected=true]") ?? items()[0];
const stop = (item, focus = true) => {
  for (const other of items()) other.tabIndex = other === item ? 0 : -1;
  if (focus) item?.focus();
};
const arrive = () => {
  const editor = editorOf();
  if (!editor) return;
  for (const [index, box] of all("[data-keep-scroll]", editor).entries()) {
    const [left, top] = scrolled.get(index) ?? [0, 0];
    box.scrollTo(left, top);
  }
  const cell = one("[data-arrive]", editor);
  const title = one("[data-tree-title]", editor);
  const wrong = one("[aria-invalid]", editor);
  if (wrong) wrong.focus();
  else if (cell) cell.focus();
  else if (title && (wanted || editor.dataset.editor) === "title") {
    title.focus();
    title.select();
  } else if (chosen()) {
    // A tap on a narrow screen shows the form, which stands below the outline there.
    const panel = wanted === "panel" && matchMedia("(max-width: 1000px)").matches && one("#attack-panel");
    stop(chosen(), !panel);
    if (panel) {
      panel.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "start" });
    }
  }
  wanted = "";
  show();
};
// Brings the chosen node into the window of a wide picture.
const show = () => {
  const box = one(".attack-picture");
  const pick = box && chosen() && one(`[data-pick="${CSS.escape(chosen().dataset.node)}"]`, box);
  if (!pick) return;
  const [frame, node] = [box.getBoundingClientRect(), pick.getBoundingClientRect()];
  if (node.left < frame.left || node.right > frame.right) box.scrollLeft += node.left - frame.left - (frame.width - node.width) / 2;
  if (node.top < frame.top || node.bottom > frame.bottom) box.scrollTop += node.top - frame.top - (frame.height - node.height) / 2;
};
const settle = () => {
  if (one("[data-tree]")) stop(chosen(), false);
};
settle();
show();
on("click", "[data-tree] [role=treeitem]", (item, event) => {
  if (event.isTrusted && event.detail > 0) wanted = "panel";
});
document.addEventListener("htmx:before:request", () => {
  all("[data-keep-scroll]").forEach((box, index) => scrolled.set(index, [box.scrollLeft, box.scrollTop]));
});
document.addEventListener("htmx:after:swap", (event) => {
  if (!event.detail?.ctx?.target?.contains?.(editorOf())) return;
  settle();
  arrive();
});
// Presses a button of the tree for the node at hand, whichever node the form was drawn for.
const press = (node, what) => {
  const form = one("[data-tree-act]");
  if (!form) return;
  form.elements.node.value = node;
  const button = make("button", { type: "submit", name: "do", value: what, hidden: true });
  form.append(button);
  form.requestSubmit(button);
  button.remove();
};
// A click in the picture is a click in the outline.
on("click", "[data-pick]", (link, event) => {
  const item = one(`[data-node="${CSS.escape(link.dataset.pick)}"]`);
  if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  wanted = "panel";
  item.click();
});
const under = (item) => one("[role=treeitem]", item.parentElement.querySelector(":scope > ul") ?? document.createElement("ul"));
const over = (item) => item.parentElement.parentElement.closest("li")?.querySelector(":scope > [role=treeitem]");
document.addEventListener("keydown", (event) => {
  const item = event.target instanceof Element && event.target.closest("[data-tree] [role=treeitem]");
  if (!item || event.isComposing || event.metaKey) return;
  const node = item.dataset.node;
  const list = items();
  const at = list.indexOf(item);
  const plain = {
    ArrowDown: () => stop(list[at + 1] ?? item),
    ArrowUp: () => stop(list[at - 1] ?? item),
    ArrowRight: () => stop(under(item) ?? item),
    ArrowLeft: () => stop(over(item) ?? item),
    Home: () => stop(list[0]),
    End: () => stop(list.at(-1)),
    Enter: () => { wanted = "title"; item.click(); },
    F2: () => { wanted = "title"; item.click(); },
    Insert: () => press(node, "child"),
    Delete: () => press(node, "delete"),
  };
  const withAlt = {
    ArrowUp: () => press(node, "up"),
    ArrowDown: () => press(node, "down"),
    ArrowLeft: () => press(node, "out"),
    ArrowRight: () => press(node, "in"),
  };
  const withCtrl = { Enter: () => press(node, "child"), z: () => one("[data-tree-undo]")?.requestSubmit() };
  const withShift = { Enter: () => press(node, "sibling") };
  const acts = event.altKey ? withAlt : event.ctrlKey ? withCtrl : event.shiftKey ? withShift : plain;
  if (!Object.hasOwn(acts, event.key)) return;
  event.preventDefault();
  acts[event.key]();
});
// In the title: Shift+Enter saves and adds beside, Ctrl+Enter or Insert saves and adds below, Escape goes back to the outline.
on("keydown", "[data-tree-title]", (input, event) => {
  if (event.isComposing) return;
  const then = event.key === "Enter" && event.shiftKey ? "sibling" : (event.key === "Enter" && event.ctrlKey) || event.key === "Insert" ? "child" : "";
  if (then) {
    event.preventDefault();
    const button = one(`[name=then][value=${then}]`, input.form) ?? one("[name=then]", input.form);
    input.form.requestSubmit(button);
  } else if (event.key === "Escape" && chosen()) {
    event.preventDefault();
    stop(chosen());
  }
});
