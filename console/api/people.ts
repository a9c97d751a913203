import type { Person } from "../../src/alert/alert.ts";
import type { Page } from "../../src/api/page.ts";
import type {
  AuditEntryBody,
  LinkBody,
  NewToken,
  NewUser,
  OwnSessionBody,
  PasswordChange,
  RoleBody,
  SessionBody,
  SignInWays,
  TokenBody,
  UserBody,
} from "../../src/people/contract.ts";
import type { FactorNeeded } from "../../src/people/factors/contract.ts";
import { queryString, request } from "./request.ts";

interface LinkRedemption {
  token: string;
  password: string;
  email?: string;
  name?: string;
}
interface WithPasswordUrl {
  setPasswordUrl: string;
}
type UserChange = Partial<Pick<UserBody, "email" | "name" | "role" | "enabled">>;

/** Sign-in, users, roles, API tokens and the audit log. */
export const peopleApi = {
  session: () => request<SessionBody>("GET", "/session"),
  signIn: (email: string, password: string) => request<SessionBody | FactorNeeded>("POST", "/session", { email, password }),
  signInWays: () => request<SignInWays>("GET", "/sign-in-ways"),
  /** The body names the identity provider's page to sign out there too. */
  signOut: () => request<{ signOutUrl: string } | undefined>("DELETE", "/session"),
  changePassword: (change: PasswordChange) => request<void>("PUT", "/session/password", change),
  sessions: (cursor?: string) => request<Page<OwnSessionBody>>("GET", `/sessions${page(cursor)}`),
  endSession: (id: string) => request<void>("DELETE", `/sessions/${id}`),
  endOtherSessions: () => request<{ ended: number }>("DELETE", "/sessions"),
  confirmSession: (password: string) => request<void>("POST", "/session/confirm", { password }),
  checkLink: (token: string) => request<LinkBody>("POST", "/password-links/look", { token }),
  redeemLink: (redemption: LinkRedemption) => request<SessionBody | FactorNeeded>("POST", "/password-links/use", redemption),

  users: (cursor?: string) => request<Page<UserBody>>("GET", `/users${page(cursor)}`),
  assignees: () => request<Page<Person>>("GET", `/assignees${page()}`),
  addUser: (user: NewUser) => request<UserBody & WithPasswordUrl>("POST", "/users", user),
  changeUser: (id: string, change: UserChange) => request<UserBody>("PATCH", `/users/${id}`, change),
  linkSlackUser: (id: string, slackUserId: string, installationId?: string) =>
    request<UserBody>("PUT", `/users/${id}/slack-users/${encodeURIComponent(slackUserId)}`, {
      installationId,
    }),
  unlinkSlackUser: (id: string, slackUserId: string) =>
    request<UserBody>("DELETE", `/users/${id}/slack-users/${slackUserId}`),
  createPasswordLink: (id: string) => request<WithPasswordUrl>("POST", `/users/${id}/password-link`),
  roles: () => request<Page<RoleBody>>("GET", `/roles${page()}`),

  tokens: (cursor?: string) => request<Page<TokenBody>>("GET", `/api-tokens${page(cursor)}`),
  addToken: (token: NewToken) => request<TokenBody & { token: string }>("POST", "/api-tokens", token),
  revokeToken: (id: string) => request<void>("DELETE", `/api-tokens/${id}`),
  auditLog: (cursor?: string) => request<Page<AuditEntryBody>>("GET", `/audit-log${page(cursor)}`),
};

function page(cursor?: string): string {
  return queryString({ limit: 50, cursor });
}
