import type { Home, Modal } from "../block-kit/schema/view.ts";
import type { Installation } from "./installation.ts";

/** An open dialog. */
export type View = {
  id: string;
  /** The installation that opened it. */
  installation: Installation;
  hash: string;
  modal: Modal;
  rootViewId: string;
  previousViewId: string | undefined;
  openedBy: string;
  /** Field errors of the last submission, by `block_id`. */
  errors: Record<string, string>;
};

/** A home tab that an app has published for one person. */
export type HomeTab = { id: string; installation: Installation; hash: string; home: Home };

/** The key of an app's home tab for one person. */
export const homeKey = ({ botUserId }: Installation, user: string): string => `${botUserId}/${user}`;
