// The order of the scenes, and the way through them: one after the other, or island by island.

export const SCENES = ["join", "overview", "island", "cards", "top", "harvest", "cloud", "thanks"];
const BY_ISLAND = ["island", "harvest"];

/** The scene of that name; one that shows an island keeps the one that was shown, else begins with the first. */
export function sceneOf(name, { island }, islands) {
  if (!BY_ISLAND.includes(name)) return { name, island: null };
  return { name, island: islands.includes(island) ? island : islands[0] ?? null };
}

/** One scene on (1) or back (-1); the last and the first one stay. */
export function leap(scene, islands, by) {
  return sceneOf(SCENES[SCENES.indexOf(scene.name) + by] ?? scene.name, scene, islands);
}

/** The same, but island by island where one is shown; `islands` are their numbers in their order. */
export function step(scene, islands, by) {
  if (BY_ISLAND.includes(scene.name)) {
    const island = islands[Math.max(0, islands.indexOf(scene.island)) + by];
    if (island !== undefined) return { name: scene.name, island };
  }
  const next = leap({ ...scene, island: null }, islands, by);
  const isEntered = next.name !== scene.name && by < 0 && BY_ISLAND.includes(next.name);
  return isEntered ? { ...next, island: islands.at(-1) ?? null } : next;
}

/** An island by its number: in the harvest too, else alone. */
export function islandScene(scene, number) {
  return { name: scene.name === "harvest" ? "harvest" : "island", island: number };
}
