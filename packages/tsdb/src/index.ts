export type { AppendFile, Folder } from './folder.ts';
export { SampleColumns } from './sample-columns.ts';
