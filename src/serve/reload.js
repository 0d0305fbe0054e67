// Follows the site while it is written: `portolan serve` adds this to its pages, a build does not.
const here = new URL(import.meta.url);
let events;
let notice;

function connect() {
  disconnect();
  const about = new URLSearchParams({ page: location.pathname, seen: here.searchParams.get("seen") });
  events = new EventSource(new URL(`events?${about}`, here));
  events.addEventListener("reload", () => {
    disconnect();
    location.reload();
  });
  events.addEventListener("style", restyle);
  events.addEventListener("problem", (event) => show(JSON.parse(event.data)));
  events.addEventListener("fine", hide);
  events.addEventListener("error", () => {
    // The browser itself tries again, unless the server has said no.
    if (events?.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || connect(), 2000);
  });
}

function disconnect() {
  events?.close();
  events = undefined;
}

// The new style sheets come in beside the old ones, which go when the new ones are there: nothing flashes.
async function restyle() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const links = (of) => [...of.querySelectorAll('head link[rel="stylesheet"]')];
  const old = links(document);
  let last = old.at(-1);
  const loaded = links(page).map((link) => {
    const fresh = document.createElement("link");
    fresh.rel = "stylesheet";
    fresh.href = link.getAttribute("href");
    const done = new Promise((resolve) => (fresh.onload = fresh.onerror = resolve));
    if (last) last.after(fresh);
    else document.head.append(fresh);
    last = fresh;
    return done;
  });
  await Promise.all(loaded);
  for (const link of old) link.remove();
}

// In a shadow of its own, where the page's styles do not reach.
function show(problems) {
  hide();
  notice = document.createElement("aside");
  notice.id = "p:problem";
  notice.setAttribute("role", "alert");
  const root = notice.attachShadow({ mode: "open" });
  const add = (name, text, into) => {
    const element = document.createElement(name);
    element.textContent = text;
    into.append(element);
    return element;
  };
  const style = add("link", "", root);
  style.rel = "stylesheet";
  style.href = new URL("reload.css", here);
  const box = add("div", "", root);
  box.lang = "en";
  const head = add("header", "", box);
  add("strong", "The book does not build", head);
  add("span", "Below is the last good page. This notice goes when the error is mended.", head);
  const close = add("button", "Hide", head);
  close.type = "button";
  close.addEventListener("click", hide);
  for (const problem of problems) add("pre", problem, box);
  document.documentElement.append(notice);
}

function hide() {
  notice?.remove();
  notice = undefined;
}

// A browser gives a server six connections: pages that nobody sees let go of theirs.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect());
if (!document.hidden) connect();
