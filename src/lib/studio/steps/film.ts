/** A small picture of the film, as a part of a sheet of many; pixels of the sheet. */
export type Still = {
	startMs: number;
	sheet: string;
	x: number;
	y: number;
	width: number;
	height: number;
};

/** A film that is played elsewhere on the page. */
export interface Film {
	/** In steps of a fifth of a second. */
	readonly positionMs: number;
	readonly state: { readonly isPlaying: boolean };
	/** At this very moment. */
	exactMs(): number;
	play(): void;
	pause(): void;
	seek(toMs: number): void;
}
