// `fetch()` of the pages and the workers of `own_page.html`.

// How long a page waits for the end of a request. A prompt to which nobody responds keeps a request pending.
const PATIENCE = 4000;
const PENDING = { outcome: "pending" };

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function bodyOf({ body, body_type }) {
  if (!body || body === "none") return null;
  if (body_type === undefined) return Uint8Array.from([98]);
  if (body_type === "text/plain;charset=UTF-8") return "body";
  if (body_type === "application/x-www-form-urlencoded;charset=UTF-8") return new URLSearchParams("a=b");
  return new Blob(["body"], { type: body_type });
}

async function viaFetch(request) {
  const init = {
    method: request.method ?? "GET",
    headers: request.headers ?? [],
    mode: request.mode ?? "cors",
    credentials: request.credentials ?? "same-origin",
    redirect: request.redirect ?? "follow",
    cache: request.cache ?? "default",
    signal: AbortSignal.timeout(PATIENCE),
  };
  if (request.target_address_space !== undefined) init.targetAddressSpace = request.target_address_space;
  const body = bodyOf(request);
  if (body !== null) init.body = body;
  try {
    const { type, status, url, redirected, headers } = await fetch(request.url, init);
    return { outcome: type, status, url, redirected, headers: [...headers] };
  } catch {
    return init.signal.aborted ? PENDING : { outcome: "error" };
  }
}
