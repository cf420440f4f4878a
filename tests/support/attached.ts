/** Files as somebody would attach them. */
import sharp from 'sharp';

/** The smallest thing that is a PDF by its bytes. */
export const aPdf = (text = '月饼配方'): Buffer =>
	Buffer.from(`%PDF-1.4\n% ${text}\ntrailer<</Size 1>>\nstartxref\n0\n%%EOF\n`);

/** A picture as a phone makes it: lying on its side, with the place it was taken at. */
export const aPhoto = (width = 1200, height = 800): Promise<Buffer> =>
	sharp({ create: { width, height, channels: 3, background: '#b5651d' } })
		.jpeg()
		.withMetadata({ orientation: 6 })
		.withExifMerge({ IFD3: { GPSLatitude: '39/1 8/1 0/1', GPSLatitudeRef: 'N' } })
		.toBuffer();

export const aPicture = (kind: 'png' | 'webp' | 'jpeg' | 'gif' | 'avif'): Promise<Buffer> =>
	sharp({ create: { width: 60, height: 40, channels: 3, background: '#b5651d' } })
		.toFormat(kind)
		.toBuffer();
