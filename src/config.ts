import { createSecretKey, type KeyObject } from "node:crypto";
import ipaddr from "ipaddr.js";
import { type Exception, type Proxies, parseExceptions, parseProxy } from "./reach/proxies.ts";
import { type Env, openSettings, settingNames } from "./settings.ts";

/** All settings, read once at the start. */
export interface Config {
  port: number;
  /** The address to listen on; undefined for all. */
  host: string | undefined;
  simulatorPort: number;
  /** Without a trailing slash. */
  publicUrl: string;
  /** Undefined for the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  /** Where DATABASE_URL leads to a pooler: the address of PostgreSQL itself. */
  databaseDirectUrl: string | undefined;
  dataDir: string;
  /** Undefined for the key file in `dataDir`. A KeyObject can't be logged by accident. */
  secretKey: KeyObject | undefined;
  /** Addresses and ranges whose `X-Forwarded-For` is trusted. */
  trustedProxies: string[];
  /** With a trailing slash. */
  slackApiUrl: string;
  /** Ranges of private addresses that Custom Webhooks may reach. */
  webhookAllowPrivate: string[];
  /** The proxies for what leaves Tocsin. */
  proxies: Proxies;
  /** Undefined: no email is sent. */
  smtp: Smtp | undefined;
  /** Undefined: people sign in by password only. */
  oidc: Oidc | undefined;
}

/** The identity provider where people sign in by OpenID Connect (docs/sign-in.md). */
export interface Oidc {
  /** Exactly as the provider names itself. */
  issuer: string;
  clientId: string;
  /** Must never be logged. */
  clientSecret: string;
  /** The scopes to ask for, separated by spaces. */
  scopes: string;
  /** The claims that hold the groups of a person. */
  groupsClaims: string[];
  /** The role of each group; the first that fits a person counts. */
  roles: { group: string; role: string }[];
  /** How the button names the provider. */
  name: string;
  /** Nobody but the emergency admin signs in in another way. */
  only: boolean;
  /** The email of the emergency admin; undefined for the oldest admin with a password. */
  emergencyAdmin: string | undefined;
}

/** The mail server and the sender. */
export interface Smtp {
  /** Contains the password: must never be logged. */
  url: string;
  from: string;
}

/**
 * Reads the settings from environment variables; empty ones count as unset. Throws one Error that lists all
 * faults.
 */
export function readConfig(env: Env): Config {
  const settings = openSettings(env);
  const { read } = settings;
  const port = read("PORT", parsePort, 4000);
  const publicUrl = read("PUBLIC_URL", parsePublicUrl, `http://localhost:${port}`);
  const parseMail = (text: string) => parseSmtp(text, `tocsin@${new URL(publicUrl).hostname}`);
  const config = {
    port,
    host: read<string | undefined>("HOST", parseHost, undefined),
    simulatorPort: read("SIMULATOR_PORT", parsePort, 4001),
    publicUrl,
    databaseUrl: read<string | undefined>("DATABASE_URL", parsePostgres, undefined),
    databaseDirectUrl: read<string | undefined>("DATABASE_DIRECT_URL", parsePostgres, undefined),
    dataDir: read("DATA_DIR", (text) => text, "./data"),
    secretKey: read<KeyObject | undefined>("SECRET_KEY", parseSecretKey, undefined),
    trustedProxies: read("TRUSTED_PROXIES", parseRanges, []),
    slackApiUrl: read("SLACK_API_URL", parseApi, "https://slack.com/api/"),
    webhookAllowPrivate: read("WEBHOOK_ALLOW_PRIVATE", parseAllowed, []),
    proxies: {
      https: read<URL | null>("HTTPS_PROXY", parseProxy, null),
      http: read<URL | null>("HTTP_PROXY", parseProxy, null),
      exceptions: read<Exception[]>("NO_PROXY", parseExceptions, []),
    },
    smtp: read<Smtp | undefined>("SMTP_URL", parseMail, undefined),
    oidc: readOidc(settings),
  };
  settings.need(["SECRET_KEY"], "DATABASE_URL");
  settings.need(["DATABASE_URL"], "DATABASE_DIRECT_URL");
  if (settings.errors.length > 0)
    throw new Error(["Some settings are invalid:", ...settings.errors].join("\n"));
  return config;
}

