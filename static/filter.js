// Narrows the timeline on this page. Without this script the panel is plain links, which lead to pages.

// An entry has an actor or an outlet if it links to the same page, and a mark if it bears it.
function test(link) {
  if (link.hasAttribute("data-mark")) {
    const words = link.textContent;
    return (entry) => [...entry.querySelectorAll(".mark")].some((mark) => mark.textContent === words);
  }
  const href = link.href;
  return (entry) => [...entry.querySelectorAll("a")].some((other) => other.href === href);
}

function narrow(panel) {
  const entries = [...document.querySelectorAll(".chronology dd")];
  const all = panel.querySelector(".all");
  const shown = panel.querySelector(".shown");
  const chosen = new Map(); // button -> does an entry have it?

  function show() {
    const tests = [...chosen.values()];
    let count = 0;
    for (const entry of entries) {
      entry.hidden = !tests.every((has) => has(entry));
      count += !entry.hidden;
    }
    for (const day of document.querySelectorAll(".chronology > div")) {
      day.hidden = !day.querySelector("dd:not([hidden])");
    }
    all.hidden = shown.hidden = !tests.length;
    shown.textContent = shown.dataset.some.replace("%1", count).replace("%2", entries.length);
  }

  for (const link of panel.querySelectorAll("a")) {
    const button = document.createElement("button");
    const has = test(link);
    button.type = "button";
    button.textContent = link.textContent;
    button.setAttribute("aria-pressed", "false");
    button.onclick = () => {
      if (!chosen.delete(button)) chosen.set(button, has);
      button.setAttribute("aria-pressed", chosen.has(button));
      show();
    };
    link.replaceWith(button);
  }
  all.onclick = () => {
    for (const button of chosen.keys()) button.setAttribute("aria-pressed", "false");
    chosen.clear();
    show();
    panel.querySelector("summary").focus();
  };
  panel.querySelector("details").open = matchMedia("(min-width: 70em)").matches; // on a telephone the list comes first
}

document.querySelectorAll(".filter").forEach(narrow);
