import { z } from "zod";
import { createdUser } from "../../src/people/contract.ts";
import { type Api, apiAt } from "./api.ts";
import type { Analyst } from "./planned.ts";

/** A user who can sign in to the Console. */
export interface Person {
  email: string;
  name: string;
  password: string;
  /** The API with their session, as the Console calls it. */
  api: Api;
}

/** The passwords are fixed and printed, since the demo listens on this machine only. */
const members = [
  { analyst: "ada", name: "Ada", role: "Admin", password: "the lighthouse bell rings" },
  { analyst: "grace", name: "Grace", role: "Analyst", password: "the harbour bell answers" },
] as const;

/** Creates Ada and Grace, who set their passwords with their links. Eve and Mallory have no Tocsin user. */
export async function inviteAnalysts(admin: Api, apiUrl: string): Promise<Record<Analyst, Person>> {
  const [ada, grace] = await Promise.all(members.map((member) => invite(admin, apiUrl, member)));
  if (!ada || !grace) throw new Error("The demo could not create its users.");
  return { ada, grace };
}

async function invite(admin: Api, apiUrl: string, member: (typeof members)[number]): Promise<Person> {
  const { analyst, name, role, password } = member;
  const email = `${analyst}@acme.example`;
  const { setPasswordUrl } = await admin("POST", "/users", {
    body: { email, name, role },
    answer: createdUser,
  });
  const token = new URL(setPasswordUrl).hash.slice(1);
  const { origin } = new URL(apiUrl);
  await apiAt(apiUrl, { origin })("POST", "/password-links/use", {
    body: { token, password },
    answer: z.unknown(),
  });
  return { email, name, password, api: await signIn(apiUrl, { email, password }) };
}

async function signIn(apiUrl: string, body: { email: string; password: string }): Promise<Api> {
  const { origin } = new URL(apiUrl);
  const response = await fetch(`${apiUrl}/session`, {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${body.email} can't sign in: ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((set) => set.split(";")[0]);
  return apiAt(apiUrl, { origin, cookie: cookie.join("; ") });
}
