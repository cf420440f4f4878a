const IS_LINKED_DATA =
	/\stype\s*=\s*(?:"\s*application\/ld\+json\b|'\s*application\/ld\+json\b|application\/ld\+json\b)/i;

/**
 * Every piece of JSON-LD in a page; one that is no JSON is left out, as browsers and search engines do.
 * Read from front to end, each letter once: what is never closed costs nothing.
 */
export function linkedDataIn(html: string): unknown[] {
	const found: unknown[] = [];
	const next = /<!--|<script(?=[\s/>])/gi;
	const closing = /<\/script(?=[\s/>])/gi;
	for (let opening; (opening = next.exec(html));) {
		if (opening[0] === '<!--') {
			next.lastIndex = after(html, '-->', next.lastIndex);
			continue;
		}
		const start = after(html, '>', next.lastIndex);
		closing.lastIndex = start;
		const end = closing.exec(html);
		if (!end) break;
		if (IS_LINKED_DATA.test(html.slice(opening.index, start)))
			found.push(...jsonIn(html.slice(start, end.index)));
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
