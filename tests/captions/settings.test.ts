import { describe, expect, test } from 'vitest';
import { parseRegion } from '#lib/captions/region.ts';
import { parseCueSettings, writeCueSettings } from '#lib/captions/settings.ts';

const parse = (text: string) => parseCueSettings(text, new Set(['low', 'high']));

describe('a cue setting that is understood (§6.3)', () => {
	test.each([
		['', {}],
		['vertical:rl', { vertical: 'rl' }],
		['vertical:lr vertical:rl', { vertical: 'rl' }],
		['line:0', { line: 0 }],
		['line:-0', { line: 0 }],
		['line:-1,end', { line: -1, lineAlign: 'end' }],
		['line:1.5', { line: 1.5 }],
		['line:0%', { line: 0, snapToLines: false }],
		['line:33.3%,center', { line: 33.3, snapToLines: false, lineAlign: 'center' }],
		['line:1%,end line:2,start', { line: 2 }],
		['line:1,end line:2', { line: 2, lineAlign: 'end' }],
		['position:10%', { position: 10 }],
		['position:100%,line-right', { position: 100, positionAlign: 'line-right' }],
		['size:50%', { size: 50 }],
		['size:50% size:100%', {}],
		['align:left', { align: 'left' }],
		['align:start align:center', {}],
		['\talign:end\f line:3  ', { align: 'end', line: 3 }],
		['region:low', { region: 'low' }],
		['region:low region:high', { region: 'high' }]
	])('%j', (text, settings) => {
		expect(parse(text)).toEqual(settings);
		expect(parse(writeCueSettings(parse(text)))).toEqual(settings);
	});
});

describe('a cue setting that is passed over, and kept', () => {
	test.each([
		'vertical:tb',
		'Vertical:rl',
		'line',
		'line:',
		':1',
		'line:one',
		'line:1,middle',
		'line:1,',
		'line:1-',
		'line:-1%',
		'line:101%',
		'line:.5',
		'line:5.',
		'line:1.2.3',
		'line:1e3',
		`line:${'9'.repeat(400)}`,
		'position:10',
		'position:-1%',
		'position:10%,left',
		'position:10.%',
		'size:100.1%',
		'size:1%%',
		'align:middle',
		'region:unheard',
		'外观:大',
		'line:１'
	])('%j', (token) => {
		expect(parse(`${token} align:end`)).toEqual({ align: 'end', unknown: [token] });
		expect(parse(writeCueSettings(parse(token)))).toEqual({ unknown: [token] });
	});
});

describe('a cue leaves its region when it is placed by itself', () => {
	test.each([
		['region:low line:0', { line: 0 }],
		['region:low size:50%', { size: 50 }],
		['region:low vertical:rl', { vertical: 'rl' }]
	])('%j', (text, settings) => expect(parse(text)).toEqual(settings));
	test.each([
		['line:0 region:low', { line: 0, region: 'low' }],
		['region:low size:100%', { region: 'low' }]
	])('but not by %j', (text, settings) => expect(parse(text)).toEqual(settings));
});

describe('a region setting (§6.2)', () => {
	test.each([
		['id:a width:100% lines:3 regionanchor:0%,100% scroll:up', { id: 'a', scroll: 'up' }],
		['lines:0', { lines: 0 }],
		['viewportanchor:1.5%,2%', { viewportAnchor: { x: 1.5, y: 2 } }],
		['width:10% width:100%', {}]
	])('%j is understood', (text, region) => expect(parseRegion(text)).toEqual(region));
	test.each([
		'width:10',
		'lines:-1',
		'lines:1.5',
		'regionanchor:1%',
		'regionanchor:1%,101%',
		'scroll:down',
		'id:',
		`lines:${'9'.repeat(30)}`
	])('%j is kept', (token) => expect(parseRegion(token)).toEqual({ unknown: [token] }));
});
