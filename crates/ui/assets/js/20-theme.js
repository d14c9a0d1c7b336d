// The theme changes at once and is kept in a cookie that the server reads.
on("click", "[data-theme-switch] button", (button, event) => {
  event.preventDefault();
  root.dataset.theme = button.value;
  document.cookie = `theme=${button.value}; Path=/; Max-Age=31536000; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  for (const other of all("[data-theme-switch] button")) other.setAttribute("aria-pressed", other.value === button.value);
});
