import { isCertificateFault } from "../reach/certificate-fault.ts";
import { explainFailure } from "../reach/explain-failure.ts";

/** What PostgreSQL says when it refuses a connection; see https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const refusals: Record<string, (of: { user: string; database: string }) => string> = {
  "28P01": ({ user }) =>
    `The database refuses the password of ${user}. Check user and password in DATABASE_URL; characters such as @ / : # have to be percent-encoded there.`,
  "28000": ({ user, database }) =>
    `The database doesn't let ${user} connect to ${database} from here. Check the user in DATABASE_URL, and that pg_hba.conf of the server allows it, with or without TLS.`,
  "3D000": ({ database }) =>
    `The server has no database ${database}. Create it (createdb ${database}), or correct the end of DATABASE_URL.`,
  "53300": () =>
    "The database has no connection left. Raise its max_connections, or let fewer programs and nodes connect.",
  "57P03": () =>
    "The database is starting up or shutting down. Try again in a moment; its own log says more.",
  "42501": ({ user, database }) =>
    `${user} lacks a right in ${database}. Let it own the database: alter database ${database} owner to ${user}.`,
};

/** Why Tocsin can't use the database at `url`, and what to do; null if the fault is about something else. */
export function explainDatabase(fault: unknown, databaseUrl: string | undefined): string | null {
  const url = URL.parse(databaseUrl ?? "");
  const code = codeIn(fault);
  if (!url || code === null) return null;
  const user = decodeURIComponent(url.username) || "the user of this process";
  const database = decodeURIComponent(url.pathname.slice(1)) || user;
  if (Object.hasOwn(refusals, code)) return refusals[code]?.({ user, database }) ?? null;
  const place = `The database server at ${url.host}`;
  if (isCertificateFault(code))
    return `The certificate of the database server at ${url.host} is not accepted (${code}). Name its authority in DATABASE_URL: ?sslmode=verify-full&sslrootcert=/path/of/ca.pem.`;
  const why = explainFailure(code, place);
  return (
    why &&
    `${why.means} Check host and port in DATABASE_URL, whether the server runs and listens there, and firewalls on the way.`
  );
}

function codeIn(fault: unknown): string | null {
  if (!(fault instanceof Error)) return null;
  if ("code" in fault && typeof fault.code === "string") return fault.code;
  if (fault instanceof AggregateError) return codeIn(fault.errors.at(-1));
  return codeIn(fault.cause);
}
