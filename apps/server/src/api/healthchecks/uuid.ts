/** A UUID as it stands in addresses: dashed, in lower case. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a read-only key knows a check by. Source: docs of Healthchecks' API; its form is SHA-1 in hex. */
export const UNIQUE_KEY = /^[A-Za-z0-9]{40}$/;
