// Opens the capture page where there is no network (HTTPS or localhost only). Keeps that page, the emergency
// numbers, what is open where one means to go, and the files they need; everything else goes to the network as usual.
const STORE = "liaison-1";
const PATIENCE = 4000; // milliseconds before the kept page is shown instead
const root = new URL(self.registration.scope).pathname;
const KEPT = ["contacts/new", "contacts/emergency"].map((path) => root + path);
const OFFLINE = `${root}offline`;
const BRIEFS = `${root}contacts/briefs/kept`;
const ABOUT_PLANS = ["contacts/briefs", "contacts/plan"].map((path) => root + path);
const FRESH = 10 * 60 * 1000; // milliseconds: so long the kept briefs are not asked for again
const BRIEFS_FOR = 7 * 24 * 3600 * 1000; // then they are of no use any more

const filesOf = (page) => [...page.matchAll(/(?:href|src)="([^"#]*\/static\/[^"#]+)/g)].map((match) => match[1]);

let era = 0; // raised when somebody signs out: an answer asked for before is not kept after

async function keep(path) {
  const begun = era;
  const answer = await fetch(path, { credentials: "same-origin" }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const store = await caches.open(STORE);
  const files = filesOf(await answer.clone().text());
  if (begun !== era) return;
  await store.put(path, answer);
  await Promise.all(files.map((file) => store.add(file).catch(() => null)));
}

async function networkFirst(request, path) {
  const store = await caches.open(STORE);
  const late = new Promise((resolve) => { setTimeout(() => store.match(path).then(resolve), PATIENCE); });
  const fresh = fetch(request).then((answer) => {
    if (answer.ok && !answer.redirected && !new URL(request.url).search) store.put(path, answer.clone()); // a page filled for one plan is not for all
    return answer;
  });
  return (await Promise.race([fresh.catch(() => null), late])) || (await store.match(path)) || fresh.catch(() => store.match(OFFLINE));
}

const ageOf = (answer) => Date.now() - Date.parse(answer.headers.get("Date") || 0);

async function keptBriefs() {
  const store = await caches.open(STORE);
  const kept = await store.match(BRIEFS);
  if (!kept || ageOf(kept) < BRIEFS_FOR) return kept;
  await store.delete(BRIEFS);
  return undefined;
}

async function keepBriefs(isNow) {
  const kept = await keptBriefs();
  if (isNow || !kept || ageOf(kept) > FRESH) await keep(BRIEFS);
}

// What was kept of all places one means to go to: instead of itself where the network is slow, instead of a page about
// one place, or of the form for a plan, only where there is none.
async function orBriefs(request, path) {
  const fresh = fetch(request).catch(() => null);
  const late = () => new Promise((resolve) => { setTimeout(() => resolve(keptBriefs()), PATIENCE); });
  const soon = path === BRIEFS ? Promise.race([fresh, late()]) : fresh;
  return (await soon) || (await keptBriefs()) || (await fresh) || caches.match(OFFLINE);
}

function forget(...paths) {
  era += 1;
  return caches.open(STORE).then((store) => Promise.all(paths.map((path) => store.delete(path))));
}

const orOffline = (request) => fetch(request).catch(async () => (await caches.match(OFFLINE)) || Response.error());

function answerTo(request, path) {
  if (KEPT.includes(path)) return networkFirst(request, path);
  return ABOUT_PLANS.some((start) => path.startsWith(start)) ? orBriefs(request, path) : orOffline(request);
}

self.addEventListener("message", (event) => {
  if (event.data?.briefs) event.waitUntil(keepBriefs(event.data.briefs === "now"));
});

self.addEventListener("install", (event) => {
  const script = ["store", "places", "problems", "draft", "network"].map((name) => `${root}static/js/${name}.js`);
  const files = caches.open(STORE).then((store) => Promise.all(script.map((file) => store.add(file).catch(() => null))));
  event.waitUntil(Promise.all([files, ...[...KEPT, OFFLINE].map(keep)]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  // Whoever signs out leaves no page of his behind; what waits to be sent stays, under his own name.
  if (request.method === "POST" && pathname === `${root}sign-out`) event.waitUntil(forget(KEPT[0], BRIEFS));
  if (request.method === "POST" && pathname === `${root}sign-in`) event.waitUntil(forget(BRIEFS)); // it may be another
  if (request.method !== "GET") return;
  if (pathname.startsWith(`${root}static/`)) event.respondWith(networkFirst(request, pathname));
  else if (request.mode === "navigate") event.respondWith(answerTo(request, pathname));
});
