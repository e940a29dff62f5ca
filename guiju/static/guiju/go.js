/* Going anywhere by typing: Ctrl K or Cmd K, or a button with data-go, opens the dialog #go. htmx asks. */
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", function () {
    var dialog = document.getElementById("go");
    if (!dialog || !dialog.showModal || !window.htmx) return;
    var form = dialog.querySelector("form");
    var box = document.getElementById("go-q");
    var found = document.getElementById("go-found");
    var said = document.getElementById("go-said");
    var asking = null;   /* what the question on its way asks */
    var answered = null; /* what the list that is shown answers */
    var entered = false; /* Enter was pressed before the answer to what is typed had come */

    function options() { return Array.from(found.querySelectorAll("[role=option]")); }
    function active() { return found.querySelector("[aria-selected=true]"); }

    function choose(option) {
      var before = active();
      if (before) before.setAttribute("aria-selected", "false");
      if (!option) { box.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function move(by) {
      var all = options();
      if (all.length) choose(all[(all.indexOf(active()) + by + all.length) % all.length]);
    }

    function open() {
      if (!dialog.open) {
        dialog.showModal();
        box.setAttribute("aria-expanded", String(options().length > 0));
        window.htmx.trigger(form, "go-open");
      }
      box.focus();
      box.select();
    }

    function follow(option, event) {
      entered = false;
      if (!option) { form.submit(); return; }
      option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey }));
    }

    document.querySelectorAll("[data-go]").forEach(function (button) {
      if (/Mac|iP(hone|ad|od)/.test(navigator.platform)) {
        button.querySelectorAll("[data-go-keys]").forEach(function (keys) { keys.textContent = "⌘K"; });
      }
      button.hidden = false;
      button.addEventListener("click", open);
    });
    dialog.querySelector("[data-go-close]").addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", function () { entered = false; });
    /* A page that is come back to shows itself, not what was chosen on it. */
    window.addEventListener("pagehide", function () { if (dialog.open) dialog.close(); });

    document.addEventListener("keydown", function (event) {
      var k = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
      if (k && (dialog.open || !document.querySelector("dialog[open]"))) { event.preventDefault(); open(); }
    });

    /* What is being composed by an input method (Chinese) is not what will stand there: neither asked for nor entered. */
    box.addEventListener("input", function (event) { if (!event.isComposing) window.htmx.trigger(form, "go-ask"); });
    box.addEventListener("compositionend", function () { window.htmx.trigger(form, "go-ask"); });
    box.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        move(event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (answered === box.value) follow(active(), event);
        else entered = true;
      }
    });
    found.addEventListener("mousemove", function (event) {
      var option = event.target.closest("[role=option]");
      if (option && option !== active()) choose(option);
    });

    form.addEventListener("htmx:configRequest", function () { asking = box.value; });
    found.addEventListener("htmx:beforeSwap", function (event) {
      /* Who was signed off meanwhile is answered by the page of signing in. */
      if (new URL(event.detail.xhr.responseURL).pathname !== form.getAttribute("hx-get")) {
        event.detail.shouldSwap = false;
        window.location.reload();
      }
    });
    found.addEventListener("htmx:afterSwap", function () {
      var list = found.querySelector("[role=listbox]");
      answered = asking;
      said.textContent = list ? list.dataset.said : "";
      box.setAttribute("aria-expanded", String(options().length > 0));
      found.scrollTop = 0;
      choose(options()[0]);
      if (entered && answered === box.value) follow(active(), {});
    });
    /* Without an answer the search page is what remains. */
    function unanswered() { if (entered) form.submit(); }
    form.addEventListener("htmx:sendError", unanswered);
    form.addEventListener("htmx:responseError", unanswered);
  });
})();
