// While something is on its way: shows which button was tapped, and says so when it didn't get through.
const message = () => document.getElementById("message");
const unreachable = document.getElementById("announcer").dataset.unreachable;

document.addEventListener("htmx:beforeRequest", (event) => {
  const button = event.detail.requestConfig.triggeringEvent?.submitter;
  button?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", (event) => {
  for (const button of event.detail.requestConfig.elt.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  if (event.detail.successful) message().replaceChildren();
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => { message().textContent = unreachable; });
}
