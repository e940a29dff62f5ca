/* Choosing many out of many ([data-choosing]): a filter over boxes to tick, all or none of those shown, and which are ticked.
   What the filter hides stays ticked and is sent. Choosing one ([data-choosing-one]): a filter over a long select; what is
   chosen stays there whatever is typed. Loaded as a module, once, by the templates registers/_choosing_tools and _choosing_one. */
"use strict";

const NAMED = 40; /* ticked ones that are named above the list */
const FEW = 8; /* options up to which a select is seen at a glance */

/* Capitals, accents and full-width forms make no difference; Chinese is found by any of its characters. */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/* What is being composed by an input method (Chinese) is not what will stand there. Enter does not send the form from here:
   it takes the only one that fits. */
function typed(box, filter, take) {
  box.addEventListener("input", (event) => { if (!event.isComposing) filter(); });
  box.addEventListener("compositionend", filter);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (box.value.trim()) take();
  });
}

function choosingOne(root) {
  const tools = root.querySelector(".gj-many-tools");
  const select = root.querySelector("select");
  if (!tools || !select || select.options.length <= FEW) return;
  const box = tools.querySelector("input");
  const said = tools.querySelector("[role=status]");
  const ones = Array.from(select.options, (option) => ({ option, words: plain(`${option.text} ${option.dataset.also || ""}`) }));
  let found = ones;

  function filter() {
    const pieces = plain(box.value).split(/\s+/).filter(Boolean);
    const chosen = select.selectedOptions[0];
    found = ones.filter((one) => one.option.value && pieces.every((piece) => one.words.includes(piece)));
    const kept = ones.filter((one) => found.includes(one) || !one.option.value || one.option === chosen);
    select.replaceChildren(...kept.map((one) => one.option)); /* an option that is only hidden still shows in some browsers */
    if (chosen) chosen.selected = true;
    said.textContent = pieces.length ? said.dataset.shown.replace("{n}", found.length) : "";
  }

  typed(box, filter, () => {
    if (found.length !== 1) return;
    found[0].option.selected = true;
    box.value = "";
    filter();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.focus();
  });
  window.addEventListener("pageshow", filter);
  tools.hidden = false;
}

function choosing(root) {
  const tools = root.querySelector(".gj-many-tools");
  if (!tools) return;
  const box = tools.querySelector("input");
  const said = tools.querySelector("[role=status]");
  const picked = tools.querySelector("ul");
  const list = root.querySelector(".gj-many-list");
  const template = tools.querySelector("template");
  const ones = Array.from(root.querySelectorAll(".gj-many-one"), (label) => ({
    label,
    input: label.querySelector("input"),
    words: plain(`${label.textContent} ${label.dataset.also || ""}`),
  }));
  const shown = () => ones.filter((one) => !one.label.hidden);

  function tell() {
    const ticked = ones.filter((one) => one.input.checked);
    const parts = [said.dataset.ticked.replace("{n}", ticked.length)];
    if (box.value.trim()) parts.push(said.dataset.shown.replace("{n}", shown().length));
    said.textContent = parts.join(said.dataset.parted);
    if (picked) name(ticked);
  }

  function name(ticked) {
    picked.hidden = ticked.length === 0;
    picked.replaceChildren(...ticked.slice(0, NAMED).map((one) => {
      const item = template.content.cloneNode(true);
      item.querySelector("bdi").textContent = one.label.querySelector("[data-name]").textContent;
      item.querySelector("button").addEventListener("click", () => takeAway(one, ticked.indexOf(one)));
      return item;
    }));
    if (ticked.length > NAMED) {
      const rest = document.createElement("li");
      rest.textContent = `+${ticked.length - NAMED}`;
      picked.append(rest);
    }
  }

  function takeAway(one, place) {
    one.input.checked = false;
    tell();
    const buttons = picked.querySelectorAll("button");
    (buttons[Math.min(place, buttons.length - 1)] || box).focus();
  }

  function filter() {
    const pieces = plain(box.value).split(/\s+/).filter(Boolean);
    ones.forEach((one) => { one.label.hidden = !pieces.every((piece) => one.words.includes(piece)); });
    list.hidden = shown().length === 0;
    tell();
  }

  function tickAll(value) {
    shown().forEach((one) => { if (!one.input.disabled) one.input.checked = value; });
    tell();
  }

  typed(box, filter, () => {
    const found = shown();
    if (found.length !== 1) return;
    found[0].input.checked = true;
    box.value = "";
    filter();
  });
  tools.querySelector("[data-tick]").addEventListener("click", () => tickAll(true));
  tools.querySelector("[data-untick]").addEventListener("click", () => tickAll(false));
  root.addEventListener("change", tell);
  window.addEventListener("pageshow", filter); /* a browser that goes back puts ticks and text where they were */
  tools.hidden = false;
  filter();
}

document.querySelectorAll("[data-choosing]").forEach(choosing);
document.querySelectorAll("[data-choosing-one]").forEach(choosingOne);
