/** A photo made small enough on the phone itself: less to send on a thin line. */

/** Of the longer side, as the server keeps it. */
const MAX_SIDE = 2560;
const QUALITY = 0.85;

/** The photo upright and not larger than needed; as it is where the browser cannot, or gains nothing. */
export async function smallerPhoto(file: File): Promise<File> {
	try {
		const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
		const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(bitmap.width * scale);
		canvas.height = Math.round(bitmap.height * scale);
		const pen = canvas.getContext('2d');
		if (!pen) return file;
		// What can be seen through would turn black.
		pen.fillStyle = '#fff';
		pen.fillRect(0, 0, canvas.width, canvas.height);
		pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
		bitmap.close();
		const made = await new Promise<Blob | null>((resolve) =>
			canvas.toBlob(resolve, 'image/jpeg', QUALITY)
		);
		if (!made || made.size >= file.size) return file;
		return new File([made], file.name, { type: made.type, lastModified: file.lastModified });
	} catch {
		return file; // what is no picture is told by the server
	}
}
