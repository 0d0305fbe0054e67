// Larger and smaller: buttons, the wheel with Ctrl, and dragging, for a picture in a frame that scrolls. The map and the
// closer look share it.
function portolanZoom(frame, picture, width, height) {
  const words = document.body.dataset;
  let scale = 1;
  const zoom = (to) => {
    scale = Math.max(0.1, Math.min(6, to));
    picture.setAttribute("width", width * scale);
    picture.setAttribute("height", height * scale);
  };
  const fit = (most = 1) => zoom(Math.min(frame.clientWidth / width, frame.clientHeight / height || Infinity, most));
  const bar = document.createElement("div");
  bar.className = "zoom";
  const button = (text, name, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, title: name });
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    bar.append(made);
    return made;
  };
  button("+", words.zoomIn, () => zoom(scale * 1.25));
  button("−", words.zoomOut, () => zoom(scale / 1.25));
  button("⤢", words.zoomAll, () => fit());
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
  return { bar, button, fit };
}
