/* Tools over a textarea for Markdown. What is written stays in the textarea; every page works without this file. */

function prepare(editor) {
  var area = editor.querySelector("textarea");
  if (!area || editor.dataset.ready) return;
  editor.dataset.ready = "yes";
  var said = editor.querySelector(".gj-editor-said");
  var shown = editor.querySelector(".gj-editor-preview");
  var token = area.form.querySelector("[name=csrfmiddlewaretoken]");
  var begun = area.value;
  editor.querySelector(".gj-editor-bar").hidden = false;

  function say(text) { said.textContent = text || ""; said.hidden = !text; }

  /* As if it were typed, so that the browser's own undo takes it back. */
  function insert(text, from, to) {
    area.focus();
    if (from !== undefined) area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  /* A block stands between empty lines, or what is typed next would become a part of it. */
  function insertBlock(text) {
    var before = area.value.slice(0, area.selectionStart);
    var gap = !before ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    var after = area.value.slice(area.selectionEnd);
    insert(gap + text + (after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"));
  }

  async function post(address, body) {
    if (token) body.append("csrfmiddlewaretoken", token.value);
    try {
      var answer = await fetch(address, { method: "POST", body: body, headers: { Accept: "application/json" } });
      if (answer.ok) return answer;
      var why = (answer.headers.get("Content-Type") || "").includes("json") ? (await answer.json()).detail : "";
      say(why || editor.dataset.failed);
    } catch (error) {
      say(editor.dataset.failed);
    }
    return null;
  }

  /* How it will look: made by the same rules as the page that is kept. */
  var asked = 0;
  async function draw() {
    var mine = ++asked, body = new FormData();
    body.append("text", area.value);
    body.append("of", editor.dataset.of);
    var answer = await post(editor.dataset.preview, body);
    if (!answer) return;
    var html = await answer.text();
    if (mine !== asked) return;
    say("");
    shown.innerHTML = html.trim() || "";
    if (!html.trim()) {
      var nothing = document.createElement("p");
      nothing.className = "gj-muted";
      nothing.textContent = editor.dataset.nothing;
      shown.append(nothing);
    }
  }
  function show(view) {
    editor.dataset.shows = view;
    editor.querySelectorAll("[data-view]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    });
    area.hidden = view === "read";
    shown.hidden = view === "write";
    if (view !== "write") draw();
  }
  editor.querySelectorAll("[data-view]").forEach(function (button) {
    button.addEventListener("click", function () { show(button.dataset.view); });
  });
  var waiting;
  area.addEventListener("input", function () {
    clearTimeout(waiting);
    if (editor.dataset.shows === "both") waiting = setTimeout(draw, 400);
  });

  /* Pictures: chosen, pasted or dropped; they are sent at once and stand in the text by their id. */
  async function addPicture(file) {
    var body = new FormData();
    body.append("file", file, file.name || "picture.png");
    var answer = await post(editor.dataset.pictures, body);
    if (!answer) return;
    var kept = await answer.json();
    var words = kept.name.replace(/\.[^.]*$/, "").replace(/[[\]\n]/g, " ");
    say("");
    insertBlock("![" + words + "](attachment:" + kept.id + ")");
  }
  function pictures(list) {
    return Array.from(list || []).filter(function (file) { return file.type.startsWith("image/"); });
  }
  async function addAll(files) { for (var file of files) await addPicture(file); }
  var chooser = editor.querySelector("[data-picture-file]");
  if (chooser) {
    chooser.addEventListener("change", function () { addAll(pictures(chooser.files)); chooser.value = ""; });
    ["paste", "drop"].forEach(function (kind) {
      area.addEventListener(kind, function (event) {
        var carried = event.clipboardData || event.dataTransfer;
        var files = pictures(carried && carried.files);
        /* A spreadsheet puts a picture of its cells beside the cells: then the cells are meant. */
        if (!files.length || carried.types.includes("text/plain")) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        addAll(files);
      });
    });
  }

  /* A record to refer to. */
  var dialog = editor.querySelector("dialog");
  var box = dialog.querySelector("input");
  var found = dialog.querySelector("ul");
  var searching, place = [0, 0];
  async function search() {
    var q = box.value.trim();
    if (!q) { found.replaceChildren(); return; }
    try {
      var answer = await fetch(editor.dataset.records + "?q=" + encodeURIComponent(q));
      var items = (await answer.json()).items;
      if (q !== box.value.trim()) return;
      found.replaceChildren.apply(found, items.map(function (one) {
        var line = document.createElement("li"), button = document.createElement("button"), number = document.createElement("span"), title = document.createElement("bdi");
        button.type = "button";
        number.className = "gj-num gj-second";
        number.textContent = one.number;
        title.textContent = one.title;
        button.append(number, " ", title);
        button.addEventListener("click", function () { refer(one.number); });
        line.append(button);
        return line;
      }));
    } catch (error) {
      found.replaceChildren(editor.dataset.failed);
    }
  }
  function refer(number) {
    dialog.close();
    insert("[[" + number + "]]", place[0], place[1]);
  }
  box.addEventListener("input", function () { clearTimeout(searching); searching = setTimeout(search, 150); });
  box.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); /* or the form around would be sent */
    var first = found.querySelector("button");
    if (first) first.click();
  });
  dialog.querySelector("[data-close]").addEventListener("click", function () { dialog.close(); });

  var tools = {
    table: function () {
      var heads = [1, 2, 3].map(function (n) { return editor.dataset.column + " " + n; });
      var row = "| " + heads.map(function () { return editor.dataset.cell; }).join(" | ") + " |";
      insertBlock("| " + heads.join(" | ") + " |\n|---|---|---|\n" + row + "\n" + row);
    },
    record: function () {
      place = [area.selectionStart, area.selectionEnd];
      box.value = area.value.slice(place[0], place[1]).slice(0, 60);
      found.replaceChildren();
      dialog.showModal();
      search();
    },
    picture: function () { chooser.click(); },
    heading: function (button) { head(Number(button.dataset.level)); },
  };
  /* The title of the page is the first level, so that headings in a text begin below it. The same again takes it away. */
  function head(level) {
    var marks = "#".repeat(level + 1) + " ";
    var start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    var end = area.value.indexOf("\n", Math.max(area.selectionEnd - (area.selectionEnd > area.selectionStart ? 1 : 0), start));
    if (end < 0) end = area.value.length;
    var lines = area.value.slice(start, end).split("\n");
    var written = lines.filter(function (line) { return line.trim(); });
    var off = written.length > 0 && written.every(function (line) { return line.startsWith(marks); });
    var made = lines.map(function (line) {
      if (!line.trim() && lines.length > 1) return line;
      return (off ? "" : marks) + line.replace(/^ {0,3}#{1,6}(\s+|$)/, "");
    }).join("\n");
    insert(made, start, end);
    area.setSelectionRange(start + made.length, start + made.length);
  }
  editor.querySelectorAll("[data-tool]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (editor.dataset.shows === "read") show("write");
      tools[button.dataset.tool](button);
    });
  });

  area.addEventListener("keydown", function (event) {
    if (event.isComposing) return; /* Chinese is being entered */
    var tool = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && tool) {
      event.preventDefault();
      editor.querySelector("[data-md-button=" + tool + "]").click();
    }
    /* By the place of the key: with Alt some systems give another sign; AltGr is for typing signs, and is left to it. */
    var level = /^Digit([123])$/.exec(event.code);
    if (level && (event.ctrlKey || event.metaKey) && event.altKey && !event.shiftKey && !event.getModifierState("AltGraph")) {
      event.preventDefault();
      head(Number(level[1]));
    }
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) goOnWithList(event);
  });
  function goOnWithList(event) {
    var at = area.selectionStart;
    if (at !== area.selectionEnd) return;
    var start = area.value.lastIndexOf("\n", at - 1) + 1;
    var item = /^(\s*)([-*+]|(\d+)([.)]))(\s+)(.*)$/.exec(area.value.slice(start, at));
    if (!item) return;
    event.preventDefault();
    if (!item[6].trim()) insert("\n", start, at); /* an empty item ends the list */
    else insert("\n" + item[1] + (item[3] ? Number(item[3]) + 1 + item[4] : item[2]) + item[5]);
  }

  import(editor.dataset.paste).then(function (paste) { paste.subscribe(area); });

  window.addEventListener("beforeunload", function (event) {
    if (area.value === begun || area.form.dataset.sent) return;
    event.preventDefault();
    event.returnValue = editor.dataset.leave;
  });
}

document.querySelectorAll("[data-editor]").forEach(prepare);
