/** The pages that are measured beside each other. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

type Clips = { main: string; sign: string };

export type Candidate = {
	name: string;
	/** A folder to be served at `/<name>/`, if it is one. */
	folder?: string;
	/** `isAsked`: nothing is loaded before play, as in the product; not every page can do that. */
	url(origin: string, clips: Clips, isAsked?: boolean): string;
};

/** Everybody begins to load with the page (`load`), unless play is to ask for it. */
const query = (origin: string, { main, sign }: Clips, isAsked = false): string =>
	`${isAsked ? '' : 'load&'}main=${origin}/${main}&sign=${origin}/${sign}`;

export const OURS: Candidate = {
	name: 'ours',
	url: (origin, clips, isAsked) =>
		`${origin}/index.html?${query(origin, clips, isAsked)}&sound=${origin}/sound.m4a`
};
export const BARE: Candidate = {
	name: 'bare',
	url: (origin, clips, isAsked) => `${origin}/bare.html?${query(origin, clips, isAsked)}`
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
			url: (origin, clips, isAsked) => `${page}${joint}${query(origin, clips, isAsked)}`
		};
	}
	const folder = resolve(page);
	if (!statSync(folder).isDirectory()) throw new Error(`${page} is neither address nor folder`);
	const name = basename(folder);
	return {
		...{ name, folder },
		url: (origin, clips, isAsked) => `${origin}/${name}/index.html?${query(origin, clips, isAsked)}`
	};
}
