/* Runs before the first paint: no flash of the other color mode, and no formula that moves when its font comes. */
{
  const page = document.documentElement;
  page.dataset.mode = localStorage.getItem("mode") || "auto";
  const dark = page.dataset.mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = dark || page.dataset.mode === "dark" ? "dark" : "light";
  const needed = document.currentScript.dataset.fonts.split(" ");
  for (const font of document.fonts) if (needed.includes(font.family)) font.load(); // it is within the style sheet
}
