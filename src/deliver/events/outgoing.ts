import { lookup } from "node:dns/promises";
import type { TLSSocket } from "node:tls";
import type { Smtp } from "../../config.ts";
import type { Pace } from "../../pace.ts";
import type { Reach } from "../../reach/reach.ts";
import type { Vault } from "../../secrets/vault.ts";
import { type Mailer, openMailer } from "../email/mailer.ts";
import { checkProxied } from "./addresses/proxied-address.ts";
import { type Resolve, usableAddresses } from "./addresses/usable-addresses.ts";
import { connectTls, type TlsAddress } from "./connect-tls.ts";
import { type Answer, get, type Post, post } from "./post.ts";

/** The ways out of Tocsin for events. */
export interface Outgoing {
  vault: Vault;
  clock: () => Date;
  /** Sends one POST. Throws an `EventFault` without an answer; an answer of any status is returned. */
  post(request: Post): Promise<Answer>;
  /** Sends one GET, and keeps the first 16 KiB of the answer. Throws as `post` does. */
  get(request: { url: string }): Promise<Answer>;
  /** Throws an `EventFault` if events may not be sent there, another error if the host can't be resolved. */
  check(url: URL): Promise<void>;
  /** Opens a TLS connection to where events may be sent; throws an `EventFault` if it can't. */
  connectTls(to: TlsAddress): Promise<TLSSocket>;
  /** Null without SMTP_URL. */
  mail: Mailer | null;
}

interface Parts {
  vault: Vault;
  clock: () => Date;
  pace: Pick<Pace, "eventAnswer">;
  /** Private ranges from WEBHOOK_ALLOW_PRIVATE. */
  allowed: readonly string[];
  smtp: Smtp | undefined;
  reach: Pick<Reach, "proxyOf">;
  /** Resolves host names; the system's resolver by default. */
  resolve?: Resolve | undefined;
  /** Servers of tests in place of the real ones: origins by host. */
  doubles?: Readonly<Record<string, string>> | undefined;
}

const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/** Every request checks the address that it connects to, since people choose most of them. */
export function openOutgoing({
  vault,
  clock,
  pace,
  allowed,
  smtp,
  reach: { proxyOf },
  resolve = systemResolve,
  doubles = {},
}: Parts): Outgoing {
  const rules = { allowed, resolve, proxyOf, timeoutMs: pace.eventAnswer * 1000 };
  const placeOf = (url: string) => {
    const { host, pathname, search } = new URL(url);
    const double = doubles[host];
    return double ? `${double}${pathname}${search}` : url;
  };
  return {
    vault,
    clock,
    async check(url) {
      const check = { ...rules, encrypted: url.protocol === "https:" };
      await (proxyOf(url) ? checkProxied(url.hostname, check) : usableAddresses(url.hostname, check));
    },
    post: ({ url, ...request }) => post({ ...request, url: placeOf(url) }, rules),
    connectTls: (to) => connectTls(to, rules),
    get: ({ url }) => get({ url: placeOf(url) }, rules),
    mail: smtp ? openMailer(smtp, proxyOf) : null,
  };
}
