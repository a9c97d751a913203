import { z } from "zod";
import { severities } from "../../alert/severity.ts";

const mention = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("here") }),
    z.strictObject({
      kind: z.literal("group"),
      /** A user group's id in Slack: it begins with S. */
      id: z.string().regex(/^S[A-Z0-9]{2,30}$/, "the id of a user group, as S0123ABCD"),
      /** As people know it; what is posted is the id. */
      name: z.string().trim().min(1).max(80),
    }),
  ])
  .meta({ id: "Mention" });

const aWeek = 7 * 24 * 60;

const reminder = z
  .strictObject({
    /** Since the card came, or since the alert was reopened or given back. */
    afterMinutes: z.number().int().min(1).max(aWeek),
    /** Again after each such time. */
    repeat: z.boolean(),
  })
  .meta({ id: "Reminder" });

/** Whom new cards call and when threads remind, by severity; nobody and never where nothing stands. */
export const beingHeard = {
  mentions: z.partialRecord(z.enum(severities), mention),
  reminders: z.partialRecord(z.enum(severities), reminder),
};
