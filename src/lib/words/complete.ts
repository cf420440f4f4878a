/**
 * A missing message must fail the build, not fall back to the other language unseen:
 * Paraglide itself falls back to the base locale.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = dirname(fileURLToPath(import.meta.url));
const LOCALES = ['zh-CN', 'en'] as const;

type Messages = Record<string, unknown>;

const read = (area: string, locale: string): Messages =>
	JSON.parse(readFileSync(join(folder, `${area}.${locale}.json`), 'utf8')) as Messages;

const parametersOf = (message: unknown): string =>
	[...new Set(JSON.stringify(message).match(/\{[a-zA-Z]+\}/g) ?? [])].sort().join(' ');

/** Areas are the files `<area>.<locale>.json` beside this one. */
export const areas = (): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.zh-CN.json'))
		.map((name) => name.slice(0, -'.zh-CN.json'.length));

/** Every way in which the two languages do not say the same things, a sentence each. */
export function missingWords(): string[] {
	const problems: string[] = [];
	const owner = new Map<string, string>();
	for (const area of areas()) {
		const [chinese, english] = LOCALES.map((locale) => read(area, locale)) as [Messages, Messages];
		for (const key of new Set([...Object.keys(chinese), ...Object.keys(english)])) {
			if (key.startsWith('$')) continue;
			if (!(key in chinese)) problems.push(`${area}: "${key}" is missing in zh-CN`);
			else if (!(key in english)) problems.push(`${area}: "${key}" is missing in en`);
			else if (parametersOf(chinese[key]) !== parametersOf(english[key]))
				problems.push(`${area}: "${key}" takes different parameters in zh-CN and en`);
			const other = owner.get(key);
			if (other) problems.push(`"${key}" stands in both ${other} and ${area}`);
			owner.set(key, area);
		}
	}
	return problems;
}

/** Vite plugin: stops the build with a list of what is missing. */
export function refuseIncompleteWords(): Plugin {
	return {
		name: 'refuse-incomplete-words',
		buildStart() {
			const problems = missingWords();
			if (problems.length > 0) this.error(`Words are incomplete:\n${problems.join('\n')}`);
		}
	};
}
