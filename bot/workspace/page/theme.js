// Light or dark: as the system says, until one chooses.

const KEPT = "paperboy-theme";

function wanted() {
  const chosen = localStorage.getItem(KEPT);
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Set the colours of the page, now and when the system changes its mind. */
export function applyTheme() {
  const apply = () => {
    document.documentElement.dataset.theme = wanted();
  };
  apply();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}

/** Choose the other one. */
export function toggleTheme() {
  localStorage.setItem(KEPT, wanted() === "dark" ? "light" : "dark");
  document.documentElement.dataset.theme = wanted();
}
