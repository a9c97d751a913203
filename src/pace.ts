/**
 * Every interval that Tocsin waits on purpose, in seconds. `startTocsin` takes one, so that tests can use
 * quicker ones; the product always runs at `usualPace`.
 */
export interface Pace {
  /** Between two messages in one channel. */
  message: number;
  /** How long a claimed line stays with its worker, which renews the lease at a third of it. */
  lineLease: number;
  /** How long a claimed edit, question, notice or Slack request stays with its worker. */
  jobLease: number;
  /** How often workers look for what no notification tells them: gates that open, leases that end. */
  poll: number;
  /** How soon a held line is tried again; each failure doubles it, up to `longestProbe`. */
  firstProbe: number;
  longestProbe: number;
  /** Changes of a digest are gathered for this long, since edits are few. */
  digestMerge: number;
  /** How often a digest is looked at while its storm lasts. */
  digestLook: number;
  /** How often the watch looks for setup faults and mail that is due. */
  watch: number;
  /** How often Slack is asked whether an installation still works; sooner after a fault of the app. */
  appCheck: number;
  soonestAppCheck: number;
  /** How often requests of Slack that a dead process left behind are looked for. */
  inboxLook: number;
}

/** Slack takes one message per second and channel; a tenth more, so that jitter never makes it less. */
export const usualPace: Pace = {
  message: 1.1,
  lineLease: 3,
  jobLease: 15,
  poll: 0.4,
  firstProbe: 15,
  longestProbe: 5 * 60,
  digestMerge: 3,
  digestLook: 3,
  watch: 1,
  appCheck: 60,
  soonestAppCheck: 5,
  inboxLook: 10,
};
