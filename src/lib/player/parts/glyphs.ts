/** The player's own drawings, 24 × 24, stroked unless a name ends in `-full`. */
export const glyphs = {
	'play-full': 'M8 4.8v14.4a.8.8 0 0 0 1.2.7l11.2-7.2a.8.8 0 0 0 0-1.4L9.2 4.1a.8.8 0 0 0-1.2.7Z',
	'pause-full': 'M6.5 4.5h3.6v15H6.5ZM13.9 4.5h3.6v15h-3.6Z',
	back: 'M11.5 4.5 7 8l4.5 3.5 M7 8h6.5a6 6 0 1 1-6 6',
	forward: 'M12.5 4.5 17 8l-4.5 3.5 M17 8h-6.5a6 6 0 1 0 6 6',
	captions:
		'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z M6.5 15h5 M14.5 15h3 M6.5 11.5h3 M12.5 11.5h5',
	side: 'M3 6h8v12H3Z M13 6h8v12h-8Z',
	corner: 'M3 5h18v14H3Z M13 12h6v5h-6Z',
	large:
		'M3 5h18v14H3Z M13 12h6v5h-6Z M7 14.5c0-3 4-3 4 0 M9 8.2a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2Z',
	swap: 'M4 9h14 M14.5 5.5 18 9l-3.5 3.5 M20 15H6 M9.5 11.5 6 15l3.5 3.5',
	sliders:
		'M4 7h8 M17 7h3 M4 17h3 M12 17h8 M14.5 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z M9.5 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z',
	expand: 'M4 9.5V4h5.5 M20 9.5V4h-5.5 M4 14.5V20h5.5 M20 14.5V20h-5.5',
	shrink: 'M9.5 4v5.5H4 M14.5 4v5.5H20 M9.5 20v-5.5H4 M14.5 20v-5.5H20',
	sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Z M15.5 9a4.2 4.2 0 0 1 0 6 M18 6.5a8 8 0 0 1 0 11',
	again: 'M19 5v5h-5 M19 10a7.5 7.5 0 1 0 .5 5',
	sign: 'M4 4h16v16H4Z M8 17c0-5 8-5 8 0 M12 7a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8Z',
	demonstration: 'M4 4h16v16H4Z M7.5 16.5h9 M9 16.5c0-5 6-5 6 0 M12 8.2v1',
	muted: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Z M16 9.5l5 5 M21 9.5l-5 5',
	slow: 'M12 4.5a8 8 0 1 1-7.6 5.5 M12 8v4.5l3 2 M4 4.5V10h5.5',
	turns:
		'M5 4.5h6v6H5Z M13 13.5h6v6h-6Z M14 6.5h3a1.5 1.5 0 0 1 1.5 1.5v2.5 M10 17.5H7A1.5 1.5 0 0 1 5.5 16v-2.5',
	practice: 'M4 17.5h16 M6 17.5c0-7 12-7 12 0 M9 9.5V6 M12 8.6V4.5 M15 9.5V6 M8 20.5h8',
	cross: 'M6 6l12 12 M18 6 6 18',
	check: 'M5 12.5l4.5 4.5L19 7.5'
} as const;

export type GlyphName = keyof typeof glyphs;
