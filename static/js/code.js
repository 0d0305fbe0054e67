// Code blocks: a button that copies (commands without prompts and output, no removed or hidden lines), and one that
// shows hidden lines.
(() => {
  const words = document.body.dataset;
  const button = (label) => Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: label });

  const textOf = (code) => {
    const copy = code.cloneNode(true);
    for (const left of copy.querySelectorAll(".cp, .co, .ln.del, .ln.hidden")) left.remove();
    const lines = copy.textContent.split("\n");
    // A console session leaves empty lines where its output was.
    return (code.querySelector(".cp") ? lines.filter((line) => line.trim()) : lines).join("\n").trimEnd() + "\n";
  };

  const write = async (text) => {
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
  };

  for (const block of document.querySelectorAll(".code")) {
    const code = block.querySelector("code");
    const copy = button(words.copy);
    copy.addEventListener("click", async () => {
      await write(textOf(code));
      copy.textContent = words.copied;
      setTimeout(() => { copy.textContent = words.copy; }, 1500);
    });
    block.append(copy);
    if (code.querySelector(".ln.hidden")) {
      const show = button(words.show);
      show.setAttribute("aria-pressed", "false");
      show.addEventListener("click", () => show.setAttribute("aria-pressed", String(block.classList.toggle("all-lines"))));
      block.append(show);
    }
  }
})();
