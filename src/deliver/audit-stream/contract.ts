import { X509Certificate } from "node:crypto";
import { z } from "zod";

/** By which way the audit log is sent on. */
export const streamKinds = ["webhook", "syslog"] as const;
export type StreamKind = (typeof streamKinds)[number];

export const streamParams = z.object({ kind: z.enum(streamKinds) });

/** An empty URL or secret keeps the stored one; without a stored secret Tocsin generates one. */
export const webhookStream = z.strictObject({
  url: z.string().trim().max(2000).default(""),
  secret: z.union([z.literal(""), z.string().min(8, "at least 8 characters").max(500)]).default(""),
});

export const syslogStream = z.strictObject({
  host: z
    .string()
    .trim()
    .max(253)
    .regex(/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/i, "a host name or an IP address"),
  port: z.number().int().min(1).max(65_535).default(6514),
  /** PEM certificates of the only authorities to trust; null for the usual ones. */
  ca: z
    .string()
    .trim()
    .max(50_000)
    .refine(isCertificates, "one or more certificates in PEM")
    .nullable()
    .default(null),
});

function isCertificates(text: string): boolean {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return found.length > 0 && found.every((pem) => new X509Certificate(pem).subject !== undefined);
  } catch {
    return false;
  }
}

export const auditStreamBody = z
  .object({
    kind: z.enum(streamKinds),
    /** Where entries go: the origin of a webhook, or host and port. */
    place: z.string(),
    /** The settings of syslog; null for a webhook, whose URL is a secret. */
    syslog: z.object({ host: z.string(), port: z.number().int(), ca: z.string().nullable() }).nullable(),
    /** Null while it works. */
    fault: z
      .object({ code: z.string(), remedy: z.string(), since: z.iso.datetime(), nextTryAt: z.iso.datetime() })
      .nullable(),
    /** How many entries have not been sent yet. */
    waiting: z.number().int(),
    lastSentAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "AuditStream" });
export type AuditStreamBody = z.infer<typeof auditStreamBody>;

/** The generated signing secret of a webhook, which is shown once. */
export const savedStream = auditStreamBody
  .extend({ secret: z.string().nullable() })
  .meta({ id: "SavedAuditStream" });
export type SavedStream = z.infer<typeof savedStream>;

export const streamTested = z.object({ place: z.string() }).meta({ id: "AuditStreamTested" });
