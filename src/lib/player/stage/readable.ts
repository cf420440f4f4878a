/** How small a signer may be shown. */
import type { PictureId } from '../model.ts';

/**
 * CSS pixels. ITU-T H-series Supplement 1 (through EN 301 549, 6.5) names QCIF, 176 × 144 at 20 or
 * more pictures a second, as the least in which signing and lip-reading can be followed.
 */
export const READABLE = { width: 176, height: 144 };

/** The least width in CSS pixels of a signer whose picture has this ratio of width to height. */
export const readableWidth = (ratio: number): number =>
	Math.ceil(Math.max(READABLE.width, READABLE.height * ratio));

/** The least width of either picture; hands at work need no lips and no fingers spelling. */
export const leastWidth = (id: PictureId, ratio: number): number =>
	id === 'sign' ? readableWidth(ratio) : READABLE.width;