function readOidc({ read, isSet, need }: ReturnType<typeof openSettings>): Oidc | undefined {
  const anySet = settingNames.find((name) => name.startsWith("OIDC_") && isSet(name));
  need(["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLES"], anySet);
  const oidc = {
    issuer: read("OIDC_ISSUER", parseIssuer, ""),
    clientId: read("OIDC_CLIENT_ID", (text) => text, ""),
    clientSecret: read("OIDC_CLIENT_SECRET", (text) => text, ""),
    scopes: read("OIDC_SCOPES", parseScopes, "openid email profile"),
    groupsClaims: read("OIDC_GROUPS_CLAIM", splitAtCommas, ["groups"]),
    roles: read("OIDC_ROLES", parseRoles, []),
    name: read("OIDC_NAME", (text) => (text.length <= 40 ? text : undefined), "SSO"),
    only: read("OIDC_ONLY", parseBoolean, false),
    emergencyAdmin: read<string | undefined>("OIDC_EMERGENCY_ADMIN", parseEmail, undefined),
  };
  return anySet && oidc;
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

/** An address, with brackets or without, or a name such as localhost. */
function parseHost(text: string): string | undefined {
  const host = text.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(host) || /^[a-z][a-z0-9.-]*$/i.test(host) ? host : undefined;
}

/** An origin, with a path of plain segments if wanted. */
function parsePublicUrl(text: string): string | undefined {
  const url = parseHttp(text.replace(/\/+$/, ""));
  const path = url?.pathname === "/" ? "" : url?.pathname;
  const isPlain = url && path !== undefined && url.href === `${url.origin}${path || "/"}`;
  return isPlain && /^(\/[\w~.-]+)*$/.test(path) ? `${url.origin}${path}` : undefined;
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
  return parseEmail(from) ? { url: url.href, from } : undefined;
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

/** Plain http only on this machine. Issuers of many tenants let each of their admins claim any email. */
function parseIssuer(text: string): string | undefined {
  const url = parseHttp(text);
  if (!url || url.search || url.hash || url.username) return undefined;
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !isLocal) return undefined;
  const isShared = url.hostname === "login.microsoftonline.com" && !/^\/[\w-]*[-.]/.test(url.pathname);
  return isShared ? undefined : text.replace(/\/\.well-known\/openid-configuration$/, "");
}

function parseScopes(text: string): string | undefined {
  const scopes = text.split(/[\s,]+/);
  return scopes.includes("openid") ? scopes.join(" ") : undefined;
}

/** A comma that belongs to a value is written as `\,`. */
function splitAtCommas(text: string): string[] | undefined {
  const parts = text.split(/(?<!\\),/).map((part) => part.replaceAll("\\,", ",").trim());
  return parts.every(Boolean) ? parts : undefined;
}

/** The names of groups may contain `=`, those of roles don't. */
function parseRoles(text: string): Oidc["roles"] | undefined {
  const pairs = splitAtCommas(text)?.map((pair) => /^(.+?)\s*=\s*([^=]+)$/s.exec(pair));
  const roles = pairs?.flatMap((pair) => (pair?.[1] && pair[2] ? [{ group: pair[1], role: pair[2] }] : []));
  return roles?.length === pairs?.length ? roles : undefined;
}

function parseBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

function parseEmail(text: string): string | undefined {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text) ? text : undefined;
}

function parseRanges(text: string): string[] | undefined {
  const ranges = text.split(",").map((range) => range.trim());
  return ranges.every((range) => ipaddr.isValid(range) || ipaddr.isValidCIDR(range)) ? ranges : undefined;
}

function parseAllowed(text: string): string[] | undefined {
  return text.toLowerCase() === "true" ? ["0.0.0.0/0", "::/0"] : parseRanges(text);
}
