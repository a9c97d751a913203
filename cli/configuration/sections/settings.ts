import { z } from "zod";
import { settingsBody, settingsChange } from "../../../src/triage/contract.ts";
import type { Section } from "../section.ts";

/** Null would restore a default that the file doesn't show, so only a setting that can be off takes it. */
const nullable = new Set(["maxTokenDays"]);

const shape = Object.entries(settingsChange.shape).map(([name, schema]): [string, z.ZodType] => {
  const given = schema.unwrap();
  const whole = given instanceof z.ZodNullable && !nullable.has(name) ? given.unwrap() : given;
  if (!(whole instanceof z.ZodType)) throw new Error(`the schema of ${name} is not a whole one`);
  return [name, whole.optional()];
});

/** The settings of the installation: one thing, which always exists. */
export const settings: Section = {
  name: "settings",
  one: "settings",
  about: "Settings of the whole installation.",
  item: z.strictObject(Object.fromEntries(shape)),
  path: "/settings",
  nameField: null,
  identity: () => "settings",
  title: () => "",
  fixed: [],
  sets: [],
  needs: [],
  async read(api) {
    return [{ id: "", values: settingsBody.parse(await api.call("GET", "/settings")) }];
  },
  references: () => [],
  body: (values) => values,
  removal: null,
};
