import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { checkManifest, readManifest } from "../apps/manifest/read-manifest.ts";
import type { Manifest, ManifestError } from "../apps/manifest/schema/manifest.ts";
import { type Shape, shape } from "./schema.ts";

/** A config file, with each app's manifest read and checked. */
export type Config = Omit<Shape, "apps"> & {
  apps: (Omit<Shape["apps"][number], "manifest"> & { manifest: Manifest })[];
};

export type ReadConfig = { ok: true; config: Config } | { ok: false; errors: string[] };

/** The names by which channels may list an app: its own and that of its bot. */
const namesOf = ({ display_information, features }: Manifest): string[] => [
  display_information.name,
  ...(features?.bot_user ? [features.bot_user.display_name] : []),
];

const pathOf = (path: PropertyKey[]) => path.map(String).join(".");

/** Errors for names that the file uses but does not define. */
function unknownNames({ workspaces, apps, organisation }: Config): string[] {
  const known = new Set(apps.flatMap(({ manifest }) => namesOf(manifest)));
  const targets = new Set([
    ...workspaces.map(({ name }) => name),
    ...(organisation ? ["organisation", organisation.name] : []),
  ]);
  const inChannels = workspaces.flatMap(({ people, channels }, w) =>
    channels.flatMap((channel, c) => {
      const names = new Set(people.map(({ name }) => name));
      const used = [...(channel.members ?? []), ...channel.messages.map(({ from }) => from)];
      const at = `workspaces.${w}.channels.${c}`;
      return [
        ...used.filter((name) => !names.has(name)).map((name) => `${at}: no person is named ${name}`),
        ...channel.apps.filter((name) => !known.has(name)).map((name) => `${at}: no app is named ${name}`),
      ];
    }),
  );
  const inApps = apps.flatMap(({ installedIn }, a) => {
    const at = `apps.${a}.installedIn`;
    return installedIn
      .filter((name) => !targets.has(name))
      .map((name) =>
        name === "organisation" ? `${at}: there is no organisation` : `${at}: no workspace is named ${name}`,
      );
  });
  return [...inChannels, ...inApps];
}

const ofManifest = (at: string, { message, pointer }: ManifestError) =>
  `${at}.manifest${pointer}: ${message}`;

/** Parses a YAML or JSON config. Manifest paths are relative to `folder`. Returns the config, or all errors. */
export async function parseConfig(text: string, folder: string): Promise<ReadConfig> {
  let given: unknown;
  try {
    given = parse(text);
  } catch (fault) {
    return { ok: false, errors: [fault instanceof Error ? fault.message : String(fault)] };
  }
  const parsed = shape.safeParse(given);
  if (!parsed.success)
    return { ok: false, errors: parsed.error.issues.map((one) => `${pathOf(one.path)}: ${one.message}`) };
  const errors: string[] = [];
  const apps: Config["apps"] = [];
  for (const [index, { manifest, ...app }] of parsed.data.apps.entries()) {
    const read =
      typeof manifest === "string"
        ? readManifest(await readFile(resolve(folder, manifest), "utf8"), "yaml")
        : checkManifest(manifest);
    if (read.ok) apps.push({ ...app, manifest: read.manifest });
    else errors.push(...read.errors.map((error) => ofManifest(`apps.${index}`, error)));
  }
  const config = { ...parsed.data, apps };
  errors.push(...(errors.length === 0 ? unknownNames(config) : []));
  return errors.length === 0 ? { ok: true, config } : { ok: false, errors };
}

/** Reads a config file. Throws an error that lists everything wrong in it. */
export async function readConfig(path: string): Promise<Config> {
  const read = await parseConfig(await readFile(path, "utf8"), dirname(path));
  if (!read.ok) throw new Error(`${path} can't be used:\n${read.errors.map((one) => `  ${one}`).join("\n")}`);
  return read.config;
}
