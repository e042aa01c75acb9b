"""Whether a page can be used by everybody, as far as a machine can tell: axe-core on what is shown now."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RUN = """async ([rules, within, only]) => {
  const options = { rules, preload: false, resultTypes: ['violations'], ...(only && { runOnly: only }) };
  const found = await axe.run(within, options);
  return found.violations.map(({ id, nodes }) =>
    [id, nodes.map(node => `${node.target.join(' ')}: ${node.any.concat(node.all, node.none)
      .map(check => check.message).join('; ')}`)]);
}"""
SEVEN_TO_ONE = {"color-contrast-enhanced": {"enabled": True}}  # WCAG 1.4.6
TARGETS = {"target-size": {"enabled": True}}  # WCAG 2.5.8: 24 px, or that far from the next one

OF_THE_LOOK = """color-contrast target-size link-in-text-block scrollable-region-focusable region
  button-name link-name label summary-name heading-order aria-hidden-focus""".split()
"""Rules that another theme or width may break; the others depend on what stands in the page."""


def violations(
    page: Page,
    within: str = "html",
    rules: dict[str, Any] | None = None,
    only: Sequence[str] | None = None,
) -> dict[str, list[str]]:
    """Rule → the elements that break it, each with the reason; {} when axe finds nothing.

    `within` is the part to look at, `rules` more of them, or some switched off: `SEVEN_TO_ONE`;
    `only` these. Run from outside the page, so that its policy need not allow it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    return dict(page.evaluate(RUN, [rules or {}, within, only]))
