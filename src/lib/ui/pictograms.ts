/**
 * Safety signs of our own drawing, after the shapes of ISO 7010: a triangle warns, a disc says what
 * must be done. One path each on a 24 × 24 grid, drawn with a round pen inside the shape. Never the
 * only carrier of a meaning: a word stands beside each.
 */
export const pictograms = {
	hot: {
		shape: 'warning',
		path: 'M8 17.6h8 M9.3 15.2c-1-1.2.9-1.9 0-3.2 M12 15.2c-1-1.4 1-2.2 0-4.4 M14.7 15.2c-1-1.2.9-1.9 0-3.2'
	},
	sharp: {
		shape: 'warning',
		path: 'M8 16.8 14.2 9.6c.9 2.3.3 4.2-1.6 5.6L10.7 13.6 M8 16.8l-.9 1'
	},
	electric: { shape: 'warning', path: 'M13 8.6 9.9 13.4h3.6L11 18' },
	machine: {
		shape: 'warning',
		path: 'M9.6 11.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z M14.9 13.6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z M12 8.2v2.2'
	},
	slippery: {
		shape: 'warning',
		path: 'M13.4 8.3h.01 M12.6 10.4 10.2 12.6 13 14l-1 3 M10.2 12.6l-1.4-1 M13.4 11.6l1.8.7 M7.4 18h2 M14 18h2.6'
	},
	hygiene: {
		shape: 'must',
		path: 'M12 5.5v2.2 M9.6 6v1.4 M14.4 6v1.4 M6.8 13.2c1.6-2.4 3.6-2.9 5.2-1.3l3.4 2.3c1 .8.2 2.2-1 1.6L12 14.7 M6.8 17.2c2.4 1.4 5.6 1.6 8 .6l2.4-2.6'
	},
	allergen: {
		shape: 'warning',
		path: 'M12 18.2v-8.4 M12 11.6c-1.7 0-2.3-.9-2.3-2.1 1.5 0 2.3.9 2.3 2.1Z M12 11.6c1.7 0 2.3-.9 2.3-2.1-1.5 0-2.3.9-2.3 2.1Z M12 15c-1.9 0-2.7-.9-2.7-2.2 1.7 0 2.7.9 2.7 2.2Z M12 15c1.9 0 2.7-.9 2.7-2.2-1.7 0-2.7.9-2.7 2.2Z'
	}
} as const satisfies Record<string, { shape: 'warning' | 'must'; path: string }>;

export type PictogramName = keyof typeof pictograms;
