/* What scripts add: nothing here is needed, each page works without.
   Light or dark, a figure's proof from the side, papers by drag and drop, "leave?", the key "/", a key for each answer.
   Words come from the page, in the reader's language. */
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* --- light or dark: a choice is kept in a cookie, so that the server sends it with the next page --- */

function chooseTheme(name) {
  const root = document.documentElement;
  const age = name ? 60 * 60 * 24 * 365 : 0;
  document.cookie = `theme=${name}; path=/; max-age=${age}; samesite=lax`;
  if (name) root.dataset.theme = name;
  else delete root.dataset.theme;
  for (const button of all("[data-theme-name]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeName === name));
  }
}

for (const themes of all("[data-themes]")) {
  themes.hidden = false;
  themes.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-name]");
    if (button) chooseTheme(button.dataset.themeName);
  });
}

/* --- a figure opens what it is made of, from the side --- */

const aside = one("dialog#proof");

function showProof(link) {
  const body = one("#proof-body", aside);
  const within = link.getAttribute("href").startsWith("#") && document.getElementById(link.hash.slice(1));
  if (within) {
    const copy = within.cloneNode(true);
    copy.removeAttribute("id");
    copy.classList.remove("proof-part");
    for (const twin of all("[id]", copy)) twin.removeAttribute("id");
    body.replaceChildren(...copy.childNodes);
  } else {
    const waiting = document.createElement("progress");
    waiting.setAttribute("aria-label", one("#proof-title").textContent);
    body.replaceChildren(waiting);
    htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" });
  }
  if (!aside.open) aside.showModal();
  aside.scrollTop = 0;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-proof]");
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
  if (!link || elsewhere || !aside || typeof aside.showModal !== "function") return;
  event.preventDefault();
  showProof(link);
});

if (aside) {
  aside.addEventListener("click", (event) => {
    if (event.target === aside) aside.close();
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    aside.addEventListener(name, () => {
      const words = document.createElement("p");
      words.textContent = aside.dataset.failed;
      one("#proof-body", aside).replaceChildren(words);
    });
  }
}

/* --- leaving asks only when something typed would be lost --- */

const typed = new Set();

for (const form of all("form[data-keep]")) {
  form.addEventListener("input", () => typed.add(form));
  form.addEventListener("submit", () => typed.delete(form));
  form.addEventListener("reset", () => typed.delete(form));
}
window.addEventListener("beforeunload", (event) => {
  if (typed.size) event.preventDefault();
});

/* --- what is hard to take back is asked once more --- */

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.asks;
  if (question && !window.confirm(question)) event.preventDefault();
});

/* --- an address holds what was chosen, not what was left open --- */

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  for (const [name, value] of Object.entries(event.detail.parameters)) {
    if (value === "") delete event.detail.parameters[name];
  }
});

/* --- errors are summed up on top: the reader is taken there --- */

const summary = one("[data-take-focus]");
if (summary) summary.focus();

/* --- "/" goes to the field that looks for words --- */

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const search = one("input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

/* --- a key for each answer: what has a key is pressed by it, unless somebody types or has turned keys off --- */

let keysAreOn = !/(^|; )keys=off(;|$)/.test(document.cookie);

function showKeys() {
  for (const button of all("[data-keys]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(keysAreOn));
    button.textContent = keysAreOn ? button.dataset.on : button.dataset.off;
  }
  document.documentElement.classList.toggle("without-keys", !keysAreOn);
}

function focusOn(field) {
  const fold = field.closest("details");
  if (fold) fold.open = true;
  field.focus();
}

function moveFocus(step) {
  const buttons = all(".answers .button");
  const now = buttons.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : buttons.length - 1) : (now + step + buttons.length) % buttons.length;
  if (buttons.length) buttons[next].focus();
  return buttons.length > 0;
}

function pressed(key) {
  if (key === "arrowdown" || key === "arrowup") return moveFocus(key === "arrowdown" ? 1 : -1);
  const field = one(`[data-focus-key="${CSS.escape(key)}"]`);
  if (field) focusOn(field);
  const keyed = one(`[data-key="${CSS.escape(key)}"]`);
  if (keyed && !keyed.disabled) keyed.click();
  return Boolean(field || keyed);
}

document.addEventListener("keydown", (event) => {
  if (!keysAreOn || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog, .menu")) return;
  if (one("dialog[open]")) return;
  if (pressed(event.key.toLowerCase())) event.preventDefault();
});

/* Enter in a field sends no answer: which one, a button says. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest("form[data-by-button] input")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys]")) return;
  keysAreOn = !keysAreOn;
  document.cookie = `keys=${keysAreOn ? "" : "off"}; path=/; max-age=${keysAreOn ? 0 : 60 * 60 * 24 * 365}; samesite=lax`;
  showKeys();
});

document.addEventListener("htmx:afterSwap", showKeys);
showKeys();

for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    const asking = event.target.closest("#asking");
    if (!asking) return;
    const words = document.createElement("p");
    words.className = "note act";
    words.setAttribute("role", "alert");
    words.textContent = aside.dataset.failed;
    asking.prepend(words);
  });
}

/* --- one box ticks them all --- */

for (const box of all("[data-ticks]")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const other of all(`input[name="${box.dataset.ticks}"]`)) other.checked = box.checked;
  });
}

