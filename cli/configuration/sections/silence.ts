import { z } from "zod";
import { isUnconditional } from "../../../src/alert/silence.ts";
import { newSilence, silenceBody } from "../../../src/silence/contract.ts";
import type { Section } from "../section.ts";
import { sourceReference } from "./source.ts";

const { reason, detection, title, severities, fields, alsoCritical, until } = newSilence.shape;

const item = z
  .strictObject({
    reason,
    until: until.unwrap(),
    /** The source's name. */
    source: z.string().trim().min(1).nullable().default(null),
    detection,
    title,
    severities,
    fields,
    alsoCritical,
  })
  .refine(
    (values) => !isUnconditional(values),
    "needs a detection, a source, a title, severities or a field",
  );

/** Silences that run. What one covers can't change: another condition makes another silence. */
export const silences: Section = {
  name: "silences",
  one: "silence",
  about: "Silences that run. One whose end has come is left alone.",
  item,
  path: "/silences",
  nameField: null,
  identity: ({ source, detection, title, severities, fields }) =>
    JSON.stringify([source, detection, title, z.array(z.string()).parse(severities).toSorted(), fields]),
  title: ({ reason: why }) => String(why),
  fixed: [],
  sets: ["severities"],
  needs: ["sources"],
  uncompared: ["source", "detection", "title", "severities", "fields"],
  async read(api, names) {
    const found = (await api.list("/silences?state=running")).map((body) => silenceBody.parse(body));
    // Of two that cover the same, the longer one is in the file.
    const ordered = found.toSorted((one, other) => other.endsAt.localeCompare(one.endsAt));
    return ordered.flatMap(({ id, source, endsAt, ...silence }) => {
      const name = source && names.nameOf("source", source.id);
      if (source && name === null) return [];
      const values = {
        reason: silence.reason,
        until: endsAt,
        source: name,
        detection: silence.detection?.id ?? null,
        title: silence.title,
        severities: silence.severities,
        fields: silence.fields,
        alsoCritical: silence.alsoCritical,
      };
      return [{ id, values }];
    });
  },
  references: (values) => sourceReference(values, ["source"]),
  body: ({ source, ...values }, { names }, current) => ({
    ...values,
    ...(!current && { source: typeof source === "string" ? names.idOf("source", source) : null }),
  }),
  skips: ({ until: end }, now) => (new Date(String(end)) <= now ? `it was over at ${String(end)}` : null),
  removal: "it ends now; its alerts are announced when they are reported again",
};
