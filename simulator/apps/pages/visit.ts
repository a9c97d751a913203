import type { FastifyRequest } from "fastify";
import type { Simulator } from "../../simulator.ts";
import type { App } from "../../workspace/app.ts";
import type { User } from "../../workspace/user.ts";
import type { World } from "../../workspace/workspace.ts";
import type { ManifestError } from "../manifest/schema/manifest.ts";
import type { Html } from "./html.ts";

const cookie = "simulator_as";

/** The person with this short name in any workspace; otherwise Ada, or the first person. */
function personNamed({ workspaces }: World, name: string): User {
  const people = [...workspaces.values()]
    .flatMap(({ users }) => [...users.values()])
    .filter(({ isBot, deleted }) => !isBot && !deleted);
  const found =
    people.find((one) => one.name === name) ?? people.find((one) => one.name === "ada") ?? people[0];
  if (!found) throw new Error("No workspace has any people");
  return found;
}

/** The `set-cookie` header that stores the person to act as. It proves nothing: there is no sign-in. */
export const actingCookie = (name: string): string =>
  `${cookie}=${encodeURIComponent(name)}; Path=/; SameSite=Lax; HttpOnly`;

const actingAs = (header: string | undefined) =>
  decodeURIComponent(header?.match(new RegExp(`(?:^|; )${cookie}=([\\w.%-]+)`))?.[1] ?? "");

/** Reads from a request which page is visited, and as which person. */
export function visitOf(simulator: Simulator, request: FastifyRequest): Visit {
  const query = new URL(request.url, "http://simulator").searchParams;
  const user = personNamed(simulator.world, actingAs(request.headers.cookie));
  return { simulator, user, path: request.url, query };
}

/** The submitted form; empty for any other request. */
export const formOf = ({ body }: FastifyRequest): FormData =>
  body instanceof FormData ? body : new FormData();

/** A request for a page. */
export type Visit = {
  simulator: Simulator;
  /** The person to act as; there is no sign-in. */
  user: User;
  /** The path of the page with its query. */
  path: string;
  query: URLSearchParams;
};

/** A request for a page of an app's settings; `errors` are those of the form that was just submitted. */
export type AppVisit = Visit & { app: App; errors: readonly ManifestError[] };

/** The result of an action: a notice and where to redirect to, or errors. */
export type Outcome =
  | { ok: true; notice?: string; to?: string }
  | { ok: false; errors: readonly ManifestError[] };

/** One page of an app's settings, with the actions of its buttons by name. */
export type SettingsPage = {
  path: string;
  title: string;
  /** Whether the menu lists the page; by default it does. */
  isListed?: (visit: AppVisit) => boolean;
  show: (visit: AppVisit) => Html;
  actions: Record<string, (visit: AppVisit, form: FormData) => Outcome | Promise<Outcome>>;
};

/** The trimmed text of a form field; undefined if it is empty or a file. */
export function read(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** All text values of a form field. */
export const readAll = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === "string");
