import { createHmac } from "node:crypto";

/** The signature of a body sent at `timestamp` (seconds since 1970): what a receiver computes and compares. */
export function sign(body: string, { timestamp, secret }: { timestamp: number; secret: string }): string {
  return `v1=${createHmac("sha256", secret).update(`v1:${timestamp}:${body}`).digest("hex")}`;
}
