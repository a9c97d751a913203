import { createSecretKey, type KeyObject } from "node:crypto";
import ipaddr from "ipaddr.js";

/** Every setting, read once at the start. */
export interface Config {
  port: number;
  simulatorPort: number;
  /** Without a slash at its end. */
  publicUrl: string;
  /** Undefined: an embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Undefined: a key file in `dataDir`. A KeyObject, since one can't be logged by accident. */
  secretKey: KeyObject | undefined;
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  /** With a slash at its end. */
  slackApiUrl: string;
  /** Ranges of private addresses that Custom Webhooks may reach. */
  webhookAllowPrivate: string[];
  /** Undefined: no mail is sent. */
  smtp: Smtp | undefined;
}

/** How mail goes out, and as whom. */
export interface Smtp {
  /** Holds the password: never to be logged. */
  url: string;
  from: string;
}

interface About {
  /** What a right value looks like. */
  right: string;
  /** Where to find or how to make one. */
  where: string;
  /** True where even a wrong value must not be printed. */
  secret?: true;
}

const about = {
  PORT: { right: "a port from 0 to 65535", where: "any free port of this machine; 0 takes one" },
  SIMULATOR_PORT: { right: "a port from 0 to 65535", where: "any free port of this machine; 0 takes one" },
  PUBLIC_URL: {
    right: "http:// or https://, a host, and nothing behind it, as https://tocsin.example.com",
    where: "what people type to open the Console, and what Slack calls in HTTP mode",
  },
  DATABASE_URL: {
    right: "postgres://user:password@host:5432/database",
    where: "your PostgreSQL's administrator or hosting page; leave it out to use the embedded one",
    secret: true,
  },
  DATA_DIR: { right: "a folder", where: "any folder that this user may write to" },
  SECRET_KEY: {
    right: "32 bytes in base64 or hex",
    where: "make one with `openssl rand -base64 32` and keep it where you keep passwords: all nodes share it",
    secret: true,
  },
  TRUSTED_PROXIES: {
    right: "addresses or ranges with commas between them, as 10.0.0.0/8,127.0.0.1",
    where: "the addresses from which your load balancer or reverse proxy connects to Tocsin",
  },
  SLACK_API_URL: {
    right: "http:// or https:// up to the method's name, as https://slack.com/api/",
    where: "leave it out, unless Slack is reached through a gateway or is the simulator",
  },
  WEBHOOK_ALLOW_PRIVATE: {
    right: "addresses or ranges with commas between them, as 10.1.0.0/16, or `true` for all",
    where: "the networks of your own whose machines take Custom Webhooks; leave it out if there are none",
  },
  SMTP_URL: {
    right:
      "smtp:// or smtps://user:password@host:port, and ?from=tocsin@example.com if it isn't tocsin@ and PUBLIC_URL's host",
    where: "your mail provider's or mail server's page on sending by SMTP; leave it out to send no mail",
    secret: true,
  },
} satisfies Record<string, About>;

type Name = keyof typeof about;
/** The environment variables that mean something to Tocsin. */
export const settingNames = Object.keys(about);

/** Reads the environment; an empty variable counts as unset. Throws one error that lists all that is wrong. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const wrong: string[] = [];
  const say = (name: Name, what: string) => wrong.push(complaint(name, what));
  function read<T>(name: Name, parse: (text: string) => T | undefined, otherwise: T): T {
    const text = env[name]?.trim();
    if (!text) return otherwise;
    const value = parse(text);
    if (value === undefined) say(name, "secret" in about[name] ? "is not valid" : `is "${text}"`);
    return value ?? otherwise;
  }

  const port = read("PORT", parsePort, 4000);
  const publicUrl = read("PUBLIC_URL", parseOrigin, `http://localhost:${port}`);
  const parseMail = (text: string) => parseSmtp(text, `tocsin@${new URL(publicUrl).hostname}`);
  const config = {
    port,
    simulatorPort: read("SIMULATOR_PORT", parsePort, 4001),
    publicUrl,
    databaseUrl: read<string | undefined>("DATABASE_URL", parsePostgres, undefined),
    dataDir: read("DATA_DIR", (text) => text, "./data"),
    secretKey: read<KeyObject | undefined>("SECRET_KEY", parseSecretKey, undefined),
    trustedProxies: read("TRUSTED_PROXIES", parseRanges, []),
    slackApiUrl: read("SLACK_API_URL", parseApi, "https://slack.com/api/"),
    webhookAllowPrivate: read("WEBHOOK_ALLOW_PRIVATE", parseAllowed, []),
    smtp: read<Smtp | undefined>("SMTP_URL", parseMail, undefined),
  };
  if (env.DATABASE_URL?.trim() && !env.SECRET_KEY?.trim())
    say("SECRET_KEY", "is missing, and DATABASE_URL needs it");
  if (wrong.length > 0) throw new Error(["The settings can't be used:", ...wrong].join("\n"));
  return config;
}

function complaint(name: Name, what: string): string {
  return `  ${name} ${what}.\n    Right would be: ${about[name].right}.\n    Where from: ${about[name].where}.`;
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function parseOrigin(text: string): string | undefined {
  const url = parseHttp(text);
  return url && url.href === `${url.origin}/` ? url.origin : undefined;
}

function parseApi(text: string): string | undefined {
  const url = parseHttp(text.endsWith("/") ? text : `${text}/`);
  return url && !url.search && !url.hash ? url.href : undefined;
}

function parseHttp(text: string): URL | undefined {
  const url = URL.parse(text);
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

/** `from` is ours: everything else in the address is the mail library's. */
function parseSmtp(text: string, usualFrom: string): Smtp | undefined {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) return undefined;
  const from = url.searchParams.get("from") ?? usualFrom;
  url.searchParams.delete("from");
  return /^[^\s@<>]+@[^\s@<>]+$/.test(from) ? { url: url.href, from } : undefined;
}

function parsePostgres(text: string): string | undefined {
  return /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "") ? text : undefined;
}

/** Reads 32 bytes in hex, base64 or base64url; undefined if it is something else. */
export function parseSecretKey(text: string): KeyObject | undefined {
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  // Buffer.from skips what is not base64, so a passphrase of the right length would pass without this.
  const whole = /^([0-9a-f]{64}|[\w+/-]{43}=?)$/i.test(text);
  return whole && bytes.length === 32 ? createSecretKey(bytes) : undefined;
}

function parseRanges(text: string): string[] | undefined {
  const ranges = text.split(",").map((range) => range.trim());
  return ranges.every((range) => ipaddr.isValid(range) || ipaddr.isValidCIDR(range)) ? ranges : undefined;
}

function parseAllowed(text: string): string[] | undefined {
  return text.toLowerCase() === "true" ? ["0.0.0.0/0", "::/0"] : parseRanges(text);
}
