// What is on its way to the server, and what became of it. The request itself is asked: the answer to one
// act takes the forms of all others out of the page, and no event comes from what is not in it.

const DESK = "desk";
const listeners = [];

export let acts = 0; // on their way

/** `listener(detail, isAct)` is called after every request, answered or not (`detail.xhr.status` is 0). */
export function whenAnswered(listener) {
  listeners.push(listener);
}

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const isAct = detail.requestConfig.verb === "post";
  acts += isAct;
  detail.xhr.addEventListener("readystatechange", () => { // comes before htmx reads the answer
    if (detail.xhr.readyState !== XMLHttpRequest.DONE || detail.target.id !== DESK) return;
    detail.target = document.getElementById(DESK); // the one it was sent from may be gone by now
  });
  detail.xhr.addEventListener("loadend", () => {
    acts -= isAct;
    for (const listener of listeners) listener(detail, isAct);
  });
});
