/** Every colour of the films, so that both pictures look like one kitchen. */
export const colour = {
	ink: '#33211a',
	paper: '#fff7e8',
	table: '#2c6a67',
	tableDark: '#255b59',
	tableLight: '#357672',
	board: '#d39b63',
	boardEdge: '#a86f3e',
	boardGrain: '#c48a53',
	dough: '#f8e3b4',
	doughShade: '#e2c084',
	doughLine: '#cfa765',
	flour: '#fffaf0',
	syrup: '#e9a233',
	filling: '#7a3226',
	fillingLight: '#97483a',
	yolk: '#f7ab3d',
	yolkLight: '#ffc96b',
	skin: '#f2bd94',
	skinLine: '#b9714b',
	cheek: '#ee9a7e',
	sleeve: '#2d4373',
	sleeveDark: '#22345c',
	cuff: '#f6ead2',
	red: '#cf4a32',
	redDark: '#a73824',
	jade: '#4fa58f',
	leaf: '#5f8f4e',
	blossom: '#ffb94a',
	night: '#1f2d4e',
	nightLight: '#2f4370',
	moon: '#ffedb8',
	wood: '#9b5f38',
	woodDark: '#774425',
	wall: '#f4d9b0',
	wallDark: '#eac897',
	steel: '#fbf3e4',
	steelDark: '#dccdb4',
	hair: '#2c2126',
	shadow: 'rgba(30, 16, 8, 0.22)'
} as const;

/** The sans serif of Debian's fonts-noto-cjk; any other sans serif also reads. */
export const typeface = '"Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** A colour between two others, written as #rrggbb. */
export function blend(from: string, to: string, share: number): string {
	const channel = (start: number) => {
		const a = Number.parseInt(from.slice(start, start + 2), 16);
		const b = Number.parseInt(to.slice(start, start + 2), 16);
		return Math.round(a + (b - a) * Math.min(1, Math.max(0, share)))
			.toString(16)
			.padStart(2, '0');
	};
	return `#${channel(1)}${channel(3)}${channel(5)}`;
}
