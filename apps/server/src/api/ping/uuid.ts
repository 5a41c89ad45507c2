const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text is a UUID in dashed form, in either case. */
export function validUuid(text: string): boolean {
  return UUID.test(text);
}
