/** Where work lies in storage; everything of one picture or film below its own id. */
import type { WorkKind } from '#lib/domain/handing-in.ts';

export const folderOf = (id: string): string => `works/${id}`;
/** A film as it was sent; it leaves when one that can be played is made. */
export const originalOf = (id: string): string => `${folderOf(id)}/original`;
export const photoOf = (id: string): string => `${folderOf(id)}/photo.jpg`;

/** Which of its files anybody may ask for. */
export const filesOf = (kind: WorkKind): readonly string[] =>
	kind === 'photo' ? ['photo.jpg'] : ['clip.mp4', 'poster.jpg'];
