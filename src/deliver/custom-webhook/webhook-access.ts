import { lookup } from "node:dns/promises";
import { z } from "zod";
import type { Database } from "../../db/connect.ts";
import { type Vault, webhookPurpose } from "../../secrets/vault.ts";
import { post, type Resolve, usableAddresses } from "../events/post.ts";
import { eventBody, sign, type WebhookEvent } from "./event-body.ts";

/** Access to the receivers of Custom Webhooks. */
export interface WebhookAccess {
  /** Sends an event with the destination's current settings. Throws a `WebhookFault` unless it was accepted. */
  send(destinationId: string, event: WebhookEvent): Promise<void>;
  /** Throws a `WebhookFault` if events may not be sent there, another error if the host can't be resolved. */
  check(url: URL): Promise<void>;
  vault: Vault;
}

interface Parts {
  db: Database;
  vault: Vault;
  /** Private ranges from WEBHOOK_ALLOW_PRIVATE. */
  allowed: readonly string[];
  clock: () => Date;
  /** Resolves host names; the system's resolver by default. */
  resolve?: Resolve | undefined;
}

const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/** URL and secrets are read for each event, so that a change applies from the next event on. */
export function openWebhookAccess({
  db,
  vault,
  allowed,
  clock,
  resolve = systemResolve,
}: Parts): WebhookAccess {
  const rules = { allowed, resolve };
  return {
    vault,
    async check(url) {
      await usableAddresses(url.hostname, { ...rules, encrypted: url.protocol === "https:" });
    },
    async send(destinationId, event) {
      const { url, headers, secret } = await readTarget(db, vault, destinationId);
      const body = JSON.stringify(eventBody(event));
      const timestamp = Math.floor(clock().getTime() / 1000);
      const tocsinHeaders = {
        "content-type": "application/json",
        "user-agent": "Tocsin",
        "x-tocsin-event": event.kind,
        "x-tocsin-event-id": event.id,
        "x-tocsin-delivery": event.deliveryId,
        "x-tocsin-timestamp": `${timestamp}`,
        "x-tocsin-signature": sign(body, { timestamp, secret }),
      };
      await post({ url, headers: { ...headers, ...tocsinHeaders }, body }, rules);
    },
  };
}

async function readTarget({ kysely }: Database, vault: Vault, id: string) {
  const { url, headers, secret } = await kysely
    .selectFrom("webhooks")
    .select(["url", "headers", "secret"])
    .where("destination_id", "=", id)
    .executeTakeFirstOrThrow();
  return {
    url,
    headers: unsealHeaders(vault, id, headers),
    secret: vault.unseal(secret, webhookPurpose("secret", id)),
  };
}

const stored = z.record(z.string(), z.string());

/** The headers that people set for a webhook, with their values. */
export function unsealHeaders(vault: Vault, destinationId: string, sealed: Buffer): Record<string, string> {
  return stored.parse(JSON.parse(vault.unseal(sealed, webhookPurpose("headers", destinationId))));
}
