// Asks the indexes beside this page (Pagefind's) and lists what they find. docs/search.md tells how they are made.
const form = document.querySelector(".query");
const words = form.elements.q;
const found = document.querySelector(".found");
const hits = document.querySelector(".hits");
const more = document.querySelector(".more");
const lists = document.querySelector(".lists");
const naming = form.querySelector(".naming");
const base = new URL(form.dataset.index, location);
const root = new URL(form.dataset.root, location);
const CHOICES = ["kind", "outlet", "year"].filter((name) => form.elements[name]);
const PAGE = 10; // results shown at once
const NAMES = 12; // actors offered to narrow by
const WAIT = 200; // milliseconds after a key
const actors = new Set(); // that results must name
const started = new Map(); // the first index of each copy of Pagefind
let turn = 0; // answers to earlier questions are dropped
let next = async () => []; // more results

// Every part is an index of its own, and so is every language in it, for words have other endings in each. Pagefind
// holds one language for all that a copy of its script searches: each language loads a copy of its own.
async function open([key, first, last]) {
  const answer = await fetch(new URL(`${key}/languages.json`, base));
  if (!answer.ok) throw new Error(answer.statusText);
  return Object.entries(await answer.json()).map(([language, program]) => ({
    first, last,
    ask: once(() => start(program, new URL(`${key}/${language}/`, base).href)),
  }));
}

// The first index of a copy loads its program; were two to do so at once, one would lose what it holds.
function start(program, folder) {
  const make = async () => {
    const pagefind = await import(new URL(`pagefind.js?${program}`, base).href);
    const index = pagefind.createInstance({ basePath: folder, noWorker: true });
    await index.filters(); // once it is ready; without them it does not count
    return index;
  };
  const before = started.get(program);
  if (before) return before.then(make);
  const first = make();
  started.set(program, first);
  first.catch(() => started.delete(program));
  return first;
}

// What is shown of the records lies in files of several, for Pagefind asks for one of each. The name that it asks by
// tells in which file, from where on, and how much.
const fetched = window.fetch.bind(window);
const files = new Map();
window.fetch = async (address, options) => {
  const [, file, start, size] = /^(.*\/fragment\/[^/]*)-(\d+)-(\d+)\.pf_fragment$/.exec(address) ?? [];
  if (!file) return fetched(address, options);
  if (!files.has(file)) files.set(file, once(() => load(`${file}.pf_fragment`)));
  const data = await files.get(file)();
  return new Response(data.slice(+start, +start + +size));
};

