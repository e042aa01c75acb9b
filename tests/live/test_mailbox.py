"""One message a viewer: the newest."""

import asyncio

from app.live.mailbox import Mailbox


def test_a_newer_message_takes_the_place_of_an_older() -> None:
    async def scenario() -> str:
        mailbox = Mailbox()
        mailbox.put("old")
        mailbox.put("new")
        return await mailbox.take()

    assert asyncio.run(scenario()) == "new"


def test_each_message_is_taken_once() -> None:
    async def scenario() -> list[object]:
        mailbox = Mailbox()
        mailbox.put("one")
        first = await mailbox.take()
        second = asyncio.create_task(mailbox.take())
        await asyncio.sleep(0)
        was_waiting = not second.done()
        mailbox.put("two")
        return [first, was_waiting, await second]

    assert asyncio.run(scenario()) == ["one", True, "two"]


def test_giving_up_waiting_loses_nothing() -> None:
    async def scenario() -> str:
        mailbox = Mailbox()
        waiting = asyncio.create_task(mailbox.take())
        await asyncio.sleep(0)
        mailbox.put("late")
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        async with asyncio.timeout(1):
            return await mailbox.take()

    assert asyncio.run(scenario()) == "late"