/* --- a link to hand on --- */

for (const button of all("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    await navigator.clipboard.writeText(field.value);
    one("[data-said]", button).textContent = button.dataset.copied;
  });
}

/* --- bringing papers in: dropped or chosen, folders too, with what is being sent --- */

const UNITS = ["B", "kB", "MB", "GB"];

function sizeInWords(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const words = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return `${words.format(value)}\u00a0${UNITS[unit]}`;
}

function entriesIn(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (let batch = await entriesIn(reader); batch.length; batch = await entriesIn(reader)) {
    for (const inner of batch) found.push(...(await filesOf(inner)));
  }
  return found;
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = await Promise.all(entries.map(filesOf));
  return found.flat().filter((file) => !file.name.startsWith("."));
}

class Papers {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.input = one("input[type=file]", form);
    this.drop = form;
    this.list = one("[data-brought]", form);
    this.send = one("[data-send]", form);
    this.said = one("[data-said]", form);
    this.bar = one("progress", form);
    this.stop = one("[data-stop]", form);
    this.files = [];
    this.request = null;
    this.drop.classList.add("live");
    this.listen();
    this.show();
  }

  listen() {
    this.input.addEventListener("change", () => {
      this.add([...this.input.files]);
      this.input.value = "";
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.files.length && !this.request) this.upload();
    });
    this.stop.addEventListener("click", () => this.request && this.request.abort());
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-number]");
      if (!button || this.request) return;
      this.files.splice(Number(button.dataset.number), 1);
      this.show();
      (one("button", this.list) || this.input).focus();
    });
    let depth = 0;
    const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    document.addEventListener("dragenter", (event) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      this.drop.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      this.drop.classList.toggle("over", depth > 0);
    });
    document.addEventListener("dragover", (event) => {
      if (carriesFiles(event)) event.preventDefault();
    });
    document.addEventListener("drop", async (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      this.drop.classList.remove("over");
      this.add(await dropped(event.dataTransfer));
    });
  }

  add(files) {
    if (this.request) return;
    const known = new Set(this.files.map((file) => `${file.name} ${file.size} ${file.lastModified}`));
    this.files.push(...files.filter((file) => !known.has(`${file.name} ${file.size} ${file.lastModified}`)));
    this.show();
  }

  show() {
    this.list.hidden = !this.files.length;
    this.send.disabled = !this.files.length;
    this.list.replaceChildren(...this.files.map((file, number) => this.row(file, number)));
    const bytes = this.files.reduce((sum, file) => sum + file.size, 0);
    const count = new Intl.NumberFormat(document.documentElement.lang).format(this.files.length);
    this.say(this.files.length ? `${this.words.chosen} ${count}, ${sizeInWords(bytes)}` : "");
  }

  row(file, number) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    name.className = "breaks";
    name.textContent = file.name;
    const size = document.createElement("span");
    size.className = "size";
    size.textContent = sizeInWords(file.size);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "as-link";
    remove.dataset.number = number;
    remove.textContent = this.words.remove;
    remove.setAttribute("aria-label", `${this.words.remove}: ${file.name}`);
    row.append(name, size, remove);
    return row;
  }

  say(words) {
    this.said.textContent = words;
  }

  upload() {
    const form = new FormData(this.form);
    form.delete(this.input.name);
    for (const file of this.files) form.append(this.input.name, file, file.name);
    const request = new XMLHttpRequest();
    this.request = request;
    this.busy(true);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && this.sent(event));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.broke(this.words.broke));
    request.addEventListener("abort", () => this.broke(this.words.stopped));
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(form);
  }

  sent(event) {
    this.bar.max = event.total;
    this.bar.value = event.loaded;
    if (event.loaded >= event.total) {
      this.bar.removeAttribute("value");
      this.say(this.words.keeping);
    } else {
      this.say(`${this.words.sending} ${sizeInWords(event.loaded)} / ${sizeInWords(event.total)}`);
    }
    this.tick(event.loaded);
  }

  /* The files go one after the other: those that lie before what is sent by now are there. */
  tick(loaded) {
    let before = 0;
    for (const [number, file] of this.files.entries()) {
      before += file.size;
      const end = this.list.children[number].lastChild;
      if (before <= loaded && end.tagName === "BUTTON") {
        const done = document.createElement("span");
        done.textContent = this.words.sent;
        end.replaceWith(done);
      }
      if (before > loaded) break;
    }
  }

  answered(request) {
    let to = "";
    try {
      to = JSON.parse(request.responseText).to || "";
    } catch {
      to = "";
    }
    if (to) window.location.assign(to);
    else this.broke(request.status === 413 ? this.words.large : this.words.refused);
  }

  broke(words) {
    this.request = null;
    this.busy(false);
    this.show();
    this.say(words);
  }

  busy(sending) {
    this.bar.hidden = !sending;
    this.stop.hidden = !sending;
    this.send.hidden = sending;
    this.input.disabled = sending;
  }
}

for (const form of all("form[data-papers]")) new Papers(form);
