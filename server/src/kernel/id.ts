/** Makes a new record id: a UUID, time-ordered. Passed to rules as an argument, so that they stay pure. */
export type NewId = () => string;
