"""The security headers of every answer."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
ON_PAGES = [
    (b"content-security-policy", PAGE_POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
ON_THE_REST = [(b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")]


class SecurityHeaders:
    """Adds the headers to every HTTP answer, and `no-store` where nothing was said about caching.

    What is no page gets the shortest policy: a first visit to an island is twenty answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                said = dict(headers)
                is_page = said.get(b"content-type", b"").startswith(b"text/html")
                headers += EVERYWHERE + (ON_PAGES if is_page else [])
                if not is_page and b"content-security-policy" not in said:
                    headers += ON_THE_REST
                if b"cache-control" not in said:
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, with_headers)
