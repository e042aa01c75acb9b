"""The limit for pages: a FastAPI app that is asked for nothing and answers nothing."""

from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/")
async def empty() -> Response:
    return Response()
