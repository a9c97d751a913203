import { z } from "zod";
import { alertTypes, severities } from "../alert/alert.ts";
import { listParam } from "../api/page.ts";

/** One setting of a destination type, as the Console draws it. */
const field = z
  .object({
    /** Its name in the API. */
    name: z.string(),
    label: z.string(),
    /** What the value does. */
    hint: z.string(),
    /** The hint while a stored value is edited, where it differs. */
    editHint: z.string().optional(),
    placeholder: z.string().optional(),
    required: z.boolean(),
    /**
     * A secret that is the address to which the others are sent: if its origin changes, they have to be entered again. Its
     * hint is the address without its path.
     */
    address: z.boolean().optional(),
    /** A `secret` can be set but never read: when it is edited, an empty value keeps it. `list` holds texts. */
    input: z.enum(["text", "secret", "list", "headers", "switch", "choice"]),
    options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
    /** What a `switch` or `choice` is before somebody chooses. */
    initial: z.union([z.string(), z.boolean()]).optional(),
    /** What the destination's summary says while a `switch` is on and off. */
    summary: z.object({ on: z.string(), off: z.string() }).optional(),
  })
  .meta({ id: "DestinationField" });
export type Field = z.infer<typeof field>;

const about = z.object({
  /** What people call the type. */
  name: z.string(),
  /** One phrase on what it does with an alert. */
  summary: z.string(),
  /** An icon of the Console. */
  icon: z.enum(["hash", "plug", "bell", "people", "mail"]),
  /** Set up in steps of its own, not in the form that `fields` describe. */
  wizard: z.boolean(),
  fields: z.array(field),
  /** What the timezone is used for; null for a type without times of its own. */
  timezoneHint: z.string().nullable(),
  /** The button that sends a test, and what it says afterwards; `{place}` is where the test went. */
  test: z.object({ action: z.string(), sent: z.string(), failed: z.string() }),
  /** How a generated secret is introduced, the one time that it is shown. */
  secret: z.object({ label: z.string(), hint: z.string() }).optional(),
});
export type About = z.infer<typeof about>;

/** A destination type that can be created. */
export const destinationTypeBody = about
  .extend({
    type: z.string(),
    /** Why none can be created now, and what to do. */
    unavailable: z.string().nullable(),
  })
  .meta({ id: "DestinationType" });
export type DestinationTypeBody = z.infer<typeof destinationTypeBody>;

const destinationState = z.object({
  kind: z.enum(["ok", "needs_attention", "disabled"]),
  /** Slack's error code, for example `not_in_channel`, or the code of another fault. */
  fault: z.string().optional(),
  /** What the fault means and what to do about it, as text. */
  remedy: z.string().optional(),
});

const aWeek = 7 * 24 * 60;

/** Where alerts also go on which nobody acts. */
const escalation = z
  .strictObject({
    /** The id of the other destination. */
    to: z.uuid(),
    /** Minutes without an action, by severity. Alerts of other severities don't go there. */
    afterMinutes: z
      .partialRecord(z.enum(severities), z.number().int().min(1).max(aWeek))
      .refine((minutes) => Object.keys(minutes).length > 0, "set the minutes of at least one severity"),
  })
  .meta({ id: "Escalation" });

/** The fields of every destination. */
export const commonBody = {
  id: z.string(),
  displayName: z.string(),
  severities: z.array(z.enum(severities)),
  alertTypes: z.array(z.enum(alertTypes)),
  logTypes: z.array(z.string()),
  timezone: z.string(),
  escalation: escalation.nullable(),
  /** Where its messages go: `#security`, a host, an address. */
  place: z.string(),
  state: destinationState,
  waiting: z.number().int(),
  failed: z.number().int(),
  /** When the oldest waiting delivery was created. */
  oldestWaitingAt: z.iso.datetime().nullable(),
  lastDeliveredAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
};

/** The fields in which every destination is created. */
export const commonSettings = {
  displayName: z.string().trim().min(1).max(100),
  severities: z.array(z.enum(severities)).min(1, "choose at least one severity"),
  alertTypes: z.array(z.enum(alertTypes)).min(1, "choose at least one alert type"),
  logTypes: z.array(z.string().trim().min(1).max(1000)).max(500),
  timezone: z.string().refine(isTimezone, "must be an IANA time zone, for example Europe/Berlin"),
  escalation: escalation.nullable(),
};

export const newDestinationFields = {
  ...commonSettings,
  logTypes: commonSettings.logTypes.default([]),
  escalation: commonSettings.escalation.default(null),
};

export const commonChange = z.object({ ...commonSettings, enabled: z.boolean() }).partial();

/** The settings of a destination's type are beside the common fields. */
interface OfType {
  type: string;
  [setting: string]: unknown;
}
/** What the API says of a destination of any type. */
export type DestinationBody = z.infer<z.ZodObject<typeof commonBody>> & OfType;
/** A destination to create, once defaults are applied. */
export type DestinationWish = z.infer<z.ZodObject<typeof newDestinationFields>> & OfType;
/** The same before defaults are applied. */
export type NewDestination = Omit<NewFields, "timezone"> & { timezone?: string | undefined } & OfType;
type NewFields = z.input<z.ZodObject<typeof newDestinationFields>>;
export type DestinationChange = z.infer<typeof commonChange> & { [setting: string]: unknown };

/** The filters of a destination. Without a severity or a type no alert matches; without log types all do. */
export const overlapQuery = z.strictObject({
  severities: listParam(z.enum(severities)).default([]),
  alertTypes: listParam(z.enum(alertTypes)).default([]),
  logTypes: listParam(z.string().max(1000)).default([]),
  /** The destination that is being edited, left out of the result. */
  except: z.uuid().optional(),
  /** The name or ID of the destination's channel. */
  channel: z.string().trim().max(500).optional(),
});

export const overlapBody = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      /** How many alerts of the last 7 days would have gone to both. */
      alerts: z.number().int(),
    }),
  ),
});
export type OverlapBody = z.infer<typeof overlapBody>;

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
