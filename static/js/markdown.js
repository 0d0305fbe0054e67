// The page as Markdown, on the clipboard: its source where it can be had, else written anew from what is shown (a page
// on a disk, or under a strict policy, may ask for nothing).
(() => {
  const button = document.querySelector("button.copy-page");
  const source = document.querySelector("link[type='text/markdown']");
  if (!button) return;

  const inside = (node) => [...node.childNodes].map(text).join("");
  const lines = (node, first, next) => inside(node).trim().split("\n").map((line, i) => (i ? next : first) + line).join("\n");
  const block = (words) => `\n\n${words}\n\n`;
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const table = (node) => {
    const rows = [...node.rows].map((tr) => [...tr.cells].map((cell) => inside(cell).trim().replace(/\s+/g, " ").replaceAll("|", "\\|")));
    return rows.length ? [row(rows[0]), row(rows[0].map(() => "---")), ...rows.slice(1).map(row)].join("\n") : "";
  };
  const text = (node) => {
    if (node.nodeType === 3) return node.textContent.replace(/\s+/g, " ");
    if (node.nodeType !== 1 || node.matches(".anchor, button, script, .zoom")) return "";
    const name = node.localName;
    if (/^h[1-6]$/.test(name)) return block(`${"#".repeat(name[1])} ${inside(node).trim()}`);
    if (name === "pre") {
      const language = node.closest(".code")?.dataset.lang ?? "";
      return block(`\`\`\`${language}\n${node.textContent.trimEnd()}\n\`\`\``);
    }
    if (name === "svg") return block(node.querySelector("desc")?.textContent ?? "");
    if (name === "table") return block(table(node));
    if (name === "blockquote") return block(lines(node, "> ", "> "));
    if (name === "li") {
      const list = node.parentElement, at = [...list.children].indexOf(node);
      const sign = list.localName === "ol" ? `${(list.start || 1) + at}. ` : "- ";
      return `\n${lines(node, sign, " ".repeat(sign.length)).replace(/\n\n+/g, "\n")}`;
    }
    if (/^(p|ul|ol|div|figure|dl|dd|dt|details|summary|section|header)$/.test(name)) return block(inside(node));
    if (name === "a" && node.href && !node.matches(".concept")) return `[${inside(node)}](${node.href})`;
    if (name === "img") return `![${node.alt}](${node.src})`;
    if (name === "code") return `\`${node.textContent}\``;
    if (name === "strong") return `**${inside(node)}**`;
    if (name === "em") return `*${inside(node)}*`;
    return name === "br" ? "\\\n" : inside(node);
  };
  const written = () => {
    const article = document.querySelector("main > article");
    const title = article.querySelector("h1");
    return `${title ? text(title) : ""}${text(article.querySelector(".content"))}`.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim() + "\n";
  };
  const fetched = async () => {
    if (!source || !location.protocol.startsWith("http")) return null;
    const answer = await fetch(source.href);
    return answer.ok ? answer.text() : null;
  };

  button.classList.add("ready");
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await portolanCopy((await fetched().catch(() => null)) ?? written());
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 1500);
  });
})();
