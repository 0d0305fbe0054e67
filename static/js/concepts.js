// Cards: pointing at a concept's link, or reaching it with the keyboard, shows what it is. The data come in a script
// that is loaded when it is first needed, so that a page on a disk has them too.
(() => {
  const { root, cards, definition, glossary, glossaryPage } = document.body.dataset;
  if (cards === undefined) return;
  const known = new Map();
  const waiting = new Map();
  window.portolanCards = (batch) => { for (const id in batch) known.set(id, batch[id]); };

  const shard = (id) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
    return hash % Number(cards);
  };
  const load = (id) => {
    const at = shard(id);
    if (!waiting.has(at)) {
      waiting.set(at, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${root}assets/concepts-${at}.js`;
        script.onload = script.onerror = done;
        document.head.append(script);
      }));
    }
    return waiting.get(at);
  };

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent?.append(made);
    return made;
  };
  let card = null;
  let owner = null;
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    card?.remove();
    owner?.removeAttribute("aria-describedby");
    card = owner = null;
  };
  const show = async (link) => {
    const id = link.dataset.concept;
    await load(id);
    const data = known.get(id);
    if (!data || pointed !== link) return;
    hide();
    const [name, other, gist, life, href] = data;
    card = element("div", "", null);
    card.className = "card";
    card.id = "p:card";
    card.setAttribute("role", "tooltip");
    const head = element("p", "", card);
    element("strong", name, head);
    if (other) element("small", ` ${other}`, head);
    if (life) element("span", life, element("p", "", card)).className = "badge";
    if (gist) element("p", gist, card);
    const links = element("ul", "", card);
    element("a", definition, element("li", "", links)).href = link.href || root + href;
    if (glossaryPage) element("a", glossary, element("li", "", links)).href = `${glossaryPage}#${encodeURIComponent(id)}`;
    document.body.append(card);
    owner = link;
    link.setAttribute("aria-describedby", "p:card");
    const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left, document.documentElement.clientWidth - box.width - 16));
    const below = at.bottom + 8 + box.height < innerHeight || at.top < box.height + 8;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? at.bottom + 6 : at.top - box.height - 6) + scrollY}px`;
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", () => leave(200));
  };
  let pointed = null;
  const come = (link, wait) => {
    clearTimeout(timer);
    if (link === owner) return;
    pointed = link;
    timer = setTimeout(() => show(link), wait);
  };
  const leave = (wait) => {
    clearTimeout(timer);
    pointed = null;
    timer = setTimeout(hide, wait);
  };
  const link = (target) => target.closest?.("a.concept[data-concept]");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const found = link(event.target);
    if (found) come(found, 250);
    else if (pointed && !card?.contains(event.target)) leave(250);
  });
  document.addEventListener("focusin", (event) => {
    const found = link(event.target);
    if (found && found.matches(":focus-visible")) come(found, 0);
    else if (!card?.contains(event.target)) leave(0);
  });
  document.addEventListener("focusout", (event) => {
    if (event.relatedTarget === null || !card?.contains(event.relatedTarget)) leave(100);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { pointed = null; hide(); } });
  document.addEventListener("pointerdown", (event) => { if (card && !card.contains(event.target) && !link(event.target)) hide(); });
  // A first touch shows the card, a second one follows the link.
  document.addEventListener("click", (event) => {
    const found = link(event.target);
    if (!found || event.pointerType !== "touch" || owner === found) return;
    event.preventDefault();
    come(found, 0);
  });
})();
