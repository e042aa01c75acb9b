// The server's clock may be set to another zone than the hall's.

const format = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

for (const time of document.querySelectorAll(".journal time")) {
  time.textContent = format.format(new Date(time.dateTime));
}
