/** Where media lies in storage, and under which address a browser finds it. */

/** What is streamed by an address of its own; each lies in its folder, by id and digest. */
export type Streamed = 'track' | 'composite' | 'clip';
const FOLDERS: Record<Streamed, string> = {
	track: 'renditions',
	composite: 'composites',
	clip: 'clips'
};

/** The bytes a track or clip was made of, as they were sent. */
export const originalOf = (kind: 'track' | 'clip', id: string): string =>
	kind === 'track' ? `originals/${id}` : `clip-originals/${id}`;

/** A take's bytes, until the sign track is made of others. */
export const takeOf = (id: string): string => `takes/${id}`;

/** A file that goes along with a lesson, with the ending of what it is. */
export const attachmentOf = (id: string, ending: string): string => `attachments/${id}.${ending}`;

export const folderOf = (kind: Streamed, id: string): string => `${FOLDERS[kind]}/${id}`;

/** The files made of it; named by content, so that they never change. */
export const filesOf = (kind: Streamed, id: string, digest: string): string =>
	`${folderOf(kind, id)}/${digest}`;

/** Under this address `streaming.ts` answers with those files, to those who may watch. */
export const addressOf = (id: string, digest: string): string => `/media/${id}/${digest}`;

/** A step's picture: a moment of its demonstration, beside the demonstration's own files. */
export const stillFile = (atMs: number): string => `at-${atMs}.webp`;
