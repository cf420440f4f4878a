/** Keeps the last picture of a video on screen while the video itself has none. */

/** Wide enough for a blink of an eye, small enough to make at once. */
const WIDTH_PX = 480;

/**
 * Makes the picture on screen the poster. Answers a function that gives the old one back; a picture
 * that may not be read (another host's) leaves the poster as it is.
 */
export function keepStill(video: HTMLVideoElement): () => void {
	const before = video.getAttribute('poster');
	const canvas = document.createElement('canvas');
	const scale = Math.min(1, WIDTH_PX / video.videoWidth);
	canvas.width = Math.round(video.videoWidth * scale);
	canvas.height = Math.round(video.videoHeight * scale);
	try {
		canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
		video.poster = canvas.toDataURL('image/jpeg', 0.8);
	} catch {
		return () => {};
	}
	return () => {
		if (before === null) video.removeAttribute('poster');
		else video.setAttribute('poster', before);
	};
}
