// The queue by keyboard, and the cell in question brought into sight. Every page works without this file.
"use strict";

(() => {
  const OFF = "tonghop-keys-off";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  // A browser that keeps nothing keeps the shortcuts.
  const kept = { get: () => { try { return localStorage.getItem(OFF); } catch { return null; } },
    set: (off) => { try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* nothing is kept */ } } };

  // ---- arriving: the heading is read out, so that the next finding is where one is
  const arrive = find("[data-arrive]");
  const opened = find("details.act[open]");
  const first = (panel) => find("[data-first]", panel) || find("form button:not([type=button]), form input:not([type=hidden]), form select", panel);
  if (opened) first(opened).focus();
  else if (arrive && !location.hash) arrive.focus({ preventScroll: true });

  // ---- the cell in question, in the middle of its sheet and nowhere else
  const bring = (root) => {
    const cell = find("[data-marked]", root);
    const box = cell && cell.closest(".sheet-scroll");
    if (!box) return;
    box.scrollTop = cell.offsetTop - (box.clientHeight - cell.offsetHeight) / 2;
    box.scrollLeft = cell.offsetLeft - (box.clientWidth - cell.offsetWidth) / 2;
  };
  bring(document);
  document.addEventListener("htmx:afterSwap", (event) => bring(event.target));

  // ---- the one that is open, in the middle of the list beside it
  const current = find(".bench-list [aria-current]");
  if (current) {
    const box = current.closest("ol");
    box.scrollTop = current.offsetTop - box.offsetTop - (box.clientHeight - current.offsetHeight) / 2;
  }

  // ---- an opened panel takes the focus to where one begins
  document.addEventListener("toggle", (event) => {
    const panel = event.target;
    if (panel.matches("details.act") && panel.open && document.activeElement === find("summary", panel)) first(panel).focus();
  }, true);

  // ---- the table of shortcuts, and switching them off (WCAG 2.1.4)
  const dialog = find("#keys");
  const box = find("[data-keys-on]");
  const open = find("[data-keys-open]");
  if (open) open.hidden = false;
  if (box) {
    box.checked = !kept.get();
    box.addEventListener("change", () => kept.set(!box.checked));
  }
  if (open && dialog) open.addEventListener("click", () => dialog.showModal());

  // ---- single keys: never while one writes, never with another key held, never when switched off
  const writes = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const step = (by) => {
    const rows = all("[data-row]").filter((row) => row.offsetParent !== null);
    const at = rows.indexOf(document.activeElement);
    const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (row) { row.focus(); row.scrollIntoView({ block: "nearest" }); }
    return Boolean(row);
  };
  const press = (key) => {
    const element = all(`[data-key="${CSS.escape(key)}"]`).find((one) => one.offsetParent !== null || one.tagName === "A");
    if (!element) return false;
    const panel = element.matches("summary") && element.parentElement;
    if (panel) {  // at once: the next key may follow before a click would have opened it
      panel.open = true;
      first(panel).focus();
      return true;
    }
    element.focus();
    element.click();
    return true;
  };
  const onList = () => !find("[data-arrive]#told");
  const arrows = { ArrowDown: "j", ArrowUp: "k" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || kept.get()) return;
    if (dialog && dialog.open) return;
    const target = event.target;
    if (writes(target)) {
      if (event.key === "Escape") target.blur();
      return;
    }
    let key = event.key;
    if (key in arrows) {
      // Arrows scroll, except in a list that one goes through.
      if (!target.matches("[data-row]") && !(onList() && target === arrive)) return;
      if (step(key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (key === "Escape") {
      const panel = find("details.act[open]");
      if (panel) { panel.open = false; find("summary", panel).focus(); }
      return;
    }
    if (key.length !== 1) return;
    // In an opened panel whoever types means the reason, not a shortcut: the letter goes where it belongs.
    const panel = target.closest("details.act[open]");
    if (panel && !target.matches("summary")) {
      const reason = find("input[name=reason]", target.closest("form") || panel);
      if (reason && key !== " ") reason.focus();
      return;
    }
    key = key.toLowerCase();
    if (key === "?" && dialog) { dialog.showModal(); event.preventDefault(); return; }
    if (key === "/") {
      const unit = find("#filter-unit");
      if (unit) { unit.focus(); unit.select(); event.preventDefault(); } else if (press("q")) event.preventDefault();
      return;
    }
    if (onList() && (key === "j" || key === "k")) { if (step(key === "j" ? 1 : -1)) event.preventDefault(); return; }
    if (press(key)) event.preventDefault();
  });

  // ---- a form is sent once
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));
})();
