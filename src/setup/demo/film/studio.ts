import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { chromium, type Page } from '@playwright/test';
import type { FilmName } from './films.ts';

// Never resolved: every request to it is answered from this folder.
const address = 'http://film.invalid/';

export type Studio = {
	/** One frame of one film as a JPEG (or PNG) picture; the same time gives the same picture. */
	frame: (film: FilmName, time: number, type: 'image/jpeg' | 'image/png') => Promise<Buffer>;
	close: () => Promise<void>;
};

/** Opens Chromium with the drawing code loaded; types are stripped on the way. */
export async function openStudio(): Promise<Studio> {
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(path) => path && existsSync(path)
	);
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu']
	});
	const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
	await page.route(`${address}**`, async (route) => {
		const name = new URL(route.request().url()).pathname.slice(1);
		if (name === '') {
			await route.fulfill({ contentType: 'text/html', body: '<!doctype html><canvas></canvas>' });
			return;
		}
		const source = await readFile(new URL(name, import.meta.url), 'utf8');
		await route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) });
	});
	await page.goto(address);
	return {
		frame: (film, time, type) => filmFrame(page, film, time, type),
		close: () => browser.close()
	};
}

async function filmFrame(page: Page, film: FilmName, time: number, type: string): Promise<Buffer> {
	const encoded = await page.evaluate(
		async ({ module, film, time, type }) => {
			const { films } = (await import(module)) as typeof import('./films.ts');
			const { width, height, draw } = films[film];
			const canvas = document.querySelector('canvas');
			const context = canvas?.getContext('2d', { willReadFrequently: true });
			if (!canvas || !context) throw new Error('Chromium gave no canvas to draw on');
			canvas.width = width;
			canvas.height = height;
			draw(context, time);
			return canvas.toDataURL(type, 0.97).replace(/^[^,]*,/, '');
		},
		{ module: `${address}films.ts`, film, time, type }
	);
	return Buffer.from(encoded, 'base64');
}
