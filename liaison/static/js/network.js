// Posts a form the way the outbox needs it: the address of what was made, or why not.
const PATIENCE = 20000; // milliseconds; a basement answers late or never

export async function post(address, entries) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    const body = new URLSearchParams(entries);
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: control.signal });
    if (answer.status === 201) return await answer.json();
    return { isOffline: answer.status >= 500, isRefused: answer.status < 500 };
  } catch {
    return { isOffline: true };
  } finally {
    clearTimeout(timer);
  }
}

// The form token of this person's present session: "" where nobody is signed in, null without network.
export async function freshToken(address, person) {
  const answer = await fetch(address).catch(() => null);
  if (!answer || answer.status >= 500) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = page.querySelector(`form[data-draft="${person}"] [name=csrf_token]`);
  return drawn ? drawn.value : "";
}
