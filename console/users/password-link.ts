/** Lets a user choose a password, once. */
export interface PasswordLink {
  name: string;
  url: string;
}
