// The light build has the same interface; the package forgets to say so.
declare module 'hls.js/light' {
	export * from 'hls.js';
	export { default } from 'hls.js';
}
