import { z } from "zod";
import { explainFailure } from "../../reach/explain-failure.ts";

/** What went wrong between Tocsin and the identity provider, in words for the person who wanted to sign in. */
export interface Explained {
  /** For the log and the audit log, such as `invalid_client`. Never holds what the provider sent beside its error code. */
  code: string;
  /** Whether the person can mend it by trying again, or Tocsin's operator has to. */
  whose: "person" | "operator";
  what: string;
  remedy: string;
  /** The provider's own words, for the person only. */
  said: string | null;
}

/** A request to the provider that failed, explained. */
export class ProviderFault extends Error {
  override readonly name = "ProviderFault";
  readonly explained: Explained;

  constructor(explained: Explained, cause: unknown) {
    super(`${explained.what} ${explained.remedy}`, { cause });
    this.explained = explained;
  }
}

interface Place {
  issuer: string;
  redirectUri: string;
  clientId: string;
}

/** Reads what `openid-client`, its `oauth4webapi` and `fetch` throw. */
const thrown = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().catch(""),
  error: z.string().max(100).optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
  cause: z.unknown().optional(),
});
type Thrown = z.infer<typeof thrown>;

/** Explains what a request to the provider threw, or what the provider answered in place of a code. */
export function explainFault(fault: unknown, place: Place): Explained {
  const read = thrown.safeParse(fault);
  if (!read.success) return unreadable("unknown", place);
  const { error, error_description } = read.data;
  const said = error_description?.replace(/\s+/g, " ").slice(0, 300) ?? null;
  if (error) return { said, ...explainError(error, place) };
  return { said: null, ...explainCode(read.data, place) };
}

type Words = Omit<Explained, "said">;

const tryAgain = "Sign in again. If it happens again, tell your Tocsin administrator.";

interface ErrorText {
  codes: readonly string[];
  whose: Explained["whose"];
  what: string;
  remedy: (place: Place) => string;
}

/** Error codes of OAuth and OpenID Connect, and of Slack. */
const errorTexts: readonly ErrorText[] = [
  {
    codes: ["access_denied"],
    whose: "person",
    what: "The identity provider didn't let you in, or you cancelled.",
    remedy: () =>
      "Sign in again. If you may not use Tocsin there, ask the people who run the identity provider to assign it to you.",
  },
  {
    codes: ["login_required", "interaction_required", "consent_required", "account_selection_required"],
    whose: "person",
    what: "The identity provider wants to ask you something first.",
    remedy: () => tryAgain,
  },
  {
    codes: ["temporarily_unavailable", "server_error"],
    whose: "operator",
    what: "The identity provider has a fault of its own.",
    remedy: () => "Try again in a few minutes, or look at its status page.",
  },
  {
    codes: ["invalid_client", "bad_client_secret", "invalid_client_id"],
    whose: "operator",
    what: "The identity provider doesn't accept Tocsin's client ID or secret.",
    remedy: ({ clientId }) =>
      `The administrator of Tocsin has to check OIDC_CLIENT_ID (${clientId}) and OIDC_CLIENT_SECRET: the secret may have expired or been replaced.`,
  },
  {
    codes: ["invalid_scope"],
    whose: "operator",
    what: "The identity provider doesn't know one of the scopes.",
    remedy: () =>
      "The administrator of Tocsin has to correct OIDC_SCOPES, or allow its scopes for the client there.",
  },
  {
    codes: ["redirect_uri_mismatch", "bad_redirect_uri"],
    whose: "operator",
    what: "The identity provider doesn't know Tocsin's address.",
    remedy: ({ redirectUri }) => `The administrator has to register ${redirectUri} there as redirect URI.`,
  },
  {
    codes: ["invalid_grant", "invalid_code", "code_already_used"],
    whose: "person",
    what: "The identity provider doesn't accept its own code any more.",
    remedy: ({ redirectUri }) => `${tryAgain} The redirect URI registered there has to be ${redirectUri}.`,
  },
];

function explainError(error: string, place: Place): Words {
  const known = errorTexts.find(({ codes }) => codes.includes(error));
  if (known) return { code: error, whose: known.whose, what: known.what, remedy: known.remedy(place) };
  const code = safe(error);
  return {
    ...{ code, whose: "operator", what: `The identity provider refused with the error “${code}”.` },
    remedy:
      "The administrator of Tocsin has to check the client that is registered there, its type, secret and redirect URI, and run tocsin doctor.",
  };
}

