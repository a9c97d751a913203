const codes =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_)/;

/** Whether an error's code says that the other side's certificate was not accepted. */
export function isCertificateFault(code: string): boolean {
  return codes.test(code.toUpperCase());
}
