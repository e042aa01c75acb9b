// Remembers a setting of this browser, where it lets us: storage may be switched off.

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It is forgotten with the page, that is all.
  }
}
