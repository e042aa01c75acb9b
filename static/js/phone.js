// All of the phone's behaviour, or none: where one module can't be read, every form stays a plain form.
import "./sending.js";
import "./keeping.js";
import "./draft.js";
import "./follow.js";

const page = navigator.serviceWorker && `<!doctype html>${document.documentElement.outerHTML}`; // as it came, nearly
document.body.removeAttribute("hx-disable"); // htmx starts only now, when the page is complete
if (page) addEventListener("load", () => import("./offline.js").then(({ stay }) => stay(page), () => {}));
