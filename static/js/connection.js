// One socket for what the event does; polling where sockets are blocked. It comes back by itself.
const SILENCE_MS = 40_000; // the server says something at least every 20 s
const LONGEST_PAUSE_MS = 30_000;
const POLL_MS = 10_000;
const FAILURES_BEFORE_POLLING = 3;

// `onState` gets every state and heartbeat. The returned function connects anew, for one who slept.
export function connect(address, onState) {
  let socket = null;
  let failures = 0;
  let retry = 0;
  let silence = 0;
  let poll = 0;

  function listen() {
    clearTimeout(silence);
    silence = setTimeout(open, SILENCE_MS);
  }

  function close() {
    clearTimeout(retry);
    clearTimeout(silence);
    if (!socket) return;
    socket.onclose = socket.onmessage = null;
    socket.close();
    socket = null;
  }

  function open() {
    close();
    const url = new URL(`${address}/ws`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    socket = new WebSocket(url);
    socket.onmessage = (message) => {
      failures = 0;
      clearInterval(poll);
      poll = 0;
      listen();
      onState(JSON.parse(message.data));
    };
    socket.onclose = () => {
      failures += 1;
      if (failures >= FAILURES_BEFORE_POLLING && !poll) poll = setInterval(ask, POLL_MS);
      const pause_ms = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures);
      retry = setTimeout(open, pause_ms * (0.5 + Math.random())); // a hall must not come back in step
      clearTimeout(silence);
    };
    listen();
  }

  async function ask() {
    try {
      const answer = await fetch(`${address}/live.json`);
      if (answer.ok) onState(await answer.json());
    } catch { /* out of reach; the next time */ }
  }

  addEventListener("pagehide", close);
  open();
  return open;
}
