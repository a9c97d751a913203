// Progressive enhancement: shows and copies secrets, and switches the person without a button.

const field = (id: string | undefined) => {
  const found = document.getElementById(id ?? "");
  return found instanceof HTMLInputElement ? found : undefined;
};

document.addEventListener("click", async ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return;
  const { show, copy } = target.dataset;
  const secret = field(show);
  if (secret) {
    const isHidden = secret.type === "password";
    secret.type = isHidden ? "text" : "password";
    target.textContent = isHidden ? "Hide" : "Show";
  }
  const value = field(copy)?.value;
  if (value === undefined) return;
  await navigator.clipboard.writeText(value);
  target.textContent = "Copied";
});

for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-submit]"))
  select.addEventListener("change", () => select.form?.requestSubmit());
