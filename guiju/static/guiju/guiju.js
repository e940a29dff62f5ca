/* Small comforts. Every page works without this file. No dependency. */
(function () {
  "use strict";

  function search() {
    var box = document.getElementById("q");
    if (box && box.offsetParent) { box.focus(); box.select(); return true; }
    return false;
  }

  /* "/" goes to the search box, unless someone is typing. */
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    var slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (slash && search()) { event.preventDefault(); return; }
    if (event.key === "Escape") {
      var open = document.querySelector("details.gj-drop[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
    }
  });

  /* A menu closes when one clicks or tabs elsewhere. */
  function closeOthers(event) {
    document.querySelectorAll("details.gj-drop[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);

  /* A second press on a button sends nothing: the first is on its way. The button is disabled only after
     the browser has read the form, since a disabled button's own value would not be sent. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(function () {
      form.querySelectorAll("button:not([type=button])").forEach(function (button) {
        if (!button.disabled) { button.disabled = true; button.dataset.guarded = "yes"; }
      });
    }, 0);
    /* What is answered with a file leaves this page as it is. */
    if (form.hasAttribute("data-download")) setTimeout(function () { unguard(form.parentNode); }, 3000);
  });
  function unguard(root) {
    root.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    root.querySelectorAll("button[data-guarded]").forEach(function (button) {
      button.disabled = false;
      delete button.dataset.guarded;
    });
  }
  /* Coming back to a page, or an answer that did not arrive, must not leave a dead form. */
  window.addEventListener("pageshow", function () { unguard(document); });
  document.addEventListener("htmx:afterRequest", function () { unguard(document); });

  /* A number of parts, such as 60598-2-4, stays on one line in a title. */
  function keepNumbersWhole() {
    document.querySelectorAll("h1, h1 > bdi, .gj-table-title, .gj-table-title > bdi").forEach(function (title) {
      if (title.children.length) return;
      var parts = title.textContent.split(/([A-Za-z]*[0-9][\w.\/]*(?:-[\w.\/]*[0-9][\w.\/]*)+|[A-Z]{1,4}-[0-9][\w.-]*)/);
      if (parts.length === 1) return;
      title.replaceChildren.apply(title, parts.map(function (text, place) {
        if (place % 2 === 0 || text.length > 24) return text;
        var whole = document.createElement("span");
        whole.className = "gj-nowrap";
        whole.textContent = text;
        return whole;
      }));
    });
  }
  document.addEventListener("htmx:afterSettle", keepNumbersWhole);

  /* Files of a folder: a button that chooses a whole folder, and the files' places in it, which a browser does not send. */
  function foldersCanBeChosen() {
    document.querySelectorAll("[data-folder-of]").forEach(function (button) {
      var input = button.form.elements[button.dataset.folderOf];
      button.hidden = !("webkitdirectory" in input);
      button.addEventListener("click", function () {
        input.webkitdirectory = true;
        input.click();
        input.webkitdirectory = false;
      });
    });
    document.querySelectorAll("[data-paths-of]").forEach(function (kept) {
      var input = kept.form.elements[kept.dataset.pathsOf];
      input.addEventListener("change", function () {
        kept.value = JSON.stringify(Array.from(input.files, function (file) { return file.webkitRelativePath || file.name; }));
      });
    });
  }

  /* The view one looks at is not cut off where the row of views is wider than the screen. */
  function showCurrentView() {
    document.querySelectorAll(".gj-views [aria-current]").forEach(function (view) {
      var row = view.closest(".gj-views");
      var beyond = view.getBoundingClientRect().right - row.getBoundingClientRect().right;
      if (beyond > 0) row.scrollLeft += beyond;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    keepNumbersWhole();
    showCurrentView();
    foldersCanBeChosen();
    var summary = document.querySelector(".gj-summary[tabindex]");
    if (summary) summary.focus();
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
  });
})();
