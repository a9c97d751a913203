import { z } from "zod";
import { readChannel } from "../../../src/connect/channels/find-channel.ts";
import { commonSettings } from "../../../src/deliver/contract.ts";
import type { DestinationType } from "../../../src/deliver/destination-type.ts";
import { destinationTypes, findType } from "../../../src/deliver/destination-types.ts";
import type { Names } from "../names.ts";
import { readableId } from "../previous-name.ts";
import { secretReference } from "../secrets.ts";
import type { Current, Reference, Section, Values } from "../section.ts";
import { changedSecrets, secretBody, secretFields } from "./destination-secrets.ts";

/** Shown values of every destination. */
const stored = z.looseObject({
  id: z.string(),
  type: z.string(),
  displayName: z.string(),
  state: z.object({ kind: z.string() }),
  escalation: commonSettings.escalation,
  channel: z.object({ id: z.string(), name: z.string() }).optional(),
  hints: z.record(z.string(), z.unknown()).optional(),
  headerNames: z.array(z.string()).optional(),
});

const escalation = z
  .strictObject({ ...commonSettings.escalation.unwrap().shape, to: z.string().trim().min(1).max(100) })
  .nullable();

/** The fields of a destination of one type: secrets by reference, no defaults, since an absent field stays as it is. */
function itemOf(type: DestinationType) {
  const { create } = type.contract;
  if (!(create instanceof z.ZodObject)) throw new Error(`the schema of ${type.type} has no fields`);
  const secrets = secretFields(type);
  const fields = Object.entries(create.shape).map(([name, schema]): [string, z.ZodType] => {
    if (!(schema instanceof z.ZodType)) throw new Error(`the schema of ${name} is not a whole one`);
    const secret = secrets.get(name);
    if (secret)
      return [
        name,
        secret.headers ? z.record(z.string().min(1).max(200), secretReference).optional() : secret.schema,
      ];
    const whole = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    const isOptional = schema.safeParse(undefined).success;
    return [name, isOptional && whole instanceof z.ZodType ? whole.optional() : schema];
  });
  return z.strictObject({
    ...readableId,
    ...Object.fromEntries(fields),
    type: z.literal(type.type),
    escalation: escalation.optional(),
    enabled: z.boolean().optional(),
  });
}

const [first, ...others] = destinationTypes.map(itemOf);
if (!first) throw new Error("there is no destination type");

export const destinations: Section = {
  name: "destinations",
  one: "destination",
  about:
    "Where alerts are announced. Secrets are read from the environment or from files when they are sent.",
  item: z.discriminatedUnion("type", [first, ...others]),
  path: "/destinations",
  nameField: "displayName",
  named: "destination",
  identity: ({ displayName }) => String(displayName),
  title: ({ displayName, type }) => `${displayName} (${type})`,
  fixed: ["type", "teamId"],
  sets: ["severities", "alertTypes", "logTypes"],
  late: ["enabled", "escalation"],
  uncompared: ["confirmChannel"],
  companions: { channel: "confirmChannel" },
  isSame: { channel: isSameChannel },
  needs: [],
  async read(api, names) {
    const found = (await api.list("/destinations")).map((body) => stored.parse(body));
    for (const { id, displayName } of found) names.set("destination", id, displayName);
    return found.flatMap((body) => toCurrent(body, names) ?? []);
  },
  references: (values) => escalatesTo(values),
  body(values, { names, secrets }, current) {
    const { escalation: wanted, ...rest } = values;
    const to = escalatesTo(values)[0];
    return {
      ...rest,
      ...secretBody(values, secrets),
      ...(wanted !== undefined && {
        escalation: to ? { ...escalation.parse(wanted), to: names.idOf("destination", to.name) } : null,
      }),
      ...(current && { type: undefined, teamId: undefined }),
    };
  },
  secrets: ({ type }) => [...secretFields(findType(String(type))).keys()],
  changedSecrets,
  removal: "its waiting deliveries end as not delivered, and its cards are no longer kept up to date",
};

function escalatesTo(values: Values): Reference[] {
  const read = escalation.optional().safeParse(values.escalation);
  const to = read.success ? read.data?.to : undefined;
  return to === undefined ? [] : [{ kind: "destination", name: to, path: ["escalation", "to"] }];
}

/** Null for a type that this version doesn't know. */
function toCurrent(body: z.infer<typeof stored>, names: Names): Current | null {
  const type = findType(body.type);
  if (!type) return null;
  const { displayName, channel, hints, headerNames = [] } = body;
  const secrets = secretFields(type);
  const own = Object.keys(type.contract.change.shape).filter(
    (name) => !secrets.has(name) && name !== "channel",
  );
  const common = Object.keys(commonSettings).filter(
    (name) => name !== "displayName" && name !== "escalation",
  );
  const shown = [...common, ...own];
  const to = body.escalation && names.nameOf("destination", body.escalation.to);
  return {
    id: body.id,
    values: {
      displayName,
      type: body.type,
      enabled: body.state.kind !== "disabled",
      ...(channel && { channel: channel.id }),
      ...(typeof body.teamId === "string" && { teamId: body.teamId }),
      ...suggested(type, { displayName, headerNames }),
      ...Object.fromEntries(
        shown.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
      ),
      escalation: body.escalation && { ...body.escalation, to: to ?? body.escalation.to },
    },
    hints: { ...hints, headers: headerNames },
    ...(channel && { notes: { channel: `#${channel.name}` } }),
  };
}

/** References to its secrets, with names of environment variables that nothing else has. */
function suggested(
  type: DestinationType,
  { displayName, headerNames }: { displayName: string; headerNames: string[] },
) {
  const variable = (...words: string[]) => ({
    env: ["DESTINATION", displayName, ...words].map(upper).join("_"),
  });
  const references = [...secretFields(type)].flatMap(([name, { headers }]) => {
    if (!headers) return [[name, variable(name)]];
    const ofHeaders = headerNames.toSorted().map((header) => [header, variable(header)]);
    return ofHeaders.length > 0 ? [[name, Object.fromEntries(ofHeaders)]] : [];
  });
  return Object.fromEntries(references);
}

/** `SOC_HOOKS` for `SOC hooks`, `ROUTING_KEY` for `routingKey`. */
function upper(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_");
  return words.replace(/^_+|_+$/g, "").toUpperCase();
}

/** Whether the file's channel is the current one: by id, name or link. */
function isSameChannel(wanted: unknown, current: Current): boolean {
  const reference = readChannel(String(wanted));
  if ("refused" in reference) return false;
  return reference.kind === "id"
    ? reference.id === current.values.channel
    : `#${reference.name}` === current.notes?.channel?.toLowerCase();
}
