import type { Import } from "./imports.ts";

/** The layers that a document declares in its fenced block, top first. */
export function readLayers(document: string): string[] {
  const block = /^```layers\n([\s\S]*?)^```/m.exec(document)?.[1];
  if (!block) throw new Error("There is no fenced block of layers.");
  return block.trim().split(/\s+/);
}

/** `src/slack/client.ts` is of the layer slack, `src/config.ts` of config; null outside `src/`. */
export function layerOf(file: string): string | null {
  return /^src\/([^/.]+)/.exec(file)?.[1] ?? null;
}

/** The imports that go up the list, or out of it, each as a sentence. */
export function upwardImports(layers: string[], imports: Import[]): string[] {
  return imports.flatMap(({ file, target }) => {
    const from = layers.indexOf(layerOf(file) ?? "");
    const to = layers.indexOf(layerOf(target) ?? "");
    return to >= from ? [] : [`${file} imports ${target}, which is above it or outside the layers`];
  });
}

/** One cycle for each file that closes one, as `a -> b -> a`. */
export function findCycles(imports: Import[]): string[] {
  const targets = Map.groupBy(imports, (found) => found.file);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    for (const { target } of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
