import type { Person } from "../../src/alert/alert.ts";
import type { Page } from "../../src/api/page.ts";
import type { AuditEntryBody } from "../../src/people/audit-log/contract.ts";
import type {
  LinkBody,
  NewRole,
  NewToken,
  NewUser,
  OwnSessionBody,
  OwnSettings,
  PasswordChange,
  PasswordLinkBody,
  RoleBody,
  SessionBody,
  SignInWays,
  TokenBody,
  UserBody,
} from "../../src/people/contract.ts";
import type { FactorNeeded } from "../../src/people/factors/contract.ts";
import { basePath } from "./base-path.ts";
import { type Query, queryString, request } from "./request.ts";

interface LinkRedemption {
  token: string;
  password: string;
  email?: string;
  name?: string;
}
type UserChange = Partial<Pick<UserBody, "email" | "name" | "role" | "enabled">>;

/** Sign-in, users, roles, API tokens and the audit log. */
export const peopleApi = {
  session: () => request<SessionBody>("GET", "/session"),
  signIn: (email: string, password: string) =>
    request<SessionBody | FactorNeeded>("POST", "/session", { email, password }),
  signInWays: () => request<SignInWays>("GET", "/sign-in-ways"),
  /** The body names the identity provider's page to sign out there too. */
  signOut: () => request<{ signOutUrl: string } | undefined>("DELETE", "/session"),
  changePassword: (change: PasswordChange) => request<void>("PUT", "/session/password", change),
  sessions: (cursor?: string) => request<Page<OwnSessionBody>>("GET", `/sessions${page(cursor)}`),
  endSession: (id: string) => request<void>("DELETE", `/sessions/${id}`),
  endOtherSessions: () => request<{ ended: number }>("DELETE", "/sessions"),
  confirmSession: (password: string) => request<void>("POST", "/session/confirm", { password }),
  checkLink: (token: string) => request<LinkBody>("POST", "/password-links/look", { token }),
  redeemLink: (redemption: LinkRedemption) =>
    request<SessionBody | FactorNeeded>("POST", "/password-links/use", redemption),

  users: (cursor?: string) => request<Page<UserBody>>("GET", `/users${page(cursor)}`),
  assignees: () => request<Page<Person>>("GET", `/assignees${page()}`),
  addUser: (user: NewUser) => request<UserBody & PasswordLinkBody>("POST", "/users", user),
  changeUser: (id: string, change: UserChange) => request<UserBody>("PATCH", `/users/${id}`, change),
  linkSlackUser: (id: string, slackUserId: string, installationId?: string) =>
    request<UserBody>("PUT", `/users/${id}/slack-users/${encodeURIComponent(slackUserId)}`, {
      installationId,
    }),
  unlinkSlackUser: (id: string, slackUserId: string) =>
    request<UserBody>("DELETE", `/users/${id}/slack-users/${slackUserId}`),
  createPasswordLink: (id: string) => request<PasswordLinkBody>("POST", `/users/${id}/password-link`),
  lookUpInSlack: (id: string) => request<UserBody>("POST", `/users/${id}/slack-lookup`),
  changeSettings: (settings: OwnSettings) => request<void>("PATCH", "/session", settings),

  allRoles: () => loadRoles(),
  addRole: (role: NewRole) => request<RoleBody>("POST", "/roles", role),
  changeRole: (id: string, role: NewRole) => request<RoleBody>("PATCH", `/roles/${id}`, role),
  deleteRole: (id: string) => request<void>("DELETE", `/roles/${id}`),

  tokens: (cursor?: string) => request<Page<TokenBody>>("GET", `/api-tokens${page(cursor)}`),
  addToken: (token: NewToken) => request<TokenBody & { token: string }>("POST", "/api-tokens", token),
  revokeToken: (id: string) => request<void>("DELETE", `/api-tokens/${id}`),
  auditLog: (query: Query) =>
    request<Page<AuditEntryBody>>("GET", `/audit-log${queryString({ limit: 50, ...query })}`),
  auditExport: (query: Query) => `${basePath}/api/v1/audit-log/export${queryString(query)}`,
};

/** All roles: there are at most 100, on two pages. */
async function loadRoles(cursor?: string): Promise<RoleBody[]> {
  const { results, next } = await request<Page<RoleBody>>("GET", `/roles${page(cursor)}`);
  return next === null ? results : [...results, ...(await loadRoles(next))];
}

function page(cursor?: string): string {
  return queryString({ limit: 50, cursor });
}
