import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		// Every script needs the page's nonce; no inline script, no other host (docs/security.md).
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self', 'blob:'],
				'manifest-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				// The preview of a lesson as on a phone; no other page of ours lets itself be framed.
				'frame-src': ['self'],
				'frame-ancestors': ['none'],
				'object-src': ['none']
			}
		},
		typescript: {
			config(config) {
				config.include.push('../migrations/**/*.ts', '../tests/**/*.ts', '../.config/**/*.ts');
				return config;
			}
		},
		version: { pollInterval: 0 }
	}
};
