// What a reader did before, kept in this browser alone: unfolded sections, pages read to their end, and the page to go
// on with. Storage may be closed, then nothing is kept.
(() => {
  const home = document.querySelector("a.brand")?.href;
  const site = document.querySelector("nav.site");
  const main = document.querySelector("main > article");
  if (!home || !main) return;
  const load = (store, key) => { try { return JSON.parse(store().getItem(key)) ?? {}; } catch { return {}; } };
  const save = (store, key, value) => { try { store().setItem(key, JSON.stringify(value)); } catch { /* nothing is kept */ } };
  // Sites side by side on a disk or a host have one storage.
  const name = (what) => `portolan-${what}:${home}`;
  const local = () => localStorage, session = () => sessionStorage;
  const here = location.href.replace(/[?#].*/, "");

  if (site) {
    const folded = load(session, name("folds"));
    for (const details of site.querySelectorAll("details")) {
      const key = details.previousElementSibling?.href ?? details.previousElementSibling?.textContent;
      if (key in folded && !details.querySelector("[aria-current]")) details.open = folded[key];
      details.addEventListener("toggle", () => save(session, name("folds"), { ...load(session, name("folds")), [key]: details.open }));
    }
  }

  const read = load(local, name("read"));
  const mark = () => {
    for (const link of site?.querySelectorAll("a[href]") ?? []) link.classList.toggle("read", link.href in read);
  };
  mark();
  new IntersectionObserver(([entry], observer) => {
    // A page that fits the window is read when it is left to be read.
    if (!entry.isIntersecting || here in read) return;
    observer.disconnect();
    const all = Object.entries({ ...load(local, name("read")), [here]: Date.now() }).slice(-2000);
    save(local, name("read"), Object.fromEntries(all));
    read[here] = 1;
    mark();
  }).observe(document.querySelector(".neighbours, .foot") ?? main);

  const last = load(local, name("last"));
  if (here === home) {
    if (last.href && last.href !== home) {
      const box = Object.assign(document.createElement("p"), { className: "resume" });
      const link = Object.assign(document.createElement("a"), { href: last.href, textContent: `${document.body.dataset.resume}${last.title}` });
      const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
      close.setAttribute("aria-label", document.body.dataset.close);
      close.addEventListener("click", () => { box.remove(); save(local, name("last"), {}); });
      box.append(link, close);
      // Within a landmark, and over the page: nothing moves.
      document.querySelector("main").append(box);
    }
  } else {
    addEventListener("pagehide", () => {
      const passed = [...main.querySelectorAll("h2[id], h3[id]")].filter((h) => h.getBoundingClientRect().top < innerHeight / 3).pop();
      save(local, name("last"), { href: here + (passed ? `#${passed.id}` : ""), title: main.querySelector("h1")?.textContent.trim() ?? "" });
    });
  }
})();
