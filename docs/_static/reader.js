/* What a reader needs beyond the theme's script: boxes to scroll by keyboard, and copying that is announced. */
{
  // A formula, table or block of code that is wider than its box takes the keyboard's focus, to be scrolled by arrows.
  const names = { PRE: "Code", DIV: "Formula or table" };
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      const wide = target.scrollWidth > target.clientWidth;
      for (const [key, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": names[target.tagName] })) {
        if (wide) target.setAttribute(key, value);
        else target.removeAttribute(key);
      }
    }
  });
  for (const box of document.querySelectorAll("div.math, .pst-scrollable-table-container, pre")) seen.observe(box);

  const status = document.createElement("div");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.addEventListener("click", (event) => {
    const button = event.composedPath().find((part) => part.matches?.(".copybtn.success")); // its icon is new by now
    if (!button) return;
    const entry = button.closest("dl.py.function")?.querySelector(".descname")?.textContent;
    const what = button.previousElementSibling.querySelector(".gp") ? "example" : "code";
    status.textContent = `Copied the ${what}${entry ? ` of ${entry}` : ""}`;
  });
}
