import { z } from "zod";
import { createdUser } from "../../src/people/contract.ts";
import { type Api, apiAt } from "./api.ts";
import type { Analyst } from "./planned.ts";

/** Somebody who can sign in at the Console. */
export interface Person {
  email: string;
  name: string;
  password: string;
  /** The API as the Console calls it for them. */
  api: Api;
}

/** Fixed and printed: the demo listens on this machine only, and its people are made up. */
const cast = [
  { analyst: "ada", name: "Ada", role: "Admin", password: "ada rings the bell" },
  { analyst: "grace", name: "Grace", role: "Analyst", password: "grace rings the bell" },
] as const;

/** Makes Ada and Grace, who set their passwords by their links. Eve and Mallory have no business here. */
export async function inviteAnalysts(admin: Api, apiUrl: string): Promise<Record<Analyst, Person>> {
  const [ada, grace] = await Promise.all(cast.map((member) => invite(admin, apiUrl, member)));
  if (!ada || !grace) throw new Error("The demo's cast has lost somebody");
  return { ada, grace };
}

async function invite(admin: Api, apiUrl: string, member: (typeof cast)[number]): Promise<Person> {
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
