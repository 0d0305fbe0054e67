// The theme button, the drawer, and the place in the page's own contents.
(() => {
  const root = document.documentElement;

  const theme = document.querySelector("button.theme");
  if (theme) {
    const order = ["auto", "light", "dark"];
    const now = () => root.dataset.theme ?? "auto";
    const name = () => {
      const label = `${theme.getAttribute("aria-label").split(" · ")[0]} · ${theme.dataset[now()]}`;
      theme.setAttribute("aria-label", label);
      theme.title = label;
    };
    theme.hidden = false;
    name();
    theme.addEventListener("click", () => {
      const next = order[(order.indexOf(now()) + 1) % order.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      try { localStorage.setItem("portolan-theme", next); } catch { /* kept for this page only */ }
      name();
    });
  }

  const drawer = document.querySelector("nav.site");
  const menu = document.querySelector("a.menu");
  if (drawer && menu) {
    const rest = document.querySelectorAll("main, .foot, .bar");
    const close = () => {
      if (!drawer.classList.contains("open")) return;
      drawer.classList.remove("open");
      for (const part of rest) part.inert = false;
      menu.setAttribute("aria-expanded", "false");
      menu.focus();
    };
    menu.setAttribute("aria-expanded", "false");
    menu.addEventListener("click", (event) => {
      event.preventDefault();
      drawer.classList.add("open");
      for (const part of rest) part.inert = true;
      menu.setAttribute("aria-expanded", "true");
      drawer.querySelector("a[aria-current], a.close").focus();
    });
    drawer.querySelector("a.close").addEventListener("click", (event) => { event.preventDefault(); close(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    document.addEventListener("click", (event) => {
      if (drawer.classList.contains("open") && !drawer.contains(event.target) && !menu.contains(event.target)) close();
    });
    const here = drawer.querySelector("[aria-current]");
    if (here && here.offsetTop > drawer.clientHeight * 0.7) drawer.scrollTop = here.offsetTop - drawer.clientHeight / 3;
  }

  const contents = document.querySelector(".toc details");
  if (contents) {
    const wide = matchMedia("(min-width: 90em)");
    const fit = () => { contents.open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    const links = new Map([...contents.querySelectorAll("a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let waiting = false;
    const mark = () => {
      waiting = false;
      const line = innerHeight * 0.25;
      let at = headings[0];
      for (const heading of headings) if (heading.getBoundingClientRect().top <= line) at = heading;
      if (innerHeight + scrollY >= root.scrollHeight - 2) at = headings.at(-1);
      for (const [id, link] of links) link.classList.toggle("here", id === at?.id);
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }
})();
