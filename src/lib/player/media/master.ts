/** Reads a master playlist (RFC 8216, 4.3.4.2), as far as it is needed to choose from it. */

export type Variant = { uri: string; bitsPerSecond: number };

/** The rungs it names, in its own order, with absolute addresses. */
export function variantsIn(playlist: string, address: string): Variant[] {
	const pattern = /^#EXT-X-STREAM-INF:(.*)\r?\n([^#\s].*)$/gm;
	return [...playlist.matchAll(pattern)].map(([, attributes = '', uri = '']) => ({
		uri: new URL(uri.trim(), address).href,
		bitsPerSecond: Number(/(?:^|,)BANDWIDTH=(\d+)/.exec(attributes)?.[1])
	}));
}

/** The address of its smallest rung; `src` itself when it names none or cannot be read. */
export async function smallestOf(src: string): Promise<string> {
	if (!/\.m3u8(\?|$)/.test(src)) return src;
	try {
		const answer = await fetch(src);
		const variants = answer.ok ? variantsIn(await answer.text(), answer.url) : [];
		return variants.sort((a, b) => a.bitsPerSecond - b.bitsPerSecond)[0]?.uri ?? src;
	} catch {
		return src;
	}
}
