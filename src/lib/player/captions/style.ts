/** How the viewer wants captions to look, as CSS. */
import type { CueSettings } from '#lib/captions/cue.ts';
import { COLOURS, type CaptionLook, type Colour } from '../model.ts';

/** The eight colours of 47 CFR 79.103(c), each as full as a screen can show it. */
export const HEX: Record<Colour, string> = {
	...{ white: '#ffffff', black: '#000000', red: '#ff0000', green: '#00ff00' },
	...{ blue: '#0000ff', yellow: '#ffff00', magenta: '#ff00ff', cyan: '#00ffff' }
};

// Every stack ends in a Chinese face by its names on Apple, Android, HarmonyOS, Windows and Linux.
const HEI =
	"'PingFang SC','HarmonyOS Sans SC','MiSans','Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei'";
const SONG = "'Songti SC','STSong','Noto Serif SC','Noto Serif CJK SC','SimSun'";
const KAI = "'Kaiti SC','STKaiti','KaiTi','AR PL UKai CN'";
const STACKS: Record<CaptionLook['font'], string> = {
	usual: 'inherit',
	sans: `Arial,Roboto,${HEI},sans-serif`,
	serif: `Georgia,'Noto Serif',${SONG},serif`,
	'mono-sans': `Menlo,Consolas,'Roboto Mono','DejaVu Sans Mono',${HEI},monospace`,
	'mono-serif': `'Courier New',Courier,'STFangsong','FangSong',${SONG},monospace`,
	casual: `'Comic Sans MS','Comic Neue','Yuanti SC','YouYuan','Casual',${KAI},${HEI},sans-serif`,
	cursive: `'Snell Roundhand','Segoe Script','Dancing Script',${KAI},cursive`,
	'small-capitals': 'inherit'
};

const alpha = (percent: number): string =>
	Math.round((percent / 100) * 255)
		.toString(16)
		.padStart(2, '0');
const colour = (name: Colour, percent: number): string => HEX[name] + alpha(percent);

/** Offsets are shares of the letters' size, so that an edge grows with them. */
function edgeOf({ edge, edgeColour }: CaptionLook): string {
	const hex = HEX[edgeColour];
	const at = (x: number, y: number, blur = 0): string => `${x}em ${y}em ${blur}em ${hex}`;
	if (edge === 'raised') return [0.03, 0.06, 0.09].map((d) => at(d, d)).join();
	if (edge === 'depressed') return [-0.03, -0.06, -0.09].map((d) => at(d, d)).join();
	if (edge === 'shadow') return `${at(0.08, 0.08, 0.06)},${at(0.1, 0.1, 0.16)}`;
	if (edge === 'none') return 'none';
	const around = [-0.05, 0, 0.05];
	return around.flatMap((x) => around.filter((y) => x || y).map((y) => at(x, y))).join();
}

/** The look as declarations of custom properties, for a `style` attribute. */
export function styleOf(look: CaptionLook): string {
	const values = {
		size: look.size / 100,
		font: STACKS[look.font],
		variant: look.font === 'small-capitals' ? 'small-caps' : 'normal',
		colour: colour(look.colour, look.opacity),
		background: colour(look.background, look.backgroundOpacity),
		window: colour(look.window, look.windowOpacity),
		edge: edgeOf(look)
	};
	return Object.entries(values)
		.map(([name, value]) => `--cue-${name}:${value}`)
		.join(';');
}

/** WebVTT §5.1 "default text colours" and "background colours"; `lime` is what is called green here. */
const CLASSES = new Map<string, Colour>(
	COLOURS.map((name) => [name === 'green' ? 'lime' : name, name])
);

/**
 * The colours a span's classes ask for. They give way to a colour the viewer has chosen, and to
 * being readable: letters never get the colour they stand on.
 */
export function classStyle(classes: readonly string[], look: CaptionLook): string | undefined {
	const last = (prefix: string): Colour | undefined =>
		classes
			.flatMap((name) =>
				name.startsWith(prefix) ? (CLASSES.get(name.slice(prefix.length)) ?? []) : []
			)
			.at(-1);
	const behind = last('bg_');
	const front = look.colour === 'white' ? last('') : undefined;
	const ground = behind ?? (look.backgroundOpacity > 0 ? look.background : look.window);
	const parts: string[] = [];
	if (behind && behind !== (front ?? look.colour)) parts.push(`background:${HEX[behind]}`);
	if (front && front !== ground) parts.push(`color:${colour(front, look.opacity)}`);
	return parts.length > 0 ? parts.join(';') : undefined;
}

/** Below or beside the picture a place within it means nothing; left, centre and right are kept. */
export function sideOf({
	align,
	position,
	positionAlign
}: CueSettings): 'left' | 'center' | 'right' {
	if (align === 'left' || align === 'start') return 'left';
	if (align === 'right' || align === 'end') return 'right';
	if (positionAlign === 'line-left' || (position ?? 50) < 40) return 'left';
	return positionAlign === 'line-right' || (position ?? 50) > 60 ? 'right' : 'center';
}
