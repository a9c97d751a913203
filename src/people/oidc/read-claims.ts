import { z } from "zod";
import type { Oidc } from "../../config.ts";

/** Who the provider says that a person is. */
export interface Claims {
  issuer: string;
  subject: string;
  email: string | null;
  /** False only if the provider says that nobody has checked the email. */
  emailVerified: boolean;
  name: string;
  groups: readonly string[];
  /** Why there are no groups, if there are none. */
  noGroups: "no claim" | "left out" | "empty";
  /** When the person last entered their credentials, if the provider says so. */
  authenticatedAt: Date | null;
}

type Values = Readonly<Record<string, unknown>>;

const text = z.string().trim().min(1).max(320).nullable().catch(null);
/** Amazon Cognito sends "false" as a text. */
const isFalse = z.union([z.literal(false), z.literal("false"), z.literal(0), z.literal("0")]);
const maxGroups = 5000;

/** Reads the claims of an ID token, after those of the userinfo endpoint. Throws without issuer and subject. */
export function readClaims(values: Values, { groupsClaims }: Pick<Oidc, "groupsClaims">): Claims {
  const emailVerified = ![values.email_verified, values.xms_edov].some(
    (said) => isFalse.safeParse(said).success,
  );
  const groups = groupsClaims.flatMap((name) => groupsIn(values, name));
  const username = text.parse(values.preferred_username ?? values.upn);
  const email = emailIn(values.email) ?? emailIn(username);
  return {
    issuer: z.string().min(1).parse(values.iss),
    subject: z.string().min(1).max(500).parse(values.sub),
    email,
    // A name for signing in that looks like an email proves nothing about who receives it.
    emailVerified: emailVerified && emailIn(values.email) !== null,
    name: nameIn(values) ?? username ?? email?.split("@")[0] ?? "Unknown",
    groups: [...new Set(groups)].slice(0, maxGroups),
    noGroups: whyNone(values, groupsClaims),
    authenticatedAt: typeof values.auth_time === "number" ? new Date(values.auth_time * 1000) : null,
  };
}

function emailIn(value: unknown): string | null {
  return z.email().max(320).nullable().catch(null).parse(value);
}

/** At most 100 characters, none of them invisible. */
function nameIn({ name, given_name, family_name }: Values): string | null {
  const whole = text.parse(name) ?? [given_name, family_name].map((part) => text.parse(part) ?? "").join(" ");
  const visible = whole.replace(/\p{C}/gu, "").replace(/\s+/g, " ").trim();
  return [...visible].slice(0, 100).join("") || null;
}

/** What a claim holds as a list. An email that is a group has to be verified, since people may change theirs. */
function groupsIn(values: Values, claim: string): string[] {
  if (claim === "email" && values.email_verified !== true) return [];
  const value = valueAt(values, claim);
  return [value].flat().filter((one) => typeof one === "string");
}

/** The claim with this name, otherwise the one at this path: Keycloak has `realm_access.roles`. */
function valueAt(values: Values, name: string): unknown {
  if (Object.hasOwn(values, name)) return values[name];
  const [first = "", ...rest] = name.split(".");
  const inner = Object.hasOwn(values, first) ? values[first] : undefined;
  return rest.length > 0 && isValues(inner) ? valueAt(inner, rest.join(".")) : undefined;
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Entra ID leaves out more than 200 groups, and names where to ask for them (`_claim_names`). */
function whyNone(values: Values, claims: readonly string[]): Claims["noGroups"] {
  const leftOut = isValues(values._claim_names) ? values._claim_names : {};
  if (values.hasgroups === true || claims.some((claim) => Object.hasOwn(leftOut, claim))) return "left out";
  return claims.every((claim) => valueAt(values, claim) === undefined) ? "no claim" : "empty";
}

/**
 * The name of the role that a person's groups give: of the groups in OIDC_ROLES, the first that they have. Keycloak puts a
 * slash before the name.
 */
export function roleNameOf(groups: readonly string[], roles: Oidc["roles"]): string | null {
  const held = new Set(groups.map(withoutSlash));
  return roles.find(({ group }) => held.has(withoutSlash(group)))?.role ?? null;
}

function withoutSlash(group: string): string {
  return group.replace(/^\//, "");
}
