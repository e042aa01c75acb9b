"""What can be measured of a page that is for everybody: targets, reflow, text spacing, motion."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

REFLOW_PX = 320  # WCAG 1.4.10: 1280 px at 400 %
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""  # WCAG 1.4.12
WIDE = """least => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(one => {
    const { right, left, width } = one.getBoundingClientRect();
    return width > 0 && (right > innerWidth + 0.5 || left < -0.5) && !one.closest('.unseen, [aria-hidden]');
  }).map(one => one.outerHTML.slice(0, 160)).slice(0, 5)"""
SMALL = """least => [...document.querySelectorAll(
    'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [tabindex="0"]')]
  .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.unseen'))
  .filter(one => !one.matches('p a, li a, dd a') || getComputedStyle(one).display !== 'inline')
  .map(one => {
    const around = one.matches('[type=checkbox], [type=radio]') ? one.labels[0] ?? one : one;
    const { width, height } = around.getBoundingClientRect();
    return [one, Math.min(width, height)];
  })
  .filter(([, size]) => size > 0 && size < least - 0.5)
  .map(([one, size]) => `${size.toFixed(0)} px: ${one.outerHTML.slice(0, 160)}`)"""
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    if (one.matches('svg *, input, option, select, textarea, [aria-hidden=true] *')) return false;
    const { overflowX, overflowY, clipPath } = getComputedStyle(one);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = one;
    if (clientWidth === 0 || clipPath === 'inset(50%)' || one.closest('.unseen')) return false;
    const isCutX = ['hidden', 'clip'].includes(overflowX) && scrollWidth > clientWidth + 1;
    const isCutY = ['hidden', 'clip'].includes(overflowY) && scrollHeight > clientHeight + 1;
    const spills = one.matches('button, .button, summary, th, td, .badge, .number');
    return isCutX || isCutY || (spills && scrollWidth > clientWidth + 1);
  }).map(one => one.outerHTML.slice(0, 200))"""
MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
    const { animationName, transitionDuration } = getComputedStyle(one);
    return animationName !== 'none' || transitionDuration.split(', ').some(time => time !== '0s');
  }).map(one => one.outerHTML.slice(0, 160)).concat(
    document.getAnimations().map(({ playState }) => `an animation, ${playState}`))"""

LOUD = """() => [...document.querySelectorAll('[role=status], [role=alert], [aria-live=polite]')]
  .filter(one => one.textContent.trim() || !one.checkVisibility() || one.querySelector('[role=timer]'))
  .map(one => one.outerHTML.slice(0, 160))"""
STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return '';
  const { top, bottom, left, right } = one.getBoundingClientRect();
  const around = one.matches('[type=checkbox], [type=radio]') ? one.labels[0] ?? one : one;
  const isOn = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (around.contains(hit) || hit.contains(one)); // within a line, or its corners are round
  };
  const inset = 3;
  const corners = [[left + inset, top + inset], [right - inset, top + inset], [left + inset, bottom - inset],
    [right - inset, bottom - inset], [(left + right) / 2, (top + bottom) / 2]];
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const faults = [];
  if (!corners.some(([x, y]) => isOn(x, y))) faults.push('covered');
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) faults.push('no outline');
  return [faults.join(', '), one.outerHTML.slice(0, 160)];
}"""


def too_wide(page: Page) -> list[str]:
    """What sticks out where the page has to be scrolled sideways."""
    wide: list[str] = page.evaluate(WIDE)
    return wide


def too_small(page: Page, least_px: int) -> list[str]:
    """What can be pressed and is smaller, but for links within a line of text (WCAG 2.5.8, inline). A tick
    box is as large as its label."""
    small: list[str] = page.evaluate(SMALL, least_px)
    return small


def cut_off(page: Page) -> list[str]:
    cut: list[str] = page.evaluate(CUT)
    return cut


def moving(page: Page) -> list[str]:
    """What would move; nothing may for who asked for less motion."""
    moves: list[str] = page.evaluate(MOVING)
    return moves


def loud(page: Page) -> list[str]:
    """Live regions that speak unasked, or that wouldn't be heard: they stand empty in a page as it comes."""
    regions: list[str] = page.evaluate(LOUD)
    return regions


def lost_stops(page: Page, most: int = 150) -> list[tuple[str, str]]:
    """What the Tab key leads to and can't be seen there: it is covered as a whole (WCAG 2.4.11), or nothing
    shows that it has the focus (2.4.7)."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if not stop:  # once around
            break
        stops.append(tuple(stop))
    assert len(stops) > 3, "there is hardly anything to press: is this the page?"
    return [stop for stop in stops if stop[0]]


@contextmanager
def spaced(page: Page) -> Iterator[None]:
    """With the spaces between lines, letters, words and paragraphs that a reader may set (WCAG 1.4.12)."""
    page.evaluate(SPACING)
    yield
    page.evaluate("document.adoptedStyleSheets = []")
