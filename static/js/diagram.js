// Diagrams: pointing at a node (or reaching it with the keyboard) brings out its edges and lets the others step back.
(() => {
  for (const svg of document.querySelectorAll("svg.dgm")) {
    const edges = [...svg.querySelectorAll("path.edge")];
    const show = (event) => {
      const node = event.target.closest?.(".node") ?? event.target.querySelector?.(".node");
      const id = node?.dataset.id;
      svg.classList.toggle("pointing", id !== undefined);
      for (const edge of edges) edge.classList.toggle("on", id !== undefined && (edge.dataset.from === id || edge.dataset.to === id));
    };
    svg.addEventListener("pointerover", show);
    svg.addEventListener("focusin", show);
    for (const end of ["pointerleave", "focusout"]) svg.addEventListener(end, () => svg.classList.remove("pointing"));
  }
})();
