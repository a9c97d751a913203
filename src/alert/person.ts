/** A Tocsin user as alerts name one: the assignee, somebody who was assigned before. */
export interface Person {
  id: string;
  email: string;
  name: string;
}
