/** The app drew a message anew while somebody reached for a control of it: a person looks again and takes the new one. */
export class Redrawn extends Error {}
