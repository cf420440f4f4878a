/** The project's own source as data: which file imports what, and what is written in it. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

export type Import = {
	/** As written; for a file of ours its path from the top of the project. */
	readonly target: string;
	/** True when nothing of it is left at run time. */
	readonly isTypeOnly: boolean;
	/** Names taken, as the other file calls them. */
	readonly names: readonly string[];
};
export type SourceFile = {
	readonly path: string;
	readonly text: string;
	readonly imports: readonly Import[];
	/** Every name of a method that is called: `x.selectFrom(…)`. */
	readonly calledMethods: ReadonlySet<string>;
	readonly hasAny: boolean;
};

/** Paths from the top of the project, without what is generated. */
export const filesIn = (pattern: string): string[] =>
	globSync(pattern)
		.map((path) => path.replaceAll('\\', '/'))
		.filter((path) => !path.startsWith('src/lib/words/compiled/'))
		.sort();

/** TypeScript, JavaScript and the scripts of Svelte components below a folder. */
export const sourceFiles = (folder: string): SourceFile[] =>
	filesIn(`${folder}/**/*.{ts,js,mjs,svelte}`).map(read);

function read(path: string): SourceFile {
	const text = readFileSync(path, 'utf8');
	const parsed = ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.Latest, true);
	const imports: Import[] = [];
	const calledMethods = new Set<string>();
	let hasAny = false;
	const visit = (node: ts.Node): void => {
		if (node.kind === ts.SyntaxKind.AnyKeyword) hasAny = true;
		const found = importIn(node, path);
		if (found) imports.push(found);
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
			calledMethods.add(node.expression.name.text);
		ts.forEachChild(node, visit);
	};
	visit(parsed);
	return { path, text, imports, calledMethods, hasAny };
}

const scriptOf = (path: string, text: string): string =>
	path.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
		: text;

function importIn(node: ts.Node, from: string): Import | undefined {
	if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
		const clause = node.importClause;
		const named =
			clause?.namedBindings && ts.isNamedImports(clause.namedBindings)
				? [...clause.namedBindings.elements]
				: [];
		const isOnlyTypes =
			named.length > 0 && named.every((element) => element.isTypeOnly) && !clause?.name;
		return {
			target: resolved(node.moduleSpecifier.text, from),
			isTypeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || isOnlyTypes,
			names: named.map((element) => (element.propertyName ?? element.name).text)
		};
	}
	if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
		const target = resolved((node.moduleSpecifier as ts.StringLiteral).text, from);
		return { target, isTypeOnly: node.isTypeOnly, names: [] };
	}
	if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
		const [argument] = node.arguments;
		if (argument && ts.isStringLiteralLike(argument))
			return { target: resolved(argument.text, from), isTypeOnly: false, names: [] };
	}
	return undefined;
}

function resolved(specifier: string, from: string): string {
	if (specifier.startsWith('.'))
		return normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
	return specifier.replace(/^#lib\//, 'src/lib/').replace(/^#migrations\//, 'migrations/');
}
