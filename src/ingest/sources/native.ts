import { z } from "zod";
import { severities } from "../../alert/alert.ts";
import { jsonBytes, limits } from "../cut-to-limits.ts";
import { defaultPeriodMinutes, finishReport } from "../finish-report.ts";
import { readTime } from "../read-fields.ts";
import { type ParsedItem, parseFailure, type SourceKind } from "../source-kind.ts";

const maxPeriodMinutes = 7 * 24 * 60;
const expected = {
  name: "text that is not empty",
  period: `a whole number of minutes from 1 to ${maxPeriodMinutes}`,
  time: "an RFC 3339 time such as 2026-01-15T10:00:00Z",
  reports: 'an object of lists such as {"MITRE ATT&CK": ["T1110"]}',
  destinations: `a list of at most ${limits.destinations} names or ids, or "SKIP"`,
  context: `an object of at most ${limits.jsonBytes / 1024} KiB`,
} as const;

const text = z.string("text");
const name = z.string(expected.name).trim().min(1, expected.name);
const texts = z.array(text, "a list of texts");
const says = oneOf(["FIRING", "OPEN", "RESOLVED"], '"firing" or "resolved"');
const period = z.int(expected.period).min(1, expected.period).max(maxPeriodMinutes, expected.period);
const time = text.transform(readTime).refine((at) => at !== null, expected.time);

const detection = z.union(
  [
    name.transform((id) => ({ id, name: null })),
    z.object({ id: name, name: text.nullish() }, "an id, or an object with id and name"),
  ],
  "an id, or an object with id and name",
);

/** "SKIP" alone means no destination; a destination can't have this name. */
const destinations = z
  .preprocess(
    (given) => (typeof given === "string" && /^skip$/i.test(given) ? [given] : given),
    z.array(name, expected.destinations).max(limits.destinations, expected.destinations),
  )
  .transform((names) => (names.every((one) => /^skip$/i.test(one)) ? [] : names));

const payload = z.object(
  {
    title: name,
    severity: oneOf(severities, `one of ${severities.join(", ")}`),
    says: says.nullish(),
    status: says.nullish(),
    type: text.nullish(),
    detection: detection.nullish(),
    dedupString: text.nullish(),
    dedupPeriodMinutes: period.nullish(),
    logTypes: texts.nullish(),
    tags: texts.nullish(),
    reports: z.record(z.string(), texts, expected.reports).nullish(),
    description: text.nullish(),
    runbook: text.nullish(),
    reference: text.nullish(),
    context: z
      .record(z.string(), z.unknown(), expected.context)
      .refine((value) => jsonBytes(value) <= limits.jsonBytes, expected.context)
      .nullish(),
    destinations: destinations.nullish(),
    eventTime: time.nullish(),
    firstEventOccurredAt: time.nullish(),
    event: z.unknown().optional(),
    events: z.array(z.unknown(), "a list of events").nullish(),
  },
  "an object with title and severity",
);

/** Tocsin's own format (docs/sources.md). Refuses a field with a wrong value; unknown fields stay in the sample event. */
export const native: SourceKind = {
  kind: "native",
  label: "Tocsin (JSON)",
  setup:
    "Let your script post JSON to the URL, with the key in the header X-API-Key. A title and a severity are enough.",
  sample: { title: "A first report", severity: "LOW", description: "Sent with curl" },
  parse: parseNative,
};

function parseNative(given: unknown): ParsedItem[] {
  const read = payload.safeParse(given);
  if (!read.success) return [parseFailure(read.error)];
  const { event, events, dedupString, dedupPeriodMinutes, ...fields } = read.data;
  const report = finishReport({
    ...fields,
    says: (fields.says ?? fields.status) === "RESOLVED" ? "resolved" : "firing",
    identity: {
      kind: "windowed",
      dedupString: dedupString || fields.title,
      periodMinutes: dedupPeriodMinutes ?? defaultPeriodMinutes,
    },
    occurredAt: fields.firstEventOccurredAt ?? fields.eventTime,
    event: event ?? events?.slice(0, limits.samples) ?? given,
  });
  return [{ ok: true, report }];
}

function oneOf<const Word extends string>(words: readonly Word[], expected: string) {
  return z
    .string(expected)
    .transform((word) => word.trim().toUpperCase())
    .pipe(z.enum(words, expected));
}
