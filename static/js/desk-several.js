// Says how many cards are picked, here and on the button's bar.

const picked = () => document.querySelectorAll("#desk .pick input:checked").length;

function count() {
  const label = document.querySelector("#several [data-picked]");
  const text = label.dataset.picked.replace("{n}", picked());
  if (label.textContent !== text) label.textContent = text;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(".pick input")) count();
});
document.addEventListener("htmx:afterSwap", count);

// Nothing picked: nothing is sent, so that nobody is refused.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.closest("#several") && picked() === 0) event.preventDefault();
});
