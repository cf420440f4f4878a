/** Pictures that come from outside. */
import sharp from 'sharp';

const MAX_PIXELS = 40_000_000;

// No other reader of libvips (SVG, PDF, GIF, ImageMagick…) may even look at a file to say what it is.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: ['Jpeg', 'Png', 'Webp', 'Heif'].map((format) => `VipsForeignLoad${format}`)
});

/** Opens a picture; a damaged one, or one of too many pixels, fails when it is read. */
export const pictureOf = (bytes: Uint8Array) =>
	sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
