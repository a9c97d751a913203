import type { App, Deps } from "../api/deps.ts";
import { orRefuse, problem } from "../api/problem.ts";
import { requires } from "../api/requires.ts";
import { setSessionCookies } from "../api/session-cookie.ts";
import { tooManyTries } from "../people/account/account-routes.ts";
import { sessionBody } from "../people/contract.ts";
import { credentialOptions, factorProof } from "../people/factors/contract.ts";
import { partyOf } from "../people/factors/factor-routes.ts";
import { type FactorKind, giveFactor } from "../people/factors/give-factor.ts";
import { passkeyOptions } from "../people/factors/passkeys.ts";
import { findPending } from "../people/factors/pending-sign-in.ts";
import { relyingPartyOf } from "../people/factors/relying-party.ts";
import { findUser } from "../people/users.ts";
import { clearPending, readPending } from "./second-factor-cookie.ts";
import { checkSignInOrigin, sender, toSessionBody } from "./session-routes.ts";

const tags = ["Session"];

/** The second step of a sign-in by password, bound to the cookie that the first one has set. */
export function secondFactorRoutes(app: App, deps: Deps): void {
  const { db, config, clock, slack } = deps;
  app.post(
    "/api/v1/session/second-factor/passkey-options",
    {
      ...requires("anyone", {
        unaudited: "It only makes a challenge, which is worth nothing without a passkey.",
      }),
      schema: {
        tags,
        summary: "Read the options for navigator.credentials.get, for the second step of a sign-in",
        response: { 200: credentialOptions },
      },
    },
    async (request) => {
      checkSignInOrigin(request, deps);
      const secret = readPending(request, config);
      const pending = await findPending(db.kysely, secret, clock());
      if (!pending || secret === undefined) throw over();
      const holder = { userId: pending.userId, holder: secret, purpose: "sign in" } as const;
      return { ...(await passkeyOptions(db.kysely, { ...holder, party: partyOf(config), now: clock() })) };
    },
  );

  app.post(
    "/api/v1/session/second-factor",
    {
      ...requires("anyone", { audits: ["session.second_factor", "session.signed_in"] }),
      schema: {
        tags,
        summary: "Finish a sign-in with the second factor: a code, a recovery code or a passkey",
        body: factorProof,
        response: { 200: sessionBody },
      },
    },
    async (request, reply) => {
      checkSignInOrigin(request, deps);
      const { ip, principal, body: proof } = request;
      const party = relyingPartyOf(config.publicUrl);
      const given = await giveFactor(
        db,
        { ...principal, via: "console", ip },
        {
          ...sender(request, deps),
          ...{ secret: readPending(request, config), proof, vault: slack.vault },
          party: "unavailable" in party ? null : party,
        },
      );
      if (given.kind !== "signed_in" && given.kind !== "over")
        request.log.warn({ ip, user: given.userId, why: given.kind }, "a second factor was refused");
      switch (given.kind) {
        case "over":
          clearPending(reply, config);
          throw over();
        case "wrong":
          throw problem(401, wrongText[given.factor]);
        case "throttled":
          throw tooManyTries("tries", given.waitMs);
        case "signed_in":
          clearPending(reply, config);
          setSessionCookies(reply, given.session, config);
          return toSessionBody(deps, orRefuse(await findUser(db.kysely, given.userId)));
        default:
          return given satisfies never;
      }
    },
  );
}

const wrongText: Record<FactorKind, string> = {
  passkey: "This passkey was not accepted. Try again, or use a recovery code.",
  "authenticator app": "This code is wrong or was used before. Wait for the next one in your app.",
  "recovery code": "This recovery code is wrong or was used before. Each one works once.",
};

/** Programs recognise by the type that they have to begin with the password again. */
const over = () =>
  problem(
    401,
    "This sign-in took longer than 5 minutes, or was finished already. Enter your password again.",
    {
      type: "urn:tocsin:sign-in-over",
    },
  );
