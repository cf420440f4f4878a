import type { Anchor, CaptionRegion } from './cue.ts';
import { decimal, nameAndValue, percentage, tokens } from './settings.ts';

/** Reads the settings of a REGION block (WebVTT §6.2); what is not understood is kept. */
export function parseRegion(text: string): CaptionRegion {
	const region: CaptionRegion = {};
	for (const token of tokens(text)) {
		const pair = nameAndValue(token);
		if (!pair || !applySetting(region, pair[0], pair[1])) (region.unknown ??= []).push(token);
	}
	return region;
}

/** @returns whether the setting was understood */
function applySetting(region: CaptionRegion, name: string, value: string): boolean {
	switch (name) {
		case 'id':
			region.id = value;
			return true;
		case 'width': {
			const width = percentage(value);
			if (width === undefined) return false;
			region.width = width;
			if (width === 100) delete region.width;
			return true;
		}
		case 'lines': {
			const lines = /^\d+$/.test(value) ? Number(value) : NaN;
			if (!Number.isSafeInteger(lines)) return false;
			region.lines = lines;
			if (lines === 3) delete region.lines;
			return true;
		}
		case 'regionanchor':
			return setAnchor(value, (at) => (region.regionAnchor = at));
		case 'viewportanchor':
			return setAnchor(value, (at) => (region.viewportAnchor = at));
		case 'scroll':
			if (value !== 'up') return false;
			region.scroll = 'up';
			return true;
		default:
			return false;
	}
}

function setAnchor(value: string, set: (at: Anchor | undefined) => void): boolean {
	const comma = value.indexOf(',');
	if (comma < 0) return false;
	const x = percentage(value.slice(0, comma));
	const y = percentage(value.slice(comma + 1));
	if (x === undefined || y === undefined) return false;
	set(x === 0 && y === 100 ? undefined : { x, y });
	return true;
}

/** Writes the lines of a REGION block, without its first one. Never empty. */
export function writeRegion(region: CaptionRegion): string[] {
	const lines: string[] = [];
	const anchor = (at: Anchor) => `${decimal(at.x)}%,${decimal(at.y)}%`;
	if (region.id) lines.push(`id:${region.id}`);
	if (region.width !== undefined) lines.push(`width:${decimal(region.width)}%`);
	if (region.lines !== undefined) lines.push(`lines:${region.lines}`);
	if (region.regionAnchor) lines.push(`regionanchor:${anchor(region.regionAnchor)}`);
	if (region.viewportAnchor) lines.push(`viewportanchor:${anchor(region.viewportAnchor)}`);
	if (region.scroll) lines.push('scroll:up');
	lines.push(...(region.unknown ?? []));
	const safe = lines.filter((line) => tokens(line)[0] === line && !line.includes('-->'));
	// A REGION block without a second line is a comment, so a region of defaults says one of them.
	return safe.length > 0 ? safe : ['lines:3'];
}
