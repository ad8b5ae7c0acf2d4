// Keeps what is typed into a form with data-keep: every twenty seconds, and on leaving the page. The form works without it.
// After the end of a session it goes on trying: once somebody has logged in again elsewhere, it takes the new token.
const form = document.querySelector("form[data-keep]");
const say = form?.querySelector("[data-keep-says]");
const EVERY = 20_000;
let changed = false;
let leaving = false;

function message(name) {
  const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  say.textContent = say.dataset[name].replace("{clock}", clock);
}

function typed() {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

// True when somebody has logged in again: the page then carries another token.
async function renewToken() {
  const answer = await fetch(location.href, { redirect: "manual" });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("form[data-keep] input[name=csrf_token]")?.value;
  if (!token || token === form.elements.csrf_token.value) return false;
  form.elements.csrf_token.value = token;
  return true;
}

async function keep() {
  if (!changed) return;
  changed = false;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: typed(), keepalive: leaving, redirect: "manual" });
    if (answer.ok) return message("kept");
    changed = true;
    const loggedOut = answer.type === "opaqueredirect" || answer.status === 400;
    message(loggedOut ? "loggedOut" : "failed");
    if (loggedOut && !leaving && (await renewToken())) await keep();
  } catch {
    changed = true;
    message("failed");
  }
}

if (form) {
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  const timer = setInterval(keep, EVERY);
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { leaving = true; keep(); leaving = false; } });
  addEventListener("pagehide", () => { clearInterval(timer); leaving = true; keep(); });
}
