"use strict";
(() => {
  const status = document.getElementById("status");
  const greeting = status.textContent;
  let chosen = [];

  const boxesOf = (spot) =>
    (spot.dataset.boxes || "").split(" ").filter(Boolean).map((id) => document.getElementById(id));

  // At once: of two smooth scrolls, one on either side, browsers finish only the second.
  function reveal(element) {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  }

  function choose(spot, fromPaper) {
    const boxes = boxesOf(spot);
    chosen.forEach((element) => element.classList.remove("chosen"));
    chosen = [spot, ...boxes];
    chosen.forEach((element) => element.classList.add("chosen"));
    status.textContent = spot.dataset.info;
    if (fromPaper) {
      reveal(spot);
      spot.focus({ preventScroll: true });
    } else if (boxes.length) {
      reveal(boxes[0]);
    }
  }

  function spotOf(element) {
    const box = element.closest("rect[data-target]");
    return box ? document.getElementById(box.dataset.target) : element.closest("[data-info]");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#a"]');
    if (link) {
      const spot = document.getElementById(link.hash.slice(1));
      if (spot) {
        event.preventDefault();
        reveal(spot);
        choose(spot, false);
      }
      return;
    }
    const spot = spotOf(event.target);
    if (spot) {
      choose(spot, event.target.matches("rect"));
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("[data-info]")) {
      event.preventDefault();
      choose(event.target, false);
    }
  });

  function hover(event, on) {
    const spot = spotOf(event.target);
    if (!spot) {
      return;
    }
    [spot, ...boxesOf(spot)].forEach((element) => element.classList.toggle("hovered", on));
    status.textContent = on ? spot.dataset.info : chosen.length ? chosen[0].dataset.info : greeting;
  }
  document.addEventListener("mouseover", (event) => hover(event, true));
  document.addEventListener("mouseout", (event) => hover(event, false));
})();
