import type { Claims } from "./read-claims.ts";

/** A Tocsin user, as far as a sign-in needs to know. */
export interface Account {
  id: string;
  enabled: boolean;
  role: string;
  /** Whether another account of the same provider is this user. */
  hasIdentity: boolean;
  /** Keeps their role whatever the groups are. */
  isEmergencyAdmin: boolean;
}

/** Why a person whom the provider vouches for is not signed in. */
export type WhyRefused =
  | "disabled"
  | "no groups claim"
  | "groups left out"
  | "no mapped group"
  | "no email"
  | "email not verified"
  | "email of another account";

/** What happens to somebody whom the provider vouches for. */
export type AccountDecision =
  | { kind: "refuse"; why: WhyRefused }
  | { kind: "create"; email: string; role: string }
  /** `link`: the provider's account is new, and becomes this user's. `role` is null if it stays as it is. */
  | { kind: "sign_in"; userId: string; link: boolean; role: string | null };

interface Known {
  /** The user of this issuer and subject. */
  byIdentity: Account | null;
  /** The user with this email, if `byIdentity` is null. */
  byEmail: Account | null;
  /** What the groups give. */
  role: string | null;
}

/** Decides who it is in Tocsin (docs/behaviour.md#openid-connect). */
export function decideAccount(
  claims: Pick<Claims, "email" | "emailVerified" | "noGroups" | "groups">,
  { byIdentity, byEmail, role }: Known,
): AccountDecision {
  const account = byIdentity ?? byEmail;
  if (byIdentity && !byIdentity.enabled) return { kind: "refuse", why: "disabled" };
  if (role === null) return { kind: "refuse", why: whyNoRole(claims) };
  if (!byIdentity && claims.email === null) return { kind: "refuse", why: "no email" };
  if (!account) return { kind: "create", email: claims.email ?? "", role };
  if (!byIdentity) {
    if (!claims.emailVerified) return { kind: "refuse", why: "email not verified" };
    if (!account.enabled) return { kind: "refuse", why: "disabled" };
    if (account.hasIdentity) return { kind: "refuse", why: "email of another account" };
  }
  const keepsRole = account.isEmergencyAdmin || account.role.toLowerCase() === role.toLowerCase();
  return { kind: "sign_in", userId: account.id, link: !byIdentity, role: keepsRole ? null : role };
}

function whyNoRole({ groups, noGroups }: Pick<Claims, "groups" | "noGroups">): WhyRefused {
  if (groups.length > 0 || noGroups === "empty") return "no mapped group";
  return noGroups === "left out" ? "groups left out" : "no groups claim";
}
