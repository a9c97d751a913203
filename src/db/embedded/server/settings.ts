/** Names and values for `postgres -c name=value`. */
export type Settings = Record<string, string>;

/** What the embedded server runs with. Whatever bears on durability is PostgreSQL's safe default, in words. */
export const settings: Settings = {
  listen_addresses: "",
  // Relative to the cluster's folder: no limit of 107 bytes on this side.
  unix_socket_directories: ".",
  unix_socket_permissions: "0700",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  max_connections: "60",
  shared_buffers: "128MB",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // What the server itself has to say. Failed statements reach whoever sent them, and may hold secrets.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
  log_line_prefix: "",
};
