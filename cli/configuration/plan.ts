import { compareFields, compareSecrets, type FieldChange, fieldsOf } from "./compare.ts";
import { findRepeats, type Match, matchThings } from "./match.ts";
import { referenceText } from "./secrets.ts";
import type { Current, SecretReading, Section, SectionName, Values } from "./section.ts";
import { referencesIn } from "./sections/destination-secrets.ts";
import type { State } from "./sections.ts";
import { sections } from "./sections.ts";

/** The things that a file names, by part. A part that is absent is left alone. */
export type Wanted = ReadonlyMap<SectionName, readonly Values[]>;

/** A thing that will be created, changed or deleted. */
export interface Step {
  section: Section;
  title: string;
  /** What to send: of a change only what differs. */
  values: Values;
  fields: FieldChange[];
  /** Null if it is created. */
  current: Current | null;
  isRemoval: boolean;
}

/** Something that keeps the file from being applied. */
export interface Fault {
  section: SectionName;
  /** Where in the section; empty for the section itself. */
  path: readonly (string | number)[];
  message: string;
}

export interface Plan {
  steps: Step[];
  faults: Fault[];
  /** Secrets that would be sent and can't be read here. */
  unreadable: Fault[];
  /** What Tocsin has and the file doesn't, and stays. */
  kept: { section: Section; titles: string[] }[];
  /** What is in the file and not applied, and why. */
  skipped: { section: Section; title: string; why: string }[];
}

interface Planning extends SecretReading {
  state: State;
  prune: boolean;
  now: Date;
}

/** Decides what has to change in Tocsin so that it is as the file says. */
export function makePlan(file: Wanted, planning: Planning): Plan {
  const plan: Plan = { steps: [], faults: [], unreadable: [], kept: [], skipped: [] };
  for (const section of sections) {
    const items = file.get(section.name);
    if (items) planSection(plan, section, { items, planning });
  }
  return plan;
}

function planSection(
  plan: Plan,
  section: Section,
  { items, planning }: { items: readonly Values[]; planning: Planning },
): void {
  const { name } = section;
  for (const { at, first } of findRepeats(section, items))
    plan.faults.push({
      section: name,
      path: [at],
      message: `is the same ${section.one} as number ${first + 1}`,
    });
  const { pairs, others } = matchThings(section, items, planning.state.get(name) ?? []);
  for (const pair of pairs) {
    const why = section.skips?.(pair.wanted, planning.now) ?? null;
    if (why !== null) plan.skipped.push({ section, title: section.title(pair.wanted), why });
    else planThing(plan, section, { pair, planning });
  }
  const unnamed = others.filter(
    ({ values }) => section.removal !== null && (section.isListed?.(values) ?? true),
  );
  if (planning.prune) for (const current of unnamed) planRemoval(plan, section, current);
  else if (unnamed.length > 0)
    plan.kept.push({ section, titles: unnamed.map(({ values }) => section.title(values)).toSorted() });
}

function planRemoval(plan: Plan, section: Section, current: Current): void {
  const title = section.title(current.values);
  if (current.keeps !== undefined) {
    const message = `the ${section.one} ${title} is not in the file and can't be deleted: ${current.keeps}`;
    plan.faults.push({ section: section.name, path: [], message });
    return;
  }
  plan.steps.push({ section, title, values: section.reset ?? {}, fields: [], current, isRemoval: true });
}

function planThing(
  plan: Plan,
  section: Section,
  { pair, planning }: { pair: Match; planning: Planning },
): void {
  const { wanted, current, at } = pair;
  const step = current ? planChange(section, { wanted, current, planning }) : planCreation(section, wanted);
  for (const field of section.fixed) {
    const change = current && step.fields.find((one) => one.kind === "value" && one.field === field);
    if (change?.kind !== "value") continue;
    const message = `can't be changed from ${String(change.from)} to ${String(change.to)}; give the new ${section.one} another name`;
    plan.faults.push({ section: section.name, path: [at, field], message });
  }
  for (const { field, reference } of secretsOf(step)) {
    const found = planning.secrets(reference);
    const [name = "", ...header] = field.split(".");
    const path = header.length > 0 ? [at, name, header.join(".")] : [at, name];
    if ("why" in found) plan.unreadable.push({ section: section.name, path, message: found.why });
  }
  if (!current || step.fields.length > 0) plan.steps.push(step);
}

/** The references of which the step sends the values. */
function secretsOf({ section, values, current }: Step) {
  if (!section.secrets) return [];
  return referencesIn(current ? withoutKept(values) : values);
}

function planCreation(section: Section, wanted: Values): Step {
  const values = fieldsOf(wanted);
  const secrets = section.secrets ? referencesIn(values) : [];
  const hidden = section.secrets?.(values) ?? [];
  const shown = Object.entries(values).filter(
    ([field]) => field !== section.nameField && !section.fixed.includes(field) && !hidden.includes(field),
  );
  const fields = [
    ...shown.map(([field, to]): FieldChange => ({ kind: "value", field, from: undefined, to })),
    ...secrets.map(({ field, reference }): FieldChange => {
      return { kind: "secret", field, how: "set", where: referenceText(reference) };
    }),
  ];
  return { section, title: section.title(wanted), values, fields, current: null, isRemoval: false };
}

function planChange(
  section: Section,
  { wanted, current, planning }: { wanted: Values; current: Current; planning: Planning },
): Step {
  const plain = compareFields(section, wanted, current);
  const { changed, drops } = compareSecrets(section, { wanted, current, reading: planning });
  const given = fieldsOf(wanted);
  const values: Record<string, unknown> = section.secrets ? { type: given.type } : {};
  for (const change of plain) {
    if (change.kind !== "value") continue;
    values[change.field] = change.to;
    const companion = section.companions?.[change.field];
    if (companion !== undefined && given[companion] !== undefined) values[companion] = given[companion];
  }
  const names = changed.map(({ field }) => field);
  for (const field of names) if (!field.includes(".")) values[field] = given[field];
  if (drops || names.some((field) => field.includes("."))) values.headers = headersToSend(given, names);
  const secretFields: FieldChange[] = changed.map(({ field, reference }) => ({
    ...{ kind: "secret", field, how: "changed", where: referenceText(reference) },
  }));
  if (drops) secretFields.push({ kind: "secret", field: "headers", how: "removed", where: null });
  const fields = [...plain, ...secretFields];
  return { section, title: section.title(current.values), values, fields, current, isRemoval: false };
}

/** The headers of a change: an empty one keeps what is stored. */
function headersToSend({ headers }: Values, changed: readonly string[]): Values {
  const given = Object.entries(typeof headers === "object" && headers !== null ? headers : {});
  return Object.fromEntries(
    given.map(([name, one]) => [name, changed.includes(`headers.${name}`) ? one : ""]),
  );
}

function withoutKept({ headers, ...values }: Values): Values {
  if (typeof headers !== "object" || headers === null) return values;
  return { ...values, headers: Object.fromEntries(Object.entries(headers).filter(([, one]) => one !== "")) };
}
