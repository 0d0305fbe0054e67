// Lists of concepts: a field that filters them, headers that sort. Without it they are whole, in their order.
(() => {
  const { filter: word, nothing } = document.body.dataset;
  const fold = (text) => text.normalize("NFKC").toLowerCase();

  const filter = (box, items, groups) => {
    const line = document.createElement("p");
    line.className = "filter";
    const input = document.createElement("input");
    input.type = "text";
    input.placeholder = word;
    input.setAttribute("aria-label", word);
    const count = document.createElement("output");
    line.append(input, count);
    box.before(line);
    const texts = items.map((item) => fold(item.textContent));
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, at) => {
        item.hidden = !words.every((w) => texts[at].includes(w));
        if (!item.hidden) shown++;
      });
      for (const group of groups) group.hidden = !group.querySelector(":is(li, tr, .glossary > div):not([hidden])");
      count.textContent = words.length === 0 ? "" : shown === 0 ? nothing : `${shown}`;
    });
  };
  for (const box of document.querySelectorAll(".filtered")) {
    const items = [...box.querySelectorAll(".glossary > div, .references > li, .relations tbody tr, .matrix tbody tr")];
    if (items.length > 0) filter(box, items, [...box.querySelectorAll(".group")]);
  }

  const language = document.documentElement.lang || undefined;
  const order = new Intl.Collator(language, { numeric: true });
  const sorted = (table) => {
    const body = table.tBodies[0];
    const first = [...body.rows];
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      if (header.textContent.trim() === "") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      header.classList.add("sorts");
      button.addEventListener("click", () => {
        const was = header.getAttribute("aria-sort");
        for (const other of headers) other.removeAttribute("aria-sort");
        const way = was === null ? "ascending" : was === "ascending" ? "descending" : null;
        if (way) header.setAttribute("aria-sort", way);
        const text = (row) => row.cells[column]?.textContent.trim() ?? "";
        const rows = way === null ? first : [...first].sort((a, b) => order.compare(text(a), text(b)) * (way === "ascending" ? 1 : -1));
        body.append(...rows);
      });
    });
  };
  for (const table of document.querySelectorAll(".content table")) {
    if (!table.tHead || table.tBodies.length !== 1 || table.classList.contains("matrix")) continue;
    const rows = table.tBodies[0].rows.length;
    if (rows < 3 || !table.querySelector("tr[data-concept]") && !table.classList.contains("relations")) continue;
    sorted(table);
    if (rows >= 8 && !table.classList.contains("relations")) filter(table.parentElement, [...table.tBodies[0].rows], []);
  }
})();
