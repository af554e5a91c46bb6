// Opens the capture page where there is no network (HTTPS or localhost only). Keeps that page, the emergency
// numbers and the files they need; everything else goes to the network as usual.
const STORE = "liaison-1";
const PATIENCE = 4000; // milliseconds before the kept page is shown instead
const root = new URL(self.registration.scope).pathname;
const KEPT = ["contacts/new", "contacts/emergency"].map((path) => root + path);
const OFFLINE = `${root}offline`;

const filesOf = (page) => [...page.matchAll(/(?:href|src)="([^"#]*\/static\/[^"#]+)/g)].map((match) => match[1]);

async function keep(path) {
  const answer = await fetch(path, { credentials: "same-origin" }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const store = await caches.open(STORE);
  const files = filesOf(await answer.clone().text());
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

const orOffline = (request) => fetch(request).catch(async () => (await caches.match(OFFLINE)) || Response.error());

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
  if (request.method === "POST" && pathname === `${root}sign-out`) event.waitUntil(caches.open(STORE).then((store) => store.delete(KEPT[0])));
  if (request.method !== "GET") return;
  if (pathname.startsWith(`${root}static/`)) event.respondWith(networkFirst(request, pathname));
  else if (request.mode === "navigate") event.respondWith(KEPT.includes(pathname) ? networkFirst(request, pathname) : orOffline(request));
});
