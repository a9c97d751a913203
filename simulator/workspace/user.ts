/** A person or bot of the workspace, with the flags by which an app tells full members from guests. */
export type User = {
  id: string;
  /** The short name: what stories call the person. */
  name: string;
  realName: string;
  email: string | undefined;
  tz: string;
  /** The workspace whose member the person is; another one for people of a shared channel's other side. */
  teamId: string;
  isAdmin: boolean;
  isBot: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isEmailConfirmed: boolean;
  /** Of another company, and sharing no channel. */
  isStranger: boolean;
  /** Whether the app can't see them, as people behind an information barrier. */
  isHidden: boolean;
  deleted: boolean;
};

/** A full member in good standing; `given` says what is different. */
export const makeUser = (given: Pick<User, "id" | "name" | "teamId"> & Partial<User>): User => ({
  realName: given.name,
  email: undefined,
  tz: "Europe/Berlin",
  isAdmin: false,
  isBot: false,
  isRestricted: false,
  isUltraRestricted: false,
  isEmailConfirmed: true,
  isStranger: false,
  isHidden: false,
  deleted: false,
  ...given,
});
