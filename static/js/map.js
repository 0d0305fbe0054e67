// The map of the whole: larger and smaller, what matches a search, and the neighbours of a concept.
(() => {
  const svg = document.querySelector("svg.map");
  const figure = svg?.closest("figure");
  if (!figure) return;
  const frame = svg.parentElement;
  const chips = [...svg.querySelectorAll(".chip")];
  const width = svg.viewBox.baseVal.width;
  const height = svg.viewBox.baseVal.height;
  let scale = 1;
  const zoom = (to) => {
    scale = Math.max(0.2, Math.min(4, to));
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
  };

  const bar = document.createElement("div");
  bar.className = "zoom";
  const button = (text, name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", name);
    made.title = name;
    made.addEventListener("click", act);
    bar.append(made);
  };
  const { in: larger, out: smaller, all } = figure.dataset;
  button("+", larger, () => zoom(scale * 1.25));
  button("−", smaller, () => zoom(scale / 1.25));
  button("⤢", all, () => zoom(Math.min(frame.clientWidth / width, 1)));
  const line = document.createElement("p");
  line.className = "filter";
  const input = document.createElement("input");
  input.type = "text";
  input.placeholder = document.body.dataset.filter;
  input.setAttribute("aria-label", document.body.dataset.filter);
  line.append(input);
  bar.append(line);
  frame.before(bar);

  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  let drag = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && !event.target.closest("a")) drag = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
  });
  frame.addEventListener("pointermove", (event) => { if (drag) frame.scrollTo(drag.x - event.clientX, drag.y - event.clientY); });
  addEventListener("pointerup", () => { drag = null; });

  const pick = (wanted) => {
    svg.classList.toggle("picking", wanted !== null);
    for (const chip of chips) chip.classList.toggle("on", wanted !== null && wanted(chip));
  };
  const search = () => {
    const text = input.value.normalize("NFKC").toLowerCase().trim();
    pick(text === "" ? null : (chip) => `${chip.textContent} ${chip.dataset.concept}`.toLowerCase().includes(text));
  };
  input.addEventListener("input", search);
  const neighbours = (event) => {
    const chip = event.target.closest?.(".chip");
    if (!chip) return search();
    const near = new Set((chip.dataset.near ?? "").split(" ").filter(Boolean));
    near.add(chip.dataset.concept);
    pick((other) => near.has(other.dataset.concept));
  };
  svg.addEventListener("pointerover", neighbours);
  svg.addEventListener("focusin", neighbours);
  svg.addEventListener("pointerleave", search);
  svg.addEventListener("focusout", search);
})();
