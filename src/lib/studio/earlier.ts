/** Uploads begun on an earlier visit. tus-js-client keeps their addresses in localStorage. */

const keysOf = (uploadId: string): string[] => {
	try {
		return Object.keys(localStorage).filter(
			(key) => key.startsWith('tus::') && localStorage.getItem(key)?.includes(uploadId)
		);
	} catch {
		return []; // storage is closed to us
	}
};

/** Whether this browser can go on with it: it alone knows which file it was. */
export const isKnownHere = (uploadId: string): boolean => keysOf(uploadId).length > 0;

/**
 * Takes an unfinished upload back (tus 1.0, Termination).
 * @returns whether it is gone
 */
export async function discard(endpoint: string, uploadId: string): Promise<boolean> {
	try {
		const response = await fetch(`${endpoint}/${uploadId}`, {
			method: 'DELETE',
			headers: { 'Tus-Resumable': '1.0.0' }
		});
		if (!response.ok && response.status !== 404 && response.status !== 410) return false;
	} catch {
		return false;
	}
	for (const key of keysOf(uploadId)) localStorage.removeItem(key);
	return true;
}
