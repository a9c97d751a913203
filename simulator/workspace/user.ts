/** A person or bot of the workspace, with the flags that distinguish full members from guests. */
export type User = {
  id: string;
  /** The short name that stories use. */
  name: string;
  realName: string;
  email: string | undefined;
  tz: string;
  /** The workspace that the person belongs to; for people from the other side of a shared channel, another one. */
  teamId: string;
  isAdmin: boolean;
  isBot: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isEmailConfirmed: boolean;
  /** Belongs to another company and shares no channel. */
  isStranger: boolean;
  /** Invisible to the app, for example behind an information barrier. */
  isHidden: boolean;
  deleted: boolean;
};

/** A full member with an active account; `given` overrides the defaults. */
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
