"""The usual way: FastAPI with Form and Cookie parameters, a SQLModel session and a commit a request.

It does what our dot does, on the same table settings: one upsert, WAL, synchronous=FULL.
"""

import os
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, Form
from sqlalchemy import event
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Field, Session, SQLModel, create_engine

engine = create_engine(
    f"sqlite:///{os.environ['BENCH_DATA']}/usual.db",
    connect_args={"check_same_thread": False, "timeout": 30},
)


@event.listens_for(engine, "connect")
def _durable(connection, _record):
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA synchronous = FULL")


class Vote(SQLModel, table=True):
    device: str = Field(primary_key=True)
    offer: str = Field(primary_key=True)
    knows: bool


SQLModel.metadata.tables["vote"].create(engine, checkfirst=True)


def session():
    with Session(engine) as opened:
        yield opened


app = FastAPI()


@app.post("/dots")
def vote(
    offer: Annotated[str, Form()],
    knows: Annotated[str, Form()],
    device: Annotated[str, Cookie()],
    opened: Annotated[Session, Depends(session)],
):
    row = insert(Vote).values(device=device, offer=offer, knows=knows == "yes")
    opened.exec(
        row.on_conflict_do_update(
            index_elements=["device", "offer"], set_={"knows": row.excluded.knows}
        )
    )
    opened.commit()
    return {"status": "counted"}
