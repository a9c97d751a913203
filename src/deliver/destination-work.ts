/** Something that was due, and is ours now. */
export interface Job {
  run: () => Promise<void>;
  /** The line that it holds, whose lease is renewed meanwhile; null for what has a lease of its own. */
  line: string | null;
  /** For how long that line rests afterwards, before it may be used again. */
  restMs: number;
}

/** One kind of work at a type of destination: how what is due is claimed, and how much of it runs at once. */
export interface JobSource {
  most: number;
  /** An alert that was just opened may be work for it. What else there is can wait for the bell. */
  announces?: boolean;
  claim: () => Promise<Job | null>;
}

/** What a type of destination brings to the worker. Types never wait for each other. */
export type DestinationWork = JobSource[];
