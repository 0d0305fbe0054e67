// The way to the search: its script is loaded when somebody wants to search, or comes from a result.
(() => {
  const link = document.querySelector("a.search");
  if (!link) return;
  const wanted = (event) => {
    event?.preventDefault();
    if (globalThis.portolanEngine) { link.dispatchEvent(new Event("wanted")); return; }
    if (document.querySelector("script[data-finder]")) return;
    const script = Object.assign(document.createElement("script"), { src: link.dataset.script });
    script.dataset.finder = "";
    document.head.append(script);
  };
  link.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) wanted(event); });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash || ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k")) wanted(event);
  });
  if (/[?&]q=/.test(location.search)) wanted();
})();
