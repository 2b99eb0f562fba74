// The card of a linked term or entry: pointing at the link, focusing or tapping it shows a short definition.
// Each card's text is a script of its own, loaded once it is asked for. (fetch reads nothing from the file system.)
(() => {
  "use strict";
  const main = document.querySelector("main");
  if (!main || !main.showPopover) return; // an older browser keeps plain links

  const POINTING = 150; // milliseconds until a card opens,
  const LEAVING = 300; // and until it closes, so that the pointer can cross the gap between link and card
  const GAP = 4; // pixels between link and card
  const MARGIN = 8; // and between card and window

  const card = document.createElement("div");
  card.id = card.className = "hover-card";
  card.popover = "manual";
  card.innerHTML = `
    <div id="hover-text" role="tooltip"><p class="hover-name"></p><div class="hover-definition"></div></div>
    <div class="hover-formula" role="group" aria-label="Formula"></div>
    <a class="hover-open" tabindex="-1"></a>`;
  const [text, formula, follow] = card.children;
  const [name, definition] = text.children;

  let open; // the link whose card is shown,
  let point; // and where it was pointed at, if it was
  let asked; // the link whose card is being loaded
  let timer;
  let touched; // whether the last press came from a finger

  const anchorOf = (link) => decodeURIComponent(link.hash.slice(1));

  function linkOf(node) {
    const link = node.closest(".bd-article a.reference.internal[href]");
    if (!link || !/^(term-|cheatsheet\.)/.test(anchorOf(link))) return null;
    const here = document.getElementById(anchorOf(link));
    return here?.nextElementSibling?.contains(link) ? null : link; // no card of the entry that the reader is in
  }

  const loading = {};
  const receive = {};
  window.hoverCard = (anchor, ...parts) => receive[anchor](parts);

  function load(anchor) {
    return (loading[anchor] ??= new Promise((resolve) => {
      receive[anchor] = resolve;
      const script = document.createElement("script");
      script.src = `${document.documentElement.dataset.content_root}hover/${encodeURIComponent(anchor)}.js`;
      script.onload = script.onerror = () => resolve(null); // no card, unless hoverCard was called
      document.head.append(script);
    }));
  }

  function stay() {
    asked = null;
    clearTimeout(timer);
  }

  function later(action, wait) {
    stay();
    timer = setTimeout(action, wait);
  }

  // False if there is no card to show.
  async function show(link, event) {
    stay();
    asked = link;
    const parts = await load(anchorOf(link));
    if (asked !== link) return true; // meanwhile the reader went elsewhere
    close();
    if (!parts) return false;
    const isTerm = anchorOf(link).startsWith("term-");
    [name.innerHTML, definition.innerHTML, formula.innerHTML] = parts;
    name.classList.toggle("hover-code", !isTerm);
    formula.hidden = !parts[2];
    follow.href = link.href;
    follow.textContent = isTerm ? "Open glossary" : "Open entry";
    link.removeAttribute("title"); // the browser would show it above the card
    link.setAttribute("aria-describedby", text.id);
    link.setAttribute("aria-details", card.id);
    if (!card.isConnected) main.append(card);
    card.showPopover({ source: link }); // so that the formula follows the link in the order of the Tab key
    open = link;
    point = event;
    formula.removeAttribute("tabindex");
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
    place();
    return true;
  }

  function close() {
    stay();
    if (!open) return;
    if (card.contains(document.activeElement)) open.focus();
    card.hidePopover();
    open.removeAttribute("aria-describedby");
    open.removeAttribute("aria-details");
    open = null;
  }

  // Below the link, or above it if there is no room: a card takes less than half the window's height.
  // It begins where the line that was pointed at begins.
  function place() {
    const { top, bottom } = open.getBoundingClientRect();
    const lines = [...open.getClientRects()];
    const line = lines.find((l) => point && l.top <= point.clientY && point.clientY <= l.bottom) ?? lines[0];
    const { clientWidth, clientHeight } = document.documentElement;
    const below = bottom + GAP + card.offsetHeight + MARGIN <= clientHeight;
    const left = Math.max(MARGIN, Math.min(line.left, clientWidth - card.offsetWidth - MARGIN));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? bottom + GAP : top - GAP - card.offsetHeight) + scrollY}px`;
  }

  // Sections get their true height when they come near the screen, and move what is below them.
  new ResizeObserver(() => open && place()).observe(main);

  function leave() {
    if (open?.matches(":hover, :focus-visible") || card.matches(":hover, :focus-within")) return;
    close();
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event.target);
    if (card.contains(event.target) || (link && link === open)) stay();
    else if (link && !link.contains(event.relatedTarget)) later(() => show(link, event), POINTING);
  });
  document.addEventListener("pointerout", (event) => {
    const left = card.contains(event.target) ? card : linkOf(event.target);
    if (left && event.pointerType !== "touch" && !left.contains(event.relatedTarget)) later(leave, LEAVING);
  });
  document.addEventListener("focusin", ({ target }) => {
    const link = linkOf(target);
    if (link && link !== open && link.matches(":focus-visible")) show(link);
  });
  document.addEventListener("focusout", ({ target }) => {
    if (card.contains(target) || linkOf(target)) later(leave, LEAVING);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    touched = pointerType === "touch";
    if (!card.contains(target) && !(open ?? asked)?.contains(target)) close();
  });
  document.addEventListener("click", async (event) => {
    const link = linkOf(event.target);
    if (link && link !== open && link !== asked && touched && event.detail) {
      event.preventDefault();
      if (!(await show(link, event))) location.assign(link.href);
    } else if (link || follow.contains(event.target)) close();
  });
})();
