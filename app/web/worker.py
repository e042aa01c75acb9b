"""The phones' service worker, at an address that never changes: the one a browser asks for news of."""

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

router = APIRouter()
_SCRIPT = Path(__file__).parents[2] / "static" / "js" / "worker.js"


@router.get("/worker.js")
def service_worker() -> Response:
    """What stands behind `?` is the version of the static files it keeps. It may talk to us alone."""
    headers = {
        "cache-control": "no-cache",
        "content-security-policy": "default-src 'none'; connect-src 'self'",
    }
    return Response(_SCRIPT.read_bytes(), media_type="text/javascript", headers=headers)
