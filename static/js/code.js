// Code blocks: a button that copies (commands without prompts and output, no removed or hidden lines), one that shows
// hidden lines, and one that breaks long lines.
async function portolanCopy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not a secure context: a page from a disk may be none.
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
(() => {
  const words = document.body.dataset;
  const textOf = (code) => {
    const copy = code.cloneNode(true);
    for (const left of copy.querySelectorAll(".cp, .co, .ln.del, .ln.hidden")) left.remove();
    const lines = copy.textContent.split("\n");
    // A console session leaves empty lines where its output was.
    return (code.querySelector(".cp") ? lines.filter((line) => line.trim()) : lines).join("\n").trimEnd() + "\n";
  };
  const wrapped = new Set();
  const store = "portolan-wrap";
  let wraps = false;
  try { wraps = localStorage.getItem(store) === "on"; } catch { /* nothing is kept */ }

  for (const block of document.querySelectorAll(".code")) {
    const code = block.querySelector("code");
    const tools = Object.assign(document.createElement("div"), { className: "acts" });
    const button = (label, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: label });
      made.addEventListener("click", () => act(made));
      tools.append(made);
      return made;
    };
    if (code.querySelector(".ln.hidden")) {
      button(words.show, (show) => show.setAttribute("aria-pressed", String(block.classList.toggle("all-lines")))).setAttribute("aria-pressed", "false");
    }
    if (code.parentElement.scrollWidth > code.parentElement.clientWidth) {
      const set = () => {
        block.classList.toggle("wrap", wraps);
        wrap.setAttribute("aria-pressed", String(wraps));
      };
      const wrap = button(words.wrap, () => {
        wraps = !wraps;
        for (const each of wrapped) each();
        try { localStorage.setItem(store, wraps ? "on" : "off"); } catch { /* kept for this page only */ }
      });
      wrapped.add(set);
      set();
    }
    button(words.copy, async (copy) => {
      await portolanCopy(textOf(code));
      copy.textContent = words.copied;
      setTimeout(() => { copy.textContent = words.copy; }, 1500);
    });
    block.append(tools);
  }
})();
