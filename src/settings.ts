import { readFileSync } from "node:fs";

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
  HOST: {
    expected: "an address of this machine, such as 127.0.0.1, ::1 or 10.0.0.5",
    hint: "unset it to listen on all addresses, IPv6 and IPv4",
  },
  SIMULATOR_PORT: {
    expected: "a port from 0 to 65535",
    hint: "use any free port of this machine, or 0 to take one",
  },
  PUBLIC_URL: {
    expected:
      "http:// or https:// and a host, such as https://tocsin.example.com, with a path if wanted, such as https://example.com/tocsin",
    hint: "use the address that opens the Console, and that Slack calls in HTTP mode",
  },
  DATABASE_URL: {
    expected: "postgres://user:password@host:5432/database",
    hint: "ask the administrator or hosting provider of your PostgreSQL, or unset it to use the embedded one",
    secret: true,
  },
  DATABASE_DIRECT_URL: {
    expected: "postgres://user:password@host:5432/database, of the same database",
    hint: "use the address of PostgreSQL itself if DATABASE_URL leads to a pooler such as PgBouncer, else unset it",
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
  HTTPS_PROXY: {
    expected: "http:// or https://host:port, with user:password@ before the host if the proxy asks for them",
    hint: "use the address of the proxy through which this machine reaches the internet, or unset it if there is none",
    secret: true,
  },
  HTTP_PROXY: {
    expected: "http:// or https://host:port, with user:password@ before the host if the proxy asks for them",
    hint: "use the proxy for addresses that begin with http://, which are rare; Slack needs HTTPS_PROXY",
    secret: true,
  },
  NO_PROXY: {
    expected:
      "names, addresses or ranges separated by commas, such as .corp.example,10.0.0.0/8,mail:587, or *",
    hint: "list what this machine reaches without the proxy; a name covers everything below it",
  },
  SMTP_URL: {
    expected:
      "smtp:// or smtps://user:password@host:port, with ?from=tocsin@example.com unless the sender is tocsin@ and the host of PUBLIC_URL",
    hint: "see the SMTP page of your mail provider or mail server, or unset it to send no email",
    secret: true,
  },
  OIDC_ISSUER: {
    expected:
      "https:// and the issuer exactly as in the provider's discovery document, for Microsoft Entra ID with your tenant's id in place of common",
    hint: "see docs/sign-in.md for your provider, or unset all OIDC_ settings to sign in by password only",
  },
  OIDC_CLIENT_ID: {
    expected: "the ID of the client that you registered for Tocsin",
    hint: "register Tocsin at your provider as a web application, and copy the client ID from there",
  },
  OIDC_CLIENT_SECRET: {
    expected: "the secret of that client",
    hint: "copy it from your provider, or put it into a file that OIDC_CLIENT_SECRET_FILE names",
    secret: true,
  },
  OIDC_SCOPES: {
    expected: "scopes separated by spaces, with openid, such as openid email profile groups",
    hint: "unset it, unless your provider sends the groups only for a scope of its own",
  },
  OIDC_GROUPS_CLAIM: {
    expected: "names of claims separated by commas, such as groups or https://slack.com/team_id",
    hint: "use the claim in which your provider sends the groups of a person",
  },
  OIDC_ROLES: {
    expected: "group=Role separated by commas, such as tocsin-admins=Admin,security=Analyst",
    hint: "name the groups whose members may use Tocsin, the one with the most permissions first",
  },
  OIDC_NAME: {
    expected: "at most 40 characters, such as Okta",
    hint: "use the name by which your people know the provider; the button says Sign in with it",
  },
  OIDC_ONLY: {
    expected: "true or false",
    hint: "use true to refuse passwords and one-time links of everybody but the emergency admin",
  },
  OIDC_EMERGENCY_ADMIN: {
    expected: "the email of a Tocsin user with Manage Users",
    hint: "unset it to keep the oldest enabled user with Manage Users and a password",
  },
} satisfies Record<string, SettingHelp>;

type Name = keyof typeof settingHelp;

function isName(text: string): text is Name {
  return text in settingHelp;
}

/** The environment variables that Tocsin reads, without the `NAME_FILE` of secrets. */
export const settingNames: readonly Name[] = Object.keys(settingHelp).filter(isName);

export type Env = Record<string, string | undefined>;

const unreadable: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
};

/** Reads settings one by one, and collects what is wrong with them. */
export function openSettings(env: Env) {
  const errors: string[] = [];
  const addError = (name: Name, what: string) => errors.push(settingError(name, what));
  /** The value; of a secret otherwise the text in the file that `NAME_FILE` names. */
  function textOf(name: Name): string | undefined {
    // Other programs read the settings of proxies in lower case, too.
    const text = (env[name] || (name.endsWith("_PROXY") ? env[name.toLowerCase()] : ""))?.trim();
    const path = "secret" in settingHelp[name] ? env[`${name}_FILE`]?.trim() : undefined;
    if (!path) return text;
    if (text) addError(name, `is set, and ${name}_FILE too: only one of them may be`);
    try {
      const content = readFileSync(path, "utf8").trim();
      if (!content) addError(name, `is missing: ${path}, the file in ${name}_FILE, is empty`);
      return content;
    } catch (fault) {
      const code = fault instanceof Error && "code" in fault ? fault.code : "unreadable";
      const why = unreadable[String(code)] ?? `(${code})`;
      addError(name, `is missing: ${path}, the file in ${name}_FILE, can't be read: ${why}`);
      return undefined;
    }
  }
  const texts = new Map(settingNames.map((name) => [name, textOf(name)]));
  const isSet = (name: Name) => Boolean(texts.get(name) || env[`${name}_FILE`]?.trim());
  return {
    errors,
    isSet,
    read<T>(name: Name, parse: (text: string) => T | undefined, fallback: T): T {
      const text = texts.get(name);
      if (!text) return fallback;
      const value = parse(text);
      if (value === undefined)
        addError(name, "secret" in settingHelp[name] ? "is not valid" : `is "${text}"`);
      return value ?? fallback;
    },
    /** Settings that another one, if it is set, can't do without. */
    need(needed: readonly Name[], by: Name | undefined): void {
      for (const name of by && isSet(by) ? needed : [])
        if (!isSet(name)) addError(name, `is missing, and ${by} needs it`);
    },
  };
}

function settingError(name: Name, what: string): string {
  return `  ${name} ${what}.\n    Expected: ${settingHelp[name].expected}.\n    Hint: ${settingHelp[name].hint}.`;
}
