// What a person has in hand goes over from an element to the one that takes its place: opened parts, ticked
// words, typed text with the version it was typed on, focus and caret.

const FIELDS = "textarea, select, input:not([type=hidden], .pick input)"; // a card that changed is picked anew
const typed = (field) => (field.matches("select") ? field.selectedOptions[0]?.defaultSelected === false : field.value !== field.defaultValue);
const closes = (form) => form?.matches(".correction form, .renaming");

/** Puts `fresh` in the place of `old`. `form` was answered; when that `isDone`, what was typed there is in. */
export function carried(old, fresh, form, isDone) {
  const find = (id) => (id ? (fresh.id === id ? fresh : fresh.querySelector(`#${CSS.escape(id)}`)) : null);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const caret = focused?.matches("textarea, input[type=text], input[type=search]") ? [focused.selectionStart, focused.selectionEnd] : null;

  for (const part of [old, ...old.querySelectorAll("details")]) {
    const next = part.open && find(part.id);
    if (next) next.open = !(isDone && closes(form) && part.contains(form));
  }
  for (const field of old.querySelectorAll(FIELDS)) {
    const next = !(isDone && field.form === form) && find(field.id);
    if (next && field.type === "checkbox") next.checked = field.checked;
    if (!next || !typed(field)) continue;
    next.value = field.value;
    for (const name of ["version", "submission"]) { // decided on what was seen, and sent once
      const value = name === "version" && field.form === form ? null : field.form?.elements[name]?.value;
      if (value && next.form.elements[name]) next.form.elements[name].value = value;
    }
  }
  old.replaceWith(fresh);
  const next = focused && find(focused.id);
  if (!next?.checkVisibility()) return;
  next.focus({ preventScroll: true });
  if (caret) next.setSelectionRange(...caret);
}
