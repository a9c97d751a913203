import type { Home, Modal } from "../block-kit/schema/view.ts";
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

/** What an app has published on its home tab for one person. */
export type HomeTab = { id: string; installation: Installation; hash: string; home: Home };

/** Whose home tab, of which app. */
export const homeKey = ({ botUserId }: Installation, user: string): string => `${botUserId}/${user}`;
