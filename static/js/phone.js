// All of the phone's behaviour, or none: where it can't be read, every form stays a plain form. The server hands
// it out with all it imports in one file (app/web/bundles.py).
import "./parts.js";
import "./sending.js";
import "./keeping.js";
import "./draft.js";
import "./follow.js";
import "./notes.js";

const page = navigator.serviceWorker && `<!doctype html>${document.documentElement.outerHTML}`; // as it came, nearly
if (page) addEventListener("load", () => import("./offline.js").then(({ stay }) => stay(page), () => {}));
