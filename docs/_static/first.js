/* Runs before the first paint: no flash of the other color mode, and no formula that moves when its font comes. */
{
  const page = document.documentElement;
  page.dataset.mode = localStorage.getItem("mode") || "auto";
  const dark = page.dataset.mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = dark || page.dataset.mode === "dark" ? "dark" : "light";
  for (const font of document.fonts) font.load(); // they are within the style sheet
}
