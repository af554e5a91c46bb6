// What is kept on this device until it has been sent: as JSON, per person, for 30 days.
const KEPT_FOR = 30 * 24 * 3600 * 1000;

export function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name)) || [];
    return kept.filter((item) => Date.now() - item.at < KEPT_FOR);
  } catch {
    return [];
  }
}

export function write(name, items) {
  try {
    if (items.length) localStorage.setItem(name, JSON.stringify(items));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false; // private windows and full devices: the form still works, it is only not kept
  }
}

// A way to reach somebody ([data-private]) is kept on no device, not even until it has been sent.
export const privateOf = (form) => [...form.elements].filter((field) => "private" in field.dataset);

export function entriesOf(form) {
  const left = new Set(["csrf_token", ...privateOf(form).map((field) => field.name)]);
  return [...new FormData(form)].filter(([name]) => !left.has(name));
}

// A key for one form, as the server makes them; crypto.randomUUID needs HTTPS, this does not.
export const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
