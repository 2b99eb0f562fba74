/* The search dialog: names while the reader types. Their index is loaded when the dialog is opened. */
{
  const SHOWN = 8;
  const WEIGHTS = { entry: 1, term: 0.8, symbol: 0.8, page: 0.8, derivative: 0.6, section: 0.6 };
  const FILLERS = /^(a|an|and|for|in|of|the|to|with)$/;
  const DERIVATIVES = /^(grad|gradient|derivative|jacobian)s?$/;
  const KINDS = /^(activation|algorithm|error|formula|function|layer|loss|metric|optimizer|score)$/;

  // "The derivative of tanh", "tanh gradient" and tanh_grad are the same words: tanh, grad.
  const words = (text) => {
    const plain = text.replace(/['’]s\b/g, "").normalize("NFKD").toLowerCase();
    const all = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
    const telling = all.filter((word) => !FILLERS.test(word));
    const names = telling.filter((word) => !DERIVATIVES.test(word));
    if (names.length < telling.length) return [...names, "grad"];
    return telling.length ? telling : all;
  };
  const joined = (text) => words(text).join("");

  const makeSearch = (records) => {
    const terms = {
      title: ({ title }) => [joined(title)],
      names: ({ names }) => names.map(joined),
      other: ({ other }) => other.map(joined),
      nameWords: ({ title, names }) => [title, ...names].flatMap(words),
      otherWords: ({ other }) => other.flatMap(words),
      text: ({ text }) => words(text),
    };
    const index = new MiniSearch({
      fields: Object.keys(terms),
      extractField: (record, field) => (field === "id" ? record.id : terms[field](record)),
      tokenize: (list) => list.split(","), // the library joins a list by commas
      processTerm: (term) => term,
    });
    index.addAll(records.map((record, id) => ({ id, ...record })));

    return (typed) => {
      const name = joined(typed.match(/[^.]*\.?$/)[0]); // of torch.nn.Identity, what follows the last dot
      if (!name) return [];
      const library = typed.includes(".") ? 2 : 0.5;
      const called = (name, weight) => ({
        queries: [name],
        fields: ["title", "names", "other"],
        boost: { title: weight, names: weight, other: weight * library },
      });
      const told = (combineWith) => ({
        queries: words(typed),
        fields: ["nameWords", "otherWords", "text"],
        boost: { nameWords: 1, otherWords: 0.5, text: 0.2 },
        combineWith,
      });
      const roughly = { prefix: true, fuzzy: (term) => term.length > 3 && 0.25 };
      const bare = words(typed).filter((word) => !KINDS.test(word)).join(""); // of "tanh function", tanh
      const find = (combineWith) =>
        index.search(
          {
            combineWith: "OR",
            queries: [
              called(name, 10),
              called(bare, 5),
              { ...called(name, 2), ...roughly },
              { ...told(combineWith), ...roughly },
            ],
          },
          { bm25: { k: 0, b: 0, d: 0.5 }, boostDocument: (id) => WEIGHTS[records[id].kind] },
        );
      const all = find("AND");
      return (all.length ? all : find("OR"))
        .sort((one, other) => other.score - one.score || one.id - other.id)
        .map(({ id }) => records[id]);
    };
  };

  const root = document.documentElement.dataset.content_root;
  const dialog = document.getElementById("pst-search-dialog");
  const input = dialog.querySelector("input");
  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  };
  const list = make("div", { id: "search-hits", role: "listbox", "aria-label": "Hits" });
  const status = make("p", { id: "search-status", role: "status" });
  let search;

  const choose = (option) => {
    for (const other of list.children) other.setAttribute("aria-selected", other === option);
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const line = (url, ...content) => make("a", { role: "option", tabindex: "-1", href: root + url }, ...content);
  const hitLine = (typed, { kind, title, url, text, names }) => {
    const name = [title, ...names].find((name) => joined(name).startsWith(joined(typed))) ?? title;
    const alias = joined(name) === joined(title) ? "" : `, ${name}`;
    const parts = [make("span", { class: "search-kind" }, kind), make("span", { class: "search-text" }, text)];
    return line(url, make("strong", {}, title), alias, " ", parts[0], " ", parts[1]);
  };

  const show = () => {
    const typed = input.value.trim();
    const hits = search(typed);
    const lines = hits.slice(0, SHOWN).map((hit) => hitLine(typed, hit));
    if (typed)
      lines.push(line(`search.html?q=${encodeURIComponent(typed)}`, `Search the text of all pages for “${typed}”`));
    lines.forEach((option, place) => (option.id = `search-hit-${place}`));
    list.replaceChildren(...lines);
    list.hidden = !typed;
    input.setAttribute("aria-expanded", !list.hidden);
    input.removeAttribute("aria-activedescendant");
    if (typed) choose(lines[0]);
    const count = hits.length > SHOWN ? `${SHOWN} of ${hits.length}` : hits.length || "No";
    status.textContent = typed && `${count} ${hits.length === 1 ? "hit" : "hits"} among the names`;
  };

  const load = () => {
    const script = make("script", { src: `${root}searchnames.js` });
    script.addEventListener("load", () => {
      search = makeSearch(searchRecords);
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-controls": list.id,
        "aria-expanded": "false",
      }))
        input.setAttribute(name, value);
      dialog.append(status, list);
      input.addEventListener("input", show);
      show();
    });
    document.head.append(script);
  };

  input.addEventListener("focus", load, { once: true });
  input.addEventListener("keydown", (event) => {
    const chosen = list.querySelector("[aria-selected=true]");
    if (!chosen || event.isComposing) return;
    const next = {
      ArrowDown: chosen.nextSibling ?? list.firstChild,
      ArrowUp: chosen.previousSibling ?? list.lastChild,
      Enter: chosen,
    }[event.key];
    if (!next) return;
    event.preventDefault();
    if (event.key === "Enter") next.click();
    else choose(next);
  });
  list.addEventListener("pointermove", ({ target }) => {
    const option = target.closest("a");
    if (option) choose(option);
  });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (!dialog.open) input.blur(); // else a slash that follows would go to the hidden field
    input.value = "";
    if (search) show();
  });
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    // A field that was just closed keeps the focus for a moment.
    const typing = target.closest("input, textarea, select, dialog") && target.checkVisibility();
    if (key !== "/" || ctrlKey || metaKey || altKey || typing) return;
    event.preventDefault(); // else Firefox would search the page
    document.querySelector(".search-button__button").click();
  });
  // On the search page, whose own script follows this one.
  addEventListener("DOMContentLoaded", () => {
    if (new URLSearchParams(location.search).has("q") && document.querySelector("#search-results"))
      Search.loadIndex("searchindex.js");
  });
}
