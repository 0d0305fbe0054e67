// A closer look: a diagram or an image over the whole window.
(() => {
  const words = document.body.dataset;
  const show = (picture, width, height) => {
    const dialog = document.createElement("dialog");
    dialog.className = "view";
    dialog.setAttribute("aria-label", words.full);
    const frame = Object.assign(document.createElement("div"), { className: "frame", tabIndex: 0 });
    frame.append(picture);
    const { bar, button, fit } = portolanZoom(frame, picture, width, height);
    button("×", words.close, () => dialog.close());
    dialog.append(bar, frame);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    fit(2);
  };
  for (const figure of document.querySelectorAll("figure.diagram")) {
    const svg = figure.querySelector("svg");
    if (!svg || svg.classList.contains("map")) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "full", title: words.full, textContent: "⤢" });
    button.setAttribute("aria-label", words.full);
    button.addEventListener("click", () => show(svg.cloneNode(true), svg.viewBox.baseVal.width, svg.viewBox.baseVal.height));
    figure.append(button);
  }
  for (const image of document.querySelectorAll("figure > a > img")) {
    image.parentElement.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const picture = Object.assign(new Image(), { src: image.parentElement.href, alt: image.alt });
      show(picture, image.naturalWidth || image.width, image.naturalHeight || image.height);
    });
  }
})();
