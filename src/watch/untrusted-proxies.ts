import ipaddr from "ipaddr.js";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../db/tables/tables.ts";

const day = 24 * 60 * 60 * 1000;
/** More are not remembered; the one seen longest ago is forgotten. */
const maxRemembered = 20;

/** A peer that sends `X-Forwarded-For` and is not trusted, so that everybody behind it has its address. */
export interface UntrustedProxy {
  address: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

/** Remembers that a request came through such a peer. */
export async function rememberProxy(db: Kysely<Tables>, address: string, now: Date): Promise<void> {
  await db
    .insertInto("untrusted_proxies")
    .values({ address, first_seen_at: now, last_seen_at: now })
    .onConflict((same) => same.column("address").doUpdateSet({ last_seen_at: now }))
    .execute();
  await sql`
    delete from untrusted_proxies where address not in (
      select address from untrusted_proxies order by last_seen_at desc limit ${maxRemembered})`.execute(db);
}

/** Those of the last day that are still not trusted, by address. */
export async function listUntrustedProxies(
  db: Kysely<Tables>,
  { trustedProxies, now }: { trustedProxies: readonly string[]; now: Date },
): Promise<UntrustedProxy[]> {
  const proxies = await db
    .selectFrom("untrusted_proxies")
    .select(["address", "first_seen_at as firstSeenAt", "last_seen_at as lastSeenAt"])
    .where("last_seen_at", ">", new Date(now.getTime() - day))
    .orderBy("address")
    .execute();
  return proxies.filter(({ address }) => !isInRanges(address, trustedProxies));
}

/** What the warning says, and what to set. */
export function proxyAdvice(address: string, trustedProxies: readonly string[]): string {
  const setting = [...trustedProxies, address].join(",");
  return `${address} sends X-Forwarded-For but is not in TRUSTED_PROXIES, so everybody behind it counts as one address: limits, the audit log and tokens with CIDR ranges see only ${address}. If it is your own reverse proxy and sets that header itself, set TRUSTED_PROXIES=${setting} and restart Tocsin.`;
}

/** An IPv4 address mapped into IPv6 as IPv4. */
export function plainAddress(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

/** Whether a peer can only be in the same network as Tocsin, as a reverse proxy usually is. */
export function isNearby(address: string): boolean {
  return ipaddr.isValid(address) && nearbyRanges.has(ipaddr.process(address).range());
}

const nearbyRanges = new Set(["private", "uniqueLocal", "loopback", "linkLocal", "carrierGradeNat"]);

/** Whether an address is one of these addresses or in one of these ranges. */
function isInRanges(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const found = ipaddr.process(address);
  return ranges.some((range) => {
    if (!range.includes("/")) return plainAddress(range) === found.toString();
    const [network, bits] = ipaddr.parseCIDR(range);
    return network.kind() === found.kind() && found.match(network, bits);
  });
}
