"""Run inside a network namespace of its own: a laptop with Wi-Fi, a VPN and containers, a phone across the
air, and no internet. Prints one JSON value of what was seen; test_lan.py judges it."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PORT = 8701
GET = (
    "import sys, httpx\n"
    "headers = {'host': sys.argv[2]} if len(sys.argv) > 2 else {}\n"
    "answer = httpx.get(sys.argv[1], trust_env=False, timeout=10, headers=headers)\n"
    "print(answer.status_code); print(answer.text)"
)


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


def net_of(process: int) -> str:
    return str(Path(f"/proc/{process}/ns/net").readlink())


def main(folder: Path) -> dict[str, Any]:
    phone = subprocess.Popen(["unshare", "-n", "sleep", "300"])
    try:
        until(lambda: net_of(phone.pid) != net_of(os.getpid()))
        lay_cables(phone.pid)
        return evening(folder, phone.pid)
    finally:
        phone.kill()
        phone.wait()


def lay_cables(phone: int) -> None:
    ip("link", "set", "lo", "up")
    ip("link", "add", "wlan0", "type", "veth", "peer", "name", "air", "netns", str(phone))
    ip("address", "add", "192.168.50.1/24", "dev", "wlan0")
    ip("link", "set", "wlan0", "up")
    for name, address in (("wg0", "10.8.0.2/24"), ("docker0", "172.17.0.1/16")):
        ip("link", "add", name, "type", "veth", "peer", "name", f"{name}-end")  # in name only
        ip("address", "add", address, "dev", name)
        ip("link", "set", name, "up")
        ip("link", "set", f"{name}-end", "up")
    ip("route", "add", "default", "dev", "wg0")  # all that leaves goes through the VPN
    ip("route", "add", "default", "via", "192.168.50.254", "metric", "600")
    for words in ("link set lo up", "address add 192.168.50.7/24 dev air", "link set air up"):
        subprocess.run(["nsenter", "-t", str(phone), "-n", "ip", *words.split()], check=True)


def evening(folder: Path, phone: int) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    environment = os.environ | {
        "WORLDCAFE_DATA": str(folder / "data"),
        "WORLDCAFE_PORT": str(PORT),
        "LANG": "de_DE.UTF-8",
    }

    def command(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "app", *words], cwd=ROOT, env=environment,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return done.stdout

    def from_phone(*words: str) -> tuple[int, str]:
        inside = ["nsenter", "-t", str(phone), "-n", sys.executable, "-c", GET, *words]
        done = subprocess.run(inside, capture_output=True, text=True, timeout=60, check=False)
        status, _, text = done.stdout.partition("\n")
        return int(status or 0), text

    log = folder / "log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--lan", "--example"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
    try:
        until(lambda: "Strg+C" in log.read_text("utf-8"))
        text = log.read_text("utf-8")
        seen["links"] = sorted(
            {each.split("/")[2] for each in re.findall(r"http://\S+?/\S*", text)}
        )
        seen["not_chosen"] = re.findall(r"^  (\d\S+)  (\S+)  (.+)$", text, re.MULTILINE)
        code = re.findall(r"/e/(\w+)", text)[0]
        seen["page"] = from_phone(f"http://192.168.50.1:{PORT}/E/{code}/1")[0]
        seen["hostile"] = (
            "evil" in from_phone(f"http://192.168.50.1:{PORT}/e/{code}", "evil.example")[1]
        )
        found = json.loads(command("doctor", "--json", "--quick"))
        seen["networks"] = next(each for each in found if each["check"] == "networks")
        seen["address"] = next(each for each in found if each["check"] == "address")
        seen["reached"] = reached(text, from_phone)
        rehearsal = command("rehearse", code, "--attendees", "10", "--seconds", "6", "--json")
        seen["agrees"] = json.loads(rehearsal)["agrees"]
        seen["files"] = len(command("export", code, "--to", str(folder / "files")).split())
        ip("address", "del", "192.168.50.1/24", "dev", "wlan0")
        ip("address", "add", "192.168.77.4/24", "dev", "wlan0")
        until(lambda: "192.168.77.4" in log.read_text("utf-8"))
        seen["moved"] = [
            line for line in log.read_text("utf-8").splitlines() if "192.168.77.4" in line
        ]
        seen["light"] = light_at(text)
    finally:
        server.terminate()
        server.wait(20)
    seen["traceback"] = "Traceback" in log.read_text("utf-8")
    return seen


def reached(text: str, from_phone: Any) -> list[str]:
    """What the laptop's page said before and after a phone opened what its code says."""
    desk, home = desk_of(text)
    question = desk.get(f"{home}/reach").headers["location"]
    address = re.search(r"http://192[.\d]+:\d+/reach/\w+", before := desk.get(question).text)
    assert address
    from_phone(address[0])
    states = (
        re.search(r'class="panel answer (\w+)"', page) for page in (before, desk.get(question).text)
    )
    return [state[1] for state in states if state]


def desk_of(text: str) -> tuple[Any, str]:
    import httpx

    link = re.findall(r"http://\S+/invite/\S+", text)[0]
    desk = httpx.Client(base_url=f"http://127.0.0.1:{PORT}", trust_env=False)
    home = desk.post("/" + link.split("/", 3)[3]).headers["location"]
    return desk, home


def light_at(text: str) -> list[str]:
    desk, home = desk_of(text)
    time.sleep(3)
    reasons: list[str] = desk.get(f"{home}/news").json()["light"]["reasons"]
    return reasons


def until(is_so: Any) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.1)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
