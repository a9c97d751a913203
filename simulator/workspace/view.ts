import type { Modal } from "../block-kit/shapes/view.ts";
import type { Installation } from "./installation.ts";

/** A dialog on somebody's screen. */
export type View = {
  id: string;
  /** Whose dialog it is. */
  installation: Installation;
  hash: string;
  modal: Modal;
  rootViewId: string;
  previousViewId: string | undefined;
  openedBy: string;
  /** Field errors of the last attempt to submit, by block_id. */
  errors: Record<string, string>;
};
