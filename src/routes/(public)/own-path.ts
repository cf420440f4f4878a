/** A path of ours to go on to, or undefined: never an address of somebody else's. */
export function ownPath(next: string | null): string | undefined {
	if (!next?.startsWith('/')) return undefined;
	const base = 'http://ours.invalid';
	const url = URL.canParse(next, base) ? new URL(next, base) : undefined;
	// `/.//elsewhere.example` is ours until its dots are gone: then `//` names another host.
	if (url?.origin !== base || url.pathname.startsWith('//')) return undefined;
	return url.pathname + url.search;
}
