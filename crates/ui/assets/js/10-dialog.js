// Dialogs: data-dialog-open="id", data-dialog-close. A link that opens one works as a link where scripts do not run.
on("click", "[data-dialog-open]", (opener, event) => {
  const dialog = document.getElementById(opener.dataset.dialogOpen);
  if (!dialog || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  opener.closest("[popover]")?.hidePopover();
  dialog.showModal();
});
on("click", "[data-dialog-close]", (button) => button.closest("dialog").close());
// The backdrop closes it too, where the browser does not know closedby.
on("click", "dialog", (dialog, event) => {
  if (event.target === dialog && !("closedBy" in dialog)) dialog.close();
});
on("click", "[data-print]", () => window.print());
