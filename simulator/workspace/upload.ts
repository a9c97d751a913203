import type { Installation } from "./installation.ts";

/** A file that an app announced. Its content is received and dropped. */
export type Upload = {
  id: string;
  /** The secret part of the URL that takes the content. */
  ticket: string;
  installation: Installation;
  name: string;
  /** In bytes. */
  size: number;
  isReceived: boolean;
};
