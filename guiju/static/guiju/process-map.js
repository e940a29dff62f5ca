/* Arranging the process map: a box is dragged to another place of its band, or moved by arrow keys. The order is sent by
   the form that the page has for it; without this the buttons of the page do the same. */
(function () {
  "use strict";
  var form = document.getElementById("arrange-form");
  var drawing = document.querySelector(".gj-drawing.is-arranging svg");
  if (!form || !drawing) return;

  function boxes(band) {
    return Array.from(drawing.querySelectorAll("a[data-band]")).filter(function (box) { return box.dataset.band === band; });
  }
  function middle(box) {
    var edge = box.getBoundingClientRect();
    return { x: edge.left + edge.width / 2, y: edge.top + edge.height / 2 };
  }
  function send(band, order) {
    form.elements.band.value = band;
    form.elements.order.value = order.map(function (box) { return box.dataset.number; }).join("\n");
    form.submit();
  }
  /* The boxes of a band as people read them: row by row, in each from left to right. */
  function inOrder(band) {
    return boxes(band).sort(function (a, b) {
      var one = middle(a), other = middle(b);
      return Math.abs(one.y - other.y) > 8 ? one.y - other.y : one.x - other.x;
    });
  }

  drawing.querySelectorAll("a[data-band]").forEach(function (box) {
    var from = null, moved = false, order = [], places = [];

    box.addEventListener("pointerdown", function (event) {
      if (event.button) return;
      order = inOrder(box.dataset.band);
      places = order.map(middle);
      from = { x: event.clientX, y: event.clientY };
      moved = false;
      box.setPointerCapture(event.pointerId);
    });
    box.addEventListener("pointermove", function (event) {
      if (!from) return;
      var by = { x: event.clientX - from.x, y: event.clientY - from.y };
      if (Math.abs(by.x) + Math.abs(by.y) > 5) moved = true;
      var scale = drawing.viewBox.baseVal.width / drawing.getBoundingClientRect().width;
      box.setAttribute("transform", "translate(" + by.x * scale + " " + by.y * scale + ")");
    });
    box.addEventListener("pointerup", function (event) {
      if (!from) return;
      from = null;
      var at = order.indexOf(box), near = at, best = Infinity;
      places.forEach(function (place, index) {
        var away = Math.hypot(place.x - event.clientX, place.y - event.clientY);
        if (away < best) { best = away; near = index; }
      });
      box.removeAttribute("transform");
      if (!moved || near === at) return;
      order.splice(near, 0, order.splice(at, 1)[0]);
      send(box.dataset.band, order);
    });
    box.addEventListener("pointercancel", function () { from = null; box.removeAttribute("transform"); });
    box.addEventListener("dragstart", function (event) { event.preventDefault(); });
    box.addEventListener("click", function (event) { if (moved) event.preventDefault(); });
    box.addEventListener("keydown", function (event) {
      var by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      var all = inOrder(box.dataset.band), at = all.indexOf(box), to = at + by;
      if (to < 0 || to >= all.length) return;
      all[at] = all[to];
      all[to] = box;
      send(box.dataset.band, all);
    });
  });
})();