/** Errors that the libraries found themselves. */
function explainCode(fault: Thrown, place: Place): Words {
  const { code = "", cause } = fault;
  if (/signature/i.test(thrown.safeParse(cause).data?.message ?? "")) return wrongSignature(place);
  switch (code) {
    case "OAUTH_JWT_TIMESTAMP_CHECK_FAILED":
      return {
        ...{
          code: "clock",
          whose: "operator",
          what: "The clocks of Tocsin and of the identity provider differ.",
        },
        remedy:
          "The administrator has to set the clock of Tocsin's server by NTP (timedatectl shows it); at most 30 seconds may be between them.",
      };
    case "OAUTH_JWT_CLAIM_COMPARISON_FAILED":
      return isAbout(cause, "nonce")
        ? {
            code: "nonce",
            whose: "person",
            what: "The identity provider answered another sign-in than yours.",
            remedy: tryAgain,
          }
        : {
            ...{
              code: "claims",
              whose: "operator",
              what: "The identity provider's token is meant for another client or issuer.",
            },
            remedy: `The administrator has to check OIDC_CLIENT_ID (${place.clientId}) and OIDC_ISSUER (${place.issuer}).`,
          };
    case "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED":
      return {
        ...{
          code: "issuer",
          whose: "operator",
          what: "The identity provider names itself differently than OIDC_ISSUER.",
        },
        remedy: `The administrator has to set OIDC_ISSUER exactly as “issuer” in ${documentOf(place)}, with or without a slash at the end.`,
      };
    case "too_large":
    case "OAUTH_RESPONSE_IS_NOT_CONFORM":
    case "OAUTH_RESPONSE_IS_NOT_JSON":
    case "OAUTH_PARSE_ERROR":
    case "OAUTH_INVALID_RESPONSE":
    case "OAUTH_WWW_AUTHENTICATE_CHALLENGE":
    case "OAUTH_MISSING_SERVER_METADATA":
    case "OAUTH_INVALID_SERVER_METADATA":
      return unreadable(code, place);
    case "OAUTH_KEY_SELECTION_FAILED":
    case "OAUTH_UNSUPPORTED_OPERATION":
      return {
        ...{
          code,
          whose: "operator",
          what: "The signature of the identity provider's token can't be checked.",
        },
        remedy:
          "The administrator has to let it sign with RS256, ES256, PS256 or EdDSA, and publish the key.",
      };
    case "OAUTH_TIMEOUT":
      return unreachable("timeout", place);
    default:
      return unreachable(networkCode(cause) ?? (code || "unknown"), place);
  }
}

function wrongSignature({ issuer }: Place): Words {
  return {
    ...{
      code: "signature",
      whose: "operator",
      what: "The signature of the identity provider's token is wrong.",
    },
    remedy: `The administrator of Tocsin has to check that OIDC_ISSUER (${issuer}) is right, and that nothing between Tocsin and the provider changes its answers.`,
  };
}

function unreachable(code: string, { issuer }: Place): Words {
  const provider = `The identity provider at ${new URL(issuer).host}`;
  const why = explainFailure(code, provider);
  return {
    ...{ code, whose: "operator", what: why?.means ?? `${provider} can't be reached (${code}).` },
    remedy:
      `Try again in a few minutes. If it goes on, the administrator of Tocsin has to run tocsin doctor on its server. ${why?.todo ?? ""}`.trim(),
  };
}

function unreadable(code: string, place: Place): Explained {
  return {
    ...{ code, whose: "operator", said: null, what: "The identity provider's answer can't be understood." },
    remedy: `Try again in a few minutes. If it goes on, the administrator of Tocsin has to check that OIDC_ISSUER (${place.issuer}) is right, and run tocsin doctor.`,
  };
}

/** The address of the discovery document. */
export function documentOf({ issuer }: Pick<Place, "issuer">): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

const causes = z.object({ cause: z.unknown().optional(), claim: z.string().optional().catch(undefined) });

/** Whether a comparison that failed, or what caused it, was about this claim. */
function isAbout(fault: unknown, claim: string): boolean {
  const read = causes.safeParse(fault);
  return read.success && (read.data.claim === claim || isAbout(read.data.cause, claim));
}

const network = z.object({ code: z.string().regex(/^[A-Z_0-9]+$/) });

function networkCode(cause: unknown): string | undefined {
  return network.safeParse(cause).data?.code;
}

/** An error code of the provider, which is shown and logged. */
function safe(error: string): string {
  return /^[\w.:-]{1,60}$/.test(error) ? error : "unknown";
}
