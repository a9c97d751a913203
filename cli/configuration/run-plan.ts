import { z } from "zod";
import { type Api, RefusedCall } from "./api.ts";
import type { Names } from "./names.ts";
import type { Plan, Step } from "./plan.ts";
import { stepText } from "./plan-text.ts";
import type { SecretReader } from "./secrets.ts";
import type { Filling, Values } from "./section.ts";
import { createdKey } from "./sections/source.ts";
import { sections } from "./sections.ts";

interface Running {
  api: Api;
  names: Names;
  secrets: SecretReader;
  /** Takes the key of a new source, which is shown once. */
  keepKey(name: string, key: { url: string; key: string }): void;
}

/** One call, and what is said of it. */
interface Operation {
  says: string;
  run(): Promise<void>;
}

export interface Outcome {
  done: string[];
  /** What stopped it, if something did. */
  stopped: { at: string; why: string; isUnsure: boolean } | null;
  left: string[];
}

/** Applies a plan in an order in which every name exists before it is used. Stops at the first refusal. */
export async function runPlan(plan: Plan, running: Running): Promise<Outcome> {
  const operations = operationsOf(plan, running);
  const done: string[] = [];
  for (const [at, { says, run }] of operations.entries()) {
    try {
      await run();
    } catch (fault) {
      const why = fault instanceof Error ? fault.message : String(fault);
      const left = operations.slice(at + 1).map((operation) => operation.says);
      return { done, stopped: { at: says, why, isUnsure: !(fault instanceof RefusedCall) }, left };
    }
    done.push(says);
  }
  return { done, stopped: null, left: [] };
}

/**
 * Renames come first, so that a new thing can have the name; deletions follow what no longer names them; settings are last,
 * because a shorter life of tokens may end this one.
 */
function operationsOf({ steps }: Plan, running: Running): Operation[] {
  const of = (name: string) => steps.filter(({ section }) => section.name === name);
  const upserts = sections
    .filter(({ name }) => name !== "settings")
    .flatMap(({ name }) => {
      const wanted = of(name).filter(({ isRemoval }) => !isRemoval);
      const changed = wanted.filter(({ current }) => current);
      const created = wanted.filter(({ current }) => !current);
      return [
        ...renamesFirst(changed).flatMap((step) => rename(step, running)),
        ...created.map((step) => create(step, running)),
        ...created.flatMap((step) => late(step, running)),
        ...changed.flatMap((step) => change(step, running)),
      ];
    });
  const removals = steps.filter(({ isRemoval }) => isRemoval).toReversed();
  return [
    ...upserts,
    ...removals.flatMap((step) => release(step, removals, running)),
    ...removals.map((step) => remove(step, running)),
    ...of("settings").flatMap((step) => change(step, running)),
  ];
}

/** Those first whose new name no other one still has. */
function renamesFirst(steps: readonly Step[]): Step[] {
  const left = steps.filter(
    ({ section, values }) => section.nameField !== null && values[section.nameField] !== undefined,
  );
  const sorted: Step[] = [];
  while (left.length > 0) {
    const taken = new Set(
      left.map(({ section, current }) => current && section.identity(current.values).toLowerCase()),
    );
    const free = left.findIndex(({ section, values }) => !taken.has(section.identity(values).toLowerCase()));
    // A swap of names has no order; Tocsin refuses it.
    sorted.push(...left.splice(Math.max(free, 0), 1));
  }
  return sorted;
}

function rename({ section, values, current }: Step, { api, names }: Running): Operation[] {
  const { nameField, named, path, one } = section;
  if (!current || !nameField) return [];
  const name = String(values[nameField]);
  const run = async () => {
    await api.call("PATCH", `${path}/${current.id}`, { [nameField]: values[nameField] });
    if (named) names.set(named, current.id, name);
  };
  return [{ says: `rename ${one} ${section.identity(current.values)} to ${name}`, run }];
}

const created = z.looseObject({ id: z.string() });

function create(step: Step, { api, names, secrets, keepKey }: Running): Operation {
  const { section, values } = step;
  const late = section.late ?? [];
  const given = Object.fromEntries(Object.entries(values).filter(([field]) => !late.includes(field)));
  const run = async () => {
    const answer = await api.call("POST", section.path, section.body(given, { names, secrets }, null));
    const { id } = created.parse(answer);
    if (section.named) names.set(section.named, id, section.identity(values));
    const key = createdKey(answer);
    if (key) keepKey(section.identity(values), key);
    if (values.enabled === false) await api.call("PATCH", `${section.path}/${id}`, { enabled: false });
  };
  return { says: stepText(step), run };
}

/** What a new destination gets once all others exist. */
function late({ section, title, values }: Step, running: Running): Operation[] {
  if (!section.named || !values.escalation) return [];
  const { named } = section;
  const run = async () => {
    const id = running.names.idOf(named, section.identity(values));
    await running.api.call("PATCH", `${section.path}/${id}`, escalationBody(section, values, running));
  };
  return [{ says: `~ change ${section.one} ${title}: escalation`, run }];
}

function escalationBody(
  section: Step["section"],
  { escalation }: Values,
  { names, secrets }: Filling,
): Values {
  return section.body({ escalation }, { names, secrets }, { id: "", values: {} });
}

function change(step: Step, { api, names, secrets }: Running): Operation[] {
  const { section, values, current } = step;
  if (!current) return [];
  const rest = Object.entries(values).filter(([field]) => field !== section.nameField && field !== "type");
  if (rest.length === 0) return [];
  const run = async () => {
    const path = section.name === "settings" ? section.path : `${section.path}/${current.id}`;
    const { type } = values;
    const given = { ...(type !== undefined && { type }), ...Object.fromEntries(rest) };
    await api.call("PATCH", path, section.body(given, { names, secrets }, current));
  };
  return [{ says: stepText(step), run }];
}

/** A destination can't be deleted while another one escalates to it, so one that goes too forgets it first. */
function release(
  { section, title, current }: Step,
  removals: readonly Step[],
  { api }: Running,
): Operation[] {
  if (!current) return [];
  const names = section.references(current.values).map(({ name }) => name);
  const isInTheWay = removals.some((other) => {
    return other.section === section && names.includes(section.identity(other.current?.values ?? {}));
  });
  if (section.late === undefined || !isInTheWay) return [];
  const run = async () => {
    await api.call("PATCH", `${section.path}/${current.id}`, { escalation: null });
  };
  return [{ says: `~ change ${section.one} ${title}: escalation`, run }];
}

function remove(step: Step, { api }: Running): Operation {
  const { section, current } = step;
  const run = async () => {
    const path = `${section.path}/${current?.id}`;
    if (section.reset) await api.call("PATCH", path, section.reset);
    else await api.call("DELETE", path);
  };
  return { says: stepText(step), run };
}