async function load(address) {
  const answer = await fetched(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.arrayBuffer();
}

function once(make) {
  let made;
  return () => (made ??= make().catch((error) => { made = undefined; throw error; }));
}

const all = once(async () => (await Promise.all(JSON.parse(form.dataset.parts).map(open))).flat());

// What is asked: words, filters, order. Nothing where nothing is.
function question() {
  const filters = {};
  for (const name of CHOICES) if (form.elements[name].value) filters[name] = form.elements[name].value;
  if (actors.size) filters.actor = [...actors];
  const term = words.value.trim();
  return term || Object.keys(filters).length ? { term, filters, order: form.elements.sort.value } : null;
}

async function search() {
  const mine = ++turn;
  hits.setAttribute("aria-busy", "true");
  try {
    await answer(mine);
  } finally {
    if (mine === turn) hits.removeAttribute("aria-busy");
  }
}

async function answer(mine) {
  const asked = question();
  remember(asked);
  if (!asked) return clear();
  found.textContent ||= found.dataset.wait;
  let answers;
  try {
    const year = asked.filters.year;
    const fitting = (await all()).filter(({ first, last }) => !year || (first <= year && (!last || year <= last)));
    const sort = asked.order ? { [asked.order]: asked.order === "newest" ? "desc" : "asc" } : {};
    answers = await Promise.all(fitting.map(async ({ ask }) =>
      (await ask()).search(asked.term || null, { filters: asked.filters, sort })));
  } catch (error) {
    if (mine === turn) fail();
    return;
  }
  if (mine !== turn) return;
  const count = answers.reduce((sum, answer) => sum + answer.results.length, 0);
  next = asked.order ? byDate(answers, asked.order) : byScore(answers);
  const { none, one, many } = found.dataset;
  const shown = await next().catch(() => null);
  if (mine !== turn) return;
  if (!shown) return fail();
  found.textContent = count === 0 ? none : count === 1 ? one : many.replace("%1", count.toLocaleString(document.documentElement.lang));
  hits.replaceChildren(...shown.map(line));
  more.hidden = hits.children.length >= count;
  more.firstElementChild.onclick = () => showMore(count);
  lists.hidden = count > 0;
  offer(answers);
}

async function showMore(count) {
  const mine = turn;
  const shown = await next().catch(() => null);
  if (mine !== turn) return;
  if (!shown) return fail();
  const lines = shown.map(line);
  hits.append(...lines);
  more.hidden = hits.children.length >= count;
  lines[0]?.querySelector("a").focus();
}

function byScore(answers) {
  const results = answers.flatMap((answer) => answer.results).sort((a, b) => b.score - a.score);
  return () => Promise.all(results.splice(0, PAGE).map((result) => result.data()));
}

// Each index gives its own results in order; the next of all is the earliest, or latest, of the first of each.
function byDate(answers, order) {
  const queues = answers.map((answer) => answer.results).filter((results) => results.length);
  const heads = queues.map((results) => results[0].data());
  const day = (data) => data.meta.day ?? (order === "newest" ? "0" : "~");
  const before = order === "newest" ? (a, b) => a > b : (a, b) => a < b;
  return async () => {
    const shown = [];
    while (shown.length < PAGE && queues.length) {
      const data = await Promise.all(heads);
      let best = 0;
      for (let i = 1; i < data.length; i++) if (before(day(data[i]), day(data[best]))) best = i;
      shown.push(data[best]);
      queues[best].shift();
      if (queues[best].length) heads[best] = queues[best][0].data();
      else [queues, heads].forEach((list) => list.splice(best, 1));
    }
    return shown;
  };
}

// Everything that was scraped goes in as text, never as HTML.
function line({ raw_url, meta, excerpt }) {
  const item = element("li");
  const link = element("a", "headline", meta.title);
  link.href = new URL(raw_url, root);
  link.dir = "auto";
  const kind = form.elements.kind.querySelector(`option[value="${CSS.escape(meta.kind)}"]`);
  const by = element("p", "by", [meta.kind === "article" ? meta.outlet : kind?.dataset.one, meta.kind === "day" ? "" : meta.date].filter(Boolean).join(", "));
  const text = element("p", "excerpt");
  text.dir = "auto";
  // Pagefind escapes < and > only, and puts its own marks in.
  excerpt.split(/<\/?mark>/).forEach((part, i) => {
    const plain = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    text.append(i % 2 ? element("mark", "", plain) : plain);
  });
  item.append(link, by, text);
  return item;
}

function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

// The actors whom most of the results name, and those already chosen.
function offer(answers) {
  const counts = new Map([...actors].map((name) => [name, 0]));
  for (const answer of answers) {
    for (const [name, count] of Object.entries(answer.filters.actor ?? {})) {
      if (count) counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  const order = (a, b) => actors.has(b[0]) - actors.has(a[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const active = document.activeElement?.closest?.(".naming button")?.dataset.name;
  naming.querySelector("ul").replaceChildren(...[...counts].sort(order).slice(0, NAMES).map(([name, count]) => {
    const item = element("li");
    const button = element("button", "", name);
    button.type = "button";
    button.dir = "auto";
    button.dataset.name = name;
    button.setAttribute("aria-pressed", actors.has(name));
    button.onclick = () => {
      if (!actors.delete(name)) actors.add(name);
      search();
    };
    item.append(button, " ", element("span", "n", count));
    return item;
  }));
  naming.hidden = !counts.size;
  if (active !== undefined) [...naming.querySelectorAll("button")].find((one) => one.dataset.name === active)?.focus();
}

function clear() {
  found.textContent = "";
  hits.replaceChildren();
  more.hidden = naming.hidden = true;
  lists.hidden = false;
}

function fail() {
  clear();
  found.textContent = found.dataset.failed;
}

// The address says what was asked, so that it can be kept and sent.
function remember(asked) {
  const address = new URL(location);
  address.search = "";
  if (asked?.term) address.searchParams.set("q", asked.term);
  for (const [name, value] of Object.entries(asked?.filters ?? {})) {
    for (const one of [value].flat()) address.searchParams.append(name, one);
  }
  if (asked?.order) address.searchParams.set("sort", asked.order);
  history.replaceState(null, "", address);
}

function restore() {
  const asked = new URLSearchParams(location.search);
  words.value = asked.get("q") ?? "";
  for (const name of [...CHOICES, "sort"]) {
    const { options } = form.elements[name];
    form.elements[name].value = [...options].some((one) => one.value === asked.get(name)) ? asked.get(name) : "";
  }
  for (const name of asked.getAll("actor")) actors.add(name);
}

// Down and up go through the results, Escape goes back to the words and then empties them.
function walk(event) {
  const links = [...hits.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (step && (at >= 0 || (step > 0 && document.activeElement === words)) && links.length) {
    event.preventDefault();
    (links[at + step] ?? (at + step < 0 ? words : links.at(-1))).focus();
  } else if (event.key === "Escape" && at >= 0) {
    words.focus();
  } else if (event.key === "Escape" && document.activeElement === words) {
    event.preventDefault();
    words.value = "";
    search();
  }
}

if (location.protocol === "file:") {
  form.classList.add("off");
  document.querySelector(".refused").hidden = false;
} else {
  let waiting;
  const soon = () => {
    hits.setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(search, WAIT);
  };
  restore();
  words.addEventListener("input", soon);
  form.addEventListener("change", (event) => event.target !== words && search());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  document.addEventListener("keydown", walk);
  if (question()) search();
}
