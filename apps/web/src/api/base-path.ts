/** The path that the server lives under behind a proxy, e.g. `/vigie`; usually none. The server says it in the page. */
export const BASE_PATH = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '';
