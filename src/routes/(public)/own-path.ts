/** A path of ours to go on to, or undefined: never an address of somebody else's. */
export function ownPath(next: string | null): string | undefined {
	if (!next?.startsWith('/')) return undefined;
	const base = 'http://ours.invalid';
	const url = URL.canParse(next, base) ? new URL(next, base) : undefined;
	return url?.origin === base ? url.pathname + url.search : undefined;
}
