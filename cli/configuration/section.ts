import type { z } from "zod";
import type { Api } from "./api.ts";
import type { Names, ReferenceKind } from "./names.ts";
import type { SecretReader, SecretReference } from "./secrets.ts";

/** The fields of a thing as the file has them: names in place of ids, references in place of secrets. */
export type Values = Readonly<Record<string, unknown>>;

/** A thing in the running Tocsin. */
export interface Current {
  id: string;
  values: Values;
  /** What the API tells of a destination's secrets. */
  hints?: Readonly<Record<string, unknown>>;
  /** Why it can't be deleted; absent if it can. */
  keeps?: string;
  /** What else the file should say of a field, as a comment. */
  notes?: Readonly<Record<string, string>>;
}

/** A secret to send. */
export interface SecretChange {
  field: string;
  reference: SecretReference;
}

/** What a body is made with. */
export interface Filling {
  names: Names;
  secrets: SecretReader;
}

/** A name in the file that something else has to have. */
export interface Reference {
  kind: ReferenceKind;
  name: string;
  /** Where it is in the values. */
  path: readonly (string | number)[];
}

/** One part of the file: what its things are called, how they are read, matched and sent. */
export interface Section {
  name: SectionName;
  /** What one of them is called. */
  one: string;
  /** What the part is about; a comment in the export. */
  about: string;
  item: z.ZodType<Values>;
  /** The collection in the API. */
  path: string;
  /** The field that names a thing, by which it can be renamed; null if what it is can't change. */
  nameField: "name" | "displayName" | null;
  /** The kind of reference that names its things. */
  named?: ReferenceKind;
  /** What makes two of them the same thing: text that is compared in any case. */
  identity(values: Values): string;
  title(values: Values): string;
  /** Fields that can't be changed once it exists. */
  fixed: readonly string[];
  /** Lists in any order. */
  sets: readonly string[];
  /** Fields that can only be changed, not created with: each is sent once what it names exists. */
  late?: readonly string[];
  read(api: Api, names: Names): Promise<Current[]>;
  references(values: Values): Reference[];
  /** The body of a request from some of the fields. Without `current` it creates. */
  body(values: Values, filling: Filling, current: Current | null): Values;
  /** Whether something is not to be applied, and why; null if it is. */
  skips?(values: Values, now: Date): string | null;
  /** Fields that are never compared: what it is, and what only accompanies another field. */
  uncompared?: readonly string[];
  /** By field: another one that is sent with it. */
  companions?: Readonly<Record<string, string>>;
  /** Objects of which the file may give a part. */
  merged?: readonly string[];
  /** By field: whether the file's value is the current one, where that is not plain. */
  isSame?: Readonly<Record<string, (wanted: unknown, current: Current) => boolean>>;
  /** Whether something in Tocsin belongs into a file; all do unless given. */
  isListed?(values: Values): boolean;
  /** The parts whose names it needs. */
  needs: readonly SectionName[];
  /** Fields of secrets, none unless given. */
  secrets?(values: Values): readonly string[];
  /** The secrets to send to a thing that exists. */
  changedSecrets?(values: Values, current: Current, reading: SecretReading): SecretChange[];
  /** What a deletion does, for people; null if nothing of the part can be deleted. */
  removal: string | null;
  /** The body of the change that stands for a deletion; without it, a thing is deleted. */
  reset?: Values;
}

export interface SecretReading {
  secrets: SecretReader;
  /** Whether all secrets are sent again. */
  all: boolean;
}

export const sectionNames = [
  "sources",
  "destinations",
  "detections",
  "views",
  "silences",
  "roles",
  "settings",
] as const;
export type SectionName = (typeof sectionNames)[number];
