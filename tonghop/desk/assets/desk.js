// What a page does by itself: count down, rest while nobody looks, and take files that are dropped.
// Every page works without this file; nothing here decides anything.
"use strict";

(() => {
  const every = (selector, work, root = document) => root.querySelectorAll(selector).forEach(work);

  // ---- where one is, in a menu that is wider than a telephone
  const here = document.querySelector(".menu [aria-current]");
  if (here) here.closest("ul").scrollLeft = here.offsetLeft - (innerWidth - here.offsetWidth) / 2;

  // ---- counting down, by the server's clock: this machine's may be wrong
  const began = Date.now();
  const serverNow = () => Number(document.body.dataset.now) * 1000 + (Date.now() - began);
  const say = (left, words) => {
    const minutes = Math.floor(left / 60000);
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
    const seconds = Math.floor(left / 1000) % 60;
    const template = days ? words.days : hours ? words.hours : minutes >= 10 ? words.minutes : words.seconds;
    return template.replace("{days}", days).replace("{hours}", hours)
      .replace("{minutes}", minutes % 60).replace("{seconds}", String(seconds).padStart(2, "0"));
  };
  const tick = () => every("[data-until]", (element) => {
    const left = Number(element.dataset.until) * 1000 - serverNow();
    const told = left > 0 ? say(left, element.dataset) : element.dataset.over;
    if (element.textContent !== told) element.textContent = told;
  });
  if (document.body.dataset.now) setInterval(tick, 1000);

  // ---- no questions to the server while the page lies in the background, or an officer is writing in it
  document.addEventListener("htmx:beforeRequest", (event) => {
    const element = event.detail.elt;
    if (!element.hasAttribute("data-poll")) return;
    const writes = element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
    if (document.hidden || writes) event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", tick);

  // ---- a menu closes when one goes elsewhere
  document.addEventListener("click", (event) => every("details.pop[open]", (menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") every("details.pop[open]", (menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // ---- a choice that is made is a choice sent
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  // ---- files dropped onto the page become the form's files, and are named before they are sent
  const size = (bytes) => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  const list = (zone) => {
    const input = zone.querySelector("input[type=file]");
    const shown = zone.querySelector("[data-chosen]");
    shown.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      const [name, weight] = [document.createElement("span"), document.createElement("span")];
      name.textContent = file.name;
      weight.textContent = size(file.size);
      weight.className = "num soft";
      item.append(name, weight);
      return item;
    }));
    shown.hidden = input.files.length === 0;
  };
  const over = (zone, is) => zone.classList.toggle("over", is);
  const zoneOf = (event) => document.querySelector("[data-drop]");
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const zone = zoneOf(event);
      if (!zone || !event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      over(zone, name === "dragenter" || name === "dragover");
      if (name !== "drop") return;
      const input = zone.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      list(zone);
    });
  }
  document.addEventListener("change", (event) => {
    const zone = event.target.closest("[data-drop]");
    if (zone && event.target.type === "file") list(zone);
  });
})();
