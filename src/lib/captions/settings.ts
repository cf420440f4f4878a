import type { CueSettings } from './cue.ts';

const PERCENTAGE = /^\d+(?:\.\d+)?%$/;
const LINE_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Splits a setting at its first colon; undefined if either side is empty (WebVTT §6.2, §6.3). */
export function nameAndValue(token: string): [name: string, value: string] | undefined {
	const colon = token.indexOf(':');
	if (colon <= 0 || colon === token.length - 1) return undefined;
	return [token.slice(0, colon), token.slice(colon + 1)];
}

/** Splits at ASCII whitespace only: an ideographic space belongs to the value. */
export const tokens = (text: string): string[] =>
	text.split(/[\t\n\f\r ]+/).filter((token) => token !== '');

/** 0 to 100, or undefined (WebVTT §6.2 "parse a percentage string"). */
export function percentage(text: string): number | undefined {
	if (!PERCENTAGE.test(text)) return undefined;
	const number = Number(text.slice(0, -1));
	return number <= 100 ? number : undefined;
}

/** A number without exponent: neither settings nor regions may carry one. */
export function decimal(number: number): string {
	const short = String(number);
	if (!short.includes('e')) return short;
	if (Math.abs(number) >= 1) return BigInt(number).toString();
	return number.toFixed(100).replace(/\.?0+$/, '');
}

/**
 * Reads what stands behind a cue's times (WebVTT §6.3 "parse the WebVTT cue settings"): a setting
 * that is not understood is passed over, of two the later wins, and a region is dropped by a
 * `vertical`, `line` or `size` after it. What was passed over is kept in `unknown`.
 */
export function parseCueSettings(rest: string, regionIds: ReadonlySet<string>): CueSettings {
	const settings: CueSettings = {};
	for (const token of tokens(rest)) {
		const pair = nameAndValue(token);
		if (!pair || !applySetting(settings, pair[0], pair[1], regionIds)) {
			(settings.unknown ??= []).push(token);
		}
	}
	return settings;
}

/** @returns whether the setting was understood */
function applySetting(
	settings: CueSettings,
	name: string,
	value: string,
	regionIds: ReadonlySet<string>
): boolean {
	switch (name) {
		case 'region': {
			delete settings.region;
			if (!regionIds.has(value)) return false;
			settings.region = value;
			return true;
		}
		case 'vertical':
			if (value !== 'rl' && value !== 'lr') return false;
			settings.vertical = value;
			delete settings.region;
			return true;
		case 'line':
			return applyLine(settings, value);
		case 'position':
			return applyPosition(settings, value);
		case 'size': {
			const size = percentage(value);
			if (size === undefined) return false;
			settings.size = size;
			if (size === 100) delete settings.size;
			else delete settings.region;
			return true;
		}
		case 'align':
			return applyAlign(settings, value);
		default:
			return false;
	}
}

function applyLine(settings: CueSettings, value: string): boolean {
	const [at, align] = splitAtComma(value);
	const isPercent = at.endsWith('%');
	const line = isPercent ? percentage(at) : LINE_NUMBER.test(at) ? Number(at) : undefined;
	if (line === undefined || !Number.isFinite(line)) return false;
	if (align === 'center' || align === 'end') settings.lineAlign = align;
	else if (align === 'start') delete settings.lineAlign;
	else if (align !== undefined) return false;
	// "-0" is a line number like 0.
	settings.line = line + 0;
	if (isPercent) settings.snapToLines = false;
	else delete settings.snapToLines;
	delete settings.region;
	return true;
}

function applyPosition(settings: CueSettings, value: string): boolean {
	const [at, align] = splitAtComma(value);
	const position = percentage(at);
	if (position === undefined) return false;
	if (align === 'line-left' || align === 'center' || align === 'line-right') {
		settings.positionAlign = align;
	} else if (align !== undefined) return false;
	settings.position = position;
	return true;
}

function applyAlign(settings: CueSettings, value: string): boolean {
	if (value === 'center') delete settings.align;
	else if (value === 'start' || value === 'end' || value === 'left' || value === 'right') {
		settings.align = value;
	} else return false;
	return true;
}

function splitAtComma(value: string): [string, string | undefined] {
	const comma = value.indexOf(',');
	return comma < 0 ? [value, undefined] : [value.slice(0, comma), value.slice(comma + 1)];
}

/** Writes settings so that `parseCueSettings` gives the same ones; empty if all are default. */
export function writeCueSettings(settings: CueSettings): string {
	const parts: string[] = [];
	if (settings.vertical) parts.push(`vertical:${settings.vertical}`);
	if (settings.line !== undefined) {
		const percent = settings.snapToLines === false ? '%' : '';
		const align = settings.lineAlign ? `,${settings.lineAlign}` : '';
		parts.push(`line:${decimal(settings.line)}${percent}${align}`);
	}
	if (settings.position !== undefined) {
		const align = settings.positionAlign ? `,${settings.positionAlign}` : '';
		parts.push(`position:${decimal(settings.position)}%${align}`);
	}
	if (settings.size !== undefined) parts.push(`size:${decimal(settings.size)}%`);
	if (settings.align) parts.push(`align:${settings.align}`);
	// Last, because line, size and vertical drop a region that stands before them. A value with a
	// space would end here and start another setting.
	for (const token of [...(settings.unknown ?? []), regionToken(settings.region)]) {
		if (token && tokens(token)[0] === token) parts.push(token);
	}
	return parts.join(' ');
}

const regionToken = (id: string | undefined): string => (id ? `region:${id}` : '');
