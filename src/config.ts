import { createSecretKey, type KeyObject } from "node:crypto";
import ipaddr from "ipaddr.js";

/** All settings, read once at the start. */
export interface Config {
  port: number;
  simulatorPort: number;
  /** Without a trailing slash. */
  publicUrl: string;
  /** Undefined for the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Undefined for the key file in `dataDir`. A KeyObject can't be logged by accident. */
  secretKey: KeyObject | undefined;
  /** Addresses and ranges whose `X-Forwarded-For` is trusted. */
  trustedProxies: string[];
  /** With a trailing slash. */
  slackApiUrl: string;
  /** Ranges of private addresses that Custom Webhooks may reach. */
  webhookAllowPrivate: string[];
  /** Undefined: no email is sent. */
  smtp: Smtp | undefined;
}

/** The mail server and the sender. */
export interface Smtp {
  /** Contains the password: must never be logged. */
  url: string;
  from: string;
}

interface SettingHelp {
  /** What a valid value looks like. */
  expected: string;
  /** Where to find a value, or how to create one. */
  hint: string;
  /** Even a wrong value must not be printed. */
  secret?: true;
}

const settingHelp = {
  PORT: { expected: "a port from 0 to 65535", hint: "use any free port of this machine, or 0 to take one" },
  SIMULATOR_PORT: {
    expected: "a port from 0 to 65535",
    hint: "use any free port of this machine, or 0 to take one",
  },
  PUBLIC_URL: {
    expected: "http:// or https:// and a host, without a path, such as https://tocsin.example.com",
    hint: "use the address that opens the Console, and that Slack calls in HTTP mode",
  },
  DATABASE_URL: {
    expected: "postgres://user:password@host:5432/database",
    hint: "ask the administrator or hosting provider of your PostgreSQL, or unset it to use the embedded one",
    secret: true,
  },
  DATA_DIR: { expected: "a folder", hint: "use any folder that this user can write to" },
  SECRET_KEY: {
    expected: "32 bytes in base64 or hex",
    hint: "create one with `openssl rand -base64 32`, store it with your passwords, and use it on all nodes",
    secret: true,
  },
  TRUSTED_PROXIES: {
    expected: "addresses or ranges separated by commas, such as 10.0.0.0/8,127.0.0.1",
    hint: "use the addresses from which your load balancer or reverse proxy connects to Tocsin",
  },
  SLACK_API_URL: {
    expected: "http:// or https:// up to the method's name, such as https://slack.com/api/",
    hint: "unset it, unless you reach Slack through a gateway or use the simulator",
  },
  WEBHOOK_ALLOW_PRIVATE: {
    expected: "addresses or ranges separated by commas, such as 10.1.0.0/16, or `true` for all",
    hint: "use the private networks whose machines receive webhooks, or unset it if there are none",
  },
  SMTP_URL: {
    expected:
      "smtp:// or smtps://user:password@host:port, with ?from=tocsin@example.com unless the sender is tocsin@ and the host of PUBLIC_URL",
    hint: "see the SMTP page of your mail provider or mail server, or unset it to send no email",
    secret: true,
  },
} satisfies Record<string, SettingHelp>;

type Name = keyof typeof settingHelp;
/** The environment variables that Tocsin reads. */
export const settingNames = Object.keys(settingHelp);

/**
 * Reads the settings from environment variables; empty ones count as unset. Throws one Error that lists all
 * faults.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const errors: string[] = [];
  const addError = (name: Name, what: string) => errors.push(settingError(name, what));
  function read<T>(name: Name, parse: (text: string) => T | undefined, fallback: T): T {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const value = parse(text);
    if (value === undefined) addError(name, "secret" in settingHelp[name] ? "is not valid" : `is "${text}"`);
    return value ?? fallback;
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
    addError("SECRET_KEY", "is missing, and DATABASE_URL needs it");
  if (errors.length > 0) throw new Error(["Some settings are invalid:", ...errors].join("\n"));
  return config;
}

function settingError(name: Name, what: string): string {
  return `  ${name} ${what}.\n    Expected: ${settingHelp[name].expected}.\n    Hint: ${settingHelp[name].hint}.`;
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

/** Takes our parameter `from` out of the URL; the rest is for the mail library. */
function parseSmtp(text: string, defaultFrom: string): Smtp | undefined {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) return undefined;
  const from = url.searchParams.get("from") ?? defaultFrom;
  url.searchParams.delete("from");
  return /^[^\s@<>]+@[^\s@<>]+$/.test(from) ? { url: url.href, from } : undefined;
}

function parsePostgres(text: string): string | undefined {
  return /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "") ? text : undefined;
}

/** Parses 32 bytes in hex, base64 or base64url; undefined otherwise. */
export function parseSecretKey(text: string): KeyObject | undefined {
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  // Buffer.from skips invalid characters, so a passphrase of the right length would be accepted.
  const isValid = /^([0-9a-f]{64}|[\w+/-]{43}=?)$/i.test(text);
  return isValid && bytes.length === 32 ? createSecretKey(bytes) : undefined;
}

function parseRanges(text: string): string[] | undefined {
  const ranges = text.split(",").map((range) => range.trim());
  return ranges.every((range) => ipaddr.isValid(range) || ipaddr.isValidCIDR(range)) ? ranges : undefined;
}

function parseAllowed(text: string): string[] | undefined {
  return text.toLowerCase() === "true" ? ["0.0.0.0/0", "::/0"] : parseRanges(text);
}
