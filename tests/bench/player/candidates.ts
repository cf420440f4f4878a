/** The pages that are measured beside each other. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

export type Candidate = {
	name: string;
	/** A folder to be served at `/<name>/`, if it is one. */
	folder?: string;
	url(origin: string, clips: { main: string; sign: string }): string;
};

/** Everybody begins to load with the page; in the product a viewer asks first (`load`). */
const query = (origin: string, { main, sign }: { main: string; sign: string }): string =>
	`load&main=${origin}/${main}&sign=${origin}/${sign}`;

export const OURS: Candidate = {
	name: 'ours',
	url: (origin, clips) => `${origin}/index.html?${query(origin, clips)}&sound=${origin}/sound.m4a`
};
export const BARE: Candidate = {
	name: 'bare',
	url: (origin, clips) => `${origin}/bare.html?${query(origin, clips)}`
};

/**
 * Any other player: a page that takes `?main=…&sign=…` and sets `window.__playerBench`
 * (recorder.ts). An address is opened as it is; of a folder its `index.html`.
 */
export function candidate(page: string): Candidate {
	if (/^https?:/.test(page)) {
		const joint = page.includes('?') ? '&' : '?';
		return {
			name: new URL(page).host,
			url: (origin, clips) => `${page}${joint}${query(origin, clips)}`
		};
	}
	const folder = resolve(page);
	if (!statSync(folder).isDirectory()) throw new Error(`${page} is neither address nor folder`);
	const name = basename(folder);
	return {
		...{ name, folder },
		url: (origin, clips) => `${origin}/${name}/index.html?${query(origin, clips)}`
	};
}
