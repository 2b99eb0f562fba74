/* Runs before the first paint, so that a page never flashes in the other color mode. */
{
  const page = document.documentElement;
  page.dataset.mode = localStorage.getItem("mode") || "auto";
  const dark = page.dataset.mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = dark || page.dataset.mode === "dark" ? "dark" : "light";
}
