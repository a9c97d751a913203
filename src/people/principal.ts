import { createHash, randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import type { Actor, Via } from "../alert/alert.ts";
import { type Permission, permissions } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";

/** The caller: who acts, with which permissions and from where. */
export interface Principal {
  actor: Actor;
  /** The Console user; null for API tokens, unauthenticated callers and the command line. */
  userId: string | null;
  permissions: ReadonlySet<Permission>;
  via: Via;
  ip: string | null;
  /** When the person behind a session last proved who they are; absent for callers that are never asked. */
  confirmedAt?: Date;
  /** Whether the person has to add a second factor before anything else. */
  mustAddFactor?: boolean;
  /** What the browser or program says it is; null for Slack and the command line. */
  agent: string | null;
  /** The Slack user who acts in Slack. */
  slack: SlackIdentity | null;
}

/** A Slack user as Slack names them. */
export interface SlackIdentity {
  userId: string;
  teamId: string | null;
}

/** From where a request comes. */
interface Origin {
  ip: string;
  headers: { "user-agent"?: string | undefined };
}

const maxAgentLength = 300;

/** A caller who is not authenticated. */
export function unauthenticated({ ip, headers }: Origin): Principal {
  const actor: Actor = { type: "system", id: null, name: "Nobody signed in" };
  const agent = headers["user-agent"]?.slice(0, maxAgentLength) ?? null;
  return { actor, userId: null, permissions: new Set(), via: "api", ip, agent, slack: null };
}

/** Has all permissions, since a person with a shell on the server can reach the database anyway. */
export const commandLine: Principal = {
  actor: { type: "system", id: null, name: `Command line (${systemUser()})` },
  userId: null,
  permissions: new Set(permissions),
  via: "system",
  ip: null,
  agent: null,
  slack: null,
};

/** The operating system's user, and who became it by sudo. */
function systemUser(): string {
  const { SUDO_USER: sudoer } = process.env;
  return sudoer ? `${userName()}, by sudo from ${sudoer}` : userName();
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}

/** 256 random bits as text for links, cookies and headers. */
export function makeSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** The hash that is stored instead of a secret. Unsalted and fast, since nobody can guess 256 bits. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** The refusal to grant or change permissions that the caller lacks. */
export function lacks(lacking: readonly Permission[], field: string | undefined): Refusal {
  const why = `You can't grant or change permissions that you don't have: ${lacking.join(", ")}.`;
  return { refused: "forbidden", why, ...(field && { field }) };
}
