/* Marking a passage in the text fills in the form for a remark on it. The form works without this, too. */
(function () {
  "use strict";
  var sheet = document.querySelector(".gj-sheet .gj-read") || document.querySelector(".gj-sheet .gj-plaintext");
  var holder = document.querySelector("[data-remark-form]");
  if (!sheet) return;

  /* Highlights each remark's passage, found by its words and by those around it. */
  function words(text) { return text.replace(/\s+/g, " "); }
  function points() {
    var walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT), text = "", at = [], node;
    while ((node = walker.nextNode())) {
      for (var i = 0; i < node.data.length; i++) {
        var blank = /\s/.test(node.data[i]);
        if (blank && (!text || text.endsWith(" "))) continue;
        text += blank ? " " : node.data[i];
        at.push([node, i]);
      }
      if (text && !text.endsWith(" ") && /^(P|LI|TD|TH|H[1-6]|DIV|BLOCKQUOTE)$/.test(node.parentNode.tagName)) { text += " "; at.push([node, node.data.length]); }
    }
    return { text: text, at: at };
  }
  function found(quote, before, after, text) {
    var best = -1, score = -1;
    for (var i = text.indexOf(quote); i >= 0; i = text.indexOf(quote, i + 1)) {
      var fits = (before && text.slice(0, i).trim().endsWith(before.slice(-12).trim()) ? 1 : 0) +
                 (after && text.slice(i + quote.length).trim().startsWith(after.slice(0, 12).trim()) ? 1 : 0);
      if (fits > score) { score = fits; best = i; }
    }
    return best;
  }
  if (window.CSS && CSS.highlights && window.Highlight) {
    var all = points(), open = [], answered = [];
    document.querySelectorAll("[data-passage]").forEach(function (quote) {
      var wanted = words(quote.textContent).trim();
      var i = found(wanted, quote.dataset.before, quote.dataset.after, all.text);
      if (i < 0) return;
      var range = new Range(), last = all.at[i + wanted.length - 1];
      range.setStart(all.at[i][0], all.at[i][1]);
      range.setEnd(last[0], Math.min(last[1] + 1, last[0].data.length));
      ("answered" in quote.dataset ? answered : open).push(range);
    });
    var mark = function (name, ranges) {
      if (ranges.length) CSS.highlights.set(name, new (Function.prototype.bind.apply(Highlight, [null].concat(ranges)))());
      else CSS.highlights.delete(name);
    };
    mark("gj-remark", open);
    /* What is answered is marked no longer, unless somebody asks for it. */
    var show = document.querySelector("[data-show-answered]");
    if (show && answered.length) {
      show.hidden = false;
      show.querySelector("input").addEventListener("change", function (event) {
        mark("gj-remark-answered", event.target.checked ? answered : []);
      });
    }
  }

  if (!holder) return;
  var button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-primary gj-btn-sm gj-mark-button";
  button.textContent = holder.querySelector("summary").textContent;
  button.hidden = true;
  document.body.appendChild(button);

  function marked() {
    var selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    var range = selection.getRangeAt(0);
    return sheet.contains(range.commonAncestorContainer) && words(selection.toString()).trim() ? range : null;
  }
  document.addEventListener("selectionchange", function () {
    var range = marked();
    button.hidden = !range;
    if (!range) return;
    var box = range.getBoundingClientRect();
    button.style.setProperty("top", window.scrollY + box.bottom + 6 + "px");
    button.style.setProperty("left", Math.max(8, Math.min(box.left, document.documentElement.clientWidth - button.offsetWidth - 8)) + "px");
  });
  button.addEventListener("mousedown", function (event) { event.preventDefault(); });
  button.addEventListener("click", function () {
    var range = marked();
    if (!range) return;
    var form = holder.querySelector("form"), around = document.createRange();
    around.selectNodeContents(sheet);
    around.setEnd(range.startContainer, range.startOffset);
    form.elements.before.value = words(around.toString()).slice(-60);
    around.selectNodeContents(sheet);
    around.setStart(range.endContainer, range.endOffset);
    form.elements.after.value = words(around.toString()).slice(0, 60);
    form.elements.quote.value = words(document.getSelection().toString()).trim();
    holder.open = true;
    button.hidden = true;
    form.elements.text.focus();
  });
})();
