const IS_LINKED_DATA =
	/\stype\s*=\s*(?:"\s*application\/ld\+json\b|'\s*application\/ld\+json\b|application\/ld\+json\b)/i;

/**
 * So many letters of it are read in a page: a hundred products take a third of that, and while JSON is
 * read everybody else waits.
 */
export const MAX_LINKED = 1_000_000;

/**
 * The pieces of JSON-LD in a page; one that is no JSON is left out, as browsers and search engines do,
 * and so is one that is too long. Read from front to end, each letter once: what is never closed costs
 * nothing.
 */
export function linkedDataIn(html: string): unknown[] {
	const found: unknown[] = [];
	const next = /<!--|<script(?=[\s/>])/gi;
	const closing = /<\/script(?=[\s/>])/gi;
	let left = MAX_LINKED;
	for (let opening; (opening = next.exec(html));) {
		if (opening[0] === '<!--') {
			next.lastIndex = after(html, '-->', next.lastIndex);
			continue;
		}
		const start = after(html, '>', next.lastIndex);
		closing.lastIndex = start;
		const end = closing.exec(html);
		if (!end) break;
		const size = end.index - start;
		if (size <= left && IS_LINKED_DATA.test(html.slice(opening.index, start))) {
			left -= size;
			found.push(...jsonIn(html.slice(start, end.index)));
		}
		next.lastIndex = closing.lastIndex;
	}
	return found;
}

const after = (text: string, what: string, from: number): number => {
	const at = text.indexOf(what, from);
	return at < 0 ? text.length : at + what.length;
};

function jsonIn(text: string): unknown[] {
	try {
		return [JSON.parse(text)];
	} catch {
		return [];
	}
}
