-- The script of all pages that have a filter box: words typed hide what lacks
-- them, "/" goes to the box, Escape clears it; marks of the axis tell what they
-- stand for; pictures are fetched only when the reader asks for them.  Works on
-- elements marked data-item and data-group; a page may lack any of the parts.

return { text = [[
"use strict";
(function () {
  const all = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  const plain = function (text) { return text.normalize("NFC").toLowerCase(); };
  const box = document.getElementById("filter"), count = document.getElementById("count");
  const marks = new Map(all(".axis a").map(function (mark) { return [mark.getAttribute("href").slice(1), mark]; }));
  const items = all("[data-item]").map(function (element) {
    const text = plain(element.textContent + " " + (element.dataset.search || ""));
    return { element: element, text: text, mark: marks.get(element.id) };
  });
  const groups = all("[data-group]");

  function holdsAll(text, words) { return words.every(function (word) { return text.includes(word); }); }

  function filter() {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach(function (item) {
      const match = holdsAll(item.text, words);
      item.element.hidden = !match;
      shown += match ? 1 : 0;
      if (!item.mark) { return; }
      item.mark.classList.toggle("away", !match);
      if (match) { item.mark.removeAttribute("tabindex"); } else { item.mark.setAttribute("tabindex", "-1"); }
    });
    groups.forEach(function (group) { group.hidden = !group.querySelector("[data-item]:not([hidden])"); });
    all("[data-item] details").forEach(function (details) {
      details.open = words.length > 0 && words.some(function (word) { return plain(details.textContent).includes(word); });
    });
    const message = shown ? count.dataset.some : count.dataset.none;
    count.textContent = words.length ? message.replace("{n}", shown).replace("{all}", items.length) : "";
  }

  if (box) {
    box.addEventListener("input", filter);
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && document.activeElement !== box && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        box.focus();
      }
      if (event.key === "Escape" && document.activeElement === box) { box.value = ""; filter(); }
    });
    if (box.value) { filter(); }
  }

  const axis = document.querySelector(".axis");
  if (axis) {
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.setAttribute("aria-hidden", "true");
    tip.hidden = true;
    axis.after(tip);
    const hide = function () { tip.hidden = true; };
    const show = function (event) {
      const mark = event.target.closest("a");
      if (!mark) { return; }
      tip.textContent = mark.getAttribute("aria-label");
      tip.hidden = false;
      const at = mark.querySelector(".hit").getBoundingClientRect(), room = document.documentElement.clientWidth;
      const left = Math.min(Math.max(8, at.left + at.width / 2 - tip.offsetWidth / 2), room - tip.offsetWidth - 8);
      tip.style.left = left + window.scrollX + "px";
      tip.style.top = at.top + window.scrollY - tip.offsetHeight - 6 + "px";
    };
    axis.addEventListener("mouseover", show);
    axis.addEventListener("mouseout", hide);
    axis.addEventListener("focusin", show);
    axis.addEventListener("focusout", hide);
    axis.addEventListener("scroll", hide);
    axis.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { hide(); }
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], mark = event.target.closest("a");
      if (!step || !mark) { return; }
      const list = Array.from(axis.querySelectorAll("a:not(.away)")), next = list[list.indexOf(mark) + step];
      event.preventDefault();
      if (next) { next.focus(); }
    });
  }

  let closed = [];
  window.addEventListener("beforeprint", function () {
    closed = all("details:not([open])");
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () { closed.forEach(function (details) { details.open = false; }); });

  const pictures = document.getElementById("pictures");
  if (pictures) {
    pictures.hidden = false;
    pictures.addEventListener("click", function () {
      const places = all("[data-picture]");
      places.forEach(function (place) {
        const image = new Image();
        image.alt = place.dataset.alt || "";
        image.referrerPolicy = "no-referrer";
        image.onload = function () { place.replaceChildren(image); };
        image.src = place.dataset.picture || place.href;
      });
      pictures.hidden = true;
      if (box) { box.focus(); }
    });
  }
})();
]] }
