// Older scenes, brought to the newest version before they are read.

/** What scenes are written as. */
export const currentVersion = 1;

type Json = Readonly<Record<string, unknown>>;
/** Rewrites a scene of one version as the next; its version is counted up for it. What it does not know it leaves for the parser to refuse. */
export type Migration = (scene: Json) => Json;

/** By the version that they start from. There is no older version yet: the next one adds `1: (scene) => ({ …scene })`. */
export const migrations: Readonly<Record<number, Migration>> = {};

/** The scene at version `newest`; as it is where no way leads there. */
export function migrated(
  scene: Json,
  ways: Readonly<Record<number, Migration>> = migrations,
  newest: number = currentVersion,
): Json {
  let now = scene;
  while (typeof now.version === 'number' && now.version < newest) {
    const { version } = now;
    const way = Object.hasOwn(ways, version) ? ways[version] : undefined;
    if (!way) return now;
    now = { ...way(now), version: version + 1 };
  }
  return now;
}
