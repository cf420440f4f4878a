/** What we use of a library that has no types of its own. */
declare module '@digitalbazaar/vc-bitstring-status-list' {
	export function checkStatus(options: {
		credential: object;
		documentLoader: (address: string) => Promise<{ document: object }>;
		verifyBitstringStatusListCredential: boolean;
	}): Promise<{ verified: boolean; error?: Error; results?: { status: boolean }[] }>;
}
