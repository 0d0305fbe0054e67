// Keys: the neighbours of a page, the theme, the contents, and a list of them all, where they can be switched off.
(() => {
  const [search, previous, next, theme, menu, title, allowed] = document.body.dataset.keys.split("|");
  const store = "portolan-keys";
  let on = true;
  try { on = localStorage.getItem(store) !== "off"; } catch { /* nothing is kept */ }
  const press = (selector) => () => document.querySelector(selector)?.click();
  const made = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });

  const help = () => {
    const dialog = made("dialog");
    dialog.className = "keys";
    const list = made("dl");
    for (const [keys, what] of [["/ Ctrl+K", search], ["← p", previous], ["→ n", next], ["t", theme], ["m", menu], ["?", title]]) {
      const term = made("dt");
      for (const key of keys.split(" ")) term.append(made("kbd", key), " ");
      list.append(term, made("dd", what));
    }
    const box = Object.assign(made("input"), { type: "checkbox", checked: on });
    box.addEventListener("change", () => {
      on = box.checked;
      try { localStorage.setItem(store, on ? "on" : "off"); } catch { /* kept for this page only */ }
    });
    const label = made("label");
    label.append(box, ` ${allowed}`);
    const close = made("button", document.body.dataset.close);
    close.addEventListener("click", () => dialog.close());
    const heading = made("h2", title);
    heading.id = "p:keys";
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.append(heading, list, label, close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  const before = press(".neighbours [rel=prev]"), after = press(".neighbours [rel=next]");
  const keys = { p: before, ArrowLeft: before, n: after, ArrowRight: after, t: press("button.theme"), m: press("a.menu"), "?": help };
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!(key in keys) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!on && key !== "?" && key.length === 1) return;
    // Where arrows move something else, they do.
    if (target.closest("input, textarea, select, [contenteditable], dialog, [role=listbox], [tabindex='0']")) return;
    event.preventDefault();
    keys[key]();
  });

  const about = document.querySelector(".about ul");
  if (about) {
    const button = Object.assign(made("button", title), { type: "button" });
    button.addEventListener("click", help);
    const item = made("li");
    item.append(button);
    about.append(item);
  }
})();
