import { z } from "zod";
import { commonChange, type DestinationChange } from "../contract.ts";
import { destinationTypes } from "../destination-types.ts";

/** What every destination has, and what its type adds. */
export const destinationBody = union(destinationTypes.map(({ contract }) => contract.body)).meta({
  id: "Destination",
});

export const newDestination = union(destinationTypes.map(({ contract }) => contract.create));

/**
 * What a change of any type may hold. The type of the destination decides which of its own settings are allowed, and
 * whether they are right.
 */
export const destinationChange: z.ZodType<DestinationChange> = z.strictObject({
  ...commonChange.shape,
  ...settingsOfAllTypes(),
});

const secretNames = new Set(
  destinationTypes.flatMap(({ about }) =>
    about.fields.flatMap(({ name, input }) => (input === "secret" || input === "headers" ? [name] : [])),
  ),
);

/** Whether a new destination or a change holds a secret. */
export function givesSecret(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  return Object.entries(body).some(([name, value]) => secretNames.has(name) && holdsText(value));
}

function holdsText(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsText);
  return typeof value === "string" && value !== "";
}

/** The settings of all types by name. Where types share a name, either's value is taken here. */
function settingsOfAllTypes(): Record<string, z.ZodType> {
  const schemas = new Map<string, z.ZodType[]>();
  for (const { contract } of destinationTypes)
    for (const [name, schema] of Object.entries(contract.change.shape))
      if (schema instanceof z.ZodType) schemas.set(name, [...(schemas.get(name) ?? []), schema]);
  const merged = [...schemas].map(([name, [first, ...others]]): [string, z.ZodType] => {
    const any = first && others.length > 0 ? z.union([first, ...others]) : (first ?? z.never());
    return [name, any.optional()];
  });
  return Object.fromEntries(merged);
}

function union<T extends z.core.$ZodTypeDiscriminable>(schemas: readonly T[]) {
  const [first, ...others] = schemas;
  if (!first) throw new Error("there is no destination type");
  return z.discriminatedUnion("type", [first, ...others]);
}
