// Chosen photos are sent one by one, with their progress. The server takes each as it takes those of the
// plain form, and the same one twice only once.
import { smaller } from "./photo-smaller.js";

const TRIES = 3;
const PAUSE_MS = 3000;

const form = document.getElementById("upload");
const input = form.querySelector("input[type=file]");
const state = document.getElementById("upload-state");
const refused = document.querySelector("#upload-refused ul");
const bar = state.querySelector("progress");
const line = state.querySelector("p");
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function sent(body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    request.onload = () => (request.status < 500 ? resolve(request) : reject(request));
    request.onerror = request.ontimeout = reject;
    request.send(body);
  });
}

async function send(file, fields, onProgress) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("photos", await smaller(file), "photo");
  for (let tries = 1; ; tries += 1) {
    try {
      const { status, response } = await sent(body, onProgress);
      return status < 400 ? "" : (response?.title ?? String(status));
    } catch {
      if (tries === TRIES) return form.dataset.offline;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...input.files];
  const fields = [...new FormData(form)].filter(([name]) => name !== "photos");
  const button = form.querySelector("button");
  button.disabled = input.disabled = true;
  bar.hidden = false;
  refused.replaceChildren();
  refused.hidden = true;
  for (const [at, file] of files.entries()) {
    line.textContent = filled(form.dataset.sending, { n: at + 1, all: files.length });
    const why = await send(file, fields, (part) => { bar.value = (at + part) / files.length; });
    if (why) refused.append(Object.assign(document.createElement("li"), { textContent: filled(form.dataset.failed, { n: file.name, why }) }));
    refused.hidden = !refused.children.length;
  }
  bar.value = 1;
  line.textContent = filled(form.dataset.done, { n: files.length - refused.children.length });
  input.value = "";
  button.disabled = input.disabled = false;
  htmx.ajax("GET", form.action, { target: "#desk", swap: "outerHTML settle:0ms" });
});
input.addEventListener("change", () => input.files.length && form.requestSubmit());
