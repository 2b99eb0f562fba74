/* Runs before the first paint: no flash of the other color mode, and no formula that moves when its font comes. */
{
  const page = document.documentElement;
  page.dataset.mode = localStorage.getItem("mode") || "auto";
  const dark = page.dataset.mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = dark || page.dataset.mode === "dark" ? "dark" : "light";
  // They are within the style sheet. The other fonts are rare.
  const common = [...document.fonts].filter(({ family, weight }) => /Main|Math|Size[12]/.test(family) && weight === "400");
  if ("formulas" in document.currentScript.dataset) for (const font of common) font.load();
}
