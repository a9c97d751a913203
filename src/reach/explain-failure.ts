/** What a failed connection means and what to do: one or two sentences each. */
export interface Explanation {
  means: string;
  todo: string;
}

const allowWay = "Let the firewall allow it, or set HTTPS_PROXY if only a proxy leads out of this network.";
const extraAuthority =
  "If your own authority signed it, or a proxy on the way inspects TLS, start Tocsin with NODE_EXTRA_CA_CERTS, the path of a file with that authority's certificate (PEM).";

type Explain = (host: string) => Explanation;

const unresolved: Explain = (host) => ({
  means: `${host} can't be resolved (DNS).`,
  todo: "Check the name, and the DNS server that Tocsin's machine uses. If only a proxy leads out of this network, set HTTPS_PROXY.",
});
const silent: Explain = (host) => ({ means: `${host} doesn't answer in time.`, todo: allowWay });
const noRoute: Explain = (host) => ({
  means: `Tocsin's machine has no route to ${host}.`,
  todo: `Check its network. ${allowWay}`,
});
const brokenOff: Explain = (host) => ({
  means: `${host} ended the connection without an answer.`,
  todo: `Often a firewall does that which knows the name. ${allowWay}`,
});
const unknownAuthority: Explain = (host) => ({
  means: `The certificate of ${host} is signed by an authority that Tocsin doesn't know.`,
  todo: extraAuthority,
});
const notTls: Explain = (host) => ({
  means: `${host} doesn't speak TLS at this port, or no version that Tocsin speaks.`,
  todo: "Check the port, and whether the address begins with the right scheme.",
});
const otherName: Explain = (host) => ({
  means: `The certificate of ${host} is for another name.`,
  todo: "Check the address. If it is right, something on the way answers in its place.",
});

/** By the system's, Node.js's or OpenSSL's code in lower case. */
const explanations: Record<string, Explain> = {
  ...{ enotfound: unresolved, eai_again: unresolved, enodata: unresolved },
  ...{ timeout: silent, etimedout: silent, und_err_connect_timeout: silent, und_err_headers_timeout: silent },
  ...{ ehostunreach: noRoute, enetunreach: noRoute, eaddrnotavail: noRoute },
  ...{ econnreset: brokenOff, epipe: brokenOff, und_err_socket: brokenOff, broken: brokenOff },
  econnrefused: (host) => ({
    means: `${host} refuses the connection.`,
    todo: `Check the address and its port, and whether the service runs. If a firewall refuses: ${allowWay.charAt(0).toLowerCase()}${allowWay.slice(1)}`,
  }),
  ...{ unable_to_get_issuer_cert: unknownAuthority, unable_to_get_issuer_cert_locally: unknownAuthority },
  ...{ self_signed_cert_in_chain: unknownAuthority, unable_to_verify_leaf_signature: unknownAuthority },
  ...{ depth_zero_self_signed_cert: unknownAuthority, bad_certificate: unknownAuthority },
  cert_has_expired: (host) => ({
    means: `The certificate of ${host} has expired.`,
    todo: "Have it renewed there. If it is fresh, check the clock of Tocsin's machine.",
  }),
  cert_not_yet_valid: (host) => ({
    means: `The certificate of ${host} is not valid yet.`,
    todo: "Check the clock of Tocsin's machine.",
  }),
  ...{ err_tls_cert_altname_invalid: otherName, hostname_mismatch: otherName },
  ...{ eproto: notTls, err_ssl_wrong_version_number: notTls, err_ssl_packet_length_too_long: notTls },
  proxy_407: (host) => ({
    means: `The proxy asks Tocsin to sign in (407) before it connects to ${host}.`,
    todo: "Put user and password into HTTPS_PROXY, as http://user:password@host:port, with %40 for an @ in them. Tocsin signs in by Basic only.",
  }),
  proxy_403: (host) => ({
    means: `The proxy doesn't allow connections to ${host} (403).`,
    todo: "Ask its operator to allow CONNECT there, or add the host to NO_PROXY if Tocsin reaches it without the proxy.",
  }),
};

/** What a failed connection to a host means, by its code; null for a code that is not about connections. */
export function explainFailure(failure: string, host: string): Explanation | null {
  const code = failure.toLowerCase();
  const explain = Object.hasOwn(explanations, code) ? explanations[code] : undefined;
  if (explain) return explain(host);
  const [, ofProxy] = /^proxy_(.+)$/.exec(code) ?? [];
  if (!ofProxy) return null;
  if (/^5\d\d$/.test(ofProxy))
    return {
      means: `The proxy can't reach ${host} (${ofProxy}).`,
      todo: "Check the host. If it is right, ask the proxy's operator for the reason.",
    };
  if (/^\d{3}$/.test(ofProxy))
    return {
      means: `The proxy answers ${ofProxy} instead of connecting to ${host}.`,
      todo: "Check that HTTPS_PROXY leads to a proxy that takes CONNECT, and ask its operator.",
    };
  const itself = explainFailure(ofProxy, "The proxy");
  return {
    means: itself?.means ?? `The proxy can't be reached (${ofProxy}).`,
    todo: "Check HTTPS_PROXY (for plain http HTTP_PROXY), and whether the proxy runs.",
  };
}
