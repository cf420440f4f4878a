/** The public face of the player. */
export { default as Player } from './Player.svelte';
export type * from './model.ts';
export type { PlayerProps } from './props.ts';
export type { Playback } from './playback.svelte.ts';
