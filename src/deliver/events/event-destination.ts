import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { type About, commonBody, newDestinationFields } from "../contract.ts";
import type {
  Destination,
  DestinationParts,
  DestinationType,
  Greeted,
  Prepared,
} from "../destination-type.ts";
import type { AlertEvent, DigestPart, Target } from "./alert-event.ts";
import { eventRemedy, type Remedies } from "./event-fault.ts";
import { eventJobs } from "./event-jobs.ts";
import { lineOf, openLine, recordLineFault } from "./event-line.ts";
import type { EventWork } from "./event-work.ts";
import { leftBehind, withoutAddress } from "./moved-address.ts";
import type { Outgoing } from "./outgoing.ts";
import { readTarget } from "./read-event.ts";
import { sealAll, unsealAll } from "./sealed.ts";
import { sendTest, testEvent } from "./send-test.ts";

/** Schemas by name. */
type Shape = Record<string, z.ZodType>;
type Values<S extends Shape> = z.infer<z.ZodObject<S>>;

/** Where an event goes: the target with its settings and secrets, checked. */
export interface Address<S extends Shape, X extends Shape> {
  target: Target;
  settings: Values<S>;
  secrets: Values<X>;
}

/** What a destination is saved with. */
interface Wish<S extends Shape, X extends Shape> {
  settings: Values<S>;
  secrets: Values<X>;
}

interface Definition<S extends Shape, X extends Shape> {
  type: string;
  about: Omit<About, "wizard">;
  /** Schemas of the settings that people may see, by name. With `changes`, a destination chooses whether it gets them. */
  settings: S;
  /** Schemas of the values that are encrypted, by name. In a change, an empty one keeps what is stored. */
  secrets: X;
  follows: EventWork["follows"];
  paced: boolean;
  dropsRepeats: boolean;
  /** Whether a change is told; all are unless given. */
  tells?(entry: HistoryEntry): boolean;
  unavailable?(outgoing: Outgoing): string | null;
  /** Further checks of what is to be saved, or its normal form. `secret` was generated and is shown once. */
  check?(
    outgoing: Outgoing,
    wish: Wish<S, X>,
    stored: Values<X> | null,
  ): Promise<(Wish<S, X> & { secret?: string | null }) | Refusal>;
  place(wish: Wish<S, X>): string;
  /** What people may see of the secrets, with the schema of it. */
  hints?: { schema: Shape; of(secrets: Values<X>): Record<string, unknown> };
  /** Who answers, in words for people; the place unless given. */
  receiver?: string;
  remedies: Remedies;
  /** Throws an `EventFault` unless the event was accepted. */
  send(outgoing: Outgoing, address: Address<S, X>, event: AlertEvent): Promise<void>;
  sendDigest?(outgoing: Outgoing, address: Address<S, X>, part: DigestPart): Promise<void>;
}

/**
 * A destination type that sends events: what is left to say of it is its settings, one `send`, and remedies. Claims,
 * order, retries, storms and the record of attempts are the same for all of them.
 */
export function eventDestination<S extends Shape, X extends Shape>(given: Definition<S, X>): DestinationType {
  const { type, about } = given;
  const contract = contractOf(given);
  const wishOf = (values: unknown): Wish<S, X> => ({
    settings: z.object(given.settings).parse(values),
    secrets: z.object(given.secrets).parse(values),
  });
  return {
    type,
    about: { ...about, wizard: false },
    contract,
    dropsRepeats: given.dropsRepeats,
    ...(given.unavailable && { unavailable: given.unavailable }),
    async prepareNew({ outgoing }, wish) {
      const why = given.unavailable?.(outgoing);
      return why
        ? { refused: "conflict", why }
        : prepare(given, outgoing, { wish: wishOf(wish), stored: null });
    },
    async prepareChange({ db, outgoing }, { before, wish }) {
      const change = Object.entries(contract.change.parse(wish));
      const kept = change.filter(([name, value]) => value !== "" || !(name in given.secrets));
      if (kept.length === 0) return { columns: () => ({}), secret: null };
      const { secrets: stored } = addressOf(given, outgoing, await readTarget(db, before.id));
      const left = leftBehind(about.fields, { stored, typed: Object.fromEntries(kept) });
      if (left) return left;
      const merged = { ...before.settings, ...stored, ...Object.fromEntries(kept) };
      return prepare(given, outgoing, { wish: wishOf(merged), stored });
    },
    show: ({ settings }) => withoutAddress(about.fields, settings),
    remedy: (fault, { place }) => eventRemedy(fault, given.receiver ?? place ?? about.name, given.remedies),
    greet: (parts, destination) => greet(given, parts, destination),
    work: (deps, outgoing) => eventJobs(deps, workOf(given, outgoing)),
  };
}

