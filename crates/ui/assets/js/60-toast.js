// Toasts leave after eight seconds (with an undo after fifteen), never while they are read, and never when something failed.
const toasts = one("#toasts");
const leave = (toast) => {
  if (toast.dataset.toast === "danger") return;
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), one("form", toast) ? 15000 : 8000); };
  for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, () => clearTimeout(timer));
  for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, start);
  start();
};
all("[data-toast]").forEach(leave);
on("click", "[data-toast-close]", (button) => button.closest("[data-toast]").remove());
const toast = (text, tone = "info") => {
  const close = make("button", { type: "button", className: "btn btn-quiet btn-small", textContent: words.close });
  close.dataset.toastClose = "";
  const box = make("div", { className: `toast tone-${tone}` }, make("p", { textContent: text }), close);
  box.dataset.toast = tone;
  box.setAttribute("role", tone === "danger" ? "alert" : "status");
  toasts?.append(box);
  leave(box);
};
// The server may send HX-Trigger: {"mamori:toast": {"text": "…", "tone": "success"}}.
document.addEventListener("mamori:toast", (event) => toast(event.detail.text, event.detail.tone));
document.addEventListener("htmx:error", () => toast(navigator.onLine ? words.failed : words.offline, "danger"));
