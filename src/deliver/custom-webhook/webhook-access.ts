import { lookup } from "node:dns/promises";
import { z } from "zod";
import type { Database } from "../../db/connect.ts";
import { type Vault, webhookPurpose } from "../../secrets/vault.ts";
import { post, type Resolve, usableAddresses } from "../events/post.ts";
import { eventBody, sign, type WebhookEvent } from "./event-body.ts";

/** How the rest of Tocsin speaks to the receivers of Custom Webhooks. */
export interface WebhookAccess {
  /** Sends an event to a destination as it is set up now. Throws a `WebhookFault` unless it was taken. */
  send(destinationId: string, event: WebhookEvent): Promise<void>;
  /** Throws a `WebhookFault` if the address leads to where nothing may be sent, another error if nowhere. */
  check(url: URL): Promise<void>;
  vault: Vault;
}

interface Parts {
  db: Database;
  vault: Vault;
  /** Private ranges that the settings allow. */
  allowed: readonly string[];
  clock: () => Date;
  /** How names become addresses; the system's way unless given. */
  resolve?: Resolve | undefined;
}

const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/** Reads the stored address and secrets at each use, so that a change counts from the next event on. */
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
      const ours = {
        "content-type": "application/json",
        "user-agent": "Tocsin",
        "x-tocsin-event": event.kind,
        "x-tocsin-event-id": event.id,
        "x-tocsin-delivery": event.deliveryId,
        "x-tocsin-timestamp": `${timestamp}`,
        "x-tocsin-signature": sign(body, { timestamp, secret }),
      };
      await post({ url, headers: { ...headers, ...ours }, body }, rules);
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

/** The own headers of a webhook, with their values. */
export function unsealHeaders(vault: Vault, destinationId: string, sealed: Buffer): Record<string, string> {
  return stored.parse(JSON.parse(vault.unseal(sealed, webhookPurpose("headers", destinationId))));
}
