import { z } from "zod";
import { personBody } from "../alert/contract.ts";
import { isRefusal } from "../alert/refusal.ts";
import type { App, Deps } from "../api/deps.ts";
import { decodeCursor, idKey, idParams, page, pageQuery, toPage } from "../api/page.ts";
import { orRefuse } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { changeUser, createUser, disableUser } from "./change-user.ts";
import { createdUser, newUser, passwordLinkBody, type UserBody, userBody, userChange } from "./contract.ts";
import { mailLink } from "./mail-link.ts";
import { makeLink, makePasswordLink } from "./make-link.ts";
import { transactionAs } from "./transaction-as.ts";
import { findUser, listAssignees, listUsers, type User } from "./users.ts";

const tags = ["Users"];

/** List, create, change and disable users. */
export function userRoutes(app: App, deps: Deps): void {
  readUserRoutes(app, deps);
  createUserRoutes(app, deps);
  changeUserRoutes(app, deps);
}

function readUserRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/users",
    {
      ...requires("View Users"),
      schema: { tags, summary: "List users", querystring: pageQuery, response: { 200: page(userBody) } },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const users = await listUsers(db.kysely, { after, count: limit + 1 });
      return toPage(users, limit, { keyOf: ({ id }) => [id], show: toUserBody });
    },
  );

  app.get(
    "/api/v1/users/:id",
    {
      ...requires("View Users"),
      schema: { tags, summary: "Get a user", params: idParams, response: { 200: userBody } },
    },
    async ({ params }) => toUserBody(orRefuse(await findUser(db.kysely, params.id))),
  );
}

function createUserRoutes(app: App, { db, config: { publicUrl, oidc }, clock, outgoing }: Deps): void {
  app.post(
    "/api/v1/users",
    {
      ...requires("Manage Users", { fresh: true, audits: ["user.created"], cost: "heavy" }),
      schema: {
        tags,
        summary:
          "Create a user with a link to set their password, which is emailed if there is a mail server",
        body: newUser,
        response: { 201: createdUser },
      },
    },
    async ({ body, principal, log }, reply) => {
      const created = await transactionAs(db, principal, "Manage Users", async (tx, permissions) => {
        const user = await createUser(tx, { ...principal, permissions }, body);
        if (isRefusal(user)) return user;
        const setPasswordUrl = await makeLink(tx, user.id, { publicUrl, now: clock() });
        return { ...orRefuse(await findUser(tx, user.id)), setPasswordUrl };
      });
      const { setPasswordUrl, ...user } = orRefuse(created);
      const invitation = { email: user.email, by: principal.actor.name, url: setPasswordUrl };
      // The link would be refused: the new user signs in at the identity provider.
      const mailed = oidc?.only
        ? "not_needed"
        : await mailLink(outgoing, { about: "invitation", ...invitation }, (error) =>
            log.warn({ user: user.id, error }, "an invitation was not mailed"),
          );
      return reply.code(201).send({ ...toUserBody(user), setPasswordUrl, mailed });
    },
  );

  app.post(
    "/api/v1/users/:id/password-link",
    {
      ...requires("Manage Users", { fresh: true, audits: ["user.password_link_made"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Create a new link to set a user's password, which is emailed if there is a mail server",
        params: idParams,
        response: { 201: passwordLinkBody },
      },
    },
    async ({ params: { id: userId }, principal, log }, reply) => {
      const link = { userId, publicUrl, oidc, now: clock() };
      const made = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        makePasswordLink(tx, { ...principal, permissions }, link),
      );
      const { url: setPasswordUrl, email } = orRefuse(made);
      const about = { about: "new link", email, by: principal.actor.name, url: setPasswordUrl } as const;
      const mailed = await mailLink(outgoing, about, (error) =>
        log.warn({ user: userId, error }, "a password link was not mailed"),
      );
      return reply.code(201).send({ setPasswordUrl, mailed });
    },
  );
}

function changeUserRoutes(app: App, { db, clock }: Deps): void {
  app.patch(
    "/api/v1/users/:id",
    {
      ...requires("Manage Users", { fresh: true, audits: ["user.changed"] }),
      schema: {
        tags,
        summary: "Change, disable or enable a user",
        params: idParams,
        body: userChange,
        response: { 200: userBody },
      },
    },
    async ({ params: { id }, body: change, principal }) => {
      const changed = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        changeUser(tx, { ...principal, permissions }, { id, change, now: clock() }),
      );
      return toUserBody(orRefuse(changed));
    },
  );

  app.delete(
    "/api/v1/users/:id",
    {
      ...requires("Manage Users", { fresh: true, audits: ["user.changed"] }),
      schema: {
        tags,
        summary: "Disable a user and remove their password; history keeps their name",
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const disabled = await transactionAs(db, principal, "Manage Users", (tx, permissions) =>
        disableUser(tx, { ...principal, permissions }, { id, now: clock() }),
      );
      orRefuse(disabled);
      return reply.code(204).send();
    },
  );
}

/** Users that alerts can be assigned to. Analysts need them without View Users. */
export function assigneeRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/assignees",
    {
      ...requires("View Alerts"),
      schema: {
        tags: ["Alerts"],
        summary: "List the users that alerts can be assigned to",
        querystring: pageQuery,
        response: { 200: page(personBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, idKey)?.[0] ?? null;
      const people = await listAssignees(db.kysely, { after, count: limit + 1 });
      return toPage(people, limit, { keyOf: ({ id }) => [id], show: (person) => person });
    },
  );
}

export function toUserBody({
  permissions: _,
  mailWhenAssigned: __,
  createdAt,
  slackMatches,
  ...user
}: User): UserBody {
  return {
    ...user,
    createdAt: createdAt.toISOString(),
    slackMatches: slackMatches.map(({ lookedUpAt: at, ...match }) => {
      return { ...match, lookedUpAt: at && new Date(at).toISOString() };
    }),
  };
}
