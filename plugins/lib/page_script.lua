-- The script of all pages that have a filter box: words typed hide what lacks
-- them, "/" goes to the box, Escape clears it; pictures are fetched only when
-- the reader asks for them.  Works on elements marked data-item and data-group.

return { text = [[
"use strict";
(function () {
  var box = document.getElementById("filter"), count = document.getElementById("count");
  var items = Array.from(document.querySelectorAll("[data-item]"));
  var groups = Array.from(document.querySelectorAll("[data-group]"));
  var texts = items.map(function (item) { return item.textContent.normalize("NFC").toLowerCase(); });
  function apply() {
    var words = box.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    items.forEach(function (item, i) {
      var match = words.every(function (word) { return texts[i].includes(word); });
      item.hidden = !match;
      shown += match ? 1 : 0;
      var mark = item.id && document.querySelector('[href="#' + item.id + '"]');
      if (mark) { mark.classList.toggle("away", !match); }
    });
    groups.forEach(function (group) { group.hidden = !group.querySelector("[data-item]:not([hidden])"); });
    count.textContent = words.length ? shown + " / " + items.length : "";
  }
  box.addEventListener("input", apply);
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== box && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      box.focus();
    }
    if (event.key === "Escape" && document.activeElement === box) { box.value = ""; apply(); }
  });
  var pictures = document.getElementById("pictures");
  if (pictures) {
    pictures.hidden = false;
    pictures.addEventListener("click", function () {
      document.querySelectorAll("[data-picture]").forEach(function (face) {
        var image = new Image();
        image.alt = "";
        image.onload = function () { face.replaceChildren(image); };
        image.src = face.dataset.picture;
      });
      pictures.hidden = true;
    });
  }
})();
]] }
