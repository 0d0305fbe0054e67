// The map of the whole: larger and smaller, what matches a search, and the neighbours of a concept.
(() => {
  const svg = document.querySelector("svg.map");
  const figure = svg?.closest("figure");
  if (!figure) return;
  const frame = svg.parentElement;
  const chips = [...svg.querySelectorAll(".chip")];
  const { width, height } = svg.viewBox.baseVal;
  const { bar } = portolanZoom(frame, svg, width, height);
  const line = document.createElement("p");
  line.className = "filter";
  const input = document.createElement("input");
  input.type = "text";
  input.placeholder = document.body.dataset.filter;
  input.setAttribute("aria-label", document.body.dataset.filter);
  line.append(input);
  bar.append(line);
  frame.before(bar);

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
