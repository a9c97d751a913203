import pg from "pg";

/**
 * The address in DATABASE_URL for pg, which checks certificates with each sslmode but `disable` and `no-verify`. It is
 * named `verify-full` here, since pg warns that its next version will check less for the others.
 */
export function readAddress(databaseUrl: string): { connectionString: string } {
  const url = URL.parse(databaseUrl);
  const mode = url?.searchParams.get("sslmode") ?? "";
  if (!url || url.searchParams.has("uselibpqcompat") || !["prefer", "require", "verify-ca"].includes(mode))
    return { connectionString: databaseUrl };
  url.searchParams.set("sslmode", "verify-full");
  return { connectionString: url.href };
}

/** What to do about an error of the network or of TLS, by its code in Node.js. */
const remedies: Record<string, string> = {
  ENOTFOUND: "Its name can't be resolved (DNS).",
  EAI_AGAIN: "The name server doesn't answer (DNS).",
  ECONNREFUSED: "Nothing listens there: start PostgreSQL, or mend host and port.",
  ETIMEDOUT: "It doesn't answer: look for a firewall, or mend host and port.",
  EHOSTUNREACH: "There is no route to it.",
  ENETUNREACH: "There is no route to it.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "Its certificate is self-signed and not the one that sslrootcert names. Set sslrootcert to the file of its certificate authority.",
  SELF_SIGNED_CERT_IN_CHAIN:
    "Its certificate is signed by an authority that is not known here. Set sslrootcert to the file of that authority.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "Its certificate is signed by an authority that is not known here. Set sslrootcert to the file of that authority.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "Its certificate is signed by an authority that is not known here. Set sslrootcert to the file of that authority.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "Its certificate is for another name. Use a name in the certificate as host, or have one issued for this host.",
  CERT_HAS_EXPIRED: "Its certificate has expired.",
  CERT_NOT_YET_VALID: "Its certificate is not valid yet: is the clock of this machine right?",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "It doesn't know the authority that signed the certificate in sslcert.",
};

/** Why `setting`, which has this address, leads to no database. Contains no password. */
export function explainConnection(fault: unknown, setting: string, databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  const where = `${setting} (${url?.searchParams.get("host") ?? url?.host})`;
  if (fault instanceof pg.DatabaseError) return `${where}: ${explainRefusal(fault, url)}`;
  const [first] = fault instanceof AggregateError ? fault.errors : [fault];
  if (!(first instanceof Error)) return `${where}: ${String(first)}`;
  const code = "code" in first ? String(first.code) : "";
  if ("path" in first && code === "ENOENT" && "syscall" in first && first.syscall === "open")
    return `${where}: The file ${first.path} that it names does not exist.`;
  return `${where}: ${remedies[code] ?? first.message}${code ? ` (${code})` : ""}`;
}

function explainRefusal({ code, message }: pg.DatabaseError, url: URL | null): string {
  const said = `PostgreSQL refuses: ${message} (${code}).`;
  if (code === "28P01")
    return `${said} Mend user or password; characters such as @ / : # are percent-encoded in an address.`;
  if (code === "3D000") return `${said} Create it, with Tocsin's role as its owner.`;
  if (code === "53300") return `${said} Raise its max_connections, or let fewer programs and nodes connect.`;
  if (code === "57P03") return `${said} It is starting or stopping: try again in a moment.`;
  if (code === "42501") return `${said} Make Tocsin's role the owner of the database.`;
  if (code !== "28000") return said;
  return url?.searchParams.has("sslcert")
    ? `${said} Does the certificate in sslcert belong to this user, and does pg_hba.conf let it in?`
    : `${said} If it asks for encryption set sslmode=verify-full, for a client certificate sslcert and sslkey.`;
}