function contractOf<S extends Shape, X extends Shape>({
  type,
  about,
  settings,
  secrets,
  hints,
}: Definition<S, X>) {
  const inputs: Shape = { ...settings, ...secrets };
  const body = {
    ...commonBody,
    type: z.literal(type),
    ...withoutDefaults(settings),
    ...hints?.schema,
    // Only in the answer to its creation, if Tocsin generated it.
    ...(about.secret && { secret: z.string().optional() }),
  };
  return {
    body: z.object(body).meta({ id: `${pascal(type)}Destination` }),
    create: z.strictObject({ ...newDestinationFields, ...ownZone(about), type: z.literal(type), ...inputs }),
    change: z.strictObject({ ...withoutDefaults(settings), ...orEmpty(withoutDefaults(secrets)) }).partial(),
  };
}

/** A type without times of its own needs no timezone. */
function ownZone({ timezoneHint }: Pick<About, "timezoneHint">) {
  const { timezone } = newDestinationFields;
  return { timezone: timezoneHint === null ? timezone.default("UTC") : timezone };
}

function addressOf<S extends Shape, X extends Shape>(
  { settings, secrets }: Definition<S, X>,
  { vault }: Outgoing,
  target: Target,
): Address<S, X> {
  return {
    target,
    settings: z.object(settings).parse(target.settings),
    // Nodes of the previous version keep an address among the settings.
    secrets: z.object(secrets).parse({ ...target.settings, ...unsealAll(vault, target, secrets) }),
  };
}

/** Checks what is to be saved. `stored` is null for a new destination. */
async function prepare<S extends Shape, X extends Shape>(
  given: Definition<S, X>,
  outgoing: Outgoing,
  { wish, stored }: { wish: Wish<S, X>; stored: Values<X> | null },
): Promise<Prepared | Refusal> {
  const { type, hints } = given;
  const checked = given.check ? await given.check(outgoing, wish, stored) : wish;
  if (isRefusal(checked)) return checked;
  const { settings, secrets } = checked;
  const shown = { ...settings, ...hints?.of(secrets) };
  return {
    columns: (id) => ({
      settings: JSON.stringify(shown),
      sealed: JSON.stringify(sealAll(outgoing.vault, id, secrets)),
      place: given.place(checked),
      changes_since: changesSince(settings, stored === null),
      ...(stored === null && { line: lineOf({ type, id }) }),
    }),
    saved: (tx, id) => openLine(tx, { type, id }),
    secret: "secret" in checked && typeof checked.secret === "string" ? checked.secret : null,
  };
}

function workOf<S extends Shape, X extends Shape>(given: Definition<S, X>, outgoing: Outgoing): EventWork {
  const { type, follows, paced, tells = () => true, sendDigest } = given;
  return {
    ...{ type, follows, paced, tells },
    send: (target, event) => given.send(outgoing, addressOf(given, outgoing, target), event),
    sendDigest: sendDigest
      ? (target, part) => sendDigest(outgoing, addressOf(given, outgoing, target), part)
      : null,
  };
}

async function greet<S extends Shape, X extends Shape>(
  given: Definition<S, X>,
  { db, outgoing, clock, publicUrl }: DestinationParts,
  { id, line }: Destination,
): Promise<Greeted> {
  const target = await readTarget(db, id);
  const event = testEvent({ type: given.about.name, publicUrl, now: clock() });
  const met = await sendTest(() => workOf(given, outgoing).send(target, event));
  if (!met) return { fault: null, refusal: null, recordFault: (tx) => recordLineFault(tx, line, null) };
  const { means, todo } = eventRemedy(met.code, given.receiver ?? target.place, given.remedies);
  const fault = met.kind === "setup" ? met.code : null;
  return {
    fault,
    refusal: { refused: "conflict", why: `${means} ${todo}` },
    // A passing fault is only shown; the line stays as it is.
    recordFault: async (tx) => fault && recordLineFault(tx, line, fault),
  };
}

/** In a change an empty secret is right, too. */
function orEmpty(shape: Shape): Shape {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, z.union([z.literal(""), schema])]),
  );
}

/** The same schemas, but absent values stay absent. */
function withoutDefaults(shape: Shape): Record<string, z.ZodType> {
  const unwrapped = Object.entries(shape).map(([name, schema]): [string, z.ZodType] => {
    const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    if (!(inner instanceof z.ZodType)) throw new Error(`the schema of ${name} is not a whole one`);
    return [name, inner];
  });
  return Object.fromEntries(unwrapped);
}

/** A destination that gets changes already keeps its start time. Without the setting, changes are always sent. */
function changesSince(settings: Record<string, unknown>, isNew: boolean): RawBuilder<Date> | null {
  if (settings.changes === false) return null;
  return isNew ? sql<Date>`now()` : sql<Date>`coalesce(changes_since, now())`;
}

/** A name for the API's docs: `CustomWebhook` for `custom-webhook`. */
function pascal(type: string): string {
  return type.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
