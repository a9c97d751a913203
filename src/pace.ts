/**
 * All deliberate waits, in seconds. Tests pass shorter ones to `startTocsin`; production uses `usualPace`.
 */
export interface Pace {
  /** Between two messages in a channel. */
  message: number;
  /** The lease of a line, renewed after a third of it. */
  lineLease: number;
  /** The lease of an edit, question, notice or Slack request. */
  jobLease: number;
  /** How long the receiver of an event may take, from connecting to the status line. */
  eventAnswer: number;
  /** How often workers look for jobs that no notification announces, such as after an expired lease. */
  poll: number;
  /** How soon a held line is retried; doubles with each failure, up to `maxProbe`. */
  firstProbe: number;
  maxProbe: number;
  /** How long changes of a digest are collected before an edit, because edits are limited. */
  digestMerge: number;
  /** How often a digest is checked during its storm. */
  digestCheck: number;
  /** Between two digests by email to one destination. */
  mailDigest: number;
  /** How often the watch checks for setup faults and due emails. */
  watch: number;
  /** How often each installation is checked with `auth.test`; sooner after a fault of the app. */
  appCheck: number;
  minAppCheck: number;
  /** Between two lookups of users' emails in one workspace, for all nodes together. */
  slackLookup: number;
  /** How often Tocsin looks for Slack requests that a dead process left behind. */
  inboxCheck: number;
}

/** Slack allows one message per second and channel; the extra tenth allows for network jitter. */
export const usualPace: Pace = {
  message: 1.1,
  lineLease: 3,
  jobLease: 15,
  eventAnswer: 10,
  poll: 0.4,
  firstProbe: 15,
  maxProbe: 5 * 60,
  digestMerge: 3,
  digestCheck: 3,
  mailDigest: 5 * 60,
  watch: 1,
  appCheck: 60,
  minAppCheck: 5,
  slackLookup: 2,
  inboxCheck: 10,
};
